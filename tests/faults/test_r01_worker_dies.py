"""R1: a worker that dies in mid-round costs nobody a seat, and everybody is back within moments.

That pictures and sound between two browsers go on meanwhile is seen in tests/journeys/test_keeping_seats.py.
"""

from random import Random

import pytest

from tests.faults.conftest import Measured, Sizes, percentile
from tests.faults.crowd import a_crowd, vacated
from tests.faults.phases import come_to
from tests.faults.processes import both_serve, kill
from tests.journeys.venue import Venue

BACK_P95_S, BACK_MAX_S = 1.5, 3.0


@pytest.mark.timeout(3600)
async def test_a_worker_that_dies_costs_nobody_a_seat(
    server: Venue, sizes: Sizes, chance: Random, measured: Measured
) -> None:
    outages = list[float]()
    async with a_crowd(server, sizes(short=60, long=400), chance) as crowd:
        async with crowd.chatter():
            for _ in range(sizes(short=2, long=50)):
                await both_serve(server)
                phase = await come_to(crowd, chance)
                seats, held, seq = crowd.seats(), crowd.state.held, crowd.state.seq
                dying = crowd.busy_worker()
                hurt = crowd.hurt(dying)
                kill(dying)
                outages += await crowd.back(hurt)
                assert not vacated(crowd.auditor, seq), phase
                if crowd.state.held == held and crowd.state.phase == "talking":
                    assert crowd.seats() == seats, phase
        await crowd.check()
    measured.times("back after a worker died", f"p95 ≤ {BACK_P95_S} s, max ≤ {BACK_MAX_S} s", outages)
    assert percentile(sorted(outages), 95) <= sizes.limit(BACK_P95_S)
    assert max(outages) <= sizes.limit(BACK_MAX_S)
