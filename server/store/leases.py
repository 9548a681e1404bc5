"""Leases: the right to conduct an event, with a number that rises each time it changes hands."""

from rooms.language.ids import EventId, WorkerId
from server.store import keys
from server.store.client import Store
from server.store.scripts import script

TAKE = script("lease_take", "lease head", "owner lease_ms")
KEEP = script("lease_keep", "lease head", "owner fence lease_ms")
DROP = script("lease_drop", "lease head inbox", "owner fence")
BREAK = script("lease_break", "lease", "owner")


class Leases:
    """Takes, keeps and drops leases for one worker. Nobody trusts their expiry: each write is checked by the number."""

    def __init__(self, store: Store, worker: WorkerId, lease_ms: int) -> None:
        self._store = store
        self.owner = worker
        self.lease_ms = lease_ms

    async def take(self, event: EventId) -> int | None:
        """Become the conductor; the fence number, or None when somebody else is."""
        fence = await self._store.run(TAKE, [keys.lease(event), keys.head(event)], [self.owner, self.lease_ms])
        return int(fence) or None

    async def keep(self, event: EventId, fence: int) -> bool:
        """Prolong; False when somebody else took it."""
        names = [keys.lease(event), keys.head(event)]
        return bool(await self._store.run(KEEP, names, [self.owner, fence, self.lease_ms]))

    async def drop(self, event: EventId, fence: int) -> bool:
        """Leave; False when an order came in meanwhile and must be decided first."""
        names = [keys.lease(event), keys.head(event), keys.inbox(event)]
        return bool(await self._store.run(DROP, names, [self.owner, fence]))

    async def break_of(self, event: EventId, dead: WorkerId) -> bool:
        """Free an event that a dead worker conducted."""
        return bool(await self._store.run(BREAK, [keys.lease(event)], [dead]))
