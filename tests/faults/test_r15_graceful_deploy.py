"""R15: workers restarted on purpose, one after the other, cost nobody a seat and send everybody on in peace."""

import os
import signal
import time
from random import Random

import pytest

from rooms.language.closing import CloseCode
from tests.faults.conftest import Measured, Sizes
from tests.faults.crowd import a_crowd, vacated
from tests.faults.phases import come_to
from tests.faults.processes import both_serve, until_ended
from tests.journeys.venue import Venue

EXITS_WITHIN_S, BACK_WITHIN_S = 5.0, 3.0


@pytest.mark.timeout(1800)
async def test_a_worker_told_to_stop_sends_its_people_on_and_ends(
    server: Venue, sizes: Sizes, chance: Random, measured: Measured
) -> None:
    ended, outages = list[float](), list[float]()
    async with a_crowd(server, sizes(short=60, long=400), chance) as crowd:
        async with crowd.chatter():
            for _ in range(sizes(short=1, long=30)):
                await both_serve(server)
                phase = await come_to(crowd, chance)
                seats, held, seq = crowd.seats(), crowd.state.held, crowd.state.seq
                stopping = crowd.busy_worker()
                moved = crowd.on(stopping)
                lines = [(len(guest.closes), len(guest.outages)) for guest in moved]
                began = time.monotonic()
                os.kill(stopping, signal.SIGTERM)
                await until_ended(stopping)
                ended.append(time.monotonic() - began)
                await crowd.all_here()
                for guest, (closed, out) in zip(moved, lines, strict=True):
                    assert guest.closes[closed] == CloseCode.MOVING, phase
                    outages += guest.outages[out:]
                assert not vacated(crowd.auditor, seq), phase
                if crowd.state.held == held and crowd.state.phase == "talking":
                    assert crowd.seats() == seats, phase
        await crowd.check()
    measured.times("a worker told to stop has ended", f"max ≤ {EXITS_WITHIN_S} s", ended)
    measured.times("people sent on are back", f"max ≤ {BACK_WITHIN_S} s", outages)
    assert max(ended) <= EXITS_WITHIN_S
    assert max(outages) <= BACK_WITHIN_S
