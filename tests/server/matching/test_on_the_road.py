"""A solver that hangs or crashes, from the organiser's word to everybody's room: the round opens at its time."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from rooms.event import rounds
from rooms.language import commands as c
from rooms.language.changes import Entry, FormingBegun, MatchMade, MatchWanted, RoundOpened
from rooms.language.notices import RoomChanged, Settled
from server.matching.matchmaker import OURS, Solvers
from server.store.client import Store
from server.store.journal import Journal
from tests.support import solvers
from tests.support.redis import TestRedis
from tests.support.stage import PATIENCE_S, Stage, a_stage

FORMING_MS = 3_000
LATE_MS = 1_500
"""Less than any second try of the rules: `MATCH_WAIT_MS` is two seconds."""


async def opened(stage: Stage, people: int = 5) -> list[Entry]:
    """Let so many people on two workers be seated in a first round; the journal."""
    olga = await stage.organiser(0)
    browsers = [await stage.attendee(f"Person {number}", number % 2) for number in range(people)]
    for browser in browsers:
        assert isinstance(await browser.ask(c.SetReadiness(ready=True)), Settled)
    await matcher_ready(stage)
    assert isinstance(await olga.ask(c.StartRound()), Settled)
    for browser in browsers:
        room = (await browser.wait_for(RoomChanged)).room
        assert browser.id in {person.card.id for person in room.people}
    return await Journal(stage.store).read(stage.event, 0)


async def matcher_ready(stage: Stage) -> None:
    """Wait until the conductor's matcher process has loaded everything: on a busy machine that takes seconds."""
    async with asyncio.timeout(PATIENCE_S):
        while not stage.workers[stage.conductor].matchmaker.ready:
            await asyncio.sleep(0.02)


def late_ms(journal: list[Entry]) -> int:
    """How long after its time the round opened, by the clock of Redis."""
    (clock,) = [entry.change.clock for entry in journal if isinstance(entry.change, FormingBegun)]
    (opened_at,) = [entry.at for entry in journal if isinstance(entry.change, RoundOpened)]
    assert clock.ends_at is not None
    return opened_at - clock.ends_at


@pytest.mark.parametrize(("solver", "why"), [(solvers.hang, "late"), (solvers.crash, "signal 11")])
async def test_a_round_opens_at_its_time_whatever_its_solver_does(
    redis: TestRedis,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    solver: Callable[..., object],
    why: str,
) -> None:
    monkeypatch.setattr(rounds, "START_MS", FORMING_MS)
    chosen = Solvers(f"{solver.__module__}:{solver.__name__}", OURS.greedy)
    with capture_logs() as logs:
        async with a_stage(redis.url, tmp_path, chosen) as stage:
            journal = await opened(stage)
    assert late_ms(journal) < LATE_MS
    told = [entry for entry in logs if entry["event"] == "matcher failed, greedy rooms taken"]
    assert [(entry["event_id"], entry["why"]) for entry in told] == [(stage.event, why)]


async def test_a_round_opens_at_its_time_when_no_rooms_can_be_made_at_all(
    redis: TestRedis, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "START_MS", FORMING_MS)
    name = f"{solvers.crash.__module__}:{solvers.crash.__name__}"
    async with a_stage(redis.url, tmp_path, Solvers(name, name)) as stage:
        journal = await opened(stage)
    assert late_ms(journal) < LATE_MS


async def test_a_conductor_that_takes_over_asks_what_was_asked_before(
    redis: TestRedis, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "START_MS", 20_000)
    hanging = Solvers(f"{solvers.hang.__module__}:{solvers.hang.__name__}", OURS.greedy)
    async with a_stage(redis.url, tmp_path, hanging) as stage:

        async def read() -> list[Entry]:
            return await Journal(stage.store).read(stage.event, 0)

        left = 1 - stage.conductor
        olga = await stage.organiser(left)
        for number in range(4):
            await (await stage.attendee(f"Person {number}", left)).ask(c.SetReadiness(ready=True))
        await olga.ask(c.StartRound())
        await stage.isolate(stage.conductor)  # with it, its matcher
        assert isinstance(await stage.insist(olga, c.SayChat("still here")), Settled)
        async with asyncio.timeout(PATIENCE_S):
            while not any(isinstance(entry.change, MatchMade) for entry in await read()):
                await asyncio.sleep(0.05)
        changes = [entry.change for entry in await read()]
    assert [change.request for change in changes if isinstance(change, MatchWanted)] == [1]
    assert [change.request for change in changes if isinstance(change, MatchMade)] == [1]
