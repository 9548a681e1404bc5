"""The watch: a process that hears commits as workers do and notes when; it does nothing else, so it is never late.

Run as `python -m loadtests.measuring.watch SOCKET`. A line of JSON for each batch that holds a change of interest.
"""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import msgspec
from msgspec import Struct

from loadtests.driving.crowd import StuckError
from loadtests.measuring.program import Program, started
from server.lifetimes import beside

READ_BYTES = 1024 * 1024
TAGS = tuple(
    tag.encode() for tag in ("match.wanted", "match.made", "round.opened", "round.ended", "forming.begun", "chat.said")
)
"""Changes worth a line."""
CHANNELS = "event:{*}"
"""Every event's batches, and not the bells: their names go on after the bracket."""


class Commit(Struct, frozen=True):
    """One batch, as heard."""

    at: float
    """Seconds of the monotonic clock, which all processes share, when its first byte was here."""
    event: str
    tags: tuple[str, ...]
    bytes: int


class Watch:
    """What the process has said so far."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._commits: list[Commit] = []
        self._news = asyncio.Condition()

    async def listen(self) -> None:
        """Take in what it says, for ever."""
        while True:
            commit = msgspec.json.decode(await self._program.hear(), type=Commit)
            async with self._news:
                self._commits.append(commit)
                self._news.notify_all()

    async def find(self, tag: str, event: str, after: float, within_s: float = 30.0) -> Commit:
        """The first commit of that event with such a change after an instant.

        Raises:
            StuckError: there is none in time.
        """

        def found() -> Commit | None:
            rows = (one for one in self._commits if one.at >= after and one.event == event and tag in one.tags)
            return next(rows, None)

        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s), self._news:
                await self._news.wait_for(lambda: found() is not None)
        commit = found()
        if commit is None:
            raise StuckError(f"no {tag} was committed within {within_s:.0f} s")
        return commit


@asynccontextmanager
async def watching(redis: str) -> AsyncIterator[Watch]:
    """Watch the Redis on this unix socket."""
    async with started("loadtests.measuring.watch", redis) as program:
        await program.hear()  # it has subscribed
        watch = Watch(program)
        async with beside(watch.listen()):
            yield watch


# --- the process ----------------------------------------------------------------------------------------------------


class Messages:
    """Cuts what Redis pushes into messages, each with the instant of its first byte. Knows no other answers."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._since = 0.0

    def feed(self, data: bytes, at: float) -> list[tuple[float, list[bytes]]]:
        """The messages that are whole now."""
        found: list[tuple[float, list[bytes]]] = []
        if not self._held:
            self._since = at
        self._held += data
        while (message := self._cut()) is not None:
            found.append((self._since, message))
            self._since = at
        return found

    def _cut(self) -> list[bytes] | None:
        """`*n`, then n times `$length` and the bytes; whole numbers stand for themselves."""
        held, parts = self._held, list[bytes]()
        end = held.find(b"\r\n")
        if end < 0:
            return None
        at = end + 2
        for _ in range(int(held[1:end])):
            end = held.find(b"\r\n", at)
            if end < 0:
                return None
            mark, size = held[at : at + 1], int(held[at + 1 : end])
            at = end + 2
            if mark == b"$":
                if len(held) < at + size + 2:
                    return None
                parts.append(bytes(held[at : at + size]))
                at += size + 2
        del held[:at]
        return parts


def main(path: str) -> None:
    """Watch for ever."""
    with contextlib.suppress(PermissionError, OSError):
        # Woken before all others, so that what it notes is when it happened; it sleeps nearly always.
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        line.sendall(b"PSUBSCRIBE " + CHANNELS.encode() + b"\r\n")
        messages = Messages()
        while data := line.recv(READ_BYTES):
            for at, message in messages.feed(data, monotonic()):
                say(at, message)


def say(at: float, message: list[bytes]) -> None:
    """A line for a batch of interest, and one when the subscription stands."""
    if message[0] == b"psubscribe":
        print("watching", flush=True)
        return
    channel, batch = message[2].decode(), message[3]
    tags = tuple(tag.decode() for tag in TAGS if tag in batch)
    if channel.endswith("}") and tags:
        commit = Commit(at, channel.removeprefix("event:{").removesuffix("}"), tags, len(batch))
        print(msgspec.json.encode(commit).decode(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
