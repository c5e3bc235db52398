"""What cards have for the artisan's own space: a card to fetch, to ask for or to renew, and messages sent."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cards.enums import CardState, NoticeState
from cards.models import Card, CardNotice
from cards.notices import words
from cards.panels import may_ask
from core.dates import date_in_words
from core.own_space import Task, Told
from registry.enums import ACTIVE_STATES
from registry.models import Registrant


def own_tasks(registrant: Registrant) -> list[Task]:
    waiting = Card.objects.waiting_for_holder().filter(registrant=registrant).first()
    home = f"{reverse('registry:own_space')}#own-card-title"
    if waiting is not None:
        text = _("My card is ready at: %(chamber)s. I bring my identity card.") % {
            "chamber": registrant.region.chamber.name
        }
        return [Task(text, home, _("See it"), "identification", "success", 20)]
    if registrant.state not in ACTIVE_STATES or registrant.card_requests.open().exists():
        return []
    if not may_ask(registrant):
        return []
    held = registrant.cards.filter(state=CardState.HANDED_OVER).order_by("-id").first()
    if held is None:
        return [
            Task(_("I have no card: I can ask for it here."), home, _("Ask"), "identification", "info", 25)
        ]
    text = _("My card runs until %(date)s: I can ask for a new one.") % {
        "date": date_in_words(held.valid_until)
    }
    return [Task(text, home, _("Ask"), "arrow-path", "warning", 25)]


def own_messages(registrant: Registrant, most: int) -> list[Told]:
    notices = (
        CardNotice.objects.filter(card__registrant=registrant)
        .exclude(state=NoticeState.CANCELLED)
        .select_related("card__registrant__region__chamber")
    )
    return [
        Told(
            when=notice.created_at,
            text=words(notice),
            how=notice.get_channel_display()
            if notice.state == NoticeState.SENT
            else notice.get_state_display(),
            url=reverse("registry:own_space"),
        )
        for notice in notices[:most]
    ]
