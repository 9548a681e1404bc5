"""R18: when the power goes, what Redis had not written yet is lost, and nothing else: said in the docs, tried here.

A power cut cannot be had in a test. What it leaves is: the files as they were at some moment, the last of them cut
anywhere. Redis must read them, and what it reads must be the event as it once was, never a mixture.
"""

import asyncio
import shutil
from pathlib import Path
from random import Random

import pytest

from rooms.event import Event, evolve
from rooms.language.changes import Entry
from server.store.client import Store
from server.store.journal import Journal
from tests.faults.conftest import Measured, Sizes
from tests.faults.crowd import Crowd, a_crowd
from tests.faults.test_r14_disk_full import note, noted
from tests.journeys.venue import Venue
from tests.support.redis import a_redis

CUT_BYTES = 20_000
"""At most so much of the end of the file is lost: more than a second of this crowd."""


@pytest.mark.timeout(1800)
async def test_what_a_power_cut_leaves_is_the_event_as_it_was(
    server: Venue, sizes: Sizes, chance: Random, measured: Measured, tmp_path: Path
) -> None:
    lost = list[float]()
    async with a_crowd(server, 30, chance) as crowd:
        first = crowd.state
        async with crowd.chatter():
            await crowd.talk()
            for number in range(sizes(short=3, long=40)):
                await note(crowd.guests[0], crowd.guests[1], f"note {number}")
                await asyncio.sleep(chance.uniform(0.2, 1.0))
                left = cut(server.data / "redis", tmp_path / str(number), chance)
                written = crowd.state.seq
                found = await reload(left, crowd)
                assert found == as_it_was(first, crowd.auditor.entries, found.seq)
                lost.append(seconds_lost(crowd, found.seq, written))
                assert await noted(crowd.guests[0], crowd.guests[1]) == f"note {number}"
        await crowd.check()
    measured.times("seconds of moves lost with the end of the file", "≤ 1 s by Redis every second; contacts 0", lost)


def cut(redis: Path, copy: Path, chance: Random) -> Path:
    """The files as they are now, the newest without some of its end."""
    shutil.copytree(redis / "appendonlydir", copy / "appendonlydir")
    newest = max((copy / "appendonlydir").glob("*.incr.aof"), key=lambda file: file.stat().st_mtime)
    size = newest.stat().st_size
    with newest.open("r+b") as file:
        file.truncate(size - chance.randrange(min(CUT_BYTES, size)))
    return copy


async def reload(files: Path, crowd: Crowd) -> Event:
    """The event as another Redis reads it out of these files."""
    async with a_redis(files=files) as redis:
        store = Store(redis.url, 5.0)
        try:
            found = await Journal(store).load(crowd.auditor.event)
        finally:
            await store.close()
    assert found is not None
    return found


def as_it_was(first: Event, entries: list[Entry], seq: int) -> Event:
    """The event when it had this number."""
    state = first
    for entry in entries:
        if first.seq < entry.seq <= seq:
            state = evolve(state, entry)
    return state


def seconds_lost(crowd: Crowd, seq: int, written: int) -> float:
    """From the last moment that was kept to the last there was."""
    at = {entry.seq: entry.at for entry in crowd.auditor.entries}
    return (at[written] - at[seq]) / 1000 if seq in at and seq < written else 0.0
