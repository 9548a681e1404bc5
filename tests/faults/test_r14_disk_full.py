"""R14: a full disk ends nothing; what cannot be kept is refused in words, and all goes on alone once there is room."""

import asyncio
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from rooms.language.notices import Refused, Settled
from tests.faults.asking import HttpError, ask
from tests.faults.auditor import PATIENCE_S
from tests.faults.conftest import Measured
from tests.faults.crowd import Crowd, a_crowd
from tests.faults.guest import Guest
from tests.journeys.conftest import free_port
from tests.journeys.venue import open_venue

DISK_MIB, MORE_MIB = 12, 48
RESUMES_WITHIN_S = 5.0
LOOK_S = 0.05
TRIES = 500
"""Notes that may still find room when the disk is full: SQLite writes over what it has used before."""


@pytest.mark.timeout(300)
async def test_a_full_disk_ends_nothing(tmp_path: Path, chance: Random, measured: Measured) -> None:
    with a_small_disk(tmp_path / "disk") as disk:
        async with open_venue(disk, free_port(), "--no-demo") as venue, a_crowd(venue, 20, chance) as crowd:
            await crowd.talk()
            one, other = crowd.guests[:2]
            seats = crowd.seats()
            await note(one, other, "before")
            fill(disk)
            refusal = await refused(one, other)
            assert (refusal.status, bool(refusal.sentence)) == (503, True)
            await until_redis_refuses(crowd)
            assert crowd.seats() == seats
            room(disk, MORE_MIB)
            began = time.monotonic()
            await until_kept(one, other)
            await until_settled(crowd)
            took = time.monotonic() - began
            await crowd.check()
    measured.note("resumes once there is room", f"≤ {RESUMES_WITHIN_S} s", s=took, refused_with=refusal.status)
    assert took <= RESUMES_WITHIN_S


@contextmanager
def a_small_disk(folder: Path) -> Iterator[Path]:
    """A file system in memory, as small as it may be; only root may make one."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def room(disk: Path, mib: int) -> None:
    """Let there be so much of it."""
    subprocess.run(["mount", "-o", f"remount,size={mib}m", str(disk)], check=True)


def fill(disk: Path) -> None:
    """Leave not one byte of room."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        for size in (1 << 16, 1 << 12, 1):
            with suppress(OSError):
                while filler.write(b"\0" * size):
                    continue


async def note(one: Guest, other: Guest, text: str) -> None:
    """Write a note about somebody, acknowledged once SQL has it."""
    path = f"/e/{one.person.event}/met/{other.id}.json"
    await ask(one.url, "PUT", path, one.cookie, json.dumps({"note": text, "answer": "yes"}).encode())


async def noted(one: Guest, other: Guest) -> str:
    """The note as it is kept."""
    listed = await ask(one.url, "GET", f"/e/{one.person.event}/met.json", one.cookie)
    return next(str(row["note"]) for row in listed["met"] if row["id"] == other.id)


async def refused(one: Guest, other: Guest) -> HttpError:
    """Write notes until one finds no room any more, and is refused in words."""
    for number in range(TRIES):
        try:
            await note(one, other, f"{number} " + "x" * 500)
        except HttpError as error:
            return error
    raise AssertionError("the disk is not full")


async def until_redis_refuses(crowd: Crowd) -> None:
    """Ask until Redis has noticed that it cannot write, too."""
    async with asyncio.timeout(PATIENCE_S):
        while not isinstance(await crowd.guests[0].say(), Refused):
            await asyncio.sleep(LOOK_S)


async def until_settled(crowd: Crowd) -> None:
    """Ask until a command is carried out."""
    async with asyncio.timeout(PATIENCE_S):
        while not isinstance(await crowd.guests[0].say(), Settled):
            await asyncio.sleep(LOOK_S)


async def until_kept(one: Guest, other: Guest) -> None:
    """Write a note until it is kept."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with suppress(HttpError):
                await note(one, other, "after")
                assert await noted(one, other) == "after"
                return
            await asyncio.sleep(LOOK_S)
