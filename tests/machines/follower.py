"""An auditor that knows of failovers: a new primary of Redis may lack the last moments, and goes on without them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rooms.language.changes import ChatSaid, Entry
from rooms.language.ids import EventId
from server.store.client import Store
from tests.faults.auditor import Auditor, followed

LOOKED_BACK = 2_000
"""Entries compared when something is missing: far more than a failover can lose."""


class Follower(Auditor):
    """Follows the journal that stands, and keeps apart what was lost with a primary."""

    def __init__(self, store: Store, event: EventId) -> None:
        super().__init__(store, event)
        self.lost: list[Entry] = []
        """Heard once, and in no journal any more."""

    @property
    def lost_lines(self) -> set[str]:
        """Lines of chat among what was lost."""
        return {entry.change.line.text for entry in self.lost if isinstance(entry.change, ChatSaid)}

    async def catch_up(self) -> None:
        """Read what is written and not known yet; forget first what is not written any more."""
        if self.state is not None and self.entries:
            rows = await self._journal.read(self.event, self.state.seq - 1, 1)
            if not rows or (rows[0].seq == self.entries[-1].seq and rows[0] != self.entries[-1]):
                await self._go_back()
        await super().catch_up()

    async def _go_back(self) -> None:
        assert self.state is not None
        rows = await self._journal.read(self.event, max(0, self.state.seq - LOOKED_BACK), 2 * LOOKED_BACK)
        written = {entry.seq: entry for entry in rows}
        compared = [entry for entry in self.entries if entry.seq >= min(written, default=0)]
        first = next((entry.seq for entry in compared if written.get(entry.seq) != entry), None)
        if first is None:
            return
        self.lost += [entry for entry in compared if entry.seq >= first]
        self.state = await self._journal.load(self.event)
        assert self.state is not None
        others = [written[seq] for seq in sorted(written) if first <= seq <= self.state.seq]
        self.entries = [entry for entry in self.entries if entry.seq < first] + others


@asynccontextmanager
async def a_follower(redis_url: str, event: EventId) -> AsyncIterator[Follower]:
    """Follow this event."""
    async with followed(redis_url, event, Follower) as follower:
        yield follower
