"""Heartbeats, and the people of workers that stopped beating."""

import asyncio

import pytest

from rooms.language.commands import SetReadiness
from rooms.language.ids import ConnectionId, Role, WorkerId
from rooms.language.orders import Order
from server.store import keys
from server.store.client import Store
from server.store.presence import CLOCK_KEEP, CLOCKED, PROMPT_MS, SET_MS, Whereabouts, new_worker_id
from tests.support.shelf import EVENT, Shelf


async def test_a_worker_is_known_from_its_first_beat(store: Store) -> None:
    shelf = Shelf(store)
    assert not await shelf.presence.beat()
    assert await shelf.presence.beat()
    assert not shelf.presence.steady_for(1_000)


async def test_a_silent_worker_is_claimed_by_exactly_one(store: Store) -> None:
    dead, living = Shelf(store, WorkerId("dead")), Shelf(store, WorkerId("living"))
    where = Whereabouts(EVENT, Role.ATTENDEE, "ada", ConnectionId("dead.1"))
    await dead.presence.beat()
    await dead.presence.note(where)
    assert await living.presence.claim_dead(60_000) is None
    await asyncio.sleep(1.2)
    await living.presence.beat()
    claims = await asyncio.gather(*(living.presence.claim_dead(1_000) for _ in range(10)))
    assert [claim for claim in claims if claim] == ["dead"]
    assert await living.presence.connections_of(WorkerId("dead")) == [where]
    await living.presence.bury(WorkerId("dead"))
    assert await living.presence.connections_of(WorkerId("dead")) == []
    assert not await dead.presence.beat()


async def test_a_claim_that_was_not_finished_is_taken_up_by_another(store: Store) -> None:
    dead, living = Shelf(store, WorkerId("dead")), Shelf(store, WorkerId("living"))
    await dead.presence.beat()
    await asyncio.sleep(0.06)
    assert await living.presence.claim_dead(50) == "dead"
    assert await living.presence.claim_dead(50) is None
    await asyncio.sleep(0.06)
    assert await living.presence.claim_dead(50) == "dead"


async def test_a_struck_connection_is_forgotten(store: Store) -> None:
    shelf = Shelf(store)
    await shelf.presence.note(Whereabouts(EVENT, Role.ATTENDEE, "ada", ConnectionId("w1.1")))
    await shelf.presence.strike(ConnectionId("w1.1"))
    assert await shelf.presence.connections_of(WorkerId("w1")) == []


def test_names_of_workers_never_repeat_and_have_no_full_stop() -> None:
    names = {new_worker_id() for _ in range(1_000)}
    assert len(names) == 1_000
    assert not any("." in name for name in names)


# When a clock is set.

HOUR_MS = 3_600_000
NEAR_MS = 250


async def set_clock(store: Store, by_ms: int) -> None:
    """As if the clock of Redis had been set, which a test cannot do: what it is behind is wrong by as much."""
    await store.do("HINCRBY", keys.CLOCK, "behind", by_ms)


@pytest.mark.parametrize("by_ms", [HOUR_MS, -HOUR_MS, 4_000, -4_000])
async def test_a_clock_that_is_set_moves_nobodys_time_and_kills_nobody(store: Store, by_ms: int) -> None:
    one, other = Shelf(store, WorkerId("one")), Shelf(store, WorkerId("other"))
    for shelf in (one, other):
        await shelf.presence.beat()
    before = one.clock.now()
    await set_clock(store, by_ms)
    assert await other.presence.claim_dead(1_000) is None
    for shelf in (one, other, one):
        assert await shelf.presence.beat()
    assert await other.presence.claim_dead(1_000) is None
    assert abs(one.clock.now() - before) < NEAR_MS
    assert abs(other.clock.now() - before) < NEAR_MS
    await one.inbox.submit(EVENT, Order(SetReadiness(ready=True)), within_ms=1_000)
    newcomer = Shelf(store, WorkerId("newcomer"))
    await newcomer.presence.beat()
    assert abs(newcomer.clock.now() - before) < NEAR_MS


async def test_a_worker_that_stood_still_takes_the_time_from_the_others(store: Store) -> None:
    slow, other = Shelf(store, WorkerId("slow")), Shelf(store, WorkerId("other"))
    for shelf in (slow, other):
        await shelf.presence.beat()
    slow.clock.learn(slow.clock.sent(), other.clock.now() - 60_000)
    assert await slow.presence.beat()
    assert abs(slow.clock.now() - other.clock.now()) < NEAR_MS
    await other.presence.beat()
    assert abs(slow.clock.now() - other.clock.now()) < NEAR_MS


async def test_what_redis_hears_too_late_sets_no_clock(store: Store) -> None:
    shelf = Shelf(store)
    await shelf.presence.beat()
    await store.do("DEL", keys.WORKERS)
    await store.do("ZADD", keys.WORKERS, 1, "silent")
    now = shelf.clock.now()
    late: list[str | bytes | int] = [now - 10_000, 0, now - 10_000, PROMPT_MS, SET_MS]
    assert not await store.run(CLOCK_KEEP, CLOCKED, late)
    assert await store.run(CLOCK_KEEP, CLOCKED, [now - 10_000, 0, now, PROMPT_MS, SET_MS])


async def test_when_no_worker_is_left_the_clock_of_redis_is_right_again(store: Store) -> None:
    first = Shelf(store, WorkerId("first"))
    await first.presence.beat()
    await set_clock(store, HOUR_MS)
    await first.presence.beat()
    await first.presence.bury(first.worker)
    await Shelf(store, WorkerId("next")).presence.beat()
    assert await store.do("HGET", keys.CLOCK, "behind") is None
