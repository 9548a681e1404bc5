"""Which events want a conductor, and when to look again."""

from rooms.language.ids import EventId, Instant
from server.store import keys
from server.store.client import Store


class Running:
    """A sorted set of events by the instant at which somebody should see whether they are conducted."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def wake(self, event: EventId, now: Instant) -> None:
        """There is work for a conductor now: all supervisors hear of it."""
        await self._store.do_all(("ZADD", keys.RUNNING, now, event), ("SPUBLISH", keys.WAKE, event))

    async def look_again(self, event: EventId, at: Instant) -> None:
        """Look then whether it is conducted."""
        await self._store.do("ZADD", keys.RUNNING, at, event)

    async def forget(self, event: EventId) -> None:
        """Nothing is to be done until somebody wakes it."""
        await self._store.do("ZREM", keys.RUNNING, event)

    async def due(self, now: Instant) -> list[EventId]:
        """Events whose instant has come."""
        rows = await self._store.do("ZRANGEBYSCORE", keys.RUNNING, "-inf", now)
        return [EventId(row.decode()) for row in rows]

    async def everything(self) -> list[EventId]:
        """All events that somebody conducts or should."""
        return [EventId(row.decode()) for row in await self._store.do("ZRANGE", keys.RUNNING, 0, -1)]
