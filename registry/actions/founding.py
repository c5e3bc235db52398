"""What an assembly decided: elections and statutes; and the founding of the body on them."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from registry.actions.assemblies import lock_assembly
from registry.actions.bodies import record, rules_of
from registry.actions.mandates import term_of
from registry.body_lifecycle import BODY
from registry.enums import AssemblyState, BodyDocumentKind, BodyLevel, Post
from registry.models import (
    BodyMembership,
    Candidacy,
    Convocation,
    CraftBody,
    FoundingAssembly,
    Mandate,
    Registrant,
)


@dataclass(frozen=True)
class Facts:
    """What the minutes say of the vote."""

    ballots: int | None
    blank_ballots: int | None
    statutes_adopted: bool
    note: str = ""


@transaction.atomic
def enter_facts(*, assembly: FoundingAssembly, facts: Facts, by: User) -> FoundingAssembly:
    """Enter ballots and whether the statutes were adopted.

    Raises:
        ActionRefused: the attendance is not closed, the body is founded, or the numbers do not add up.
    """
    body, locked = _held(assembly)
    if facts.blank_ballots is not None and (facts.ballots is None or facts.blank_ballots > facts.ballots):
        raise ActionRefused(_("There are more blank ballots than ballots."))
    if facts.ballots is not None and facts.ballots > locked.attending_count:
        raise ActionRefused(_("There are more ballots than people present or represented."))
    most = locked.candidacies.order_by("-votes").values_list("votes", flat=True).first() or 0
    if facts.ballots is not None and most > facts.ballots - (facts.blank_ballots or 0):
        raise ActionRefused(_("A candidate has more votes than there are valid ballots."))
    locked.ballots, locked.blank_ballots = facts.ballots, facts.blank_ballots
    locked.statutes_adopted, locked.note = facts.statutes_adopted, clean(facts.note)
    locked.save(update_fields=["ballots", "blank_ballots", "statutes_adopted", "note"])
    record(
        body,
        "vote_entered",
        by,
        after={"ballots": locked.ballots, "statutes_adopted": locked.statutes_adopted},
    )
    return locked


@transaction.atomic
def enter_candidate(
    *, assembly: FoundingAssembly, registrant: Registrant, votes: int, post: str, by: User
) -> Candidacy:
    """Enter a candidate's votes and post; entered again, the former entry is replaced.

    Raises:
        ActionRefused: not called to this assembly, more votes than ballots, or the post is somebody else's.
    """
    body, locked = _held(assembly)
    if not locked.convocations.filter(registrant=registrant).exists():
        raise ActionRefused(_("This person was not called to the assembly."))
    most = locked.attending_count if locked.ballots is None else locked.ballots - (locked.blank_ballots or 0)
    if votes > most:
        raise ActionRefused(
            ngettext("At most %(count)s vote is possible.", "At most %(count)s votes are possible.", most)
            % {"count": most}
        )
    try:
        with transaction.atomic():
            candidacy, _created = Candidacy.objects.update_or_create(
                assembly=locked, registrant=registrant, defaults={"votes": votes, "post": post}
            )
    except IntegrityError as error:
        raise ActionRefused(_("Somebody else was elected to this post.")) from error
    record(body, "candidate_entered", by, after={"nia": registrant.nia, "votes": votes, "post": post})
    return candidacy


@transaction.atomic
def remove_candidate(*, candidacy: Candidacy, by: User) -> None:
    """Take a candidate entered by mistake away."""
    body, _assembly = _held(candidacy.assembly)
    locked = Candidacy.objects.select_for_update().filter(pk=candidacy.pk).first()
    if locked is not None:
        record(body, "candidate_removed", by, before={"nia": locked.registrant.nia, "votes": locked.votes})
        locked.delete()


@transaction.atomic
def found_body(*, assembly: FoundingAssembly, by: User) -> CraftBody:
    """Found the body on its assembly: the bureau's mandates begin, those who attended are its members.

    Raises:
        ActionRefused: something is missing; the sentence names all of it.
    """
    body, locked = _held(assembly)
    move = BODY.check("found", body.state)
    missing = missing_to_found(locked)
    if missing:
        raise ActionRefused(_("Still missing: %(parts)s.") % {"parts": _("، ").join(missing)})
    founded_on = timezone.localtime(locked.starts_at).date()
    period = term_of(body, founded_on)
    for candidacy in locked.candidacies.elected().order_by("pk"):
        Mandate.objects.create(
            body=body,
            registrant_id=candidacy.registrant_id,
            post=candidacy.post,
            period=period,
            planned_end=period[1],
            given_by=by,
        )
    attending = locked.convocations.attending().values_list("registrant_id", flat=True)
    elected = locked.candidacies.elected().values_list("registrant_id", flat=True)
    BodyMembership.objects.bulk_create(
        [
            BodyMembership(body=body, registrant_id=member, joined_on=founded_on)
            for member in sorted({*attending, *elected})
        ],
        batch_size=2000,
    )
    before = {"state": body.state}
    body.state, body.founded_on, body.renewal_on = move.to, founded_on, period[1]
    body.version += 1
    body.save()
    record(
        body,
        "founded",
        by,
        before=before,
        after={"state": body.state, "founded_on": founded_on, "members": body.memberships.count()},
    )
    return body


def missing_to_found(assembly: FoundingAssembly) -> list[str]:
    """What keeps an assembly that was held from founding its body, in the reader's words."""
    body = assembly.body
    rules = rules_of(body)
    elected = list(assembly.candidacies.elected().values_list("post", flat=True))
    parts = []
    if timezone.localtime(assembly.starts_at).date() > timezone.localdate():
        parts.append(_("the day of the assembly, which has not come yet"))
    if not assembly.statutes_adopted:
        parts.append(_("the adoption of the statutes"))
    if not body.documents.filter(kind=BodyDocumentKind.STATUTES).exists():
        parts.append(_("the document of the statutes"))
    if Post.PRESIDENT not in elected:
        parts.append(_("an elected president"))
    if rules.bureau_size and len(elected) != rules.bureau_size:
        parts.append(
            ngettext(
                "a bureau of %(size)s member (%(elected)s elected so far)",
                "a bureau of %(size)s members (%(elected)s elected so far)",
                rules.bureau_size,
            )
            % {"size": rules.bureau_size, "elected": len(elected)}
        )
    if not has_enough_below(body):
        parts.append(_("the bodies one level below that the rules ask for"))
    return parts


def has_enough_below(body: CraftBody) -> bool:
    """Whether it rests on as many founded bodies as the rules of its chamber ask: one, where none are set."""
    if body.level == BodyLevel.PROVINCIAL:
        return True
    return CraftBody.objects.below(body).count() >= rules_of(body).provincial_bodies_needed


def _held(assembly: FoundingAssembly) -> tuple[CraftBody, FoundingAssembly]:
    body, locked = lock_assembly(assembly)
    locked.body = body
    if locked.state != AssemblyState.HELD:
        raise ActionRefused(_("Close the attendance first: then the vote is entered."))
    if body.founded_on:
        raise ActionRefused(_("The body is founded: what its assembly decided stays as it is."))
    return body, locked


def called_person(assembly: FoundingAssembly, text: str) -> Registrant | None:
    """The one called person whom a number names."""
    found = Convocation.objects.filter(assembly=assembly).by_number(text).select_related("registrant")[:2]
    people = list(found)
    return people[0].registrant if len(people) == 1 else None
