"""What is written once a day about offers that grow old and agreements that end soon, each at most once.

That it was written is noted in the same transaction, and the letter goes last: killed half-way, the next run
goes on with what is left; a letter that is not taken is written again tomorrow, and keeps nobody else's back.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.core.mail import send_mail
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import audit
from core.daily_letters import Letters
from core.dates import date_in_words
from core.links import absolute
from core.models import User
from core.roles import Role
from partners.models import Adhesion, Agreement, Offer, Partner

LANGUAGE = "ar"


def ask_partners(*, today: date) -> Letters:
    """Ask each partner to confirm what grows old, by its administrators or its own address; counts them."""
    by_partner: dict[int, list[int]] = defaultdict(list)
    for key, partner in Offer.objects.to_confirm().filter(asked_on=None).values_list("pk", "partner_id"):
        by_partner[partner].append(key)
    letters = Letters()
    for partner, keys in by_partner.items():
        with letters.one(f"the question to partner {partner}"):
            letters.written += _ask(partner, keys, today)
    return letters


def remind_of_endings(*, today: date) -> Letters:
    """Write of agreements to the partnership officers, of adhesions to the region's directors; both count."""
    letters = Letters()
    officers = _addresses(Role.PARTNERSHIP_OFFICER)
    ending = Agreement.objects.ending_soon().filter(reminded_on=None).select_related("partner")
    _remind(ending, officers, today, lambda one: f"{one} ({one.partner})", letters)
    adhesions = Adhesion.objects.ending_soon().filter(reminded_on=None).with_places()
    for region in sorted(set(adhesions.values_list("chamber__region", flat=True))):
        directors = _addresses(Role.REGIONAL_DIRECTOR, region=region)
        _remind(adhesions.filter(chamber__region=region), directors, today, str, letters)
    return letters


@transaction.atomic
def _ask(partner_id: int, keys: Sequence[int], today: date) -> bool:
    locked = list(
        Offer.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk__in=keys, asked_on=None)
        .order_by("fresh_until", "pk")
    )
    addresses = _addresses_of(Partner.objects.get(pk=partner_id))
    if not locked or not addresses:
        return False
    with override(LANGUAGE):
        lines = [f"- {one.name_ar}: {date_in_words(one.fresh_until)}" for one in locked]
        body = "\n".join(
            [
                _("Do these offers still hold? Each hides itself after its day unless you confirm it:"),
                "",
                *lines,
                "",
                _("In the portal: %(path)s") % {"path": absolute(reverse("core:home"))},
            ]
        )
        title = _("Offers to confirm again")
    for one in locked:
        one.asked_on = today
        one.save(update_fields=["asked_on"])
        audit.record(action="partners.offer.asked", by=None, subject=one, after={"asked_on": today})
    send_mail(title, body, None, addresses)
    return True


@transaction.atomic
def _remind(
    ending: models.QuerySet,
    addresses: Mapping[int, str],
    today: date,
    words: Callable[[models.Model], str],
    letters: Letters,
) -> None:
    locked = list(ending.select_for_update(of=("self",), skip_locked=True).order_by("ends_on", "pk"))
    if not locked or not addresses:
        return
    with override(LANGUAGE):
        lines = [f"- {words(one)}: {date_in_words(one.ends_on)}" for one in locked]
        path = absolute(reverse("partners:agreements"))
        body = "\n".join(
            [_("These end soon:"), "", *lines, "", _("In the portal: %(path)s") % {"path": path}]
        )
        title = _("Agreements with partners that end soon")
    for one in locked:
        one.reminded_on = today
        one.save(update_fields=["reminded_on"])
    # One letter each: nobody reads there who else was written to.
    reached = False
    for person, address in addresses.items():
        with letters.one(f"the reminder of endings to account {person}"):
            send_mail(title, body, None, [address])
            reached = True
    if reached:
        letters.written += len(locked)
    else:
        # Once one of them knows, a bad address has nobody written to daily; while none does, it comes again.
        transaction.set_rollback(True)


def _addresses_of(partner: Partner) -> list[str]:
    """Of its administrators; the partner's own where none of them has one."""
    administrators = User.objects.filter(
        partner_agent__partner=partner, roles__contains=[Role.PARTNER_ADMIN], is_active=True
    ).exclude(email="")
    return list(administrators.order_by("pk").values_list("email", flat=True)) or list(
        filter(None, [partner.email])
    )


def _addresses(role: Role, **scope: str) -> dict[int, str]:
    """By account."""
    people = User.objects.filter(roles__contains=[role], is_active=True, **scope).exclude(email="")
    return dict(people.order_by("pk").values_list("pk", "email"))
