"""The watch: a process that hears commits as workers do and notes when; it does nothing else, so it is never late.

Run as `python -m loadtests.measuring.watch SOCKET`. Each line of its input is an event to follow; it answers with a
line, and from then on says a line of JSON for each batch of that event which holds a change of interest.
"""

import asyncio
import contextlib
import os
import select
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from time import monotonic, sleep

import msgspec
from msgspec import Struct

from loadtests.driving.waiting import StuckError
from loadtests.measuring.program import Program, started
from rooms.language.ids import EventId
from server.lifetimes import beside
from server.store.keys import channel

READ_BYTES = 1024 * 1024
FOLLOWED_S = 10.0
AGAIN_S = 0.05
"""Before a Redis that is gone is tried again."""
TAGS = tuple(
    tag.encode() for tag in ("match.wanted", "match.made", "round.opened", "round.ended", "forming.begun", "chat.said")
)
"""Changes worth a line."""


class Commit(Struct, frozen=True):
    """One batch, as heard; without tags it says that the event is followed."""

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
        self._followed: list[str] = []
        self._news = asyncio.Condition()

    async def follow(self, event: EventId) -> None:
        """Hear this event's commits from now on."""
        self._program.tell(event)
        async with asyncio.timeout(FOLLOWED_S), self._news:
            await self._news.wait_for(lambda: event in self._followed)

    async def listen(self) -> None:
        """Take in what it says, for ever."""
        while True:
            said = msgspec.json.decode(await self._program.hear(), type=Commit)
            async with self._news:
                if said.tags:
                    self._commits.append(said)
                else:
                    self._followed.append(said.event)
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
    """Watch until the input ends; when Redis goes, go on with the one that comes."""
    with contextlib.suppress(PermissionError, OSError):
        # Woken before all others, so that what it notes is when it happened; it sleeps nearly always.
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    followed: list[str] = []
    while True:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.connect(path)
            if not watch_line(line, followed):
                return
        sleep(AGAIN_S)


def watch_line(line: socket.socket, followed: list[str]) -> bool:
    """Watch one connection until it breaks; False when the input has ended."""
    messages = Messages()
    subscribe(line, followed)
    while True:
        ready, _, _ = select.select((line, sys.stdin), (), ())
        if line in ready:
            data = line.recv(READ_BYTES)
            if not data:
                return True
            for at, message in messages.feed(data, monotonic()):
                say(at, message)
        if sys.stdin in ready:
            wishes = (
                os.read(sys.stdin.fileno(), READ_BYTES).decode().split()
            )  # past the buffer, which select cannot see
            if not wishes:
                return False
            followed += wishes
            subscribe(line, wishes)


def subscribe(line: socket.socket, events: Sequence[str]) -> None:
    """Ask for the batches of these events."""
    for event in events:
        line.sendall(f"SSUBSCRIBE {channel(EventId(event))}\r\n".encode())


def say(at: float, message: list[bytes]) -> None:
    """A line for a batch of interest, and one when a subscription stands."""
    batch = message[2] if message[0] == b"smessage" else b""
    tags = tuple(tag.decode() for tag in TAGS if tag in batch)
    if tags or message[0] == b"ssubscribe":
        event = message[1].decode().partition("{")[2].rpartition("}")[0]
        print(msgspec.json.encode(Commit(at, event, tags, len(batch))).decode(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
