"""Whatever people type is words on a card too: it never reaches for a file."""

import pytest

from cards.actions import create_batch, release_batch
from cards.batches import make_batch
from cards.enums import BatchState
from core.models import Chamber, Region
from core.roles import Role
from tests.addresses import HERE
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory
from tests.test_hostile_text import HOSTILE

pytestmark = pytest.mark.django_db


def test_a_card_prints_it_as_words():
    """A page for the printer that asks for a file it was not given is refused whole (see `core.pdf`)."""
    person = RegistrantFactory(with_photograph=True)
    person.given_name_latin = person.given_name_ar = HOSTILE
    person.save()
    Chamber.objects.filter(region_id=HERE).update(
        **dict.fromkeys(("name_ar", "name_fr", "signatory_name_ar", "signatory_title_fr"), HOSTILE)
    )
    officer = UserFactory(roles=[Role.CARD_OFFICER])
    region = Region.objects.get(code=HERE)
    batch = create_batch(registrants=[person], region=region, name=HOSTILE, order="name", by=officer)
    if batch.state == BatchState.HELD:
        release_batch(batch=batch, by=officer)
    make_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.last_error) == (BatchState.MADE, "")
