"""The stores of one worker by hand, without anything that runs beside them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from rooms.event import Event, initial
from rooms.language.agenda import LobbySegment, Plan
from rooms.language.cards import ChatLine
from rooms.language.changes import ChatSaid, Entry
from rooms.language.ids import EventId, Instant, WorkerId
from server.store.client import Line, Store
from server.store.clock import Clock
from server.store.inbox import Inbox
from server.store.journal import Journal
from server.store.leases import Leases
from server.store.presence import Presence
from server.store.running import Running

EVENT = EventId("mixer-7k2p")
FIRST = WorkerId("w1")


@dataclass
class Shelf:
    """What a worker keeps in Redis."""

    store: Store
    worker: WorkerId = FIRST
    lease_ms: int = 5_000

    def __post_init__(self) -> None:
        self.clock = Clock()
        self.running = Running(self.store)
        self.inbox = Inbox(self.store, self.clock, self.running)
        self.journal = Journal(self.store)
        self.leases = Leases(self.store, self.worker, self.lease_ms)
        self.presence = Presence(self.store, self.clock, self.worker)


@asynccontextmanager
async def heard_on(store: Store, channel: str) -> AsyncIterator[Line]:
    """A line on which a channel is heard."""
    async with store.lines() as lines:
        line = lines[await store.node_of(channel)]
        await line.send("SSUBSCRIBE", channel)
        assert (await line.read())[0] == b"ssubscribe"
        yield line


def a_state() -> Event:
    """An event nobody has come to."""
    return initial(Plan(id=EVENT, name="Mixer", starts_at=Instant(1_000), agenda=(LobbySegment(),)))


def entry(seq: int, text: str = "hello") -> Entry:
    """Any entry of that number."""
    line = ChatLine(id=seq, at=Instant(seq), by="ada", name="Ada", text=text)
    return Entry(seq, Instant(seq), ChatSaid(line))
