"""A small process of our own beside a run: lines in, lines out, and it ends with us."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.kin import dies_with_parent

ANSWER_S = 60.0
LINE_BYTES = 1024 * 1024


class Program:
    """The process, by its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = process.pid

    def tell(self, line: str) -> None:
        """Send it a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")

    async def hear(self) -> str:
        """Its next line.

        Raises:
            EOFError: it has ended.
        """
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise EOFError("the process has ended")
        return line.decode().rstrip()

    async def ask(self, line: str) -> str:
        """Send a line and wait for one."""
        self.tell(line)
        async with asyncio.timeout(ANSWER_S):
            return await self.hear()


@asynccontextmanager
async def started(module: str, *arguments: str) -> AsyncIterator[Program]:
    """Run a module of ours beside the body."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=LINE_BYTES,
        preexec_fn=dies_with_parent(signal.SIGKILL),
    )  # fmt: skip
    try:
        yield Program(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
