"""What is read of partners and offers, by name."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.arabic import fold
from core.models import ServiceDomain
from core.roles import Permission
from partners.enums import ChangeState, OfferState, PartnerState

if TYPE_CHECKING:
    from core.models import User
    from partners.models import Partner
    from registry.models import Registrant


class PartnerQuerySet(models.QuerySet):
    def with_offers_running(self) -> Self:
        """Partners that have an offer to show now."""
        running = self.model.offers.field.model.objects.running()
        return self.filter(Exists(running.filter(partner=OuterRef("pk"))))

    def with_offers_of_group(self) -> Self:
        """Partners with an offer to show now, and groups of which a company has one."""
        running = self.model.offers.field.model.objects.running()
        of_company = running.filter(partner__parent=OuterRef("pk"))
        own = running.filter(partner=OuterRef("pk"))
        return self.filter(Exists(own) | Exists(of_company), state=PartnerState.ACTIVE)

    def visible_to(self, user: "User") -> Self:
        """For the public those of whom there is something to see; all of them for staff of partnerships."""
        if user.is_authenticated and user.can(Permission.VIEW_PARTNERSHIPS):
            return self.all()
        return self.with_offers_of_group()

    def search(self, text: str) -> Self:
        """By words of the name, folded, in either script."""
        found = self
        for word in fold(text or "").split():
            found = found.filter(search_key__contains=word)
        return found

    def with_counts(self) -> Self:
        """`offer_count`, `agreement_count`, `branch_count`; each alone, so that none multiplies another."""
        return self.select_related("parent").annotate(
            offer_count=Coalesce(Subquery(self._count_of("offers")), 0),
            agreement_count=Coalesce(Subquery(self._count_of("agreements")), 0),
            branch_count=Coalesce(Subquery(self._count_of("branches")), 0),
        )

    def _count_of(self, related: str) -> models.QuerySet:
        of_partner = self.model._meta.get_field(related).related_model.objects.filter(partner=OuterRef("pk"))
        return of_partner.order_by().values("partner").annotate(total=Count("pk")).values("total")

    def acted_for_by(self, user: "User") -> "Partner | None":
        """The partner that this account is an agent of; None where it ended, and for every other account."""
        return self.filter(agents__user=user, state=PartnerState.ACTIVE).first()


class OfferQuerySet(models.QuerySet):
    def running(self) -> Self:
        """Published and confirmed lately, today between its dates, its agreement, if any, in force.

        Nothing runs of a partner whose partnership ended.
        """
        today = timezone.localdate()
        agreements = self.model.agreement.field.related_model.objects.in_force()
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=today),
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            Q(agreement__isnull=True) | Exists(agreements.filter(pk=OuterRef("agreement_id"))),
            state=OfferState.PUBLISHED,
            fresh_until__gte=today,
            partner__state=PartnerState.ACTIVE,
        )

    def visible_to(self, user: "User") -> Self:
        """Running offers for every reader, signed in or not; all of them for those who manage them."""
        if not user.is_authenticated:
            return self.running()
        if user.can(Permission.MANAGE_OFFERS):
            return self.all()
        if user.can(Permission.MANAGE_OWN_OFFERS):
            # By keys: two conditions on the whole would not join with those that came before, and a partner
            # with three agents would have every offer three times.
            partners = self.model.partner.field.related_model.objects.filter(
                agents__user=user, state=PartnerState.ACTIVE
            )
            own = Q(partner__in=partners.values("pk"))
            return self.filter(Q(pk__in=self.running().values("pk")) | own)
        return self.running()

    def to_check(self) -> Self:
        """Those that wait for another person: proposed, or published with a change proposed."""
        return self.with_waiting_change().filter(Q(state=OfferState.PROPOSED) | Q(change_waits=True))

    def with_waiting_change(self) -> Self:
        """`change_waits`: whether new words of the offer are to be checked."""
        changes = self.model._meta.get_field("changes").related_model.objects
        waiting = changes.filter(offer=OuterRef("pk"), state=ChangeState.PROPOSED)
        return self.annotate(change_waits=Exists(waiting))

    def to_confirm(self) -> Self:
        """Shown, and soon not to be: the partner is asked whether they still hold."""
        today = timezone.localdate()
        rules = self.model._meta.apps.get_model("partners", "PartnershipRules").current()
        left = timedelta(days=rules.hide_after_days - rules.ask_after_days)
        return self.published().filter(fresh_until__gte=today, fresh_until__lte=today + left)

    def hidden(self) -> Self:
        """Published, and not shown any more since nobody confirmed them."""
        return self.published().filter(fresh_until__lt=timezone.localdate())

    def published(self) -> Self:
        """Published, neither their time nor the partnership over; they need not be shown now."""
        ongoing = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
        return self.filter(ongoing, state=OfferState.PUBLISHED, partner__state=PartnerState.ACTIVE)

    def of_group(self, partner: "Partner") -> Self:
        """The partner's own offers and those of its companies."""
        return self.filter(Q(partner=partner) | Q(partner__parent=partner))

    def known_to_holder(self, registrant: "Registrant") -> Self:
        """Running offers, and those that the holder keeps, used or asked for, though they run no longer."""
        own = Q(pk__in=registrant.favourite_offers.values("offer"))
        own |= Q(pk__in=registrant.offer_uses.values("offer"))
        own |= Q(pk__in=registrant.referrals.values("offer"))
        return self.filter(Q(pk__in=self.model.objects.running().values("pk")) | own)

    def of_partner(self, partner: "Partner") -> Self:
        """The partner's own offers; those of the group's other companies are theirs."""
        return self.filter(partner=partner)

    def without_terms(self) -> Self:
        return self.filter(terms_ar="", terms_fr="")

    def never_confirmed(self) -> Self:
        return self.filter(confirmed_on__isnull=True)

    def search(self, text: str) -> Self:
        """Offers in whose name, terms, partner, group or domain every word occurs.

        Words are compared folded (see `core.arabic.fold`), in any order, in either script.
        """
        if not (text or "").strip():
            return self
        words = fold(text).split()
        if not words:
            return self.none()
        domains = [
            (domain.code, "|".join(map(fold, (domain.name_ar, domain.name_fr, domain.name_en))))
            for domain in ServiceDomain.objects.all()
        ]
        in_a_domain = self.model.domains.through.objects.filter(offer=OuterRef("pk"))
        found = self
        for word in words:
            codes = [code for code, names in domains if word in names]
            found = found.filter(
                Q(search_key__contains=word)
                | Q(partner__search_key__contains=word)
                | Q(partner__parent__search_key__contains=word)
                | Exists(in_a_domain.filter(servicedomain__in=codes))
            )
        return found

    def in_catalogue_order(self) -> Self:
        """By domain as the domains are ordered, offers without domain last, then by partner."""
        return self.with_heading().order_by(F("heading").asc(nulls_last=True), "partner__name_fr", "id")

    def with_heading(self) -> Self:
        """With the position of the first of an offer's domains; None where it has none.

        One look through the links a domain, which the database hashes, rather than one subquery an offer.
        """
        links = self.model.domains.through.objects.filter(offer=OuterRef("pk"))
        places = ServiceDomain.objects.order_by("position").values_list("pk", "position")
        found = [When(Exists(links.filter(servicedomain=pk)), then=Value(place)) for pk, place in places]
        return self.annotate(heading=Case(*found, default=None, output_field=IntegerField()))

    def by_partner(self) -> Self:
        return self.order_by("partner__name_fr", "partner_id", "id")

    def with_list_columns(self) -> Self:
        """Everything that an offer's line shows, in a fixed number of queries."""
        return self.select_related("partner__parent", "agreement").prefetch_related(
            "domains", "regions", "crafts"
        )

    def with_page(self) -> Self:
        """Everything that an offer's page shows; `offer.agreement.joined` are the votes in force."""
        adhesions = self.model.agreement.field.related_model._meta.get_field("adhesions").related_model
        joined = adhesions.objects.in_force().select_related("chamber").order_by("chamber__region_id")
        return self.with_list_columns().prefetch_related(
            Prefetch("agreement__adhesions", queryset=joined, to_attr="joined"), "requirements", "documents"
        )
