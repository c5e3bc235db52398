"""What an accepted request does to the entry, each kind in its own way; the caller holds both rows."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from registry import lifecycle
from registry.actions.duplicates import look_for_duplicates
from registry.actions.flags import refresh_flags, refresh_supervised
from registry.enums import OPEN_CHANGE_STATES, CardStanding, ChangeKind
from registry.held_values import PLAIN_FIELDS
from registry.models import ChangeRequest, Craft, Member, Qualification, Registrant, RegistrantCraft
from registry.signals import registrant_amended, registrant_state_changed


def carry_out(request: ChangeRequest) -> tuple[dict, dict]:
    """Do what the request asks for; gives what the audit trail keeps, before and after."""
    return _EFFECTS[request.kind](request)


def refuse_card_on_its_way(registrant: Registrant) -> None:
    """Nobody moves away from a card that is being made or lies in a box: its batch stays where it is.

    Raises:
        ActionRefused: the newest card is on its way.
    """
    if registrant.card_standing in (CardStanding.ORDERED, CardStanding.MADE):
        raise ActionRefused(
            _(
                "A card of this person is on its way at the chamber that holds the file: it is handed over, "
                "stopped or left out of its batch first."
            )
        )


def _amend(request: ChangeRequest) -> tuple[dict, dict]:
    registrant = request.registrant
    new = {name: change["new"] for name, change in request.changes.items()}
    _set_plain(registrant, new)
    if "crafts" in new:
        _set_crafts(registrant, new["crafts"])
    if "qualification" in new:
        _set_qualification(registrant, *(new["qualification"] or [None, "", None]))
    if "members" in new:
        _set_members(registrant, new["members"])
    if "photograph" in new:
        with request.photograph.open() as proposed:
            registrant.photograph.save("portrait.jpg", ContentFile(proposed.read()), save=False)
    _save(registrant)
    _follow(registrant)
    _tell_amended(registrant, list(new))
    return _audited(request, "old"), _audited(request, "new")


def _transfer(request: ChangeRequest) -> tuple[dict, dict]:
    registrant = request.registrant
    refuse_card_on_its_way(registrant)
    before = {"region": registrant.region_id, **_audited(request, "old")}
    _set_plain(registrant, {name: change["new"] for name, change in request.changes.items()})
    registrant.region_id = request.destination_id
    _save(registrant)
    # What else is asked about this person waits at the new chamber from now on.
    ChangeRequest.objects.filter(registrant=registrant, state__in=OPEN_CHANGE_STATES).exclude(
        pk=request.pk
    ).update(region_id=request.destination_id)
    _tell_amended(registrant, ["region", *request.changes])
    return before, {"region": registrant.region_id, **_audited(request, "new")}


def _renew(request: ChangeRequest) -> tuple[dict, dict]:
    registrant = request.registrant
    until = request.changes["valid_until"]
    registrant.valid_until = Registrant._meta.get_field("valid_until").to_python(until["new"])
    _save(registrant)
    return {"valid_until": until["old"]}, {"valid_until": until["new"]}


def _leave(request: ChangeRequest) -> tuple[dict, dict]:
    registrant = request.registrant
    before = {"state": registrant.state}
    registrant.state = lifecycle.REGISTRANT.check("exit", registrant.state).to
    _save(registrant)
    refresh_supervised(registrant)
    transaction.on_commit(lambda: registrant_state_changed.send(sender=Registrant, registrant=registrant))
    return before, {"state": registrant.state}


_EFFECTS = {
    ChangeKind.AMENDMENT: _amend,
    ChangeKind.TRANSFER: _transfer,
    ChangeKind.RENEWAL: _renew,
    ChangeKind.EXIT: _leave,
    ChangeKind.DEATH: _leave,
}


def _set_plain(registrant: Registrant, values: dict[str, Any]) -> None:
    for name in PLAIN_FIELDS:
        if name in values:
            field = registrant._meta.get_field(name)
            value = values[name] if field.is_relation else field.to_python(values[name])
            setattr(registrant, field.attname, value)


def _set_crafts(registrant: Registrant, craft_ids: list[int]) -> None:
    known = set(Craft.objects.filter(pk__in=craft_ids).values_list("pk", flat=True))
    registrant.craft_links.all().delete()
    RegistrantCraft.objects.bulk_create(
        RegistrantCraft(registrant=registrant, craft_id=pk, is_principal=position == 0)
        for position, pk in enumerate(pk for pk in craft_ids if pk in known)
    )


def _set_members(registrant: Registrant, members: list[list[str]]) -> None:
    numbers = [nia for nia, *_rest in members if nia]
    known = {person.nia: person for person in Registrant.objects.filter(nia__in=numbers)}
    registrant.members.all().delete()
    Member.objects.bulk_create(
        Member(
            cooperative=registrant,
            registrant=known.get(nia),
            name_ar=name_ar,
            name_latin=name_latin,
            national_id=national_id,
            role=role,
        )
        for nia, name_ar, name_latin, national_id, role in members
    )


def _set_qualification(registrant: Registrant, kind: str | None, title: str, years: int | None) -> None:
    first = registrant.qualifications.first() or Qualification(registrant=registrant)
    if kind is None:
        # Of an organisation: it needs none.
        if first.pk:
            first.delete()
        return
    first.kind, first.title, first.years_of_exercise = kind, title, years
    first.save()


def _save(registrant: Registrant) -> None:
    registrant.version += 1
    try:
        with transaction.atomic():
            registrant.save()
    except IntegrityError as error:
        raise ActionRefused(_("Somebody with this identity number is on file already.")) from error
    refresh_flags(registrant)


def _follow(registrant: Registrant) -> None:
    """The account with which the person signs in bears the name of the register."""
    if registrant.user:
        registrant.user.name_ar = registrant.person_name_ar
        registrant.user.name_latin = registrant.person_name_latin
        registrant.user.save(update_fields=["name_ar", "name_latin"])


def _tell_amended(registrant: Registrant, fields: list[str]) -> None:
    look_for_duplicates(registrant.pk)
    transaction.on_commit(
        lambda: registrant_amended.send(sender=Registrant, registrant=registrant, fields=fields)
    )


def _audited(request: ChangeRequest, side: str) -> dict[str, Any]:
    """Values as the trail keeps them: crafts by their code, which outlives their row; members by name."""
    values = {name: change[side] for name, change in request.changes.items()}
    if "crafts" in values:
        codes = dict(Craft.objects.filter(pk__in=values["crafts"]).values_list("pk", "code"))
        values["crafts"] = [codes.get(pk, str(pk)) for pk in values["crafts"]]
    if "members" in values:
        values["members"] = [name_ar for _nia, name_ar, *_rest in values["members"]]
    return values
