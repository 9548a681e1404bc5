"""The inbox of an event: orders wait here until the conductor decides, each with the time at which it was put in."""

from typing import NamedTuple

import msgspec

from rooms.language.codec import decode_order, encode_order
from rooms.language.ids import EventId
from rooms.language.orders import Order
from server.store import keys
from server.store.client import Store, StoreAwayError
from server.store.clock import Clock
from server.store.running import Running
from server.store.scripts import script

SUBMIT = script("submit", "inbox lease bell", "order most not_after")
MOST_WAITING = 20_000
"""Orders that may wait for one conductor: twice the largest event, so that everybody may arrive at once."""
START = "0-0"
"""The cursor before the first order."""


class Waiting(NamedTuple):
    """An order with its place in the inbox."""

    cursor: str
    order: Order


class Inbox:
    """Puts orders in and reads them out."""

    def __init__(self, store: Store, clock: Clock, running: Running) -> None:
        self._store = store
        self._clock = clock
        self._running = running

    async def submit(self, event: EventId, order: Order, within_ms: int = 0) -> None:
        """Ask for something; it is decided later, in order.

        With `within_ms` the order is void when Redis takes longer, so that a refusal given meanwhile stays true.

        Raises:
            StoreAwayError: Redis is away or the inbox is full.
        """
        not_after = self._clock.of_redis() + within_ms if within_ms else 0
        order = msgspec.structs.replace(order, at=self._clock.now())
        names = [keys.inbox(event), keys.lease(event), keys.bell(event)]
        answer = await self._store.run(SUBMIT, names, [encode_order(order), MOST_WAITING, not_after])
        if isinstance(answer, bytes):
            raise StoreAwayError(f"the inbox says {answer.decode()}")
        if not answer[1]:
            await self._running.wake(event, self._clock.now())

    async def read(self, event: EventId, after: str, most: int) -> list[Waiting]:
        """The oldest orders after the cursor, each stamped with the time it came in."""
        rows = await self._store.do("XRANGE", keys.inbox(event), f"({after}", "+", "COUNT", most)
        return [_waiting(entry_id.decode(), fields) for entry_id, fields in rows]


def _waiting(cursor: str, fields: object) -> Waiting:
    data = fields[b"o"] if isinstance(fields, dict) else fields[1]  # type: ignore[index]
    return Waiting(cursor, decode_order(data))
