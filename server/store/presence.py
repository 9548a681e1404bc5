"""Who is where: heartbeats of workers, and which connection of which event lives on which worker."""

import secrets

import msgspec
import structlog

from rooms.language.ids import ConnectionId, EventId, Instant, Role, WorkerId
from server.store import keys
from server.store.client import Store, StoreAwayError
from server.store.clock import Clock
from server.store.scripts import script

HEARTBEAT = script("heartbeat", "workers clock", "worker expected turn most")
CLOCK_KEEP = script("clock_keep", "workers clock", "expected turn seen prompt most")
REAP = script("reap", "workers clock", "dead_ms expected most")
SET_MS = 2_500
"""A clock that is off by more than this was set: between two beats, which come every second, nothing else does that."""
PROMPT_MS = 1_000
"""What was asked so long ago, while Redis stood still, says nothing about its clock."""


CLOCKED = [keys.WORKERS, keys.CLOCK]
log = structlog.get_logger("presence")


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
        self._turn: int | None = None
        """How often the clock of Redis had been set when we last heard of it; None before our first beat."""

    async def beat(self) -> bool:
        """This worker lives; False when it was not known (any more)."""
        try:
            known, doubtful = await self._beat(self._clock.now() if self._turn is not None else 0)
            if doubtful:
                known, _ = await self._beat(0)
        except StoreAwayError:
            self._steady_since = None
            raise
        self._steady_since = self._steady_since or self._clock.now()
        return known

    async def _beat(self, expected: int) -> tuple[bool, bool]:
        """Beat if the time is about what we expect, or if we expect nothing; whether we were known, and if it is not.

        Then the clock of Redis was set, and goes on as it was; or ours stood still, and we take the time from others.
        """
        sent, expects = self._clock.sent(), self._turn or 0
        arguments: list[str | bytes | int] = [self.worker, expected, expects, SET_MS]
        now, known, turn, behind, doubtful = await self._store.run(HEARTBEAT, CLOCKED, arguments)
        if doubtful:
            await self._store.run(CLOCK_KEEP, CLOCKED, [self._clock.now(), expects, now, PROMPT_MS, SET_MS])
            log.warning("a clock was set", by_ms=now - expected)
            return bool(known), True
        self._turn = turn
        self._clock.learn(sent, now, behind)
        return bool(known), False

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
        worker = await self._store.run(REAP, CLOCKED, [dead_ms, self._clock.now(), SET_MS])
        return None if worker is None else WorkerId(worker.decode())

    async def connections_of(self, worker: WorkerId) -> list[Whereabouts]:
        """What lived on that worker."""
        rows = await self._store.do("HVALS", keys.connections(worker))
        return [msgspec.msgpack.decode(row, type=Whereabouts) for row in rows]

    async def bury(self, worker: WorkerId) -> None:
        """All of a worker's people are seen off (or it leaves in peace)."""
        await self._store.do_all(("DEL", keys.connections(worker)), ("ZREM", keys.WORKERS, worker))
