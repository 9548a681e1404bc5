"""The journal of an event: changes with rising numbers, and the state as it was a while ago."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from rooms.event import Event, decode_event, encode_event, evolve
from rooms.language.changes import Entry
from rooms.language.codec import decode_entry
from rooms.language.ids import ConnectionId, EventId
from rooms.language.refusals import Refusal
from server.store import keys
from server.store.client import Store
from server.store.inbox import START
from server.store.leases import Leases
from server.store.scripts import script

COMMIT = script("commit", "head lease journal inbox channel", "owner fence lease_ms seq last cursor batch")
SNAPSHOT_PUT = script("snapshot_put", "head snapshot journal", "fence state keep_from seq")
READ_AT_ONCE = 100
"""Batches read in one go, of which each holds what one commit wrote."""
LOAD_TRIES = 5
"""A load starts again when a snapshot was replaced between its two reads."""


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """To an order that changed nothing: settled, or refused with a reason."""

    connection: ConnectionId
    ref: int
    reason: Refusal | None


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """What one commit writes down and publishes; its answers are of use only to those who hear it."""

    entries: tuple[Entry, ...]
    answers: tuple[Answer, ...]


class Head(NamedTuple):
    """How far an event is."""

    seq: int
    cursor: str


class Step(NamedTuple):
    """What a batch of orders led to, ready to be committed."""

    seq: int
    """The number before it."""
    cursor: str
    """The last order decided."""
    entries: Sequence[Entry]
    answers: Sequence[Answer]


_batch_encoder = msgspec.msgpack.Encoder()
_batch_decoder = msgspec.msgpack.Decoder(Batch)


def encode_batch(batch: Batch) -> bytes:
    """What a commit writes down and publishes."""
    return _batch_encoder.encode(batch)


def decode_batch(data: bytes) -> Batch:
    """Read what a commit published."""
    return _batch_decoder.decode(data)


class Journal:
    """Writes for conductors, reads for everybody."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def commit(self, event: EventId, leases: Leases, fence: int, step: Step) -> bool:
        """Make it come true; False when somebody else conducts now, and nothing was written.

        Raises:
            StoreAwayError: it is not known whether it came true: leave, and load again.
        """
        names = [keys.head(event), keys.lease(event), keys.journal(event), keys.inbox(event), keys.channel(event)]
        batch = encode_batch(Batch(tuple(step.entries), tuple(step.answers)))
        last = step.seq + len(step.entries)
        values: list[str | bytes | int]
        values = [leases.owner, fence, leases.lease_ms, step.seq, last, step.cursor, batch]
        return bool(await self._store.run(COMMIT, names, values))

    async def head(self, event: EventId) -> Head:
        """The last number and the last order decided."""
        seq, cursor = await self._store.do("HMGET", keys.head(event), "seq", "cursor")
        return Head(int(seq or 0), (cursor or START.encode()).decode())

    async def read(self, event: EventId, after: int, most: int = READ_AT_ONCE) -> list[Entry]:
        """The entries after that number, oldest first; the first may be higher when older ones are gone.

        As many batches as `most`: the number of each is that of its last entry.
        """
        rows = await self._store.do("XRANGE", keys.journal(event), f"{after + 1}-0", "+", "COUNT", most)
        batches = (_entries(fields) for _, fields in rows)
        return [entry for entries in batches for entry in entries if entry.seq > after]

    async def put_snapshot(self, event: EventId, fence: int, state: Event, keep_from: int) -> bool:
        """Keep the state; entries before `keep_from` go. False when somebody else conducts now."""
        names = [keys.head(event), keys.snapshot(event), keys.journal(event)]
        values: list[str | bytes | int] = [fence, encode_event(state), f"{keep_from}-0", state.seq]
        return bool(await self._store.run(SNAPSHOT_PUT, names, values))

    async def load(self, event: EventId) -> Event | None:
        """The event as it is now; None when it has no state yet."""
        for _ in range(LOAD_TRIES):
            data = await self._store.do("GET", keys.snapshot(event))
            if data is None:
                return None
            state = await self.catch_up(event, decode_event(data))
            if state is not None:
                return state
        raise LookupError(f"the journal of {event} has a hole behind its snapshot")

    async def catch_up(self, event: EventId, state: Event) -> Event | None:
        """The state with all newer entries; None when some are gone already and a snapshot is needed."""
        while True:
            entries = await self.read(event, state.seq)
            if not entries:
                return state
            if entries[0].seq != state.seq + 1:
                return None
            for entry in entries:
                state = evolve(state, entry)

    async def expire(self, event: EventId, seconds: int) -> None:
        """Let an ended event be forgotten after a while."""
        names = (keys.head(event), keys.snapshot(event), keys.journal(event), keys.inbox(event))
        await self._store.do_all(*(("EXPIRE", name, seconds) for name in names))


def _entries(fields: Any) -> Sequence[Entry]:
    """The entries of one row, of which each held one (`e`) before they were written in batches (`b`)."""
    pairs = fields if isinstance(fields, dict) else dict(zip(fields[::2], fields[1::2], strict=True))
    return decode_batch(pairs[b"b"]).entries if b"b" in pairs else (decode_entry(pairs[b"e"]),)
