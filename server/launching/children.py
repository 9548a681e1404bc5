"""Child processes that end with their parent, however that ends."""

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from server.kin import dies_with_parent


class StartError(Exception):
    """Something on this machine is in the way; the message is one line that says what to do."""


@dataclass
class Child:
    """How to start a process, and the process."""

    command: Sequence[str]
    environ: Mapping[str, str] = field(default_factory=dict)
    death: signal.Signals = signal.SIGKILL
    """What the kernel sends it when the parent is gone."""
    keep_open: Sequence[int] = ()
    """File descriptors it inherits."""
    quiet: bool = False
    waits: bool = False
    """It waits for a byte on its input before it begins."""
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> asyncio.subprocess.Process:
        """Start it in a process group of its own: Ctrl-C is the parent's to handle."""
        silence = asyncio.subprocess.DEVNULL if self.quiet else None
        self.process = await asyncio.create_subprocess_exec(
            *self.command,
            stdin=asyncio.subprocess.PIPE if self.waits else asyncio.subprocess.DEVNULL,
            stdout=silence,
            stderr=silence,
            env={**os.environ, **self.environ},
            pass_fds=self.keep_open,
            preexec_fn=dies_with_parent(self.death),
            start_new_session=True,
        )
        return self.process

    def go(self) -> None:
        """It may begin."""
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(b".")

    async def stop(self, within_s: float) -> None:
        """Ask it to stop; kill it when it does not."""
        process = self.process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            async with asyncio.timeout(within_s):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
