"""R11: everybody loses the line at the same moment, comes back soon, and misses nothing of what was said meanwhile."""

import asyncio
import time
from random import Random

import pytest

from rooms.language.notices import Settled
from tests.faults.asking import ask
from tests.faults.conftest import Measured, Sizes, percentile
from tests.faults.crowd import Crowd, a_crowd, vacated
from tests.faults.processes import both_serve
from tests.journeys.venue import Venue

BACK_P99_S, LAG_S = 5.0, 0.2
LOOK_S = 0.02


@pytest.mark.timeout(600)
async def test_a_storm_of_reconnections_is_over_soon_and_nobody_misses_anything(
    server: Venue, sizes: Sizes, chance: Random, measured: Measured
) -> None:
    await both_serve(server)
    async with a_crowd(server, sizes(short=60, long=500), chance) as crowd:
        await crowd.talk()
        seats, seq = crowd.seats(), crowd.state.seq
        outages, lags = await storm(crowd)
        await crowd.check()  # each page shows what is so: the lines said meanwhile are there
        assert crowd.seats() == seats
        assert not vacated(crowd.auditor, seq)
    measured.times("back after all lines were cut", f"p99 ≤ {BACK_P99_S} s", outages)
    measured.times("a page that asks nobody, meanwhile", f"the loop is late by max {LAG_S} s", lags)
    assert percentile(sorted(outages), 99) <= BACK_P99_S
    assert percentile(sorted(lags), 99) <= LAG_S


async def storm(crowd: Crowd) -> tuple[list[float], list[float]]:
    """Cut all lines but one at once, have the one say something, and wait until all are back."""
    staying, *others = crowd.guests
    before = [len(guest.outages) for guest in others]
    for guest in others:
        assert guest.connection
        guest.connection.transport.abort()
    over = asyncio.Event()
    watching = asyncio.create_task(lateness(crowd, over))
    assert isinstance(await staying.say(), Settled)
    async with asyncio.timeout(60):
        while any(len(guest.outages) == old for guest, old in zip(others, before, strict=True)):
            await asyncio.sleep(LOOK_S)
    over.set()
    return [guest.outages[-1] for guest in others], await watching


async def lateness(crowd: Crowd, over: asyncio.Event) -> list[float]:
    """How long the workers take, until it is over, to answer what needs neither Redis nor the database."""
    found = list[float]()
    while not over.is_set():
        began = time.monotonic()
        await ask(crowd.venue.url, "GET", "/health")
        found.append(time.monotonic() - began)
        await asyncio.sleep(LOOK_S)
    return found
