"""Orders go in, come out in order with the time of Redis, and are void when they come too late."""

import pytest

from rooms.language.commands import SetReadiness
from rooms.language.ids import Instant
from rooms.language.orders import Order
from server.store import inbox as module
from server.store import keys
from server.store.client import Store, StoreAwayError
from server.store.inbox import START
from tests.support.shelf import EVENT, Shelf, heard_on

ORDER = Order(SetReadiness(ready=True), by="ada")


async def test_orders_come_out_in_order_with_the_time_all_share(store: Store) -> None:
    shelf = Shelf(store)
    await shelf.presence.beat()
    before = shelf.clock.now()
    for name in ("ada", "ben"):
        await shelf.inbox.submit(EVENT, Order(SetReadiness(ready=True), by=name))
    waiting = await shelf.inbox.read(EVENT, START, 10)
    assert [place.order.by for place in waiting] == ["ada", "ben"]
    assert all(before - 50 <= place.order.at <= shelf.clock.now() + 50 for place in waiting)
    rest = await shelf.inbox.read(EVENT, waiting[0].cursor, 10)
    assert [place.order.by for place in rest] == ["ben"]


async def test_an_order_that_comes_too_late_is_void(store: Store) -> None:
    shelf = Shelf(store)
    await shelf.presence.beat()
    with pytest.raises(StoreAwayError, match="late"):
        await shelf.inbox.submit(EVENT, ORDER, within_ms=-1_000)
    assert await shelf.inbox.read(EVENT, START, 10) == []
    await shelf.inbox.submit(EVENT, ORDER, within_ms=1_000)
    assert len(await shelf.inbox.read(EVENT, START, 10)) == 1


async def test_a_full_inbox_takes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 2)
    shelf = Shelf(store)
    for _ in range(3):
        await shelf.inbox.submit(EVENT, ORDER)
    with pytest.raises(StoreAwayError, match="full"):
        await shelf.inbox.submit(EVENT, ORDER)


async def test_an_order_for_an_event_without_conductor_wakes_one(store: Store) -> None:
    shelf = Shelf(store)
    await shelf.inbox.submit(EVENT, ORDER)
    assert await shelf.running.due(Instant(shelf.clock.now() + 1)) == [EVENT]


async def test_an_order_for_an_event_with_conductor_wakes_nobody_else(store: Store) -> None:
    shelf = Shelf(store)
    await shelf.leases.take(EVENT)
    await shelf.inbox.submit(EVENT, ORDER)
    assert await shelf.running.everything() == []


async def test_the_bell_rings_for_the_first_order_and_is_quiet_for_those_behind_it(store: Store) -> None:
    shelf = Shelf(store)
    async with heard_on(store, keys.bell(EVENT)) as line:
        for _ in range(5):
            await shelf.inbox.submit(EVENT, ORDER)
        await store.do("SPUBLISH", keys.bell(EVENT), "that was all")
        rings = 0
        while (await line.read())[2] != b"that was all":
            rings += 1
    assert rings == 2
