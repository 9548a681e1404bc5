"""R12: recovery is explicit: after a gap, a hole in the journal or a jam a page shows what is so, not less."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random

import pytest

from rooms.language.commands import SayChat, SetReadiness
from server.store.journal import Journal
from tests.faults.conftest import Measured, Sizes
from tests.faults.engine import PATIENT_MS, differences_of
from tests.support.redis import a_redis
from tests.support.stage import Browser, Stage, a_stage

PEOPLE = 8
AGREE_S, LOOK_S = 15.0, 0.02


class Chaos:
    """Two workers, some people, and what may come between them."""

    def __init__(self, stage: Stage, chance: Random) -> None:
        self.stage = stage
        self.chance = chance
        self.people: list[Browser] = []
        self.where: dict[Browser, int] = {}
        """On which worker each page is."""
        self.ready: dict[str, bool] = {}
        self._lines = 0

    def _any_worker_with_hearing_beside(self) -> int:
        """A worker with people, when there are people on the other one, too."""
        workers = {self.where[one] for one in self.people if one.wire.taking.is_set()}
        return self.chance.choice([worker for worker in (0, 1) if 1 - worker in workers])

    async def come(self, name: str, worker: int) -> None:
        """Somebody new."""
        one = await self.stage.attendee(name, worker)
        self.people.append(one)
        self.where[one] = worker

    async def talk(self, lines: int = 3, deaf: int | None = None) -> None:
        """Somebody says something and changes their mind; it is settled before the next. The deaf settle nothing."""
        for _ in range(lines):
            self._lines += 1
            able = [one for one in self.people if one.wire.taking.is_set() and self.where[one] != deaf]
            one = self.chance.choice(able)
            await self.stage.insist(one, SayChat(f"line {self._lines}"))
            self.ready[one.id] = not self.ready.get(one.id, False)  # a wish that changes nothing leaves no trace
            await self.stage.insist(one, SetReadiness(ready=self.ready[one.id]))

    async def gap(self) -> None:
        """A worker hears nothing for a while."""
        worker = self._any_worker_with_hearing_beside()
        async with self.stage.deaf(worker):
            await self.talk(deaf=worker)
        await self.talk(1)

    async def hole(self) -> None:
        """What a worker did not hear is gone from the journal, too."""
        worker = self._any_worker_with_hearing_beside()
        async with self.stage.deaf(worker):
            await self.talk(deaf=worker)
            await self.stage.keep_state_and_trim()
        await self.talk(1)

    async def jam(self) -> None:
        """Somebody's line takes nothing for a while, and more comes than is kept for them."""
        stuck = self.chance.choice(self.people)
        stuck.wire.taking.clear()
        for number in range(300):
            stuck.session.hear(b'{"type":"pulse","now":%d,"seq":1}' % number)
        await self.talk()
        stuck.wire.taking.set()

    async def cut(self) -> None:
        """A worker loses Redis and finds it again."""
        worker = self.chance.randrange(2)
        await self.stage.isolate(worker)
        await self.stage.rejoin(worker)
        await self.talk()

    async def back(self) -> None:
        """A page comes back by the other worker, saying what it has seen."""
        index = self.chance.randrange(len(self.people))
        old = self.people.pop(index)
        seen = old.session.seq
        await self.stage.vanish(old)
        await self.talk()
        worker = self.chance.randrange(2)
        new = await self.stage.open(old.id, worker, last=self.chance.choice([None, seen, seen - 1]))
        self.people.append(new)
        self.where[new] = worker
        await new.until(lambda: new.session.arrived)

    async def diverging(self) -> list[list[str]]:
        """Wait until every page shows what is so; what still differs at the end."""
        journal = Journal(self.stage.store)
        differing: list[list[str]] = []
        try:
            async with asyncio.timeout(AGREE_S):
                while True:
                    state = await journal.load(self.stage.event)
                    assert state is not None
                    differing = [found for one in self.people if (found := differences_of(state, one))]
                    if not differing:
                        return []
                    await asyncio.sleep(LOOK_S)
        except TimeoutError:
            return differing


@pytest.mark.timeout(2 * 3600)
async def test_whatever_was_missed_every_page_shows_what_is_so(
    tmp_path: Path, sizes: Sizes, chance: Random, measured: Measured
) -> None:
    async with a_redis() as redis, a_stage(redis.url, tmp_path, worker_dead_ms=PATIENT_MS) as stage:
        chaos = Chaos(stage, chance)
        for number in range(PEOPLE):
            await chaos.come(f"Person {number}", number % 2)
        kinds: list[Callable[[], Awaitable[None]]] = [chaos.gap, chaos.hole, chaos.jam, chaos.cut, chaos.back]
        times = sizes(short=12, long=2_000)
        for number in range(times):
            happens = kinds[number] if number < len(kinds) else chance.choice(kinds)
            await happens()
            assert await chaos.diverging() == [], happens
    measured.note("gaps, holes, jams, cuts and returns", "0 pages that show something else", n=times, differing=0)
