"""`python -m server serve` as anybody runs it: ready, hurt, stopped; and what is wrong is one line."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx2
import pytest

from server.launching.parent import AGAIN_S, SILENT_S

ROOT = Path(__file__).parent.parent.parent.parent
READY_S = 90
SERVE = (sys.executable, "-m", "server", "serve")


class Running:
    """A server and what it printed."""

    def __init__(self, process: asyncio.subprocess.Process, printed: str) -> None:
        self.process = process
        self.printed = printed
        found = re.search(r"ready at (http://\S+)", printed)
        self.url = found[1] if found else ""

    def processes(self) -> dict[int, str]:
        """All that it started, by id."""
        return {pid: command_line(pid) for pid in children(self.process.pid)}

    def workers(self) -> list[int]:
        """Ids of its workers."""
        return [pid for pid, line in self.processes().items() if " worker " in line]

    async def health(self) -> str:
        """The name of a worker that answers."""
        async with httpx2.AsyncClient(trust_env=False) as browser:
            return str((await browser.get(f"{self.url}/health")).json()["worker"])


def children(pid: int) -> list[int]:
    """Ids of the processes a process started."""
    return [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_line(pid: int) -> str:
    """How a process was started; empty when it is gone or only waits to be noticed."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


async def start(*flags: str, **environ: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *SERVE,
        *flags,
        cwd=ROOT,
        env={**os.environ, **environ},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def serving(data: Path, *flags: str) -> AsyncIterator[Running]:
    process = await start("--port", "0", "--data", str(data), "--no-demo", *flags)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(READY_S):
            printed = (await process.stdout.readuntil(b"Ctrl-C stops it.")).decode()
        yield Running(process, printed)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def gone(pids: list[int]) -> None:
    async with asyncio.timeout(20):
        while any(command_line(pid) for pid in pids):
            await asyncio.sleep(0.05)


async def test_it_serves_survives_a_dead_worker_and_leaves_nothing_behind(tmp_path: Path) -> None:
    async with serving(tmp_path) as server:
        assert "/setup/" in server.printed
        assert await server.health()
        first = server.workers()
        assert len(first) == 2
        os.kill(first[0], signal.SIGKILL)
        async with asyncio.timeout(READY_S):
            while len(set(server.workers()) - set(first)) < 1:
                await asyncio.sleep(0.1)
        assert await server.health()
        everything = list(server.processes())
        assert len(everything) == 3
        server.process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(server.process.wait(), 30) == 0
        await gone(everything)


async def test_nothing_is_left_after_kill_9_of_the_parent_and_it_starts_again_there(tmp_path: Path) -> None:
    async with serving(tmp_path, "--workers", "1") as server:
        everything = list(server.processes())
        server.process.kill()
        await gone(everything)
    async with serving(tmp_path, "--workers", "1") as server:
        assert await server.health()


async def test_a_worker_that_stands_still_is_replaced(tmp_path: Path) -> None:
    async with serving(tmp_path, "--workers", "1") as server:
        (stuck,) = server.workers()
        os.kill(stuck, signal.SIGSTOP)
        async with asyncio.timeout(READY_S):
            while stuck in server.workers() or not server.workers():
                await asyncio.sleep(0.1)
            while True:
                with suppress(httpx2.HTTPError):
                    assert await server.health()
                    break


async def test_it_is_not_the_workers_that_stood_still_when_the_parent_did(tmp_path: Path) -> None:
    async with serving(tmp_path, "--workers", "1") as server:
        (worker,) = server.workers()
        server.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(SILENT_S + 2 * AGAIN_S)  # a laptop that sleeps does not dream either
        server.process.send_signal(signal.SIGCONT)
        async with asyncio.timeout(READY_S):
            for _ in range(3):
                assert await server.health()
                await asyncio.sleep(AGAIN_S)
        assert server.workers() == [worker]


async def test_workers_are_replaced_one_by_one_at_a_word(tmp_path: Path) -> None:
    async with serving(tmp_path) as server:
        first, fewest = set(server.workers()), 2
        server.process.send_signal(signal.SIGHUP)
        async with asyncio.timeout(READY_S):
            while len(here := set(server.workers())) < 2 or here & first:
                fewest = min(fewest, len(here))
                await asyncio.sleep(0.02)
        assert fewest == 1
        assert await server.health()


async def test_a_redis_that_dies_is_started_again(tmp_path: Path) -> None:
    async with serving(tmp_path, "--workers", "1") as server:
        (redis,) = [pid for pid, line in server.processes().items() if "redis.sock" in line and " worker " not in line]
        os.kill(redis, signal.SIGKILL)
        async with asyncio.timeout(READY_S), httpx2.AsyncClient(trust_env=False) as browser:
            while redis in server.processes() or (await browser.get(f"{server.url}/ready")).status_code != 200:
                await asyncio.sleep(0.1)


async def refused(*flags: str, **environ: str) -> str:
    """What it says when it cannot start: one line, no traceback, code 2."""
    process = await start(*flags, **environ)
    async with asyncio.timeout(READY_S):
        out, error = await process.communicate()
    assert process.returncode == 2, error.decode()
    assert out == b""
    lines = error.decode().strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


async def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert "--port" in await refused("--port", port, "--data", str(tmp_path))


async def test_a_port_another_rondo_has_is_taken_too(tmp_path: Path) -> None:
    async with serving(tmp_path / "one", "--workers", "1") as server:
        port = server.url.rpartition(":")[2]
        assert "--port" in await refused("--port", port, "--data", str(tmp_path / "two"))
        assert "Another Rondo" in await refused("--port", "0", "--data", str(tmp_path / "one"))


async def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert "--data" in await refused("--port", "0", "--data", str(tmp_path / "file" / "data"))


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"RONDO_PORT": "eighty"}, "RONDO_PORT"),
        ({"RONDO_NOTHING": "1"}, "RONDO_NOTHING"),
        ({"RONDO_REDIS_URL": "redis://127.0.0.1:1"}, "RONDO_REDIS_URL"),
        ({"RONDO_DATABASE_URL": "nonsense"}, "RONDO_DATABASE_URL"),
        ({"RONDO_HOST": "203.0.113.7"}, "--host"),
    ],
)
async def test_what_is_wrong_is_one_line(tmp_path: Path, environ: dict[str, str], said: str) -> None:
    assert said in await refused(**{"RONDO_DATA": str(tmp_path), "RONDO_PORT": "0", **environ})
