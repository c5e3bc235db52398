"""Counters in Redis: one trip for several, and none outlives its time."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from redis import Redis

from core.rate_limits import Counter, Limit, add_one, count, counter_of, reached


def test_several_are_counted_in_one_trip_and_each_has_its_own_end(settings):
    short, long = Counter("short", 60), Counter("long", 3600)
    assert [add_one(short), add_one(short, long), add_one(long)] == [[1], [2, 1], [2]]
    redis = Redis.from_url(settings.CACHES["default"]["LOCATION"])
    ends = [redis.ttl(cache.make_key(counter.key)) for counter in (short, long)]
    assert 0 < ends[0] <= 60 < ends[1] <= 3600


@pytest.mark.parametrize("everybody", [False, True])
def test_a_limit_is_reached_by_one_address_or_by_all_together(everybody):
    limit = Limit("tried", 2, everybody=everybody)
    one, other = (RequestFactory().get("/", REMOTE_ADDR=address) for address in ("10.0.0.1", "10.0.0.2"))
    assert [count(one, limit), count(one, limit), count(one, limit)] == [True, True, False]
    assert (reached(one, limit), reached(other, limit)) == (True, everybody)
    assert (counter_of(one, limit) == counter_of(other, limit)) is everybody
