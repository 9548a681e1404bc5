"""One Redis server as this process uses it: flights of commands, a rest after a failure, lines that listen."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from server.lifetimes import Passing
from server.store.away import StoreAwayError, away_is_one_error
from server.store.line import Line
from server.together import Together

QUICK_CONNECTIONS = 48
"""Commands go together, so a few carry any burst; the others are for pipelines of several commands."""
LISTENING_CONNECTIONS = 4
REST_S = 0.25
"""After a failure everybody is told at once that Redis is away, until this has passed."""

T = TypeVar("T")
Command = tuple[str | bytes | int | float, ...]
"""The words of one command."""


class Node:
    """One server, or the one that is the primary now. Nothing is ever sent twice."""

    def __init__(self, options: dict[str, Any], timeout_s: float, on_away: Callable[[], None] | None = None) -> None:
        """`options` are those of redis-py's connections; `on_away` is called each time it does not answer."""
        self._quick_pool = _pool(options, timeout_s, QUICK_CONNECTIONS)
        self._quick: Any = Redis.from_pool(self._quick_pool)  # closes the pool with itself
        self._listening: Any = Redis.from_pool(_pool({**options, "protocol": 2}, timeout_s, LISTENING_CONNECTIONS))
        self._together: Together[Command, Any] = Together(self._send_all, timeout_s)
        self._timeout_s = timeout_s
        self._on_away = on_away
        self._rest_until = 0.0
        self._closed = False
        self._lines: set[Line] = set()
        self._passing = Passing()

    async def ask(self, command: Command) -> Any:
        """Send one command, with those of others.

        Raises:
            StoreAwayError: no answer in time.
        """
        return await self._call(self._together.ask(command))

    async def ask_all(self, commands: Sequence[Command]) -> list[Any]:
        """Send several commands one after another, not as a transaction; errors stand among the answers.

        Raises:
            StoreAwayError: no answer in time.
        """
        return await self._call(self._send_all(commands))

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        """A connection of its own for listening.

        Raises:
            StoreAwayError: the server cannot be reached.
        """
        with away_is_one_error():
            async with asyncio.timeout(self._timeout_s):
                connection = await self._listening.connection_pool.get_connection()
        line = Line(connection)
        self._lines.add(line)
        try:
            yield line
        finally:
            self._lines.discard(line)
            await line.close()
            await self._listening.connection_pool.release(connection)

    def hang_up(self) -> None:
        """End all lines: what they lead to may not be what they were opened for."""
        for line in self._lines:
            self._passing.start(line.close())

    def drop_idle(self) -> None:
        """End all connections that nobody uses just now; who wants one opens it anew."""
        self._passing.start(self._quick_pool.disconnect(inuse_connections=False))

    async def close(self) -> None:
        """Let all connections go."""
        self._closed = True
        await self._passing.end()
        await self._together.close()
        await self._quick.aclose()
        await self._listening.aclose()

    async def _send_all(self, commands: Sequence[Command]) -> list[Any]:
        if len(commands) == 1:  # half the work of a pipeline
            return [await self._quick.execute_command(*commands[0])]
        pipeline = self._quick.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)
        rows: list[Any] = await pipeline.execute(raise_on_error=False)
        return rows

    async def _call(self, wish: Awaitable[T]) -> T:
        loop = asyncio.get_running_loop()
        if loop.time() < self._rest_until:
            _forget(wish)
            raise StoreAwayError("did not answer a moment ago")
        try:
            with away_is_one_error():
                async with asyncio.timeout(self._timeout_s):
                    return await self._unless_closed(wish)
        except StoreAwayError:
            self._rest_until = loop.time() + REST_S
            if self._on_away is not None:
                self._on_away()
            raise

    async def _unless_closed(self, wish: Awaitable[T]) -> T:
        """Whoever waits for a server that is let go meanwhile hears that it is away, not that they are cancelled."""
        try:
            return await wish
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._closed and task is not None and not task.cancelling():
                raise StoreAwayError("that server is not one of ours any more") from None
            raise


def _pool(options: dict[str, Any], timeout_s: float, connections: int) -> BlockingConnectionPool:
    return BlockingConnectionPool(
        max_connections=connections,
        timeout=timeout_s,
        retry=Retry(NoBackoff(), 0),
        socket_connect_timeout=timeout_s,
        # Its own way starts a task for each command, and that may swallow a cancellation: `Node` has the timeout.
        socket_timeout=None,
        **options,
    )


def _forget(wish: Awaitable[Any]) -> None:
    """Close a coroutine that will not be awaited."""
    if asyncio.iscoroutine(wish):
        wish.close()
