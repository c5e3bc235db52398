"""A partner's side of a holder's request: taken, documents asked for, accepted, refused.

Each step says on which version of the request it was decided, so that two agents do not overwrite each other;
the same step sent twice by the same agent is one.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from partners.actions.feedback import note_refusal
from partners.enums import RefusalGround
from partners.lifecycle import REFERRAL
from partners.models import PartnerAgent, Referral
from partners.notices import tell_of_referral

MOST_WORDS = 2000
_FIELDS = ("state", "taken_by", "ground", "answer")


@transaction.atomic
def take_referral(*, referral: Referral, version: int, agent: PartnerAgent) -> Referral:
    """Say that one answers this request.

    Raises:
        ActionRefused: it does not wait for an answer any more, or a colleague changed it meanwhile.
    """
    return _move("take", "partners.referral.taken", referral, version, agent, taken_by=agent.user)


@transaction.atomic
def ask_for_documents(*, referral: Referral, answer: str, version: int, agent: PartnerAgent) -> Referral:
    """Ask the holder for what is missing; the time limit waits for the holder.

    Raises:
        ActionRefused: as `take_referral`, or it is not said what is asked for.
    """
    words = _words(answer, _("Say which documents you need."))
    return _move(
        "ask",
        "partners.referral.documents_asked",
        referral,
        version,
        agent,
        taken_by=agent.user,
        answer=words,
    )


@transaction.atomic
def accept_referral(*, referral: Referral, answer: str, version: int, agent: PartnerAgent) -> Referral:
    """Grant what the offer says; the answer tells the holder where to go and what to bring.

    Raises:
        ActionRefused: as `take_referral`, or the holder is not told how it goes on.
    """
    words = _words(answer, _("Tell the holder how it goes on."))
    return _decide("accept", "partners.referral.accepted", referral, version, agent, answer=words)


@transaction.atomic
def refuse_referral(
    *, referral: Referral, ground: RefusalGround, answer: str, version: int, agent: PartnerAgent
) -> Referral:
    """Refuse, on a ground of the list and in words that the holder reads; the chamber follows it up.

    Raises:
        ActionRefused: as `take_referral`, or no words are given.
    """
    words = _words(answer, _("Give the holder the reason in words."))
    refused = _decide(
        "refuse",
        "partners.referral.refused",
        referral,
        version,
        agent,
        ground=RefusalGround(ground),
        answer=words,
    )
    note_refusal(referral=refused)
    return refused


def _decide(
    name: str, action: str, referral: Referral, version: int, agent: PartnerAgent, **changes: Any
) -> Referral:
    changes |= {"decided_at": timezone.now(), "decided_by": agent.user}
    if referral.taken_by_id is None:
        changes["taken_by"] = agent.user
    return _move(name, action, referral, version, agent, **changes)


def _move(
    name: str, action: str, referral: Referral, version: int, agent: PartnerAgent, **changes: Any
) -> Referral:
    own = Referral.objects.shown_to(agent).select_for_update(of=("self",))
    own = own.select_related("offer", "registrant")
    locked = own.filter(pk=referral.pk).first()
    if locked is None:
        raise ActionRefused(_("This request is not yours."))
    to = REFERRAL.named(name).to
    if locked.version != version:
        if locked.state == to and agent.user_id in (locked.decided_by_id or locked.taken_by_id,):
            return locked
        raise ActionRefused(_("A colleague or the holder changed this request meanwhile. Look at it again."))
    REFERRAL.check(name, locked.state)
    before = audit.snapshot(locked, _FIELDS)
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.state, locked.version = to, locked.version + 1
    locked.save()
    after = audit.snapshot(locked, _FIELDS)
    changed = [field for field in _FIELDS if before[field] != after[field]]
    audit.record(
        action=action,
        by=agent.user,
        subject=locked,
        region_code=locked.region_id,
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
    )
    tell_of_referral(locked)
    return locked


def _words(text: str, missing: str) -> str:
    words = text.strip()[:MOST_WORDS]
    if not clean(words):
        raise ActionRefused(missing)
    return words
