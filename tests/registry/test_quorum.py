"""The quorum of an assembly, on every number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.quorum import Quorum

people = st.integers(0, 200_000)
percents = st.integers(1, 100)


@pytest.mark.parametrize(
    ("called", "attending", "percent", "needed", "reached"),
    [
        (10, 5, 50, 5, True),
        (11, 5, 50, 6, False),
        (11, 6, 50, 6, True),
        (3, 1, 33, 1, True),
        (3, 1, 34, 2, False),
        (1, 1, 100, 1, True),
        (0, 0, 50, 0, False),
        (10, 9, None, None, None),
    ],
)
def test_a_part_of_a_person_is_a_whole_one(called, attending, percent, needed, reached):
    quorum = Quorum(called, attending, percent)
    assert (quorum.needed, quorum.is_reached) == (needed, reached)


@given(called=people, percent=percents, share=st.integers(0, 100))
def test_it_is_reached_exactly_from_the_number_needed_on(called, percent, share):
    attending = called * share // 100
    quorum = Quorum(called, attending, percent)
    assert quorum.is_reached == (called > 0 and attending * 100 >= called * percent)
    assert quorum.needed <= called
    assert quorum.missing == max(0, quorum.needed - attending)


@given(called=people, percent=percents)
def test_everybody_is_always_enough_and_one_fewer_than_needed_never(called, percent):
    needed = Quorum(called, 0, percent).needed
    assert Quorum(called, called, percent).is_reached == (called > 0)
    if needed:
        assert Quorum(called, needed - 1, percent).is_reached is False


@given(called=people, attending=people)
def test_without_a_rule_nothing_is_claimed(called, attending):
    quorum = Quorum(called, attending, None)
    assert (quorum.needed, quorum.missing, quorum.is_reached) == (None, None, None)


@given(called=st.integers(1, 200_000), percent=percents)
def test_the_share_is_never_rounded_up_to_what_is_not_reached(called, percent):
    short = Quorum(called, max(0, Quorum(called, 0, percent).needed - 1), percent)
    assert short.share < percent
