"""A card's way from the wish to the hand, as the steps of `components/steps.html`."""

from django.utils.translation import pgettext

from cards.enums import CardState
from cards.models import Card, CardRequest

_WAY = (CardState.IN_BATCH, CardState.PRINTED, CardState.CHECKED, CardState.IN_BOX, CardState.HANDED_OVER)


def steps_of(card: Card, asked: CardRequest | None) -> list[dict]:
    """The steps done, the one where the card stands, those to come; a stopped card's last is its end."""
    steps = [{"label": pgettext("card", "Asked for"), "state": "done"}] if asked else []
    if card.state in _WAY:
        reached = _WAY.index(CardState(card.state))
        for place, state in enumerate(_WAY):
            word = "done" if place < reached else "current" if place == reached else "todo"
            steps.append({"label": state.label, "state": word})
        return steps
    if card.state != CardState.CANCELLED:
        steps += [{"label": state.label, "state": "done"} for state in _WAY[:2]]
    if card.hand_overs.standing().exists():
        steps += [{"label": state.label, "state": "done"} for state in _WAY[2:]]
    return [*steps, {"label": card.get_state_display(), "state": "current"}]
