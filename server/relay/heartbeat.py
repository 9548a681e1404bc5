"""The heartbeat: this worker lives, and so do its connections; what could not be said at once is said later."""

import asyncio
from collections import deque

import structlog

from rooms.language.ids import EventId
from rooms.language.orders import Order
from server.relay.relay import Relay
from server.store.client import StoreAwayError
from server.store.inbox import Inbox
from server.store.presence import Presence

log = structlog.get_logger("heartbeat")

BEAT_S = 1.0
MOST_LATER = 20_000
"""Departures kept for later while Redis is away; the oldest go first, the reaper does not know of them."""


class Heartbeat:
    """Beats once a second."""

    def __init__(self, presence: Presence, relay: Relay, inbox: Inbox) -> None:
        self._presence = presence
        self._relay = relay
        self._inbox = inbox
        self._later: deque[tuple[EventId, Order]] = deque(maxlen=MOST_LATER)
        self._known = False
        self.well = True
        """Whether Redis answered the last beat."""

    async def run(self) -> None:
        """Beat for ever."""
        while True:
            try:
                await self.beat()
                self.well = True
            except StoreAwayError as error:
                if self.well:
                    log.warning("Redis is away", error=str(error))
                self.well = False
            await asyncio.sleep(BEAT_S)

    async def beat(self) -> None:
        """Say that we live; if others took us for dead, send our people on, since they were seen off already."""
        known = await self._presence.beat()
        if self._known and not known:
            log.warning("taken for dead", worker=self._presence.worker)
            self._relay.send_everybody_on()
        self._known = True
        while self._later:
            event, order = self._later[0]
            await self._inbox.submit(event, order)
            self._later.popleft()

    def say_later(self, event: EventId, order: Order) -> None:
        """Redis is away: submit this order when it is back."""
        self._later.append((event, order))
