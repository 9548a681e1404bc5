"""A TCP proxy before Redis which loses answers: what was asked is done, and whoever asked never hears of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from random import Random

CHUNK_BYTES = 65_536


class LosingProxy:
    """Passes bytes between TCP clients and a unix socket; cuts a connection instead of passing some answers on."""

    def __init__(self, target: str, chance: Random) -> None:
        self._target = target.removeprefix("unix://")
        self._chance = chance
        self._lives: set[asyncio.Task[None]] = set()
        self.loses = 0.0
        """The share of answers that are lost, each with its connection."""
        self.lost = 0
        """Answers lost so far."""
        self.port = 0

    @property
    def url(self) -> str:
        """Where it takes connections."""
        return f"redis://127.0.0.1:{self.port}"

    async def run(self) -> asyncio.Server:
        """Begin to pass on."""
        server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        life = asyncio.ensure_future(self._serve(reader, writer))
        self._lives.add(life)
        life.add_done_callback(self._lives.discard)
        life.add_done_callback(lambda _: writer.close())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there = await asyncio.open_unix_connection(self._target)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass(reader, there, loses=False))
                group.create_task(self._pass(there_reader, writer, loses=True))
        finally:
            there.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, loses: bool) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                if loses and self._chance.random() < self.loses:
                    self.lost += 1
                    break
                writer.write(data)
                await writer.drain()
        writer.close()

    async def close(self) -> None:
        """Cut everything."""
        for life in list(self._lives):
            life.cancel()
        await asyncio.gather(*self._lives, return_exceptions=True)


@asynccontextmanager
async def a_losing_proxy(target: str, chance: Random) -> AsyncIterator[LosingProxy]:
    """A proxy before this Redis, which loses nothing yet."""
    proxy = LosingProxy(target, chance)
    server = await proxy.run()
    try:
        yield proxy
    finally:
        server.close()
        await proxy.close()
