"""Moving registrants' crafts to another list: set by set, resumable, each link exactly once.

A moved link is gone from the old list, so what is left to do is in the tables and nowhere else: a worker that
is killed loses its open transaction, and whoever comes next goes on. People are locked in the order of their
ids, before their links, as everybody else does who changes a file.
"""

from django.db import connection, transaction
from django.utils import timezone

from core import audit, background
from registry.body_branches import move_bodies
from registry.enums import CraftChangeState
from registry.models import CraftChange, CraftList, RegistrantCraft

CHUNK = 2000
# So few are moved at once, while the person waits.
AT_ONCE = 2000
_TASK = "registry.craft_moving.move_registrants"

# Links whose craft has an answer: by the mapping, or, when a change is undone, by what it recorded.
_TO_MOVE = """
    FROM registry_registrantcraft link
    JOIN registry_craftmapping mapping
      ON mapping.from_craft_id = link.craft_id AND mapping.change_id = %(change)s
    LEFT JOIN registry_craftlinkmove recorded
      ON recorded.change_id = %(undoes)s AND recorded.registrant_id = link.registrant_id
      AND recorded.to_craft_id = link.craft_id
    WHERE (mapping.verdict = 'confirmed' OR recorded.id IS NOT NULL)
"""
_NEXT_PEOPLE = f"""
    SELECT DISTINCT link.registrant_id {_TO_MOVE} AND link.registrant_id > %(after)s
    ORDER BY link.registrant_id LIMIT %(chunk)s
"""
_LOCK_PEOPLE = """
    SELECT id FROM registry_registrant WHERE id = ANY(%(people)s) ORDER BY id FOR NO KEY UPDATE
"""
# One old link may come apart again when a change is undone that had joined two: the first keeps "principal".
_TAKE = f"""
    WITH answers AS (
        SELECT link.id, link.registrant_id, link.craft_id, link.is_principal,
               COALESCE(recorded.from_craft_id, mapping.to_craft_id) AS to_craft_id,
               row_number() OVER (
                   PARTITION BY link.id ORDER BY recorded.is_principal DESC, recorded.link_id
               ) AS place
        {_TO_MOVE} AND link.registrant_id = ANY(%(people)s)
    ), taken AS (
        DELETE FROM registry_registrantcraft WHERE id IN (SELECT id FROM answers)
    )
    INSERT INTO registry_craftlinkmove
        (change_id, registrant_id, link_id, from_craft_id, to_craft_id, is_principal, moved_at)
    SELECT %(change)s, registrant_id, id, craft_id, to_craft_id, is_principal AND place = 1, now()
    FROM answers ORDER BY registrant_id, id, place
    ON CONFLICT (change_id, registrant_id, from_craft_id, to_craft_id)
    DO UPDATE SET is_principal = EXCLUDED.is_principal, link_id = EXCLUDED.link_id, moved_at = now()
    RETURNING id, link_id
"""  # noqa: S608
_PUT = """
    INSERT INTO registry_registrantcraft (registrant_id, craft_id, is_principal)
    SELECT registrant_id, to_craft_id, bool_or(is_principal)
    FROM registry_craftlinkmove WHERE id = ANY(%(moves)s)
    GROUP BY registrant_id, to_craft_id ORDER BY registrant_id, min(link_id), min(id)
    ON CONFLICT (registrant_id, craft_id)
    DO UPDATE SET is_principal = registry_registrantcraft.is_principal OR EXCLUDED.is_principal
"""


def begin(change_id: int, links: int) -> None:
    """Move a few at once; for many ask a worker."""
    if links <= AT_ONCE:
        move_registrants(change_id)
    else:
        background.wake(_TASK, change_id)


def resume() -> None:
    """Asked for by each worker that starts: another one may have died, or the queue been lost."""
    for change_id in CraftChange.objects.filter(state=CraftChangeState.MOVING).values_list("pk", flat=True):
        if not background.is_queued(_TASK, change_id):
            background.wake(_TASK, change_id)


def links_to_move(change: CraftChange) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT link.id) {_TO_MOVE}", _parameters(change))
        return cursor.fetchone()[0]


def move_registrants(change_id: int) -> None:
    """Move what is left, then put the list in use. Safe to run twice, at once, and to be killed."""
    while True:
        after = 0
        while after is not None:
            after = _move_chunk(change_id, after)
        if _put_in_use(change_id):
            return


def _parameters(change: CraftChange) -> dict:
    return {"change": change.pk, "undoes": change.undoes_id}


def _move_chunk(change_id: int, after: int) -> int | None:
    """Move the next people after this id; the last one's id, or None when nobody is left."""
    with transaction.atomic():
        change = _lock(change_id)
        if change is None:
            return None
        parameters = _parameters(change)
        with connection.cursor() as cursor:
            cursor.execute(_NEXT_PEOPLE, parameters | {"after": after, "chunk": CHUNK})
            people = [row[0] for row in cursor.fetchall()]
            if not people:
                return None
            cursor.execute(_LOCK_PEOPLE, {"people": people})
            cursor.execute(_TAKE, parameters | {"people": people})
            moved = cursor.fetchall()
            cursor.execute(_PUT, {"moves": [move for move, _link in moved]})
        change.links_moved += len({link for _move, link in moved})
        change.save(update_fields=["links_moved"])
        return people[-1]


def _put_in_use(change_id: int) -> bool:
    """Switch the lists when no link is left, keeping everybody from adding one meanwhile.

    False: somebody chose an old craft while the last ones were being moved, so there is more to move.
    """
    with transaction.atomic():
        change = _lock(change_id)
        if change is None:
            return True
        with connection.cursor() as cursor:
            # Waits for those who are saving a file; they hold people's locks, and we none.
            cursor.execute(f"LOCK TABLE {RegistrantCraft._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        if links_to_move(change):
            return False
        CraftList.objects.filter(is_current=True).update(is_current=False)
        CraftList.objects.filter(pk=change.to_list_id).update(is_current=True)
        change.bodies_moved = move_bodies(change)
        change.state, change.finished_at = CraftChangeState.DONE, timezone.now()
        change.save(update_fields=["state", "finished_at", "bodies_moved"])
        audit.record(
            action="registry.craft_list.in_use",
            by=change.started_by,
            subject=change.to_list,
            before={"list": str(change.from_list)},
            after={
                "list": str(change.to_list),
                "links": change.links_moved,
                "bodies": len(change.bodies_moved),
            },
        )
    return True


def _lock(change_id: int) -> CraftChange | None:
    """The change, locked: one worker at a time moves a set, the others wait for theirs. None: finished."""
    return (
        CraftChange.objects.select_for_update(of=("self",))
        .select_related("from_list", "to_list", "started_by")
        .filter(pk=change_id, state=CraftChangeState.MOVING)
        .first()
    )
