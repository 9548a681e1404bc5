"""The floor: a bare frame server, one process, an asyncio protocol under uvloop that writes frames made beforehand.

Nothing that does what Rondo does can be faster than this with the same clients; results are ratios to it.
Run as `python -m loadtests.measuring.floor WELCOME_BYTES`; it reads words from its input and answers each by a line.
"""

import asyncio
import base64
import hashlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic, process_time
from typing import cast

import uvloop

from loadtests.driving.attendee import Attendee
from loadtests.driving.crowd import Crowd
from loadtests.driving.frames import TEXT, plain
from loadtests.measuring.gauges import Use, use
from loadtests.measuring.program import Program, started
from loadtests.measuring.spread import Spread
from server.launching.ports import listening_socket
from server.launching.workers import BACKLOG, tune_collector

HOST = "127.0.0.1"
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""Of RFC 6455, 1.3."""
TOLD_S = 30.0


class Floor:
    """The running floor with its own crowd."""

    def __init__(self, program: Program, crowd: Crowd) -> None:
        self._program = program
        self._round = 0
        self.crowd = crowd

    async def tell_everybody(self, size: int) -> tuple[Spread, float]:
        """One frame of that size to each: milliseconds from just before the first write, and its processor seconds."""
        self._round += 1
        mark = self.crowd.mark(b"room %d" % self._round)
        await self._program.ask(f"prepare {self._round} {size}")
        began, cpu_s = map(float, (await self._program.ask("go")).split())
        await mark.all(TOLD_S)
        self.crowd.forget(b"room %d" % self._round)
        return mark.since(began), cpu_s

    def use(self) -> Use:
        """What its process takes."""
        return use([self._program.pid])


@asynccontextmanager
async def a_floor(people: int, welcome_bytes: int) -> AsyncIterator[Floor]:
    """A floor for so many; nobody has come yet."""
    async with started("loadtests.measuring.floor", str(welcome_bytes)) as program:
        port = int(await program.hear())
        seats = [(f"p{number}", "") for number in range(people)]
        async with Crowd(HOST, port, _door, seats, sits=False) as crowd:
            yield Floor(program, crowd)


async def _door(_person: Attendee) -> str:
    return "/"


# --- the process ----------------------------------------------------------------------------------------------------


class Line(asyncio.Protocol):
    """One client: agrees to speak WebSocket, answers its first frame with the welcome, then only writes."""

    def __init__(self, lines: set["Line"], welcome: bytes) -> None:
        self._lines = lines
        self._welcome = welcome
        self._open = False
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody comes."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by name

    def data_received(self, data: bytes) -> None:
        """The request, then the hello; nothing else is of interest."""
        if not self._open:
            self._open = True
            key = data.partition(b"Sec-WebSocket-Key: ")[2].split(b"\r\n", 1)[0]
            accept = base64.b64encode(hashlib.sha1(key + MAGIC, usedforsecurity=False).digest())
            head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            self.transport.write(head + b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
        elif self not in self._lines:
            self._lines.add(self)
            self.transport.write(self._welcome)

    def connection_lost(self, error: Exception | None) -> None:
        """Somebody goes."""
        self._lines.discard(self)


def padded(text: str, size: int) -> bytes:
    """A frame whose JSON text has so many bytes: begins as ours do, and ends in spaces."""
    return plain(TEXT, text.encode().ljust(size))


async def serve(welcome_bytes: int) -> None:
    """Serve until the input ends."""
    loop, lines = asyncio.get_running_loop(), set[Line]()
    welcome = padded('{"type":"welcome","snapshot":{"seq":0,"room":null}}', welcome_bytes)
    listening = listening_socket(HOST, 0)
    await loop.create_server(lambda: Line(lines, welcome), sock=listening, backlog=BACKLOG)
    tune_collector()
    words = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(words), sys.stdin)
    print(listening.getsockname()[1], flush=True)
    frames: list[tuple[asyncio.Transport, bytes]] = []
    while line := (await words.readline()).decode().split():
        if line[0] == "prepare":
            text = '{"type":"room.changed","room":{"id":"%s-%d"}}'
            frames = [(to.transport, padded(text % (line[1], at), int(line[2]))) for at, to in enumerate(lines)]
            print("ready", flush=True)
        else:
            began, worked = monotonic(), process_time()
            for transport, frame in frames:
                transport.write(frame)
            print(began, process_time() - worked, flush=True)


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
