"""A primary that Sentinels name: whoever connects asks them first, so nobody stays with one that has been replaced."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import Connection, SSLConnection
from redis.exceptions import ConnectionError as RedisConnectionError

from server.store.address import Address
from server.store.away import StoreAwayError
from server.store.node import Node

ASK_S = 0.3
"""Longest wait for a Sentinel: they are asked at once, and one that is gone must not cost a command its second."""
FRESH_S = 0.1
"""So long an answer serves for others that connect at the same moment."""

Place = tuple[str, int]


class Finder:
    """Asks all Sentinels which server is the primary."""

    def __init__(self, address: Address, on_move: Callable[[], None]) -> None:
        self._service = address.service
        self._sentinels = [
            Node({**address.sentinel_options, "host": host, "port": port}, ASK_S) for host, port in address.hosts
        ]
        self._on_move = on_move
        self._lock = asyncio.Lock()
        self._found: Place | None = None
        self._found_at = float("-inf")

    async def primary(self) -> Place:
        """Where it is now, by what most of those say who answer.

        Raises:
            ConnectionError: redis-py's, since its connections ask: no Sentinel answers, or none knows it.
        """
        loop = asyncio.get_running_loop()
        async with self._lock:
            if self._found is not None and loop.time() - self._found_at < FRESH_S:
                return self._found
            answers = await asyncio.gather(*(self._ask(sentinel) for sentinel in self._sentinels))
            named = Counter(answer for answer in answers if answer is not None)
            if not named:
                raise RedisConnectionError(f"no Sentinel knows where {self._service} is")
            before, self._found = self._found, named.most_common(1)[0][0]
            self._found_at = loop.time()
        if before not in (None, self._found):
            self._on_move()
        return self._found

    async def _ask(self, sentinel: Node) -> Place | None:
        try:
            answer = await sentinel.ask(("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self._service))
        except StoreAwayError:
            return None
        return (answer[0].decode(), int(answer[1])) if answer else None

    async def close(self) -> None:
        """Let the Sentinels go."""
        for sentinel in self._sentinels:
            await sentinel.close()


class _Guided:
    """A connection that asks where to go, and makes sure that it got there."""

    host: str
    port: int

    def __init__(self, *, where: Callable[[], Awaitable[Place]], **options: Any) -> None:
        self._where = where
        super().__init__(**options)

    async def _connect(self) -> None:
        self.host, self.port = await self._where()
        await super()._connect()  # type: ignore[misc]

    async def on_connect_check_health(self, check_health: bool = True) -> None:
        await super().on_connect_check_health(check_health)  # type: ignore[misc]
        await self.send_command("ROLE", check_health=False)  # type: ignore[attr-defined]
        role = await self.read_response()  # type: ignore[attr-defined]
        if role[0] not in (b"master", "master"):
            raise RedisConnectionError(f"{self.host}:{self.port} is a replica")


class GuidedConnection(_Guided, Connection):
    """In the clear."""


class GuidedSSLConnection(_Guided, SSLConnection):
    """By TLS."""


def options_for(address: Address, finder: Finder) -> dict[str, Any]:
    """What redis-py needs to know to connect to the primary."""
    secure = issubclass(address.options.get("connection_class", Connection), SSLConnection)
    kind = GuidedSSLConnection if secure else GuidedConnection
    return {**address.options, "connection_class": kind, "where": finder.primary}
