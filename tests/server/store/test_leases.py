"""Leases: one at a time, a number that rises, dropped only when nothing waits."""

import asyncio

from rooms.language.commands import SetReadiness
from rooms.language.ids import WorkerId
from rooms.language.orders import Order
from server.store import keys
from server.store.client import Store
from tests.support.shelf import EVENT, Shelf


async def test_only_one_of_many_becomes_conductor(store: Store) -> None:
    shelves = [Shelf(store, WorkerId(f"w{number}")) for number in range(20)]
    fences = await asyncio.gather(*(shelf.leases.take(EVENT) for shelf in shelves))
    assert len([fence for fence in fences if fence]) == 1


async def test_a_worker_may_take_its_own_lease_again_under_a_new_number(store: Store) -> None:
    shelf = Shelf(store)
    first, second = await shelf.leases.take(EVENT), await shelf.leases.take(EVENT)
    assert first
    assert second
    assert second > first
    assert not await shelf.leases.keep(EVENT, first)
    assert await shelf.leases.keep(EVENT, second)


async def test_a_number_that_redis_has_forgotten_is_not_given_again(store: Store) -> None:
    """A replica that takes over may lack the last moments."""
    shelf = Shelf(store)
    first = await shelf.leases.take(EVENT)
    await store.do("HDEL", keys.head(EVENT), "fence")
    second = await shelf.leases.take(EVENT)
    assert first
    assert second
    assert second > first


async def test_a_lease_that_ran_out_is_kept_while_nobody_took_it(store: Store) -> None:
    shelf = Shelf(store)
    fence = await shelf.leases.take(EVENT)
    assert fence
    await store.do("DEL", keys.lease(EVENT))
    assert await shelf.leases.keep(EVENT, fence)
    assert await Shelf(store, WorkerId("w2")).leases.take(EVENT) is None


async def test_a_lease_is_not_dropped_while_an_order_waits(store: Store) -> None:
    shelf = Shelf(store)
    fence = await shelf.leases.take(EVENT)
    assert fence
    await shelf.inbox.submit(EVENT, Order(SetReadiness(ready=True)))
    assert not await shelf.leases.drop(EVENT, fence)
    assert await store.do("EXISTS", keys.lease(EVENT))
    await store.do("DEL", keys.inbox(EVENT))
    assert await shelf.leases.drop(EVENT, fence)
    assert not await store.do("EXISTS", keys.lease(EVENT))


async def test_only_the_lease_of_a_dead_worker_is_broken(store: Store) -> None:
    shelf = Shelf(store)
    first = await shelf.leases.take(EVENT)
    assert first
    assert not await shelf.leases.break_of(EVENT, WorkerId("w2"))
    assert await shelf.leases.break_of(EVENT, WorkerId("w1"))
    assert (await Shelf(store, WorkerId("w2")).leases.take(EVENT) or 0) > first
