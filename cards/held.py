"""What the cards hold of a person: told to the person, and erased with the person's data."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from cards.models import Card, CardRequest, HandOver
from core.dates import date_in_words, moment_in_words
from registry.models import Registrant

# Parts of a card's face that speak of the person.
_PERSONAL = ("name_ar", "name_latin")


def held_cards(*, registrant: Registrant, **_signal) -> dict | None:
    """Each request and each card with its way to the holder's hand, for an access request."""
    cards = (
        Card.objects.filter(registrant=registrant)
        .select_related("batch", "stop_ground")
        .prefetch_related("hand_overs__proxy", "unusual_checks")
    )
    entries = [
        [
            (_("Serial number"), card.serial),
            (_("State"), str(card.get_state_display())),
            (_("Date of issue"), date_in_words(card.issued_on)),
            (_("Valid until"), date_in_words(card.valid_until)),
            (
                _("Card handed over"),
                _("، ").join(moment_in_words(h.handed_over_at) for h in card.hand_overs.all()),
            ),
            (_("A proxy"), _("، ").join(h.proxy.name for h in card.hand_overs.all() if h.proxy)),
            (_("Ground"), str(card.stop_ground or "")),
            (_("Reason"), card.stop_reason),
            (_("Unusual checks"), _("، ").join(str(c.get_kind_display()) for c in card.unusual_checks.all())),
        ]
        for card in cards
    ]
    entries += [
        [
            (_("Request for a card"), str(asked.get_kind_display())),
            (_("State"), str(asked.get_state_display())),
            (_("Asked on"), moment_in_words(asked.requested_at)),
            (_("Reason"), asked.reason),
        ]
        for asked in CardRequest.objects.filter(registrant=registrant)
    ]
    return {"code": "cards", "title": _("Cards"), "entries": entries} if entries else None


def erase_cards(*, registrant: Registrant, **_signal) -> None:
    """Take the name and the pictures off the cards of somebody whose data is erased; serials stay."""
    for card in Card.objects.select_for_update().filter(registrant=registrant).order_by("pk"):
        picture = card.photograph
        card.face = {key: "—" if key in _PERSONAL else value for key, value in card.face.items()}
        card.photograph = ""
        card.save(update_fields=["face", "photograph"])
        if picture:
            transaction.on_commit(lambda name=picture: default_storage.delete(name))
    CardRequest.objects.filter(registrant=registrant).exclude(reason="").update(reason="—")
    for given in HandOver.objects.filter(card__registrant=registrant).select_related("proxy"):
        _erase_hand_over(given)


def _erase_hand_over(given: HandOver) -> None:
    """Who received it, on which paper, and what was signed."""
    files = [given.signature.name]
    given.signature = ""
    given.save(update_fields=["signature"])
    if given.proxy:
        files.append(given.proxy.power.name)
        given.proxy.name, given.proxy.national_id, given.proxy.power = "—", "", ""
        given.proxy.save(update_fields=["name", "national_id", "power"])
    for name in filter(None, files):
        transaction.on_commit(lambda name=name: default_storage.delete(name))
