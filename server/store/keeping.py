"""Taking events out of Redis and putting them back: for backups, whatever kind of Redis it is and wherever it runs."""

from collections.abc import Sequence

import msgspec

from rooms.event import Event
from rooms.language.ids import EventId, WorkerId
from server.store import keys
from server.store.client import Store, StoreAwayError
from server.store.journal import Journal
from server.store.presence import Whereabouts

TRIES = 50
"""Times an event is read while it changes under our hands; each takes about a millisecond."""
FRESH_MS = 15_000
"""A worker that was heard of so lately may live."""


class KeptEvent(msgspec.Struct, frozen=True, array_like=True):
    """Everything Redis knows of one event, as of one commit."""

    event: EventId
    head: bytes
    snapshot: bytes
    journal: bytes | None
    inbox: bytes | None
    """As DUMP wrote them."""
    left_ms: int
    """Until an ended event is forgotten; 0 for never."""
    look_at: float | None
    """When somebody wanted to look whether it is conducted; None when nobody did."""
    seq: int
    oldest: int
    """Number of the oldest change in the journal, or of one after it; one more than `seq` when it is empty."""


async def take(store: Store, event: EventId) -> KeptEvent | None:
    """An event as it stands after one commit; None when Redis has nothing of it.

    Raises:
        StoreAwayError: Redis does not answer, or the event would not hold still.
    """
    head, snapshot, journal, inbox = _names(event)
    for _ in range(TRIES):
        before, *dumps, left_ms, after = await store.do_all(
            ("HGETALL", head),
            *(("DUMP", name) for name in (head, snapshot, journal, inbox)),
            ("PTTL", head),
            ("HGETALL", head),
        )
        if dumps[0] is None or dumps[1] is None:
            return None
        if before == after:
            seq = int(after[b"seq"])
            first = await Journal(store).read(event, 0, 1)
            look_at = await store.do("ZSCORE", keys.RUNNING, event)
            return KeptEvent(
                event=event,
                head=dumps[0],
                snapshot=dumps[1],
                journal=dumps[2],
                inbox=dumps[3],
                left_ms=max(0, left_ms),
                look_at=None if look_at is None else float(look_at),
                seq=seq,
                oldest=first[0].seq if first else seq + 1,
            )
    raise StoreAwayError(f"{event} changes all the time")


async def put(store: Store, kept: KeptEvent) -> Event:
    """Put an event back in place of what is there; whoever conducts next goes on from the state that is returned.

    Raises:
        StoreAwayError: Redis does not answer, or is older than the one the event came from.
    """
    dumps = (kept.head, kept.snapshot, kept.journal, kept.inbox)
    names = _names(kept.event)
    await store.do_all(
        ("DEL", keys.lease(kept.event), *names),
        *(("RESTORE", name, kept.left_ms, dump) for name, dump in zip(names, dumps, strict=True) if dump is not None),
    )
    if kept.look_at is not None:
        await store.do("ZADD", keys.RUNNING, 0, kept.event)
    state = await Journal(store).load(kept.event)
    assert state is not None, "a snapshot has just been put there"
    return state


async def bury_alive(store: Store, worker: WorkerId, places: Sequence[Whereabouts]) -> None:
    """Let a worker of long ago be found dead with these connections, so that its people are seen off."""
    rows = [word for where in places for word in (where.connection, msgspec.msgpack.encode(where))]
    await store.do("HSET", keys.connections(worker), *rows)
    await store.do("ZADD", keys.WORKERS, 0, worker)


async def in_use(store: Store) -> bool:
    """Whether some worker was heard of lately."""
    seconds, _ = (await store.everywhere("TIME"))[0]
    behind = await store.do("HGET", keys.CLOCK, "behind")  # heartbeats are by the time that workers share
    since = int(seconds) * 1000 + int(behind or 0) - FRESH_MS
    return bool(await store.do("ZCOUNT", keys.WORKERS, since, "+inf"))


async def holds(store: Store, events: Sequence[EventId]) -> bool:
    """Whether Redis has something of one of these events."""
    answers = await store.do_all(*(("EXISTS", keys.head(event)) for event in events)) if events else []
    return any(answers)


def _names(event: EventId) -> tuple[str, str, str, str]:
    return keys.head(event), keys.snapshot(event), keys.journal(event), keys.inbox(event)
