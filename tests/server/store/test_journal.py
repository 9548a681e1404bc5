"""Commits: all of it or nothing, by the newest fence only; reading, snapshots, holes."""

import pytest

from rooms.language.codec import encode_entry
from rooms.language.commands import SetReadiness
from rooms.language.ids import ConnectionId, EventId, WorkerId
from rooms.language.orders import Order
from rooms.language.refusals import Refusal
from server.store import keys
from server.store.client import Store, StoreAwayError
from server.store.inbox import START
from server.store.journal import Answer, Head, Step, decode_batch
from tests.support.network import a_proxy
from tests.support.redis import TestRedis
from tests.support.shelf import EVENT, Shelf, a_state, entry, heard_on


async def test_a_commit_appends_publishes_moves_the_cursor_and_prolongs_the_lease(store: Store) -> None:
    shelf = Shelf(store)
    async with heard_on(store, keys.channel(EVENT)) as line:
        answers = await commit_two(shelf, store)
        batch = decode_batch((await line.read())[2])
    assert batch.entries == (entry(1), entry(2))
    assert batch.answers == tuple(answers)


async def commit_two(shelf: Shelf, store: Store) -> list[Answer]:
    fence = await shelf.leases.take(EVENT)
    assert fence
    await store.do("PEXPIRE", keys.lease(EVENT), 100)
    await shelf.inbox.submit(EVENT, Order(SetReadiness(ready=True)))
    cursor = (await shelf.inbox.read(EVENT, START, 10))[0].cursor
    answers = [Answer(ConnectionId("w1.1"), 7, Refusal.BUSY)]
    assert await shelf.journal.commit(EVENT, shelf.leases, fence, Step(0, cursor, [entry(1), entry(2)], answers))
    assert await shelf.journal.head(EVENT) == Head(2, cursor)
    assert await shelf.journal.read(EVENT, 0) == [entry(1), entry(2)]
    assert await store.do("PTTL", keys.lease(EVENT)) > 1_000
    return answers


async def test_decided_orders_are_trimmed(store: Store) -> None:
    shelf = Shelf(store)
    fence = await shelf.leases.take(EVENT)
    assert fence
    for _ in range(5):
        await shelf.inbox.submit(EVENT, Order(SetReadiness(ready=True)))
    cursor = (await shelf.inbox.read(EVENT, START, 10))[-1].cursor
    await shelf.journal.commit(EVENT, shelf.leases, fence, Step(0, cursor, [], []))
    assert await store.do("XLEN", keys.inbox(EVENT)) == 1
    assert await shelf.inbox.read(EVENT, cursor, 10) == []


async def test_a_deposed_conductor_writes_nothing(store: Store) -> None:
    old, new = Shelf(store, WorkerId("w1")), Shelf(store, WorkerId("w2"))
    old_fence = await old.leases.take(EVENT)
    assert old_fence
    await store.do("DEL", keys.lease(EVENT))  # it ran out while the old one stood still
    new_fence = await new.leases.take(EVENT)
    assert new_fence
    assert new_fence > old_fence
    assert not await old.journal.commit(EVENT, old.leases, old_fence, Step(0, "1-1", [entry(1)], []))
    assert not await old.journal.put_snapshot(EVENT, old_fence, a_state(), 0)
    assert not await old.leases.keep(EVENT, old_fence)
    assert await new.journal.read(EVENT, 0) == []
    assert await new.journal.head(EVENT) == Head(0, START)
    assert await store.do("GET", keys.lease(EVENT)) == b"w2"
    assert await new.journal.commit(EVENT, new.leases, new_fence, Step(0, "1-1", [entry(1)], []))


async def test_a_commit_on_an_older_state_is_refused(store: Store) -> None:
    shelf = Shelf(store)
    fence = await shelf.leases.take(EVENT)
    assert fence
    assert await shelf.journal.commit(EVENT, shelf.leases, fence, Step(0, "1-1", [entry(1)], []))
    assert not await shelf.journal.commit(EVENT, shelf.leases, fence, Step(0, "1-2", [entry(1, "other")], []))
    assert await shelf.journal.read(EVENT, 0) == [entry(1)]


async def test_a_lost_answer_is_no_second_commit(redis: TestRedis, store: Store) -> None:
    async with a_proxy(redis.url) as proxy:
        far = Store(proxy.url, 1.0)
        shelf = Shelf(far)
        fence = await shelf.leases.take(EVENT)
        assert fence
        step = Step(0, "1-1", [entry(1)], [])
        await shelf.journal.commit(EventId("other"), shelf.leases, 0, step)  # loads the script
        proxy.lose_answers = 1
        with pytest.raises(StoreAwayError):
            await shelf.journal.commit(EVENT, shelf.leases, fence, step)
        await far.close()
    near = Shelf(store)
    assert await near.journal.read(EVENT, 0) == [entry(1)]
    assert await near.journal.head(EVENT) == Head(1, "1-1")


async def test_loading_gives_the_state_with_all_that_came_after_the_snapshot(store: Store) -> None:
    shelf = Shelf(store)
    assert await shelf.journal.load(EVENT) is None
    fence = await shelf.leases.take(EVENT)
    assert fence
    await shelf.journal.put_snapshot(EVENT, fence, a_state(), 0)
    await shelf.journal.commit(EVENT, shelf.leases, fence, Step(0, "1-1", [entry(n) for n in range(1, 8)], []))
    state = await shelf.journal.load(EVENT)
    assert state is not None
    assert state.seq == 7
    assert len(state.chat) == 7


async def test_entries_are_read_from_the_middle_of_a_batch_and_of_those_written_one_by_one(store: Store) -> None:
    shelf = Shelf(store)
    fence = await shelf.leases.take(EVENT)
    assert fence
    await store.do("XADD", keys.journal(EVENT), "1-0", "e", encode_entry(entry(1)))  # as an earlier version did
    await store.do("HSET", keys.head(EVENT), "seq", 1)
    await shelf.journal.commit(EVENT, shelf.leases, fence, Step(1, "1-1", [entry(2), entry(3), entry(4)], []))
    await shelf.journal.commit(EVENT, shelf.leases, fence, Step(4, "1-2", [], [Answer(ConnectionId("w1.1"), 7, None)]))
    await shelf.journal.commit(EVENT, shelf.leases, fence, Step(4, "1-3", [entry(5)], []))
    for after in range(6):
        assert [found.seq for found in await shelf.journal.read(EVENT, after)] == list(range(after + 1, 6))
    assert [found.seq for found in await shelf.journal.read(EVENT, 0, most=2)] == [1, 2, 3, 4]
    assert await store.do("XLEN", keys.journal(EVENT)) == 3


async def test_a_state_older_than_the_journal_needs_a_snapshot(store: Store) -> None:
    shelf = Shelf(store)
    fence = await shelf.leases.take(EVENT)
    assert fence
    await shelf.journal.put_snapshot(EVENT, fence, a_state(), 0)
    await shelf.journal.commit(EVENT, shelf.leases, fence, Step(0, "1-1", [entry(n) for n in range(1, 6)], []))
    await shelf.journal.commit(EVENT, shelf.leases, fence, Step(5, "1-2", [entry(6), entry(7)], []))
    newest = await shelf.journal.load(EVENT)
    assert newest is not None
    await shelf.journal.put_snapshot(EVENT, fence, newest, keep_from=6)
    assert [found.seq for found in await shelf.journal.read(EVENT, 0)] == [6, 7]
    assert await shelf.journal.catch_up(EVENT, a_state()) is None
    assert await shelf.journal.load(EVENT) == newest
