"""Redis can be away in many ways; all of them are one error, soon, and nothing is sent twice."""

import asyncio
import time

import pytest

from server.store.client import Store, StoreAwayError
from server.store.probe import TooOldError, check_version, ping
from tests.support.network import a_proxy
from tests.support.redis import TestRedis, a_redis


async def test_a_lost_answer_does_not_count_twice(redis: TestRedis, store: Store) -> None:
    async with a_proxy(redis.url) as proxy:
        far = Store(proxy.url, 1.0)
        await far.do("SET", "x", 0)
        proxy.lose_answers = 1
        with pytest.raises(StoreAwayError):
            await far.do("INCR", "x")
        await far.close()
    assert await store.do("GET", "x") == b"1"


async def test_a_stalled_redis_is_away_within_the_timeout_and_then_at_once() -> None:
    async with a_redis() as redis:
        store = Store(redis.url, 0.3)
        await store.do("PING")
        with redis.stalled():
            began = time.monotonic()
            with pytest.raises(StoreAwayError):
                await store.do("PING")
            first = time.monotonic() - began
            with pytest.raises(StoreAwayError):
                await store.do("PING")
            second = time.monotonic() - began - first
        assert 0.2 < first < 1.0
        assert second < 0.1
        await asyncio.sleep(0.3)
        await store.do("PING")
        await store.close()


async def test_nobody_there_is_away() -> None:
    with pytest.raises(StoreAwayError):
        await ping("unix:///nowhere/redis.sock")
    with pytest.raises(StoreAwayError):
        await ping("redis://127.0.0.1:1")


async def test_a_redis_that_takes_no_writes_is_away() -> None:
    async with a_redis() as redis:
        store = Store(redis.url, 1.0)
        await store.do("CONFIG", "SET", "maxmemory", "1")
        with pytest.raises(StoreAwayError, match="maxmemory"):
            await store.do("SET", "x", "y")
        await store.close()


async def test_a_new_redis_is_new_enough(redis: TestRedis) -> None:
    await check_version(redis.url)


async def test_an_old_redis_is_too_old(redis: TestRedis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.store.probe.OLDEST", 99)
    with pytest.raises(TooOldError):
        await check_version(redis.url)
