"""Copying the journal to SQL, beside the conductor's loop; it goes on where its own cursor stands."""

import asyncio
from contextlib import suppress

from rooms.language.ids import EventId
from server.conducting.desk import Desk
from server.records import scribe

PAUSE_S = 0.2
"""Entries of so long are copied in one transaction."""
LOOK_S = 5.0
"""Look at the journal this often even if nobody rang."""


class Scribe:
    """Copies one event's entries as they come."""

    def __init__(self, desk: Desk, event: EventId) -> None:
        self._desk = desk
        self._event = event
        self._rung = asyncio.Event()
        self.copied = 0
        """Up to which number SQL has everything; 0 until the cursor has been read."""

    def ring(self) -> None:
        """There are new entries."""
        self._rung.set()

    async def run(self) -> None:
        """Copy for ever; an error ends it, and it may be run again."""
        self.copied = await scribe.cursor(self._desk.records, self._event)
        head = await self._desk.journal.head(self._event)
        if self.copied > head.seq:  # a new primary of Redis lacked the last moments
            await scribe.rewind(self._desk.records, self._event, head.seq)
            self.copied = head.seq
        while True:
            self._rung.clear()
            await self._copy_all()
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_S):
                    await self._rung.wait()
            await asyncio.sleep(PAUSE_S)

    async def _copy_all(self) -> None:
        while entries := await self._desk.journal.read(self._event, self.copied):
            await scribe.copy(self._desk.records, self._event, entries)
            self.copied = entries[-1].seq
