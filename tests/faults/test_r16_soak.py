"""R16: hours of rounds leave nothing behind: no memory, no open files, no unhandled error.

Here is the short form; `./go load soak` is the long one over the load programme, and `--long` runs this for two hours.
"""

import asyncio
import time
from pathlib import Path
from random import Random

import pytest

from tests.faults.auditor import PATIENCE_S
from tests.faults.conftest import Measured, Sizes
from tests.faults.crowd import a_crowd
from tests.faults.processes import both_serve, serving
from tests.journeys.venue import Venue

HOUR_S = 3_600
LOOK_S = 0.1
GROWS_MIB_AN_HOUR = 5.0
NOISE_MIB = 6.0
"""What an allocator keeps or gives back by itself: in a few seconds that is all one sees."""
FILES_LEFT = 4
"""Connections to Redis and the database that a worker has opened meanwhile, and keeps."""


@pytest.mark.timeout(3 * HOUR_S)
async def test_rounds_leave_nothing_behind(server: Venue, sizes: Sizes, chance: Random, measured: Measured) -> None:
    await both_serve(server)
    people, lasts_s = sizes(short=30, long=200), sizes(short=5, long=2 * HOUR_S)
    async with a_crowd(server, people, chance) as crowd:  # what is loaded with the first people is loaded
        await crowd.talk()
        await crowd.check()
    workers, files, memory = serving(server), opened_files(server), resident_mib(server)
    began, rounds = time.monotonic(), 0
    while time.monotonic() - began < lasts_s:
        async with a_crowd(server, people, chance) as crowd:
            async with crowd.chatter():
                await crowd.talk()
                await crowd.change_over()
                await crowd.talk()
            rounds += 2
            await crowd.check()
    await all_gone(server, files)
    grown, lasted_s = resident_mib(server) - memory, time.monotonic() - began
    measured.note(
        "memory and files after rounds", f"≤ {GROWS_MIB_AN_HOUR} MiB an hour, files as before",
        n=rounds, people=people, s=lasted_s, grown_mib=grown, files=opened_files(server) - files,
    )  # fmt: skip
    assert serving(server) == workers
    assert grown <= NOISE_MIB + GROWS_MIB_AN_HOUR * lasted_s / HOUR_S


def resident_mib(server: Venue) -> float:
    """Memory of all workers."""
    found = 0
    for pid in serving(server):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        found += next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return found / 1024


def opened_files(server: Venue) -> int:
    """Sockets, pipes and files which the workers hold."""
    return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in serving(server))


async def all_gone(server: Venue, files: int) -> None:
    """Wait until the workers have let go of what belonged to people who have left."""
    async with asyncio.timeout(PATIENCE_S):
        while opened_files(server) > files + FILES_LEFT:
            await asyncio.sleep(LOOK_S)
