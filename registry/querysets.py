"""What is read from the register, by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Prefetch,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from core.arabic import clean, compact_number
from core.models import AuditEvent
from core.scoping import RegionScopedQuerySet
from registry.enums import ACTIVE_STATES, PERSON_KINDS, ApplicationState, ChangeKind, RegistrantState
from registry.search.filtering import named
from registry.search.filters import Filters
from registry.search.numbers import Numbers, numbers_in
from registry.validators import normalise_national_id

if TYPE_CHECKING:
    from registry.models import RegisterRules, Registrant

# As `registry.models.rules` has them, for a chamber that has set none.
WORKING_DAYS = 30


class RegistrantQuerySet(RegionScopedQuerySet):
    def visible_to(self, user) -> Self:
        """What `user` may know of, without entries merged into another: those have no page."""
        return self.known_to(user).unmerged()

    def known_to(self, user) -> Self:
        """The same with merged entries, for whoever follows one to where it went."""
        return super().visible_to(user)

    def merged_away(self) -> Self:
        return self.filter(merged_into__isnull=False).select_related("merged_into__region")

    def unmerged(self) -> Self:
        return self.filter(merged_into__isnull=True)

    def search(self, text: str) -> Self:
        """Find by registration, identity, telephone or tracking number, or by any words of a name.

        As a filter it does not rank: see `registry.search`.
        """
        typed = clean(text)
        if not typed:
            return self
        numbers = numbers_in(typed)
        if numbers and (found := self.with_number(numbers)).exists():
            return found
        return self.filter(named(typed))

    def narrowed(self, filters: Filters) -> Self:
        """Those whom the filters of a list leave, as their search entries tell."""
        people = self.filter(search_entry__isnull=False)
        if filters.region:
            people = people.filter(search_entry__region=filters.region)
        if filters.terms:
            terms = Func(*map(Value, filters.terms), function="registry_terms")
            people = people.filter(search_entry__terms__contains=terms)
        wanted = {
            "state": filters.state,
            "card_standing": filters.card,
            "birth_date__gte": filters.born_from,
            "birth_date__lte": filters.born_until,
            "registered_on__gte": filters.registered_from,
            "registered_on__lte": filters.registered_until,
        }
        return people.filter(**{f"search_entry__{name}": value for name, value in wanted.items() if value})

    def with_number(self, numbers: Numbers) -> Self:
        """Those whose number it is, whichever of them; a number may be somebody's NIA and another's phone."""
        found = Q(pk__in=[])
        if numbers.nia:
            found |= Q(nia_compact=numbers.nia)
        if numbers.national_id:
            found |= Q(national_id=numbers.national_id)
        if numbers.phone:
            found |= Q(phone=numbers.phone)
        if numbers.tracking:
            tracked = self.filter(applications__tracking_number=numbers.tracking)
            # Asked first: as part of the condition it would be looked for among everybody.
            found |= Q(pk__in=list(tracked.values_list("pk", flat=True)))
        return self.filter(found)

    def update(self, **values) -> int:
        """As Django's, but a name is not changed without the key by which it is found.

        Raises:
            ValueError: names without `name_key`: use `save()`.
        """
        if "name_key" not in values and any("_name_" in field for field in values):
            raise ValueError("A name is changed together with its name_key: use save().")
        return super().update(**values)

    update.alters_data = True

    def with_list_columns(self) -> Self:
        """Everything that a line of the list shows, in a fixed number of queries."""
        links = self.model._meta.get_field("craft_links").related_model.objects.select_related("craft")
        return self.select_related("commune__province", "region").prefetch_related(
            Prefetch("craft_links", queryset=links)
        )

    def with_columns(self, columns: Iterable[str]) -> Self:
        """What these of `registry.columns` show, in one query; the principal craft by its names alone."""
        places = {"commune": "commune", "province": "commune__province", "region": "region"}
        people = self.select_related(*(places[name] for name in columns if name in places))
        if "craft" not in columns:
            return people
        principal = FilteredRelation("craft_links", condition=Q(craft_links__is_principal=True))
        return people.annotate(principal=principal).annotate(
            craft_name_ar=F("principal__craft__name_ar"), craft_name_fr=F("principal__craft__name_fr")
        )

    def registered(self) -> Self:
        return self.unmerged().filter(state__in=ACTIVE_STATES)

    def with_gone_craft(self) -> Self:
        """Those of whom a craft has no place in the list in use: they are to be asked."""
        from registry.models import RegistrantCraft

        gone = RegistrantCraft.objects.filter(craft__branch__craft_list__is_current=False)
        return self.filter(pk__in=gone.values("registrant_id"))

    def due_for_renewal(self, rules: Iterable[RegisterRules]) -> Self:
        """On the register, within their chamber's notice of the end, and not asked for; soonest first.

        Where a chamber has set no length of a registration, nothing is ever due.
        """
        from registry.models import ChangeRequest

        due = Q(pk=None)
        for chamber in rules:
            if chamber.registration_months:
                last_day = timezone.localdate() + timedelta(days=chamber.renewal_notice_days)
                due |= Q(region_id=chamber.region_id, valid_until__lte=last_day)
        asked = ChangeRequest.objects.open().filter(registrant=OuterRef("pk"), kind=ChangeKind.RENEWAL)
        return self.registered().filter(due).filter(~Exists(asked)).order_by("valid_until", "id")

    def by_sign_in_name(self, text: str) -> Registrant | None:
        """The registered person whose NIA or identity number this is; None for anyone else."""
        return self.registered()._numbered(text)

    def by_own_number(self, text: str) -> Registrant | None:
        """As `by_sign_in_name`, suspended or struck off too: they read what the chamber writes to them."""
        ever = self.unmerged().exclude(state=RegistrantState.CANDIDATE)
        return ever.filter(erased_at__isnull=True)._numbered(text)

    def _numbered(self, text: str) -> Registrant | None:
        compact, national_id = compact_number(text), normalise_national_id(text)
        people = self.filter(Q(nia_compact=compact) | Q(national_id=national_id))
        # An identity number may stand for a person and for the organisation they represent.
        return people.order_by("organisation_name_ar", "id").first()

    def person_with_national_id(self, national_id: str) -> Registrant | None:
        """The one person (not organisation) who has this identity number, in whatever region."""
        return self.unmerged().filter(national_id=national_id, kind__in=PERSON_KINDS).first()


class ApplicationQuerySet(RegionScopedQuerySet):
    region_lookup = "registrant__region_id"

    def visible_to(self, user) -> Self:
        """Without those of entries merged into another: they are set aside with their entry."""
        return super().visible_to(user).filter(registrant__merged_into__isnull=True)

    def awaiting_decision(self) -> Self:
        """Submitted and undecided, oldest first; what an import handed in at one moment, by its rows."""
        return self.filter(state=ApplicationState.SUBMITTED).order_by("submitted_at", "pk")

    def to_correct(self) -> Self:
        return self.filter(state=ApplicationState.TO_CORRECT).order_by("submitted_at", "pk")

    def drafts(self) -> Self:
        return self.filter(state=ApplicationState.DRAFT)

    def assigned_to(self, user) -> Self:
        return self.filter(assigned_to=user)

    def unassigned(self) -> Self:
        return self.filter(assigned_to__isnull=True)

    def with_list_columns(self) -> Self:
        return self.select_related("registrant__commune", "entered_by", "assigned_to")

    def with_deadline(self) -> Self:
        """With `due_at`: by when the chamber's rules ask for the decision or the correction."""
        rules = "registrant__region__register_rules__"
        return self.annotate(
            due_at=Case(
                When(
                    state=ApplicationState.SUBMITTED,
                    then=F("submitted_at") + _days(f"{rules}days_to_decide"),
                ),
                When(
                    state=ApplicationState.TO_CORRECT,
                    then=Coalesce("returned_at", "submitted_at") + _days(f"{rules}days_to_correct"),
                ),
                output_field=DateTimeField(),
            )
        )

    def overdue(self) -> Self:
        return self.with_deadline().filter(due_at__lt=timezone.now())

    def decidable_by(self, user) -> Self:
        """Awaiting a decision and neither entered nor changed by this person, where the chamber asks so."""
        own = Q(entered_by=user) | Exists(
            AuditEvent.objects.filter(
                subject_type="registry.registrant",
                subject_id=Cast(OuterRef("registrant_id"), CharField()),
                action="registry.application.changed",
                actor_id=str(user.pk),
                happened_at__gte=OuterRef("entered_at"),
            )
        )
        return self.awaiting_decision().exclude(
            Q(registrant__region__chamber__separate_maker_and_checker=True) & own
        )


class DraftQuerySet(RegionScopedQuerySet):
    def open(self) -> Self:
        """Begun and not handed in, oldest first."""
        return self.filter(closed_at__isnull=True).order_by("entered_at", "key")

    def of_new_people(self) -> Self:
        return self.open().filter(application__isnull=True)


def _days(setting: str) -> ExpressionWrapper:
    """A chamber's number of days as a length of time; the working value where it has set none."""
    return ExpressionWrapper(
        Coalesce(F(setting), Value(WORKING_DAYS)) * Value(timedelta(days=1)), output_field=DurationField()
    )
