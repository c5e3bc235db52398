"""What is read of craft bodies, by name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q, Subquery
from django.utils import timezone

from core.arabic import compact_number, digits, fold
from core.scoping import RegionScopedQuerySet
from registry.enums import Attendance, BodyLevel, BodyState, Post
from registry.validators import normalise_national_id

if TYPE_CHECKING:
    from registry.models import CraftBody

# The published target of the first wave, over the twelve regions; how it is split is not published.
FIRST_WAVE = 288
# How long before the end of a bureau's mandates its renewal is to be prepared.
RENEWAL_NOTICE = timedelta(days=120)


class CraftBodyQuerySet(RegionScopedQuerySet):
    def visible_to(self, user) -> Self:
        """Those of the reader's region, and the national ones to all staff."""
        if user.sees_all_regions or not user.is_staff_member:
            return super().visible_to(user)
        return self.filter(Q(region_id=user.region_id) | Q(level=BodyLevel.NATIONAL))

    def changeable_by(self, user) -> Self:
        """Those whose affairs `user` may change: never a national one from within a region."""
        return super().visible_to(user)

    def standing(self) -> Self:
        """Founded and not dissolved."""
        return self.filter(state=BodyState.FOUNDED)

    def with_list_columns(self) -> Self:
        return self.select_related("branch", "region", "province")

    def below(self, body: CraftBody) -> Self:
        """Founded bodies of the same branch that this one rests on."""
        below = self.standing().filter(branch_id=body.branch_id)
        if body.level == BodyLevel.REGIONAL:
            return below.filter(level=BodyLevel.PROVINCIAL, region_id=body.region_id)
        if body.level == BodyLevel.NATIONAL:
            return below.filter(level=BodyLevel.REGIONAL)
        return below.none()

    def renewal_due(self, today: date | None = None) -> Self:
        """Whose bureau's mandates end soon or ended, the most urgent first."""
        day = (today or timezone.localdate()) + RENEWAL_NOTICE
        return self.standing().filter(renewal_on__lte=day).order_by("renewal_on", "pk")

    def founded_by_region(self) -> dict[str, dict[str, int]]:
        """For each region's code, how many bodies stand in each state; dissolved ones are not counted."""
        counted: dict[str, dict[str, int]] = {}
        rows = self.exclude(state=BodyState.DISSOLVED).values_list("region_id", "state").annotate(Count("pk"))
        for region, state, count in rows.order_by():
            counted.setdefault(region or "", {})[state] = count
        return counted

    def public(self) -> Self:
        """Founded bodies with their president where the body wants the name shown."""
        from registry.models import Mandate

        presidents = Mandate.objects.in_force().filter(
            post=Post.PRESIDENT, body=models.OuterRef("pk"), body__is_public=True
        )
        return (
            self.standing()
            .with_list_columns()
            .annotate(
                president_ar=Subquery(
                    presidents.annotate(
                        shown=models.functions.Concat(
                            "registrant__given_name_ar", models.Value(" "), "registrant__family_name_ar"
                        )
                    ).values("shown")[:1]
                ),
                president_fr=Subquery(
                    presidents.annotate(
                        shown=models.functions.Concat(
                            "registrant__given_name_latin",
                            models.Value(" "),
                            "registrant__family_name_latin",
                        )
                    ).values("shown")[:1]
                ),
            )
            .order_by("region_id", "level", "branch__code", "province_id")
        )


class OfBodyQuerySet(RegionScopedQuerySet):
    """Rows that belong to a body and are seen by whoever sees the body."""

    body_lookup = "body"

    def visible_to(self, user) -> Self:
        from registry.models import CraftBody

        return self.filter(**{f"{self.body_lookup}__in": CraftBody.objects.visible_to(user)})

    def changeable_by(self, user) -> Self:
        from registry.models import CraftBody

        return self.filter(**{f"{self.body_lookup}__in": CraftBody.objects.changeable_by(user)})


class ConvocationQuerySet(OfBodyQuerySet):
    body_lookup = "assembly__body"

    def attending(self) -> Self:
        """Present, or represented by somebody who is."""
        return self.exclude(attendance=Attendance.ABSENT)

    def with_people(self) -> Self:
        return self.select_related("registrant__commune", "proxy_holder__registrant")

    def by_number(self, text: str) -> Self:
        """Whoever has exactly this NIA, identity number or place on the list."""
        compact = compact_number(text)
        found = Q(registrant__national_id=normalise_national_id(text))
        if compact:
            found |= Q(registrant__nia_compact=compact)
        if digits(text).strip().isdigit() and len(compact) <= 6:
            found |= Q(position=int(compact))
        return self.filter(found)

    def by_name(self, text: str) -> Self:
        """Every word of the name, folded, in any order and either script."""
        words = fold(text).split()
        if not words:
            return self.none()
        found = Q()
        for word in words:
            found &= Q(registrant__name_key__contains=word)
        return self.filter(found)


class CandidacyQuerySet(OfBodyQuerySet):
    body_lookup = "assembly__body"

    def elected(self) -> Self:
        return self.exclude(post="")


class MandateQuerySet(OfBodyQuerySet):
    def in_force(self, day: date | None = None) -> Self:
        return self.filter(period__contains=day or timezone.localdate())

    def past(self, day: date | None = None) -> Self:
        return self.filter(period__endswith__lte=day or timezone.localdate())

    def in_order(self) -> Self:
        """The president first, as a bureau is listed."""
        posts = [models.When(post=post, then=place) for place, post in enumerate(Post)]
        return self.annotate(place=models.Case(*posts, output_field=models.IntegerField())).order_by(
            "place", "pk"
        )

    def with_people(self) -> Self:
        return self.select_related("registrant")


class MembershipQuerySet(OfBodyQuerySet):
    def active(self) -> Self:
        return self.filter(left_on__isnull=True)

    def with_people(self) -> Self:
        return self.select_related("registrant__commune")
