"""R4: while Redis hangs, whatever a person does is answered soon, and what was refused has not happened."""

import asyncio
import time
from random import Random

import pytest

from tests.faults.asking import ask
from tests.faults.conftest import Measured, Sizes
from tests.faults.crowd import Crowd, a_crowd, vacated
from tests.faults.processes import redis_of, stalled
from tests.journeys.venue import Venue

ANSWERED_WITHIN_S = 1.5
PAGE_EVERY_S = 0.3


@pytest.mark.timeout(600)
async def test_while_redis_hangs_everything_is_answered_and_nothing_is_done_twice(
    server: Venue, sizes: Sizes, chance: Random, measured: Measured
) -> None:
    async with a_crowd(server, sizes(short=40, long=400), chance) as crowd:
        await crowd.talk()
        seats, seq = crowd.seats(), crowd.state.seq
        before = [len(guest.answered_in) for guest in crowd.guests]
        async with crowd.chatter():
            with stalled(redis_of(server)):
                pages = await open_lists(crowd, sizes(short=5, long=10))
        answered = [s for guest, old in zip(crowd.guests, before, strict=True) for s in guest.answered_in[old:]]
        assert any(guest.refused for guest in crowd.guests), "nobody asked for anything while Redis hung"
        await crowd.check()
        assert crowd.seats() == seats
        assert not vacated(crowd.auditor, seq)
        assert not [code for guest in crowd.guests for code in guest.closes], "a line was closed"
    measured.times("commands answered around a hang", f"max ≤ {ANSWERED_WITHIN_S} s", answered)
    measured.times("lists of people met opened in a hang", f"max ≤ {ANSWERED_WITHIN_S} s", pages)
    assert not any(guest.unanswered for guest in crowd.guests)
    assert max(answered + pages) <= ANSWERED_WITHIN_S


async def open_lists(crowd: Crowd, for_s: float) -> list[float]:
    """Open one list of people met after the other: SQL has them, and Redis has no say in it."""
    taken = list[float]()
    over = time.monotonic() + for_s
    while (began := time.monotonic()) < over:
        guest = crowd.chance.choice(crowd.guests)
        await ask(guest.url, "GET", f"/e/{guest.person.event}/met.json", guest.cookie)
        taken.append(time.monotonic() - began)
        await asyncio.sleep(PAGE_EVERY_S)
    return taken
