"""Counters in Redis: one trip for several, and none outlives its time."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from threading import Barrier

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from redis import Redis
from redis.exceptions import RedisError

from core.rate_limits import Counter, Limit, add_one, ask_to_add_one, count, counter_of, reached


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


def test_an_answer_that_nobody_fetched_is_not_taken_for_the_next_one():
    first = ask_to_add_one(Counter("one", 60))
    second = ask_to_add_one(Counter("two", 60), Counter("three", 60))
    with pytest.raises(RedisError):
        first()
    assert second() == [1, 1]
    assert add_one(Counter("two", 60)) == [2]


def test_threads_do_not_get_each_others_answers():
    together = Barrier(4, timeout=30)

    def ask(name: str) -> list[list[int]]:
        together.wait()
        return [add_one(Counter(name, 60), Counter(f"{name}-too", 60)) for _ in range(50)]

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(ask, "abcd"))
    assert answers == [[[number, number] for number in range(1, 51)]] * 4


def test_a_process_that_forked_has_a_line_of_its_own():
    add_one(Counter("one", 60))
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as child:
        assert child.submit(add_one, Counter("one", 60)).result(timeout=30) == [2]
    assert add_one(Counter("one", 60)) == [3]


def test_a_server_that_forgot_the_script_is_sent_it_again(settings):
    add_one(Counter("one", 60))
    Redis.from_url(settings.CACHES["default"]["LOCATION"]).script_flush()
    assert add_one(Counter("one", 60)) == [2]


def test_an_answer_that_failed_is_nobody_elses():
    with pytest.raises(RedisError):
        # A counter without a time: the script breaks off in the middle.
        add_one(Counter("broken", "soon"))
    assert add_one(Counter("one", 60)) == [1]


def test_a_connection_that_was_cut_is_replaced(settings):
    add_one(Counter("one", 60))
    redis = Redis.from_url(settings.CACHES["default"]["LOCATION"])
    for client in redis.client_list():
        if client["id"] != str(redis.client_id()):
            redis.client_kill_filter(_id=client["id"])
    assert add_one(Counter("one", 60)) == [2]


def test_without_redis_nothing_is_held_up(settings, caplog):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    request = RequestFactory().get("/")
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(count, request, Limit("tried", 1)).result(timeout=30)
    assert "visits are not counted" in caplog.text
