"""A primary that dies is replaced, a slot moves to another node: commands and channels find their way by themselves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.crc import key_slot

from server.lifetimes import beside, restart_with_backoff
from server.store.bus import Bus
from server.store.client import Store, StoreAwayError
from tests.support.constellations import SentinelTrio, ThreeNodes

PATIENCE_S = 20.0
"""Four times what a failover may take (docs/deploy.md), since CI shares two cores."""
CHANNEL = "event:{mixer}"
KEY = "event:{mixer}:journal"


@asynccontextmanager
async def hearing(store: Store, heard: list[bytes]) -> AsyncIterator[Bus]:
    """A bus that hears one channel."""
    bus = Bus(store)
    async with beside(restart_with_backoff("bus", bus.listen, (StoreAwayError,))):
        await bus.subscribe(CHANNEL, heard.append)
        yield bus


async def insist(store: Store, *command: str | int) -> None:
    """Ask until it is answered."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                await store.do(*command)
            except StoreAwayError:
                await asyncio.sleep(0.05)
            else:
                return


async def until_heard(store: Store, heard: list[bytes], word: str) -> None:
    """Say a word until it comes back."""
    async with asyncio.timeout(PATIENCE_S):
        while word.encode() not in heard:
            await insist(store, "SPUBLISH", CHANNEL, word)
            await asyncio.sleep(0.05)


@pytest.fixture
async def trio() -> AsyncIterator[SentinelTrio]:
    """Three servers to break."""
    trio = SentinelTrio()
    await trio.start()
    yield trio
    trio.stop()


@pytest.mark.parametrize("how", ["dies", "hangs"])
async def test_a_primary_that_is_lost_is_replaced_and_nothing_acknowledged_is_missing(
    trio: SentinelTrio, how: str
) -> None:
    store, heard, acknowledged = Store(trio.url, 1.0), list[bytes](), list[int]()

    async def write(count: int) -> None:
        wanted = len(acknowledged) + count
        async with asyncio.timeout(PATIENCE_S):
            while len(acknowledged) < wanted:
                number = len(acknowledged) + 1_000 * attempts[0]
                attempts[0] += 1
                try:
                    await store.do("RPUSH", KEY, number)
                except StoreAwayError:
                    await asyncio.sleep(0.05)
                else:
                    acknowledged.append(number)

    attempts = [0]
    async with hearing(store, heard):
        await write(20)
        await until_heard(store, heard, "before")
        first = await trio.primary()
        if how == "dies":
            first.kill()
            await write(20)
        else:
            with first.stalled():
                await write(20)
        assert await trio.primary() is not first
        await until_heard(store, heard, "after")
        kept = {int(one) for one in await store.do("LRANGE", KEY, 0, -1)}
    await store.close()
    assert set(acknowledged) <= kept


async def test_a_primary_without_replicas_takes_no_writes(trio: SentinelTrio) -> None:
    store = Store(trio.url, 1.0)
    await insist(store, "SET", "x", 1)
    for sentinel in trio.sentinels:
        sentinel.kill()
    for replica in trio.servers[1:]:
        replica.kill()
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                await store.do("SET", "x", 2)
            except StoreAwayError:
                break
            await asyncio.sleep(0.05)
    await store.close()


async def test_a_slot_that_moves_takes_its_keys_and_its_channels_along() -> None:
    nodes = ThreeNodes()
    await nodes.start()
    store, heard, slot = Store(nodes.url, 1.0), list[bytes](), key_slot(KEY.encode())
    async with hearing(store, heard):
        await store.do("SET", KEY, "here")
        await until_heard(store, heard, "before")
        old = nodes.nodes[slot * 3 // 16_384]
        new = next(node for node in nodes.nodes if node is not old)
        async with old.door() as source, new.door() as target:
            old_id, new_id = await source.do("CLUSTER", "MYID"), await target.do("CLUSTER", "MYID")
            await target.do("CLUSTER", "SETSLOT", slot, "IMPORTING", old_id)
            await source.do("CLUSTER", "SETSLOT", slot, "MIGRATING", new_id)
            assert await store.do("GET", KEY) == b"here"
            await source.do("MIGRATE", new.host, new.port, KEY, 0, 1000)
            assert await store.do("GET", KEY) == b"here"  # it is asked for where it went
            for door in (target, source):
                await door.do("CLUSTER", "SETSLOT", slot, "NODE", new_id)
        await insist(store, "SET", KEY, "there")
        assert await store.do("GET", KEY) == b"there"
        await until_heard(store, heard, "after")
    await store.close()
    nodes.stop()
