"""A real Redis server on a socket of its own, started when a test first wants it, flushed for each test."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from server.launching.redis import binary
from server.store.client import Store, StoreAwayError
from server.store.probe import ping

READY_S = 20.0
LOOK_S = 0.02


class RedisProcess:
    """One server process with a folder of its own, which can be killed and stalled."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="rondo-test-")
        self._process: subprocess.Popen[bytes] | None = None

    def kill(self) -> None:
        """End it as a power cut would end the process."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """It lives and answers nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it and forget its files."""
        if self._process is not None:
            self.kill()
        self._folder.cleanup()


class TestRedis(RedisProcess):
    """A single server on a socket in its folder."""

    __test__ = False

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._environ = dict(environ or {})
        self._socket = Path(self._folder.name) / "redis.sock"
        self.url = f"unix://{self._socket}"

    def take_over(self, files: Path) -> None:
        """Begin with what another server has left."""
        shutil.copytree(files, self._folder.name, dirs_exist_ok=True)

    async def start(self) -> None:
        """Start it and wait until it answers."""
        self._spawn()
        async with asyncio.timeout(READY_S):
            while True:
                try:
                    await ping(self.url)
                except StoreAwayError:
                    await asyncio.sleep(LOOK_S)
                else:
                    return

    def _spawn(self) -> None:
        options = ["--port", "0", "--unixsocket", str(self._socket), "--dir", self._folder.name, "--save", ""]
        self._process = subprocess.Popen(
            [binary(), *options, "--appendonly", "yes"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | self._environ,
        )


@asynccontextmanager
async def a_redis(environ: Mapping[str, str] | None = None, files: Path | None = None) -> AsyncIterator[TestRedis]:
    """A server for one test that breaks it, with these words in its environment, begun with the files of another."""
    redis = TestRedis(environ)
    if files is not None:
        redis.take_over(files)
    await redis.start()
    try:
        yield redis
    finally:
        redis.stop()


@asynccontextmanager
async def flushed(url: str) -> AsyncIterator[Store]:
    """A Redis with nothing in it, and a connection to it."""
    store = Store(url, 1.0)
    await store.everywhere("FLUSHALL")
    try:
        yield store
    finally:
        await store.close()
