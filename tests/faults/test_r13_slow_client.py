"""R13: whoever stops reading hurts nobody else, holds little memory and is closed soon."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from rooms.event import Event
from rooms.language.limits import CHAT_CHARS
from tests.faults.conftest import Measured, Sizes, percentile
from tests.faults.crowd import Crowd, a_crowd
from tests.faults.guest import Guest
from tests.faults.processes import serving
from tests.journeys.venue import Venue

CLOSED_WITHIN_S, OTHERS_SHARE, EACH_KIB = 14.0, 1.2, 1024
"""The first is the time of a ping and its answer. A line that is full is closed after five seconds; from the moment
somebody stops reading, what the kernel of both sides holds must be filled first."""
MEANWHILE_S = 5.0
NOISE_S = 0.02
"""Two cores, everybody on them: a 99th percentile of some milliseconds moves by this on its own."""
QUIET_S = 3.0
LINES_PER_S = 80
"""Of the longest chat there is: 50 KB a second to each page, so that a line which is not read is full in a moment."""


@pytest.mark.timeout(600)
async def test_who_stops_reading_is_closed_and_hurts_nobody(
    server: Venue, sizes: Sizes, chance: Random, measured: Measured
) -> None:
    count = sizes(short=10, long=50)
    async with a_crowd(server, 15 + count, chance, narrow=count) as crowd:
        stuck, others = crowd.guests[:count], crowd.guests[count:]
        async with long_chatter(crowd, others):
            before = await answered(others, QUIET_S)
            memory = kept_kib(server)
            began = time.monotonic()
            for guest in stuck:
                guest.stop_reading()
            meanwhile = asyncio.create_task(answered(others, MEANWHILE_S))
            closed = [closes(crowd, guest, began) for guest in stuck]
            took = await asyncio.gather(*closed)
            grown = kept_kib(server) - memory
            during = await meanwhile
        await crowd.check()
    measured.times("stuck readers closed", f"max ≤ {CLOSED_WITHIN_S} s", took)
    measured.note("memory a stuck reader", f"≤ {EACH_KIB} KiB", n=count, kib=grown / count)
    p99, p99_before = percentile(sorted(during), 99), percentile(sorted(before), 99)
    measured.note("others' answers, p99", "+ 20 % at most", n=len(during), before_s=p99_before, meanwhile_s=p99)
    assert max(took) <= CLOSED_WITHIN_S
    assert grown / count <= EACH_KIB
    assert p99 <= sizes.limit(p99_before * OTHERS_SHARE + NOISE_S)


@asynccontextmanager
async def long_chatter(crowd: Crowd, guests: list[Guest]) -> AsyncIterator[None]:
    """Meanwhile these say the longest lines there may be, together so many a second."""
    over = asyncio.Event()

    async def talk_on(guest: Guest) -> None:
        while not over.is_set():
            await guest.say(CHAT_CHARS)
            await asyncio.sleep(crowd.chance.expovariate(LINES_PER_S / len(guests)))

    async with asyncio.TaskGroup() as group:
        for guest in guests:
            group.create_task(talk_on(guest))
        try:
            yield
        finally:
            over.set()


async def answered(guests: list[Guest], for_s: float) -> list[float]:
    """How long answers took in the time from now on."""
    before = [len(guest.answered_in) for guest in guests]
    await asyncio.sleep(for_s)
    return [taken for guest, old in zip(guests, before, strict=True) for taken in guest.answered_in[old:]]


async def closes(crowd: Crowd, guest: Guest, began: float) -> float:
    """Wait until the event has lost the line of this person; seconds since then."""
    line = crowd.state.people[guest.person.id].connection

    def is_closed(event: Event) -> bool:
        return event.people[guest.person.id].connection != line

    await crowd.auditor.until(is_closed)
    return time.monotonic() - began


def kept_kib(server: Venue) -> int:
    """Memory of all workers, what they share counted once."""
    found = 0
    for pid in serving(server):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        found += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return found
