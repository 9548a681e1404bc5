"""Taking an event out of Redis and putting it back, on each form of Redis."""

import asyncio

import pytest

from rooms.language.commands import SetReadiness
from rooms.language.ids import ConnectionId, EventId, Role, WorkerId
from rooms.language.orders import Order
from server.lifetimes import beside
from server.store import keeping, keys
from server.store.client import Store, StoreAwayError
from server.store.inbox import START
from server.store.journal import Step
from server.store.presence import Whereabouts
from tests.support.shelf import EVENT, Shelf, a_state, entry


async def a_shelf(store: Store) -> tuple[Shelf, int]:
    """An event with a state, two changes and an order that waits; and the fence of its conductor."""
    shelf = Shelf(store)
    fence = await shelf.leases.take(EVENT)
    assert fence is not None
    assert await shelf.journal.put_snapshot(EVENT, fence, a_state(), 0)
    assert await shelf.journal.commit(EVENT, shelf.leases, fence, Step(0, START, [entry(1), entry(2)], []))
    await shelf.inbox.submit(EVENT, Order(SetReadiness(ready=True)))
    return shelf, fence


async def test_an_event_comes_back_as_it_was(store: Store) -> None:
    shelf, fence = await a_shelf(store)
    await store.do("ZADD", keys.RUNNING, 1_234, EVENT)
    before = await shelf.journal.load(EVENT)
    kept = await keeping.take(store, EVENT)
    assert kept is not None
    assert (kept.seq, kept.oldest, kept.left_ms) == (2, 1, 0)
    assert await shelf.journal.commit(EVENT, shelf.leases, fence, Step(2, START, [entry(3)], []))
    assert await keeping.put(store, kept) == before
    assert await shelf.journal.load(EVENT) == before
    assert [waiting.order.wish for waiting in await shelf.inbox.read(EVENT, START, 10)] == [SetReadiness(ready=True)]
    assert await store.do("EXISTS", keys.lease(EVENT)) == 0
    assert float(await store.do("ZSCORE", keys.RUNNING, EVENT)) == 0
    again = await Shelf(store, WorkerId("w2")).leases.take(EVENT)
    assert again is not None
    assert again > fence


async def test_an_event_that_ended_is_forgotten_as_soon_as_it_was_to_be(store: Store) -> None:
    shelf, _ = await a_shelf(store)
    await shelf.journal.expire(EVENT, 600)
    kept = await keeping.take(store, EVENT)
    assert kept is not None
    assert kept.look_at is None
    await keeping.put(store, kept)
    assert 500_000 < await store.do("PTTL", keys.snapshot(EVENT)) <= 600_000


async def test_of_an_event_that_was_never_begun_there_is_nothing(store: Store) -> None:
    assert await keeping.take(store, EVENT) is None
    await store.do("HSET", keys.head(EVENT), "fence", 1)
    assert await keeping.take(store, EVENT) is None


async def test_what_is_taken_fits_together_while_changes_come(store: Store) -> None:
    shelf, fence = await a_shelf(store)

    async def commit() -> None:
        seq = 2
        while True:
            assert await shelf.journal.commit(EVENT, shelf.leases, fence, Step(seq, START, [entry(seq + 1)], []))
            seq += 1
            await asyncio.sleep(0)

    async with beside(commit()):
        taken = [await keeping.take(store, EVENT) for _ in range(5)]
    for kept in taken:
        assert kept is not None
        assert (await keeping.put(store, kept)).seq == kept.seq


async def test_an_event_that_never_holds_still_is_not_taken(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await a_shelf(store)
    ask = Store.do_all

    async def changing(self: Store, *commands: tuple[str | bytes | int | float, ...]) -> list[object]:
        answers = await ask(self, *commands)
        await ask(self, ("HINCRBY", keys.head(EVENT), "seq", 1))
        return [*answers[:-1], {}]

    monkeypatch.setattr(Store, "do_all", changing)
    with pytest.raises(StoreAwayError, match="changes all the time"):
        await keeping.take(store, EVENT)


async def test_whoever_was_on_a_worker_of_long_ago_is_seen_off(store: Store) -> None:
    lost = Whereabouts(EVENT, Role.ATTENDEE, "ada", ConnectionId("w7.1-aa"))
    await keeping.bury_alive(store, WorkerId("w7"), [lost])
    presence = Shelf(store).presence
    await presence.beat()
    assert await presence.claim_dead(60_000) == "w7"
    assert await presence.connections_of(WorkerId("w7")) == [lost]


async def test_a_worker_that_beats_is_seen_by_whoever_wants_to_restore(store: Store) -> None:
    assert not await keeping.in_use(store)
    await keeping.bury_alive(store, WorkerId("w7"), [Whereabouts(EVENT, Role.ATTENDEE, "a", ConnectionId("w7.1"))])
    assert not await keeping.in_use(store)
    await Shelf(store).presence.beat()
    assert await keeping.in_use(store)


async def test_it_is_known_whether_an_event_is_there(store: Store) -> None:
    await a_shelf(store)
    assert await keeping.holds(store, [EventId("other"), EVENT])
    assert not await keeping.holds(store, [EventId("other")])
    assert not await keeping.holds(store, [])
