"""R2: a worker that hangs is treated as dead, and one that comes to itself too late writes nothing."""

from random import Random

import pytest

from tests.faults.conftest import Measured, Sizes
from tests.faults.crowd import a_crowd, vacated
from tests.faults.phases import come_to
from tests.faults.processes import both_serve, name_of, stalled
from tests.journeys.venue import Venue, is_alive

BACK_MAX_S = 5.0


@pytest.mark.timeout(3600)
async def test_a_worker_that_hangs_is_replaced_and_its_people_are_back(
    server: Venue, sizes: Sizes, chance: Random, measured: Measured
) -> None:
    outages = list[float]()
    async with a_crowd(server, sizes(short=60, long=400), chance) as crowd:
        async with crowd.chatter():
            for _ in range(sizes(short=1, long=20)):
                await both_serve(server)
                phase = await come_to(crowd, chance)
                seats, held, seq = crowd.seats(), crowd.state.held, crowd.state.seq
                hanging = crowd.busy_worker()
                hurt = crowd.hurt(hanging)
                with stalled(hanging):
                    outages += await crowd.back(hurt)
                    assert not is_alive(hanging)
                assert not vacated(crowd.auditor, seq), phase
                if crowd.state.held == held and crowd.state.phase == "talking":
                    assert crowd.seats() == seats, phase
        await crowd.check()
    measured.times("back after a worker hung", f"max ≤ {BACK_MAX_S} s", outages)
    assert max(outages) <= sizes.limit(BACK_MAX_S)


async def test_a_conductor_that_comes_to_itself_after_another_took_over_writes_nothing(
    server: Venue, chance: Random
) -> None:
    async with a_crowd(server, 12, chance) as crowd:
        await both_serve(server)
        await crowd.talk()
        conductor, fence, seq = await crowd.conductor(), await crowd.fence(), crowd.state.seq
        line = f"{name_of(conductor)}."
        with stalled(server.process.pid):  # the parent, too, or it would end what hangs
            with stalled(conductor):
                people = crowd.state.people
                await crowd.auditor.until(
                    lambda event: not any(holds(event.people[who].connection, line) for who in people)
                )
                assert await crowd.fence() > fence
            await crowd.all_here()
            assert is_alive(conductor)
        assert not vacated(crowd.auditor, seq)
        assert await crowd.conductor() != conductor
        await crowd.check()


def holds(connection: str | None, worker: str) -> bool:
    """Whether a line is on the worker whose lines begin like this."""
    return connection is not None and connection.startswith(worker)
