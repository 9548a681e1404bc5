"""R8: everybody is seated by one actor, once, soon: also when the conductor dies between any two of its commands."""

import asyncio
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from rooms.language.changes import RoundOpened
from rooms.language.commands import EndRound, SetReadiness, StartRound
from rooms.language.notices import Pulse, Refused, RoomChanged, Settled
from server.store.client import Store, StoreAwayError
from tests.faults.auditor import an_auditor
from tests.faults.conftest import Measured, Sizes, percentile
from tests.faults.crowd import a_crowd, everybody_sits
from tests.faults.engine import PATIENT_MS
from tests.journeys.venue import Venue
from tests.support.redis import TestRedis, a_redis
from tests.support.stage import Stage, a_stage

TOLD_P99_S = 0.5
CALLS = 12
"""A conductor sends about so many commands from a host's word to the open round; it dies before one of them."""
PEOPLE = 4


class Mortal:
    """Sends what a worker's connection sends, until it is dead: then nothing comes back, and nothing goes out."""

    def __init__(self, store: Store, life: int) -> None:
        self._left = life
        self._buried = False
        self._run, self._do = store.run, store.do

    async def run(self, *words: Any) -> Any:
        """A script."""
        await self._live()
        return await self._run(*words)

    async def do(self, *words: Any) -> Any:
        """A command."""
        await self._live()
        return await self._do(*words)

    async def _live(self) -> None:
        self._left -= 1
        if self._buried:
            raise StoreAwayError("dead")
        if self._left < 0:
            try:
                await asyncio.Event().wait()
            finally:  # the test is over, and what it cancels must come to an end
                self._buried = True


@pytest.mark.timeout(900)
async def test_a_conductor_that_dies_between_any_two_commands_leaves_one_round(
    tmp_path: Path, sizes: Sizes, chance: Random, measured: Measured
) -> None:
    lives = list(range(CALLS)) if sizes.long else sorted(chance.sample(range(CALLS), 1))
    took = list[float]()
    for life in lives:
        folder = tmp_path / str(life)
        folder.mkdir()
        async with a_redis() as redis, a_stage(redis.url, folder, worker_dead_ms=PATIENT_MS) as stage:
            took.append(await rotate_and_die(redis, stage, life))
    measured.times("the round opens although its conductor died", "once, everybody seated once", took)


async def rotate_and_die(redis: TestRedis, stage: Stage, life: int) -> float:
    """One round, then another whose conductor dies after so many commands; how long until that one is open."""
    dying, left = stage.conductor, 1 - stage.conductor
    people = [await stage.attendee(f"Person {number}", left) for number in range(PEOPLE)]
    for one in people:
        await one.ask(SetReadiness(ready=True))
    async with an_auditor(redis.url, stage.event) as auditor:
        await auditor.order(StartRound())
        await auditor.until(lambda event: event.held == 1)
        await auditor.order(EndRound())
        await auditor.until(lambda event: event.phase == "changeover")
        mortal, store = Mortal(stage.workers[dying].store, life), stage.workers[dying].store
        for name in ("run", "do"):
            setattr(store, name, getattr(mortal, name))
        began = time.monotonic()
        await auditor.order(StartRound())
        await auditor.until(lambda event: event.held == 2)
        took = time.monotonic() - began
        await auditor.catch_up()
        second = auditor.changes(RoundOpened)[1:]
        seated = [who for room in second[0].rooms for who in room.people]
        assert len(second) == 1
        assert sorted(seated) == sorted(one.id for one in people)
        assert auditor.wrong == []
    return took


@pytest.mark.timeout(600)
async def test_everybody_is_told_soon(server: Venue, sizes: Sizes, chance: Random, measured: Measured) -> None:
    async with a_crowd(server, sizes(short=60, long=500), chance) as crowd:
        await crowd.talk()
        await crowd.change_over()
        for guest in crowd.guests:
            guest.noted = []
        await crowd.auditor.order(StartRound())
        opened = await crowd.auditor.until(lambda event: event.phase == "talking")
        assert opened.held == 2
        await crowd.auditor.until(everybody_sits)
        told, frames = list[float](), 0
        ahead_s = time.time() - time.monotonic()  # Redis has the clock of this machine
        for guest in crowd.guests:
            rooms = [(when, notice) for when, notice in guest.noted or () if isinstance(notice, RoomChanged)]
            when, room = rooms[0]
            told.append(when + ahead_s - room.now / 1000)
            frames += sum(not isinstance(one, Pulse | Settled | Refused) for _, one in guest.noted or ())
        await crowd.check()
    measured.times("told of the room, from the order that opened the round", f"p99 ≤ {TOLD_P99_S} s", told)
    each = frames / len(told)
    measured.note("frames a person until all sit", "3, and one for what each partner does", n=len(told), frames=each)
    assert percentile(sorted(told), 99) <= TOLD_P99_S
