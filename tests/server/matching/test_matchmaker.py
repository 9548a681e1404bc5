"""Asking the matcher process over a real Redis: answered, overtaken, hung, crashed, killed, and never silent."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from structlog.testing import capture_logs

from rooms.event import Event
from rooms.language.commands import SetReadiness
from rooms.language.errands import MatchFound
from rooms.language.ids import EventId
from server.lifetimes import beside, restart_with_backoff
from server.matching import matchmaker as module
from server.matching.matchmaker import MatcherGoneError, Matchmaker, Solvers
from server.matching.process import STAYING
from server.store.client import Store
from server.store.inbox import START
from tests.support.builders import an_event
from tests.support.redis import TestRedis
from tests.support.shelf import EVENT, FIRST, Shelf
from tests.support.solvers import UNLUCKY, crash, hang, hang_for_some, hoard, in_order, in_turn
from tests.support.stage import quick_settings

PATIENCE_S = 30.0
SOON_MS = 2_300
"""Until the round opens: leaves a solver 300 ms."""
LATER_MS = 20_000
FIRST_TIME, SECOND_TIME = (("p1", "p2"), ("p3", "p4")), (("p1", "p3"), ("p2", "p4"))
"""What `in_turn` answers the first time it is asked in one process, and afterwards."""
Logs = list[MutableMapping[str, Any]]


def awaiting(people: int, team: str = "") -> Event:
    """An event that has asked for matches and has no answer."""
    evening = an_event()
    evening.answers_matches = False
    for number in range(1, people + 1):
        evening.arrive(number, team=team)
        evening.attendee(number, SetReadiness(ready=True))
    while evening.event.phase != "forming":
        evening.next_deadline()
    assert evening.event.asked_at is not None
    return evening.event


class Office:
    """A matchmaker at work, and what comes of it."""

    def __init__(self, shelf: Shelf, matchmaker: Matchmaker) -> None:
        self.shelf = shelf
        self.matchmaker = matchmaker

    async def keep(self, state: Event, event: EventId = EVENT) -> None:
        """Let this be the event's state in Redis."""
        fence = await self.shelf.leases.take(event)
        assert fence
        assert await self.shelf.journal.put_snapshot(event, fence, state, 0)

    async def ask(self, state: Event, event: EventId = EVENT, opens_in_ms: int = LATER_MS) -> None:
        """Keep the state and ask what it asks."""
        await self.keep(state, event)
        self.matchmaker.ask(event, state.request, opens_in_ms)

    async def answer(self, event: EventId = EVENT) -> MatchFound:
        """The first answer in the event's inbox."""
        async with asyncio.timeout(PATIENCE_S):
            while not (waiting := await self.shelf.inbox.read(event, START, 10)):
                await asyncio.sleep(0.02)
        wish = waiting[0].order.wish
        assert isinstance(wish, MatchFound)
        return wish

    async def answer_again(self, state: Event, more: int, event: EventId = EVENT) -> MatchFound:
        """Ask anew so many requests later, and the answer to that."""
        newer = structs.replace(state, request=state.request + more)
        await self.ask(newer, event)
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for waiting in await self.shelf.inbox.read(event, START, 10):
                    wish = waiting.order.wish
                    if isinstance(wish, MatchFound) and wish.request == newer.request:
                        return wish
                await asyncio.sleep(0.02)

    async def running(self) -> int:
        """The process id of the matcher process, once it is ready."""
        async with asyncio.timeout(PATIENCE_S):
            while (process := self.matchmaker.process) is None or not self.matchmaker.ready:
                await asyncio.sleep(0.02)
        return process.pid

    async def told(self, logs: Logs, line: str) -> MutableMapping[str, Any]:
        """Wait for a line of the log."""
        async with asyncio.timeout(PATIENCE_S):
            while not (found := [entry for entry in logs if entry["event"] == line]):
                await asyncio.sleep(0.02)
        return found[0]


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store)


@asynccontextmanager
async def an_office(
    redis: TestRedis, shelf: Shelf, folder: Path, best: Callable[..., object], greedy: Callable[..., object] = in_order
) -> AsyncIterator[Office]:
    """A matchmaker whose process runs these solvers."""
    names = [f"{function.__module__}:{function.__name__}" for function in (best, greedy)]
    matchmaker = Matchmaker(shelf.inbox, quick_settings(folder), redis.url, FIRST, Solvers(*names))
    async with beside(restart_with_backoff("matcher", matchmaker.run, (MatcherGoneError,)), matchmaker.watch()):
        yield Office(shelf, matchmaker)


async def test_an_answer_comes_by_the_inbox(redis: TestRedis, shelf: Shelf, tmp_path: Path) -> None:
    state = awaiting(4)
    async with an_office(redis, shelf, tmp_path, in_order) as office:
        with capture_logs() as logs:
            await office.ask(state)
            found = await office.answer()
            told = await office.told(logs, "match found")
    assert found.request == state.request
    assert found.matches == (("p1", "p2"), ("p3", "p4"))
    assert told["event_id"] == EVENT


async def test_the_same_wish_is_answered_once_and_an_overtaken_one_not_at_all(
    redis: TestRedis, shelf: Shelf, tmp_path: Path
) -> None:
    state, other = awaiting(4), EventId("other")
    async with an_office(redis, shelf, tmp_path, in_order) as office:
        await office.keep(structs.replace(state, request=state.request + 1))
        office.matchmaker.ask(EVENT, state.request, LATER_MS)
        for _ in range(3):
            await office.ask(state, other)
        await office.answer(other)
        with capture_logs() as logs:
            office.matchmaker.ask(other, state.request + 1, LATER_MS)
            await office.told(logs, "match no longer wanted")
        assert len(await shelf.inbox.read(other, START, 10)) == 1
        assert not await shelf.inbox.read(EVENT, START, 10)


@pytest.mark.parametrize(("solver", "why"), [(hang, "late"), (crash, "signal 11"), (hoard, "exit 1")])
async def test_a_solver_that_fails_is_replaced_by_greedy_rooms_in_time(
    redis: TestRedis, shelf: Shelf, tmp_path: Path, solver: Callable[..., object], why: str
) -> None:
    async with an_office(redis, shelf, tmp_path, solver) as office:
        office.matchmaker.stand_by()
        await office.running()
        with capture_logs() as logs:
            await office.ask(awaiting(4), opens_in_ms=SOON_MS)
            assert (await office.answer()).matches == (("p1", "p2"), ("p3", "p4"))
            told = await office.told(logs, "matcher failed, greedy rooms taken")
    assert told["why"] == why


async def test_a_solver_of_many_people_stays_for_the_next_round(
    redis: TestRedis, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STAY_FROM", 4)
    state = awaiting(4)
    async with an_office(redis, shelf, tmp_path, in_turn) as office:
        await office.ask(state)
        assert (await office.answer()).matches == FIRST_TIME
        (stayed,) = children(await office.running())
        assert (await office.answer_again(state, 1)).matches == SECOND_TIME
        os.kill(stayed, signal.SIGKILL)
        await gone(stayed)
        assert (await office.answer_again(state, 2)).matches == FIRST_TIME


async def test_few_people_are_answered_anew_each_time(redis: TestRedis, shelf: Shelf, tmp_path: Path) -> None:
    state = awaiting(4)
    async with an_office(redis, shelf, tmp_path, in_turn) as office:
        await office.ask(state)
        assert (await office.answer()).matches == FIRST_TIME
        assert (await office.answer_again(state, 1)).matches == FIRST_TIME


async def test_only_so_many_solvers_stay(
    redis: TestRedis, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STAY_FROM", 4)
    state, events = awaiting(4), [EventId(f"other{number}") for number in range(STAYING + 2)]
    async with an_office(redis, shelf, tmp_path, in_turn) as office:
        for event in events:
            await office.ask(state, event)
            await office.answer(event)
        async with asyncio.timeout(PATIENCE_S):
            while len(children(await office.running())) != STAYING:
                await asyncio.sleep(0.02)
        assert (await office.answer_again(state, 1, events[0])).matches == FIRST_TIME
        assert (await office.answer_again(state, 1, events[-1])).matches == SECOND_TIME


async def test_one_event_whose_solver_hangs_holds_up_no_other(redis: TestRedis, shelf: Shelf, tmp_path: Path) -> None:
    async with an_office(redis, shelf, tmp_path, hang_for_some) as office:
        await office.ask(awaiting(2, team=UNLUCKY))
        others = [EventId(f"other{number}") for number in range(6)]
        with capture_logs() as logs:
            for event in others:
                await office.ask(awaiting(4), event)
            for event in others:
                await office.answer(event)
        assert not await shelf.inbox.read(EVENT, START, 10)
        assert not [entry for entry in logs if "greedy" in str(entry["event"])]


async def test_a_newer_wish_of_an_event_ends_the_solver_of_the_older_one(
    redis: TestRedis, shelf: Shelf, tmp_path: Path
) -> None:
    state = awaiting(2, team=UNLUCKY)
    async with an_office(redis, shelf, tmp_path, hang_for_some) as office:
        await office.ask(state)
        newer = structs.replace(awaiting(4), request=state.request + 1)
        await office.ask(newer)
        found = await office.answer()
    assert found.request == newer.request
    assert len(found.matches) == 2


async def test_when_greedy_rooms_fail_too_the_rules_are_left_to_seat_everybody(
    redis: TestRedis, shelf: Shelf, tmp_path: Path
) -> None:
    async with an_office(redis, shelf, tmp_path, crash, crash) as office:
        office.matchmaker.stand_by()
        await office.running()
        with capture_logs() as logs:
            await office.ask(awaiting(4), opens_in_ms=SOON_MS)
            found = await office.answer()
            told = await office.told(logs, "no match found")
    assert found.matches == ()
    assert told["why"] == "signal 11, then signal 11"


async def test_a_process_that_dies_is_started_again_and_asked_again(
    redis: TestRedis, shelf: Shelf, tmp_path: Path
) -> None:
    async with an_office(redis, shelf, tmp_path, in_order) as office:
        office.matchmaker.stand_by()
        first = await office.running()
        os.kill(first, signal.SIGSTOP)
        await office.ask(awaiting(4))
        os.kill(first, signal.SIGKILL)
        assert (await office.answer()).matches
        assert await office.running() != first


async def test_a_process_that_says_nothing_is_replaced_and_the_round_does_not_wait_for_it(
    redis: TestRedis, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RESERVE_S", 0.1)
    async with an_office(redis, shelf, tmp_path, in_order) as office:
        office.matchmaker.stand_by()
        first = await office.running()
        os.kill(first, signal.SIGSTOP)
        await office.ask(awaiting(4), opens_in_ms=200)
        assert (await office.answer()).matches == ()
        async with asyncio.timeout(PATIENCE_S):
            while await office.running() == first:
                await asyncio.sleep(0.02)


async def test_nothing_is_left_of_a_matcher_whose_worker_hangs_up(
    redis: TestRedis, shelf: Shelf, tmp_path: Path
) -> None:
    async with an_office(redis, shelf, tmp_path, hang) as office:
        await office.ask(awaiting(2))
        process = await office.running()
        async with asyncio.timeout(PATIENCE_S):
            while not (forks := children(process)):
                await asyncio.sleep(0.02)
    await gone(process, *forks)


async def gone(*processes: int) -> None:
    """Wait until none of these lives."""
    async with asyncio.timeout(PATIENCE_S):
        while any(lives(pid) for pid in processes):
            await asyncio.sleep(0.02)


def children(pid: int) -> list[int]:
    """Ids of the processes a process started."""
    return [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def lives(pid: int) -> bool:
    """Whether there still is such a process."""
    return Path(f"/proc/{pid}").exists()
