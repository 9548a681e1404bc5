"""Heartbeats, and the people of workers that stopped beating."""

import asyncio

from rooms.language.ids import ConnectionId, Role, WorkerId
from server.store.client import Store
from server.store.presence import Whereabouts, new_worker_id
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
