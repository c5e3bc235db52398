"""How active each partner is, in a fixed number of queries."""

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.figures import Section, Table
from partners.figures.scope import Scope
from partners.models import ApiKey, Feedback, Offer, OfferUse, Partner, PartnerAgent, Referral


def partners_activity(scope: Scope) -> Section:
    """Now, whatever the period: who has gone quiet is seen by the last days, oldest use last."""
    last_use = _by_partner(_here(OfferUse.objects.standing(), scope), Max("used_at"))
    late = Q(due_on__lt=timezone.localdate())
    waiting = _by_partner(_here(Referral.objects.open(), scope), Count("pk"))
    overdue = _by_partner(_here(Referral.objects.open(), scope), Count("pk", filter=late))
    unsettled = _by_partner(_here(Feedback.objects.to_follow_up(), scope), Count("pk"))
    running = dict(_rows(Offer.objects.running(), "partner", Count("pk")))
    confirmed = dict(_rows(Offer.objects.all(), "partner", Max("confirmed_on")))
    agents = dict(_rows(PartnerAgent.objects.filter(user__is_active=True), "partner", Count("pk")))
    keys = dict(_rows(ApiKey.objects.usable(), "partner", Count("pk")))
    rows = []
    for partner in Partner.objects.all():
        used = last_use.get(partner.pk)
        rows.append(
            [
                partner.name,
                running.get(partner.pk, 0),
                _day(confirmed.get(partner.pk)),
                _day(timezone.localdate(used) if used else None),
                waiting.get(partner.pk, 0),
                overdue.get(partner.pk, 0),
                unsettled.get(partner.pk, 0),
                agents.get(partner.pk, 0),
                keys.get(partner.pk, 0),
            ]
        )
    headers = [
        _("Partner"),
        _("Running offers"),
        _("Last confirmed on"),
        _("Last use"),
        _("Open requests"),
        _("Overdue"),
        _("Refusals not settled"),
        _("Agents"),
        _("Usable keys"),
    ]
    note = _("As it stands now, whatever the period. Offers, agents and keys are those of the whole country.")
    return Section("partners", _("Partners' activity"), note, Table(headers, rows), wide=True)


def _here(rows, scope: Scope):
    rows = rows.visible_to(scope.reader)
    return rows.filter(region=scope.region) if scope.region else rows


def _by_partner(rows, number) -> dict:
    return dict(_rows(rows, "offer__partner", number))


def _rows(rows, key: str, number):
    return rows.order_by().values_list(key).annotate(number=number)


def _day(day) -> str | None:
    return f"{day:%d/%m/%Y}" if day else None
