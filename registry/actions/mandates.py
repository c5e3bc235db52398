"""The bureau: posts given for a term, ended before their time with a ground."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.dates import months_before
from core.exceptions import ActionRefused
from core.models import User
from registry.actions.bodies import lock, record, rules_of
from registry.actions.grounding import grounding
from registry.enums import ACTIVE_STATES, BodyState, GroundProcedure
from registry.models import CraftBody, Ground, Mandate, Registrant


def term_of(body: CraftBody, starts_on: date) -> tuple[date, date | None]:
    """First day and end of a mandate; without an end where the chamber has set no length."""
    months = rules_of(body).mandate_months
    return starts_on, months_before(starts_on, -months) if months else None


@transaction.atomic
def give_post(*, body: CraftBody, registrant: Registrant, post: str, starts_on: date, by: User) -> Mandate:
    """Give a member a post from a day on, for the chamber's length of a mandate.

    Raises:
        ActionRefused: the body is not founded, the person is no member or not on the register, the bureau is
            full, or the post or the person is taken at some time of the term.
    """
    locked = lock(body)
    if locked.state != BodyState.FOUNDED:
        raise ActionRefused(_("Only a founded body has a bureau."))
    if starts_on < locked.founded_on:
        raise ActionRefused(_("A mandate begins after the body was founded."))
    if registrant.state not in ACTIVE_STATES:
        raise ActionRefused(_("This person is not on the register now."))
    if not locked.memberships.active().filter(registrant=registrant).exists():
        raise ActionRefused(_("Only a member of the body holds a post: enter the membership first."))
    period = term_of(locked, starts_on)
    size = rules_of(locked).bureau_size
    if size and locked.mandates.filter(period__overlap=period).count() >= size:
        raise ActionRefused(_("The bureau is full at that time: end a mandate first."))
    try:
        with transaction.atomic():
            mandate = Mandate.objects.create(
                body=locked,
                registrant=registrant,
                post=post,
                period=period,
                planned_end=period[1],
                given_by=by,
            )
    except IntegrityError as error:
        raise ActionRefused(_taken(error)) from error
    # The range as the database has it, not the pair it was made of.
    mandate.refresh_from_db(fields=["period"])
    _note_renewal(locked)
    record(
        locked,
        "post_given",
        by,
        after={"nia": registrant.nia, "post": post, "from": period[0], "until": period[1]},
    )
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, ends_on: date, ground: Ground | None, reason: str, by: User) -> Mandate:
    """End a mandate before its time; `ends_on` is the first day on which the post is free.

    Raises:
        ActionRefused: no ground or reason, ended already, or the day lies outside the mandate.
    """
    body = lock(mandate.body)
    locked = Mandate.objects.select_for_update().get(pk=mandate.pk)
    chosen, why = grounding(
        procedure=GroundProcedure.MANDATE_END, ground=ground, reason=reason, region_id=body.region_id
    )
    if locked.ended_by_id:
        raise ActionRefused(_("This mandate is ended already."))
    if ends_on <= locked.starts_on or (locked.ends_on and ends_on >= locked.ends_on):
        raise ActionRefused(_("The day lies outside the mandate."))
    before = {"until": locked.ends_on}
    locked.period = (locked.starts_on, ends_on)
    locked.end_ground, locked.end_reason, locked.ended_by = chosen, why, by
    locked.save(update_fields=["period", "end_ground", "end_reason", "ended_by"])
    locked.refresh_from_db()
    _note_renewal(body)
    record(
        body,
        "mandate_ended",
        by,
        before=before,
        after={"nia": locked.registrant.nia, "post": locked.post, "until": ends_on, "ground": str(chosen)},
        reason=why,
    )
    return locked


def _note_renewal(body: CraftBody) -> None:
    """The body is to be renewed when the first of the mandates in force ends as it was planned."""
    ends = body.mandates.in_force().filter(planned_end__isnull=False).order_by("planned_end")
    body.renewal_on = ends.values_list("planned_end", flat=True).first()
    body.save(update_fields=["renewal_on"])


def _taken(error: IntegrityError) -> str:
    if "mandate_one_post_a_person" in str(error):
        return _("This person holds a post of this bureau at that time already.")
    return _("Somebody holds this post at that time already.")
