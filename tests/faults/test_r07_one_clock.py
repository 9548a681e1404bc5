"""R7: a clock that is set by an hour, on the machine of Redis or on that of the workers, moves the end of no round.

That a browser counts by its steady clock, whatever its own wall clock says, is tested in tests/browser/clock.test.mjs.
Instants are milliseconds since 1970 everywhere in the engine, so a change to or from summer time is none.
"""

import asyncio
import time
from pathlib import Path
from random import Random
from statistics import median

import pytest

from rooms.language.agenda import RoundsSegment
from rooms.language.notices import EventChanged
from tests.faults.conftest import Measured, Sizes, percentile
from tests.faults.crowd import Crowd, a_crowd, vacated
from tests.faults.faked_time import FakedClock
from tests.faults.guest import Guest
from tests.journeys.conftest import free_port
from tests.journeys.venue import open_venue, short_agenda
from tests.support.redis import a_redis

HOUR_S = 3_600
MOVES_S, SKEW_S = 0.25, 0.25
ROUND_S = 10
LOOK_S = 0.01
TIMES = ((HOUR_S, 0), (-HOUR_S, 0), (0, -HOUR_S), (0, HOUR_S), (HOUR_S, -HOUR_S), (-HOUR_S, -HOUR_S))
"""By how much the clock of Redis and that of the workers is set; one alone in CI, of the first three by chance."""


@pytest.mark.timeout(600)
async def test_a_clock_that_is_set_moves_the_end_of_no_round(
    tmp_path: Path, sizes: Sizes, chance: Random, measured: Measured
) -> None:
    folders = [tmp_path / name for name in ("redis", "workers", "data")]
    for folder in folders:
        folder.mkdir()
    of_redis, of_workers = FakedClock(folders[0]), FakedClock(folders[1])
    agenda = short_agenda(RoundsSegment(rounds=30, length_s=ROUND_S, changeover_s=120))
    jumps = TIMES if sizes.long else chance.sample(TIMES[:3], 1)
    late, skews = list[float](), list[float]()
    async with a_redis(of_redis.environment) as redis:
        flags = ("--no-demo", "--redis-url", redis.url)
        served = open_venue(folders[2], free_port(), *flags, environ=of_workers.environment)
        async with served as venue, a_crowd(venue, sizes(short=20, long=200), chance, agenda) as crowd:
            ahead_redis_s = ahead_workers_s = 0
            for by_redis_s, by_workers_s in jumps:
                ahead_redis_s, ahead_workers_s = ahead_redis_s + by_redis_s, ahead_workers_s + by_workers_s
                due = await opened(crowd)
                skews.append(max(due.values()) - min(due.values()))
                seq = crowd.state.seq
                await asyncio.sleep(chance.uniform(0, ROUND_S / 2))
                of_redis.set(ahead_redis_s)
                of_workers.set(ahead_workers_s)
                late.append(await ended(crowd, due))
                assert not vacated(crowd.auditor, seq)
            await crowd.check()
    moved = [abs(one) for one in late]
    measured.times("a round ends beside its time when clocks are set by an hour", f"≤ {MOVES_S} s", moved)
    measured.times("people's clocks differ", f"p99 ≤ {SKEW_S} s", skews)
    assert percentile(sorted(skews), 99) <= SKEW_S
    assert max(moved) <= MOVES_S


async def opened(crowd: Crowd) -> dict[str, float]:
    """Have a round opened; when it ends by each person's page, on the steady clock all of them share here."""
    for guest in crowd.guests:
        guest.noted = []
    await crowd.talk()
    due = dict[str, float]()
    for guest in crowd.guests:
        for at, notice in guest.noted or ():
            if isinstance(notice, EventChanged) and notice.event.phase == "talking" and notice.event.clock:
                ends_at = notice.event.clock.ends_at
                assert ends_at is not None
                due.setdefault(guest.id, at + (ends_at - notice.now) / 1000)
    assert len(due) == len(crowd.guests)
    return due


async def ended(crowd: Crowd, due: dict[str, float]) -> float:
    """Wait for the end of the round; how far from its time pages hear of it, in the middle."""
    await crowd.auditor.until(lambda event: event.phase != "talking", within_s=2 * ROUND_S)
    assert time.monotonic() < max(due.values()) + ROUND_S
    found = list[float]()
    for guest in crowd.guests:
        async with asyncio.timeout(ROUND_S):
            while (heard := heard_of_end(guest)) is None:
                await asyncio.sleep(LOOK_S)
        found.append(heard - due[guest.id])
    return median(found)


def heard_of_end(guest: Guest) -> float | None:
    """When a page heard that the round it heard the beginning of is over."""
    talked = False
    for at, notice in guest.noted or ():
        if isinstance(notice, EventChanged):
            if talked and notice.event.phase != "talking":
                return at
            talked = talked or notice.event.phase == "talking"
    return None
