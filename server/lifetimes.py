"""Starting and ending tasks: nothing else in `server/` starts one outside a TaskGroup."""

import asyncio
from asyncio import sleep
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog

log = structlog.get_logger("lifetimes")

FIRST_PAUSE_S = 0.1
"""How long a life that broke rests before it starts again, the first time."""
LONGEST_PAUSE_S = 5.0
"""And at most, however often it breaks."""
LONGEST_AWAY_S = 0.5
"""And at most where the error was expected: what comes back is to be noticed, however often it was away before."""
CALM_S = 30.0
"""A life that held so long starts again with the first pause."""


async def first_to_finish(*lives: Coroutine[Any, Any, None]) -> None:
    """Run the lives side by side; when one ends, end the others and raise what it raised.

    Of several errors at the same moment the first is raised.
    """
    tasks = [asyncio.ensure_future(life) for life in lives]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await cancel_all(tasks)
    for task in done:
        if (error := task.exception()) is not None:
            raise error


@asynccontextmanager
async def beside(*lives: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run the lives beside the body; they end with it, the one started last first."""
    tasks = [asyncio.ensure_future(life) for life in lives]
    try:
        yield
    finally:
        for task in reversed(tasks):
            await cancel_all([task])


async def cancel_all(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel the tasks and wait until they are over; what they still raise is of no interest any more."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class Passing:
    """Short lives that come and go; whoever owns them ends those that are left."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, life: Coroutine[Any, Any, None]) -> None:
        """Begin one more. It must not raise: nobody asks how it ended."""
        task = asyncio.ensure_future(life)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """End all that are left."""
        await cancel_all(list(self._tasks))


async def restart_with_backoff(
    name: str,
    life: Callable[[], Awaitable[None]],
    expected: tuple[type[Exception], ...] = (),
    longest_away_s: float = LONGEST_AWAY_S,
) -> None:
    """Run a life for ever: what it raises is logged and it starts again after a growing pause.

    `expected` errors (Redis is away) are logged as one line and the pause stays short, all others with their trace.
    """
    loop = asyncio.get_running_loop()
    pause = FIRST_PAUSE_S
    while True:
        began, longest = loop.time(), LONGEST_PAUSE_S
        try:
            await life()
        except expected as error:
            longest = longest_away_s
            log.warning("life paused", life=name, error=str(error))
        except Exception:
            log.exception("life broke", life=name)
        if loop.time() - began > CALM_S:
            pause = FIRST_PAUSE_S
        pause = min(pause, longest)
        await sleep(pause)
        pause = min(pause * 2, longest)
