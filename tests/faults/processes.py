"""The processes of a running server, and what may befall them."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from server.store.client import StoreAwayError
from server.store.probe import ping
from tests.faults.asking import ask
from tests.journeys.venue import Venue, children, command_line, is_alive

WORKERS = 2
STARTED_WITHIN_S = 30.0
"""A worker imports everything anew, on a machine that is busy with what happened to the one before."""
LOOK_S = 0.05


def redis_of(venue: Venue) -> int:
    """Process id of the server's private Redis."""
    (pid,) = [pid for pid in children(venue.process.pid) if b"redis.sock" in command_line(pid) and not is_ours(pid)]
    return pid


def is_ours(pid: int) -> bool:
    """Whether it is a Python process of the server's."""
    return b"-m\0server" in command_line(pid)


def redis_url(venue: Venue) -> str:
    """The Redis which the workers were told to use."""
    words = command_line(serving(venue)[0]).split(b"\0")
    return words[words.index(b"--redis") + 1].decode()


def serving(venue: Venue) -> list[int]:
    """Process ids of the workers, not of the matchers they may have."""
    return [pid for pid in venue.workers() if b"--report-to" in command_line(pid)]


async def both_serve(venue: Venue) -> None:
    """Wait until two workers take people in: chance decides at which a new line ends up."""
    async with asyncio.timeout(STARTED_WITHIN_S):
        found: set[str] = set()
        while len(found & names(venue)) < WORKERS:
            with suppress(OSError):
                found.add((await ask(venue.url, "GET", "/health"))["worker"])
            await asyncio.sleep(LOOK_S)


def names(venue: Venue) -> set[str]:
    """What the workers that run now are called."""
    return {name_of(pid) for pid in serving(venue)}


def name_of(worker: int) -> str:
    """What a worker is called: names of its connections begin with that."""
    words = command_line(worker).split(b"\0")
    return words[words.index(b"--name") + 1].decode()


def kill(pid: int) -> None:
    """As a crash would: no goodbye."""
    os.kill(pid, signal.SIGKILL)


@contextmanager
def stalled(*pids: int) -> Iterator[None]:
    """They live and do nothing."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            try:
                os.kill(pid, signal.SIGCONT)
            except ProcessLookupError:
                continue  # somebody took it for dead, rightly


async def until_ended(pid: int) -> None:
    """Wait until a process of the server's is gone."""
    async with asyncio.timeout(STARTED_WITHIN_S):
        while is_alive(pid):
            await asyncio.sleep(LOOK_S)


async def until_redis_answers(venue: Venue, dead: int) -> None:
    """Wait until another Redis runs in the place of the one that died, and has read its file."""
    url = redis_url(venue)
    async with asyncio.timeout(STARTED_WITHIN_S):
        while True:
            with suppress(StoreAwayError, ValueError, OSError):
                if redis_of(venue) != dead:
                    await ping(url)
                    return
            await asyncio.sleep(LOOK_S)
