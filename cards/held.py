"""What the cards hold of a person: told to the person, and erased with the person's data."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from cards.models import Card
from core.dates import date_in_words, moment_in_words
from registry.models import Registrant

# Parts of a card's face that speak of the person.
_PERSONAL = ("name_ar", "name_latin")


def held_cards(*, registrant: Registrant, **_signal) -> dict | None:
    """Each card and its way to the holder's hand, for an access request."""
    cards = (
        Card.objects.filter(registrant=registrant)
        .select_related("batch")
        .prefetch_related("hand_overs", "unusual_checks")
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
            (_("Reason"), card.stop_reason),
            (_("Unusual checks"), _("، ").join(str(c.get_kind_display()) for c in card.unusual_checks.all())),
        ]
        for card in cards
    ]
    return {"code": "cards", "title": _("Cards"), "entries": entries} if entries else None


def erase_cards(*, registrant: Registrant, **_signal) -> None:
    """Take the name and the picture off the cards of somebody whose data is erased; serials stay."""
    for card in Card.objects.select_for_update().filter(registrant=registrant).order_by("pk"):
        picture = card.photograph
        card.face = {key: "—" if key in _PERSONAL else value for key, value in card.face.items()}
        card.photograph = ""
        card.save(update_fields=["face", "photograph"])
        if picture:
            transaction.on_commit(lambda name=picture: default_storage.delete(name))
