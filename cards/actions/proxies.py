"""Cards received for their holders: who came, on which paper, and how many they have received already."""

from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import connection
from django.utils.translation import gettext as _

from cards.models import Card, CardRules, HandOver, Proxy
from core.exceptions import ActionRefused


@dataclass(frozen=True)
class ProxyData:
    """Whoever comes for the holder. `power` is re-encoded already (`core.images.reencode_document`)."""

    name: str
    national_id: str
    relation: str
    power: ContentFile
    power_type: str


def record_proxy(card: Card, proxy: ProxyData) -> Proxy:
    """Keep who receives this card, within the chamber's limit by person.

    Raises:
        ActionRefused: the chamber gives no card to proxies, the number is the holder's own, or this person
            received as many cards already as the chamber allows.
    """
    region_id = card.registrant.region_id
    rules = CardRules.objects.of(region_id)
    if not rules.proxy_allowed:
        raise ActionRefused(_("This chamber gives cards to their holders only."))
    if proxy.national_id == card.registrant.national_id:
        raise ActionRefused(_("This is the holder's own identity number: hand the card over to the holder."))
    if rules.cards_per_proxy is not None:
        _lock_person(region_id, proxy.national_id)
        received = received_by_proxy(region_id, proxy.national_id)
        if received >= rules.cards_per_proxy:
            raise ActionRefused(
                _("This person has received %(received)s cards for others: the chamber allows %(most)s.")
                % {"received": received, "most": rules.cards_per_proxy}
            )
    return Proxy.objects.create(
        region_id=region_id,
        name=proxy.name,
        national_id=proxy.national_id,
        relation=proxy.relation,
        power=proxy.power,
        power_type=proxy.power_type,
    )


def received_by_proxy(region_id: str, national_id: str) -> int:
    """How many cards this person received for others in this region; those undone do not count."""
    standing = HandOver.objects.standing()
    return standing.filter(proxy__region_id=region_id, proxy__national_id=national_id).count()


def _lock_person(region_id: str, national_id: str) -> None:
    """Two counters that serve one proxy at once wait for each other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{region_id}{national_id}"])
