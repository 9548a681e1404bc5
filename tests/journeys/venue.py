"""A real server with two workers for journeys: started, watched, hurt and stopped like anybody's."""

import asyncio
import os
import re
import signal
import sys
import urllib.request
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment, Segment
from server.records.engine import Records

ROOT = Path(__file__).parent.parent.parent
READY_WITHIN_S = 60
STOPPED_WITHIN_S = 15
READY_LINE = "Ctrl-C stops it."
"""The last line of what a server prints when all is ready."""


class Venue:
    """A running server: its address, its database, its processes."""

    def __init__(self, process: asyncio.subprocess.Process, url: str, data: Path, printed: list[str]) -> None:
        self.process = process
        self.url = url
        self.data = data
        self.printed = printed
        """Lines the server has written so far."""
        self.records = Records.at(data / "rondo.sqlite3")

    @property
    def setup_link(self) -> str:
        """The one-time link for the first organiser, as printed."""
        found = re.search(r"https?://\S+/setup/\S+", "\n".join(self.printed))
        assert found, "no set-up link was printed"
        return found[0]

    def workers(self) -> list[int]:
        """Process ids of the worker processes."""
        return [pid for pid in children(self.process.pid) if b"worker" in command_line(pid)]

    def worker_named(self, name: str) -> int:
        """Process id of the worker with this name."""
        (pid,) = [pid for pid in self.workers() if name.encode() in command_line(pid)]
        return pid

    def kill_worker(self, pid: int) -> None:
        """As a crash would: no goodbye."""
        os.kill(pid, signal.SIGKILL)

    def tracebacks(self) -> list[str]:
        """What a clean evening never prints."""
        return [line for line in self.printed if "Traceback" in line]


def children(pid: int) -> list[int]:
    """Process ids of a process's children, theirs included."""
    direct = [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return direct + [grandchild for child in direct for grandchild in children(child)]


def command_line(pid: int) -> bytes:
    """How a process was started."""
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def is_alive(pid: int) -> bool:
    """Whether a process of ours still runs."""
    return Path(f"/proc/{pid}").exists() and b"server" in command_line(pid)


async def answers(url: str) -> bool:
    """Whether a page can be had."""

    def fetch() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=2) as response:
                return bool(response.status == 200)
        except OSError:
            return False

    return await asyncio.to_thread(fetch)


async def listen(process: asyncio.subprocess.Process, printed: list[str]) -> None:
    """Keep what the server prints."""
    assert process.stdout
    async for line in process.stdout:
        printed.append(line.decode().rstrip())


@asynccontextmanager
async def open_venue(
    data: Path, port: int, *flags: str, environ: Mapping[str, str] | None = None
) -> AsyncIterator[Venue]:
    """Start `serve` with two workers and wait until it is ready; stop it and see that nothing stays behind."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server", "serve", "--data", str(data), "--port", str(port), "--workers", "2", *flags,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        env={key: value for key, value in os.environ.items() if not key.startswith("RONDO_")} | dict(environ or {}),
    )  # fmt: skip
    printed: list[str] = []
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(listen(process, printed))
        url = f"http://127.0.0.1:{port}"
        try:
            async with asyncio.timeout(READY_WITHIN_S):
                while not (await answers(f"{url}/ready") and READY_LINE in "\n".join(printed)):
                    assert process.returncode is None, "\n".join(printed)
                    await asyncio.sleep(0.1)
            venue = Venue(process, url, data, printed)
            yield venue
            await venue.records.close()
        finally:
            family = children(process.pid) if process.returncode is None else []
            if process.returncode is None:
                process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.wait(), STOPPED_WITHIN_S)
    assert not [pid for pid in family if is_alive(pid)]


def short_agenda(*rounds: RoundsSegment) -> tuple[Segment, ...]:
    """Doors open until the organiser starts, some rounds, a closing."""
    return (LobbySegment(length_s=3600), *rounds, ClosingSegment(length_s=3600))
