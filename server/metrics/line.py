"""Between a parent and one worker: a byte asks for the numbers, the same byte, a length and the report answer."""

import asyncio
import socket
from collections.abc import Callable

LENGTH_BYTES = 4
ANSWER_S = 1.0
"""Longest wait for a worker: one that takes longer has worse troubles than its numbers."""


async def answer(line: socket.socket, take: Callable[[], bytes]) -> None:
    """The worker's side: answer until the parent is gone; then wait to be ended, since that is for others to notice."""
    reader, writer = await asyncio.open_connection(sock=line)
    try:
        while question := await reader.read(1):
            numbers = take()
            writer.write(question + len(numbers).to_bytes(LENGTH_BYTES, "big") + numbers)
            await writer.drain()
        await asyncio.Event().wait()
    finally:
        writer.close()


class Asker:
    """The parent's side."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._asked = 0
        self._head: bytes | None = None
        """Of an answer whose rest did not come in time: it is read on with the next question."""

    async def ask(self) -> bytes | None:
        """The numbers of now; None when the worker does not answer. Not to be asked twice at a time."""
        self._asked = (self._asked + 1) % 256
        try:
            async with asyncio.timeout(ANSWER_S):
                self._writer.write(bytes([self._asked]))
                while True:
                    number, numbers = await self._read()
                    if number == self._asked:
                        return numbers
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            return None

    async def _read(self) -> tuple[int, bytes]:
        """One whole answer, also if it takes several calls."""
        if self._head is None:
            self._head = await self._reader.readexactly(1 + LENGTH_BYTES)
        numbers = await self._reader.readexactly(int.from_bytes(self._head[1:], "big"))
        number, self._head = self._head[0], None
        return number, numbers

    def close(self) -> None:
        """Hang up."""
        self._writer.close()
