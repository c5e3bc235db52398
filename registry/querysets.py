"""What is read from the register, by name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Q, Value

from core.arabic import clean, compact_number, fold
from core.scoping import RegionScopedQuerySet
from registry.enums import ACTIVE_STATES, PERSON_KINDS, ApplicationState, DuplicateReason
from registry.validators import normalise_national_id

if TYPE_CHECKING:
    from registry.models import Registrant

# Below this two folded names are too different to bother a registrar with.
NAME_SIMILARITY = 0.55
MOST_DUPLICATES = 5


class RegistrantQuerySet(RegionScopedQuerySet):
    def search(self, text: str) -> Self:
        """Find by registration number, identity number, telephone or any words of a name.

        Words are compared folded (see `core.arabic.fold`), in any order, in either script.
        """
        typed = clean(text)
        if not typed:
            return self
        compact = compact_number(typed)
        found = Q(national_id=normalise_national_id(typed))
        if compact:
            found |= Q(nia_compact=compact)
        if compact.isdigit():
            phone_end = compact.removeprefix("00212").removeprefix("212").lstrip("0")
            if len(phone_end) == 9:
                found |= Q(phone=f"+212{phone_end}")
        words = fold(typed).split()
        if words:
            by_name = Q()
            for word in words:
                by_name &= Q(name_key__contains=word)
            found |= by_name
        return self.filter(found)

    def with_list_columns(self) -> Self:
        """Everything that a line of the list shows, in a fixed number of queries."""
        return self.select_related("commune__province", "region").prefetch_related("craft_links__craft")

    def registered(self) -> Self:
        return self.filter(state__in=ACTIVE_STATES)

    def by_sign_in_name(self, text: str) -> Registrant | None:
        """The registered person whose NIA or identity number this is; None for anyone else."""
        compact, national_id = compact_number(text), normalise_national_id(text)
        people = self.registered().filter(Q(nia_compact=compact) | Q(national_id=national_id))
        # An identity number may stand for a person and for the organisation they represent.
        return people.order_by("organisation_name_ar", "id").first()

    def person_with_national_id(self, national_id: str) -> Registrant | None:
        """The one person (not organisation) who has this identity number, in whatever region."""
        return self.filter(national_id=national_id, kind__in=PERSON_KINDS).first()

    def likely_duplicates(
        self,
        *,
        national_id: str,
        phone: str,
        name_key: str,
        birth_date: date | None,
        commune_id: str,
        exclude_id: int | None = None,
    ) -> list[tuple[Registrant, list[DuplicateReason]]]:
        """Entries that may be the same person, each with the reasons, best reasons first.

        Looks through every region: the same person may have moved. What the reader may see of an entry in
        another region is the view's business.
        """
        words = name_key.replace("|", " ").strip()
        similar = Q(similarity__gte=NAME_SIMILARITY) & Q(birth_date=birth_date)
        same_name = Q(name_key=name_key, commune_id=commune_id)
        certain = (
            self.exclude(pk=exclude_id)
            .filter(Q(national_id=national_id) | (Q(phone=phone) if phone else Q(pk=None)) | same_name)
            .annotate(similarity=Value(0.0))
        )
        people = {person.pk: person for person in certain.select_related("region")[:MOST_DUPLICATES]}
        if birth_date and words:
            alike = (
                self.exclude(pk=exclude_id)
                .filter(birth_date=birth_date)
                .annotate(similarity=TrigramWordSimilarity(words, F("name_key")))
                .filter(similar)
                .select_related("region")
                .order_by("-similarity")[:MOST_DUPLICATES]
            )
            people |= {person.pk: person for person in alike}
        matches = []
        for person in people.values():
            reasons = []
            if national_id and person.national_id == national_id:
                reasons.append(DuplicateReason.NATIONAL_ID)
            if phone and person.phone == phone:
                reasons.append(DuplicateReason.PHONE)
            if person.birth_date == birth_date and person.similarity >= NAME_SIMILARITY:
                reasons.append(DuplicateReason.NAME_AND_BIRTH)
            if person.name_key == name_key and person.commune_id == commune_id:
                reasons.append(DuplicateReason.NAME_AND_COMMUNE)
            if reasons:
                matches.append((person, reasons))
        order = list(DuplicateReason)
        return sorted(matches, key=lambda match: order.index(match[1][0]))[:MOST_DUPLICATES]


class ApplicationQuerySet(RegionScopedQuerySet):
    region_lookup = "registrant__region_id"

    def awaiting_decision(self) -> Self:
        """Submitted and undecided, oldest first."""
        return self.filter(state=ApplicationState.SUBMITTED).order_by("submitted_at")

    def to_correct(self) -> Self:
        return self.filter(state=ApplicationState.TO_CORRECT)

    def drafts(self) -> Self:
        return self.filter(state=ApplicationState.DRAFT)
