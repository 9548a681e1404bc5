"""The bus: handlers by channel, confirmed before it counts, and again after a break."""

import asyncio

import pytest

from server.lifetimes import beside, restart_with_backoff
from server.store.bus import Bus
from server.store.client import Store, StoreAwayError
from tests.support.network import a_proxy
from tests.support.redis import TestRedis


async def until_heard(heard: list[bytes], count: int) -> None:
    async with asyncio.timeout(10):
        while len(heard) < count:
            await asyncio.sleep(0.01)


async def test_what_is_published_after_subscribing_is_heard(store: Store) -> None:
    bus, heard, returns = Bus(store), list[bytes](), list[bytes]()
    bus.on_return.append(lambda: returns.append(b""))
    async with beside(restart_with_backoff("bus", bus.listen, (StoreAwayError,))):
        await until_heard(returns, 1)  # the lines are open: how long that takes is not the question here
        await bus.subscribe("a", heard.append)
        await store.do("SPUBLISH", "a", "one")
        await store.do("SPUBLISH", "b", "not for us")
        await until_heard(heard, 1)
        await bus.unsubscribe("a")
        await store.do("SPUBLISH", "a", "two")
        await asyncio.sleep(0.05)
    assert heard == [b"one"]


async def test_after_a_break_it_subscribes_again_and_says_so(redis: TestRedis, store: Store) -> None:
    async with a_proxy(redis.url) as proxy:
        far = Store(proxy.url, 1.0)
        bus, heard, returns = Bus(far), list[bytes](), list[bytes]()
        bus.on_return.append(lambda: returns.append(b""))
        async with beside(restart_with_backoff("bus", bus.listen, (StoreAwayError,))):
            await bus.subscribe("a", heard.append)
            await until_heard(returns, 1)
            await proxy.cut()
            await proxy.open()
            await until_heard(returns, 2)
            await store.do("SPUBLISH", "a", "after")
            await until_heard(heard, 1)
        await far.close()
    assert heard == [b"after"]


async def test_without_redis_subscribing_says_so_and_is_made_good_later() -> None:
    bus = Bus(Store("unix:///nowhere/redis.sock", 0.2))
    with pytest.raises(StoreAwayError):
        await bus.subscribe("a", lambda _: None)
