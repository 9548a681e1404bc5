"""The connections to Redis: quick ones that never wait long, and others that listen."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import (
    ClusterDownError,
    MasterDownError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    ResponseError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from server.store.scripts import Script
from server.together import Together

QUICK_CONNECTIONS = 48
"""Commands go together, so a few carry any burst; the others are for pipelines of several commands."""
LISTENING_CONNECTIONS = 4
REST_S = 0.25
"""After a failure everybody is told at once that Redis is away, until this has passed."""
AWAY = (
    RedisConnectionError,
    RedisTimeoutError,
    ReadOnlyError,
    OutOfMemoryError,
    MasterDownError,
    ClusterDownError,
    OSError,
    TimeoutError,
)
UNWELL = ("MISCONF", "NOREPLICAS")
"""Answers without an exception of their own by which Redis says that it takes no writes now."""

T = TypeVar("T")
Command = tuple[str | bytes | int | float, ...]


class StoreAwayError(Exception):
    """Redis does not answer or takes no writes. Whether the last command took effect is not known."""


class LostAnswerError(StoreAwayError):
    """The connection broke with a command on its way: it may have taken effect."""


@contextmanager
def away_is_one_error() -> Iterator[None]:
    """Turn every way in which Redis can be away into `StoreAwayError`."""
    try:
        yield
    except AWAY as error:
        kind = LostAnswerError if isinstance(error, RedisConnectionError) else StoreAwayError
        raise kind(str(error) or type(error).__name__) from error
    except ResponseError as error:
        if str(error).startswith(UNWELL):
            raise StoreAwayError(str(error)) from error
        raise


class Line:
    """One connection to Redis that is subscribed to channels: one task reads, any task may send.

    Not redis-py's own class for this: that connects again by itself, in each task that notices a break.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def send(self, *command: str) -> None:
        """Send a command; its answer comes among the messages.

        Raises:
            StoreAwayError: the line is broken.
        """
        if not self._connection.is_connected:
            raise StoreAwayError("the line is broken")
        with away_is_one_error():
            await self._connection.send_command(*command, check_health=False)

    async def read(self) -> list[bytes]:
        """The next message: its kind, the channel, the content. May be cancelled without losing one.

        Raises:
            StoreAwayError: the line is broken.
        """
        try:
            message: list[bytes] = await self._connection.read_response(disconnect_on_error=False)
        except (RedisConnectionError, OSError) as error:
            raise StoreAwayError(str(error)) from error
        return message

    async def close(self) -> None:
        """Hang up."""
        await self._connection.disconnect(nowait=True)


class Store:
    """Redis as this process uses it. Nothing is ever sent twice: a lost answer is the caller's to think about."""

    def __init__(self, url: str, timeout_s: float) -> None:
        self._quick: Any = _client(url, timeout_s, QUICK_CONNECTIONS)
        self.listening: Any = _client(url, timeout_s, LISTENING_CONNECTIONS, protocol=2)
        self._together: Together[Command, Any] = Together(self._send_all, timeout_s)
        self._timeout_s = timeout_s
        self._rest_until = 0.0

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        """A connection of its own for listening.

        Raises:
            StoreAwayError: Redis cannot be reached.
        """
        with away_is_one_error():
            async with asyncio.timeout(self._timeout_s):
                connection = await self.listening.connection_pool.get_connection()
        line = Line(connection)
        try:
            yield line
        finally:
            await line.close()
            await self.listening.connection_pool.release(connection)

    async def close(self) -> None:
        """Let all connections go."""
        await self._together.close()
        await self._quick.aclose()
        await self.listening.aclose()

    async def run(self, script: Script, keys: Sequence[str], args: Sequence[str | bytes | int]) -> Any:
        """Run one script; the numbers of keys and arguments were compared with its header on import."""
        return await self._call(self._evaluate(script, keys, args))

    async def do(self, *command: str | bytes | int | float) -> Any:
        """Send one command."""
        return await self._call(self._together.ask(command))

    async def do_all(self, *commands: Sequence[str | bytes | int | float]) -> list[Any]:
        """Send several commands in one go, not as a transaction."""
        pipeline = self._quick.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)
        rows: list[Any] = await self._call(pipeline.execute())
        return rows

    async def _evaluate(self, script: Script, keys: Sequence[str], args: Sequence[str | bytes | int]) -> Any:
        command = ("EVALSHA", script.sha, len(keys), *keys, *args)
        try:
            return await self._together.ask(command)
        except NoScriptError:  # nothing was run, so sending it again is safe
            await self._together.ask(("SCRIPT", "LOAD", script.text))
            return await self._together.ask(command)

    async def _send_all(self, commands: Sequence[Command]) -> list[Any]:
        """One flight: several commands of different tasks, not as a transaction; errors stand among the answers."""
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
                    return await wish
        except StoreAwayError:
            self._rest_until = loop.time() + REST_S
            raise


def _client(url: str, timeout_s: float, connections: int, **options: Any) -> Redis:
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=connections,
        timeout=timeout_s,
        retry=Retry(NoBackoff(), 0),
        socket_connect_timeout=timeout_s,
        # Its own way starts a task for each command, and that may swallow a cancellation: `Store` has the timeout.
        socket_timeout=None,
        **options,
    )
    return Redis.from_pool(pool)  # closes the pool with itself


def _forget(wish: Awaitable[Any]) -> None:
    """Close a coroutine that will not be awaited."""
    if asyncio.iscoroutine(wish):
        wish.close()
