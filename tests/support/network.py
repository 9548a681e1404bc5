"""A connection that can be delayed, dropped or cut: a proxy between two unix sockets."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

CHUNK_BYTES = 65_536


class Proxy:
    """Passes bytes on until told otherwise."""

    def __init__(self, target: str) -> None:
        self._target = target.removeprefix("unix://")
        self._folder = tempfile.TemporaryDirectory(prefix="rondo-test-")
        self._path = str(Path(self._folder.name) / "proxy.sock")
        self._lives: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.url = f"unix://{self._path}"
        self.lose_answers = 0
        """So many answers to come are lost, each with its connection."""

    async def open(self) -> None:
        """Begin to pass on."""
        self._server = await asyncio.start_unix_server(self._take, self._path)

    async def cut(self) -> None:
        """Cut all connections and take no new ones."""
        assert self._server is not None
        self._server.close()
        self._unlink()
        for task in list(self._lives):
            task.cancel()
        await asyncio.gather(*self._lives, return_exceptions=True)

    def _unlink(self) -> None:
        Path(self._path).unlink(missing_ok=True)

    async def close(self) -> None:
        """End it."""
        await self.cut()
        self._folder.cleanup()

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._server is None or not self._server.is_serving():  # accepted in the moment of the cut
            writer.close()
            return
        life = asyncio.ensure_future(self._serve(reader, writer))
        self._lives.add(life)
        life.add_done_callback(self._lives.discard)
        life.add_done_callback(lambda _: writer.close())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there_writer = await asyncio.open_unix_connection(self._target)
        except OSError:
            return
        try:
            await asyncio.gather(self._pass_up(reader, there_writer), self._pass_down(there_reader, writer))
        finally:
            there_writer.close()

    async def _pass_up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def _pass_down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                if self.lose_answers:
                    self.lose_answers -= 1
                    break
                writer.write(data)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def a_proxy(target: str) -> AsyncIterator[Proxy]:
    """A proxy in front of this Redis."""
    proxy = Proxy(target)
    await proxy.open()
    try:
        yield proxy
    finally:
        await proxy.close()
