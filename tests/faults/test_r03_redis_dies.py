"""R3: a Redis that dies in mid-round loses nothing it acknowledged, and moves the end of no round."""

import asyncio
import time
from random import Random

import pytest

from rooms.language.agenda import RoundsSegment
from rooms.language.notices import Settled
from server.records.engine import now_ms
from tests.faults.conftest import Measured, Sizes
from tests.faults.crowd import Crowd, a_crowd, vacated
from tests.faults.phases import come_to
from tests.faults.processes import kill, redis_of, until_redis_answers
from tests.journeys.venue import Venue, short_agenda

WORKS_WITHIN_S, END_MOVES_MS = 2.0, 250
ROUND_S = 10
HEALED_MS = 4_000
"""Redis dies at least so long before the round is over: what is due while it is away cannot come before it is back."""


@pytest.mark.timeout(3600)
async def test_a_redis_that_dies_loses_nothing_it_acknowledged(
    server: Venue, sizes: Sizes, chance: Random, measured: Measured
) -> None:
    works = list[float]()
    async with a_crowd(server, sizes(short=60, long=400), chance) as crowd:
        async with crowd.chatter():
            for _ in range(sizes(short=2, long=20)):
                phase = await come_to(crowd, chance)
                seats, held, seq = crowd.seats(), crowd.state.held, crowd.state.seq
                await die_and_come_back(server)
                works.append(await until_settled(crowd))
                await crowd.all_here()
                assert not vacated(crowd.auditor, seq), phase
                if crowd.state.held == held and crowd.state.phase == "talking":
                    assert crowd.seats() == seats, phase
        await crowd.check(in_doubt=True)
    measured.times("commands work after Redis is back", f"max ≤ {WORKS_WITHIN_S} s", works)
    assert max(works) <= sizes.limit(WORKS_WITHIN_S)


async def test_the_end_of_a_round_stays_where_it_was(server: Venue, chance: Random, measured: Measured) -> None:
    agenda = short_agenda(RoundsSegment(rounds=30, length_s=ROUND_S, changeover_s=120))
    async with a_crowd(server, 12, chance, agenda) as crowd:
        await crowd.talk()
        assert crowd.state.clock
        due = crowd.state.clock.ends_at
        assert due
        await asyncio.sleep(chance.uniform(0, due - now_ms() - HEALED_MS) / 1000)
        await die_and_come_back(server)
        await crowd.auditor.until(lambda event: event.phase != "talking")
        moved = crowd.auditor.entries[-1].at - due
        await crowd.check()
    measured.note("the end of a round moves", f"≤ {END_MOVES_MS} ms", n=1, ms=moved)
    assert abs(moved) <= END_MOVES_MS


async def die_and_come_back(server: Venue) -> None:
    """Kill Redis, and wait until the parent has started it again and it has read its file."""
    dead = redis_of(server)
    kill(dead)
    await until_redis_answers(server, dead)


async def until_settled(crowd: Crowd) -> float:
    """Ask again and again until a command is carried out; how many seconds that took."""
    began = time.monotonic()
    while not isinstance(await crowd.guests[0].say(), Settled):
        assert time.monotonic() - began < ROUND_S, "commands never work again"
    return time.monotonic() - began
