"""The way in by HTTP: a few lines that stay open, over which tickets are asked for as pages do."""

import asyncio
from types import TracebackType
from typing import Self, cast

import msgspec

LINES = 64
"""Open HTTP connections: browsers bring thousands, but each asks once, and two workers answer no more at a time."""
ANSWER_S = 30.0


class RefusedError(Exception):
    """The server answered with something else than 200."""


class _Answer(msgspec.Struct):
    ws: str


_decoder = msgspec.json.Decoder(_Answer)


class _Line(asyncio.Protocol):
    """One HTTP/1.1 connection, one request at a time."""

    def __init__(self) -> None:
        self._got = b""
        self._answer: asyncio.Future[bytes] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by name

    async def ask(self, request: bytes) -> bytes:
        """Send a request and wait for the body of its answer."""
        assert self.transport is not None
        self._got = b""
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        async with asyncio.timeout(ANSWER_S):
            return await self._answer

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, end, body = self._got.partition(b"\r\n\r\n")
        if not end or self._answer is None or self._answer.done():
            return
        lowered = head.lower()
        length = int(lowered.partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
        if len(body) < length:
            return
        if head.split(b" ", 2)[1] == b"200":
            self._answer.set_result(body)
        else:
            self._answer.set_exception(RefusedError(head.split(b"\r\n", 1)[0].decode()))

    def connection_lost(self, error: Exception | None) -> None:
        self.transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError("the line was closed"))

    @property
    def usable(self) -> bool:
        return self.transport is not None and not self.transport.is_closing()


class Doors:
    """Asks for tickets. Opened lazily; a line that was closed is replaced when it is wanted next."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._free: asyncio.LifoQueue[_Line | None] = asyncio.LifoQueue()
        for _ in range(LINES):
            self._free.put_nowait(None)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while not self._free.empty():
            line = self._free.get_nowait()
            if line is not None and line.transport is not None:
                line.transport.abort()

    async def ticket(self, path: str, cookie: str) -> str:
        """The path of the socket that a page with this cookie may open.

        Raises:
            RefusedError: the server does not give one.
            OSError: it is not there.
        """
        request = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nOrigin: http://{self._host}:{self._port}\r\n"
            f"Cookie: {cookie}\r\nAccept: application/json\r\nContent-Length: 0\r\n\r\n"
        )
        line = await self._free.get()
        try:
            if line is not None and line.usable:
                try:
                    return _decoder.decode(await line.ask(request.encode())).ws
                except ConnectionResetError:  # closed while it rested: browsers, too, take a new one then
                    line = None
            line = await self._open()
            return _decoder.decode(await line.ask(request.encode())).ws
        except BaseException:
            if line is not None and line.transport is not None:
                line.transport.abort()
            line = None
            raise
        finally:
            self._free.put_nowait(line)

    async def _open(self) -> _Line:
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(_Line, self._host, self._port)
        return line
