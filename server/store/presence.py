"""Who is where: heartbeats of workers, and which connection of which event lives on which worker."""

import secrets

import msgspec

from rooms.language.ids import ConnectionId, EventId, Instant, Role, WorkerId
from server.store import keys
from server.store.client import Store, StoreAwayError
from server.store.clock import Clock
from server.store.scripts import script

HEARTBEAT = script("heartbeat", "workers", "worker")
REAP = script("reap", "workers", "dead_ms")


def new_worker_id() -> WorkerId:
    """A name no worker had before; without a full stop, since names of connections begin with it."""
    return WorkerId("w" + secrets.token_hex(5))


class Whereabouts(msgspec.Struct, frozen=True, array_like=True):
    """One connection: whose, and of which event."""

    event: EventId
    role: Role
    id: str
    connection: ConnectionId


class Presence:
    """Notes the connections of this worker and finds those of dead ones."""

    def __init__(self, store: Store, clock: Clock, worker: WorkerId) -> None:
        self._store = store
        self._clock = clock
        self.worker = worker
        self._steady_since: Instant | None = None

    async def beat(self) -> bool:
        """This worker lives; False when it was not known (any more)."""
        sent = self._clock.sent()
        try:
            now, known = await self._store.run(HEARTBEAT, [keys.WORKERS], [self.worker])
        except StoreAwayError:
            self._steady_since = None
            raise
        self._clock.learn(sent, now)
        self._steady_since = self._steady_since or Instant(now)
        return bool(known)

    def steady_for(self, length_ms: int) -> bool:
        """Whether Redis has answered for so long: before that, silence says nothing about other workers."""
        return self._steady_since is not None and self._clock.now() - self._steady_since > length_ms

    async def note(self, where: Whereabouts) -> None:
        """A connection opened here."""
        await self._store.do("HSET", keys.connections(self.worker), where.connection, msgspec.msgpack.encode(where))

    async def strike(self, connection: ConnectionId) -> None:
        """A connection closed here."""
        await self._store.do("HDEL", keys.connections(self.worker), connection)

    async def claim_dead(self, dead_ms: int) -> WorkerId | None:
        """One worker that has been silent for so long; it is ours to see off."""
        worker = await self._store.run(REAP, [keys.WORKERS], [dead_ms])
        return None if worker is None else WorkerId(worker.decode())

    async def connections_of(self, worker: WorkerId) -> list[Whereabouts]:
        """What lived on that worker."""
        rows = await self._store.do("HVALS", keys.connections(worker))
        return [msgspec.msgpack.decode(row, type=Whereabouts) for row in rows]

    async def bury(self, worker: WorkerId) -> None:
        """All of a worker's people are seen off (or it leaves in peace)."""
        await self._store.do_all(("DEL", keys.connections(worker)), ("ZREM", keys.WORKERS, worker))
