"""What holds of every holder and every offer, whatever they are."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import assume, given
from hypothesis import strategies as st

from cards.enums import CheckOutcome
from core.models import Region
from partners.eligibility import Facts, right_to
from partners.enums import OfferState, UsePeriod
from partners.limits import current_period
from partners.models import Offer
from registry.enums import ACTIVE_STATES, Kind, RegistrantState
from tests.factories.partners import OfferFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db

_NEAR = st.none() | st.integers(-3, 3).map(lambda days: timezone.localdate() + timedelta(days=days))


@pytest.fixture
def offer():
    """One offer whose crafts and regions are read once; its own values are varied in memory."""
    made = OfferFactory(regions=["11"])
    return Offer.objects.with_list_columns().get(pk=made.pk)


@pytest.fixture
def region():
    return Region.objects.get(code="11")


def holder(region, state, kind):
    return RegistrantFactory.build(region=region, state=state, kind=kind)


cases = given(
    state=st.sampled_from(RegistrantState),
    kind=st.sampled_from(Kind),
    kinds=st.lists(st.sampled_from(Kind), unique=True),
    outcome=st.none() | st.sampled_from(CheckOutcome),
    offer_state=st.sampled_from(OfferState),
    starts=_NEAR,
    ends=_NEAR,
    fresh=st.integers(-3, 3),
    limit=st.none() | st.integers(1, 4),
    period=st.sampled_from(UsePeriod),
    used=st.integers(0, 5),
)


def test_a_right_holds_exactly_where_nothing_stands_in_the_way(offer, region):
    @cases
    def check(state, kind, kinds, outcome, offer_state, starts, ends, fresh, limit, period, used):
        today = timezone.localdate()
        offer.state, offer.kinds, offer.starts_on, offer.ends_on = offer_state, kinds, starts, ends
        offer.fresh_until = today + timedelta(days=fresh)
        offer.limit_per_person, offer.limit_period = limit, period
        facts = Facts(holder(region, state, kind), outcome, used={(offer.pk, current_period(period)): used})
        right = right_to(offer, facts)
        assert right.holds == (
            state in ACTIVE_STATES
            and outcome == CheckOutcome.VALID
            and offer_state == OfferState.PUBLISHED
            and (starts is None or starts <= today)
            and (ends is None or ends >= today)
            and fresh >= 0
            and (not kinds or kind in kinds)
            and (limit is None or used < limit)
        )

    check()


def test_everybody_is_told_why_in_both_languages_in_one_sentence(offer, region):
    @cases
    def check(state, kind, kinds, outcome, offer_state, starts, ends, fresh, limit, period, used):
        offer.state, offer.kinds = offer_state, kinds
        offer.limit_per_person, offer.limit_period = limit, period
        facts = Facts(holder(region, state, kind), outcome, used={(offer.pk, current_period(period)): used})
        said = {}
        for language in ("ar", "fr"):
            with translation.override(language):
                said[language] = right_to(offer, facts).reason
        assert said["ar"] and said["fr"] and said["ar"] != said["fr"]
        assert not any("%(" in words or "{" in words for words in said.values())

    check()


def test_using_an_offer_never_gives_a_right_that_was_not_there(offer, region):
    @given(
        limit=st.integers(1, 4),
        period=st.sampled_from(UsePeriod),
        used=st.integers(0, 5),
        day=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    )
    def check(limit, period, used, day):
        offer.state, offer.kinds, offer.starts_on, offer.ends_on = OfferState.PUBLISHED, [], None, None
        offer.fresh_until = timezone.localdate()
        offer.limit_per_person, offer.limit_period = limit, period
        person = holder(region, RegistrantState.REGISTERED, Kind.ARTISAN)
        now = current_period(period)
        before = right_to(offer, Facts(person, CheckOutcome.VALID, used={(offer.pk, now): used}))
        after = right_to(offer, Facts(person, CheckOutcome.VALID, used={(offer.pk, now): used + 1}))
        assert before.holds or not after.holds
        # Uses of another period, and of other offers, take nothing away.
        assume(current_period(period, day) != now)
        other = {(offer.pk, current_period(period, day)): 99, (offer.pk + 1, now): 99}
        assert right_to(offer, Facts(person, CheckOutcome.VALID, used=other)).holds

    check()
