"""The auditor: follows one event's journal from outside, keeps every word of it, and judges each state it leads to."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from rooms.event import Event, evolve
from rooms.language.changes import Change, ChatSaid, Entry
from rooms.language.commands import OrganiserCommand
from rooms.language.ids import EventId, Role
from rooms.language.orders import Order
from server.lifetimes import beside, restart_with_backoff
from server.store import keys
from server.store.bus import Bus
from server.store.client import Store, StoreAwayError
from server.store.clock import Clock
from server.store.inbox import Inbox
from server.store.journal import Journal, decode_batch
from server.store.running import Running
from tests.support.invariants import wrong_at

PATIENCE_S = 30.0
"""Longest wait for something that has to come."""
AGAIN_S = 0.1
SomeChange = TypeVar("SomeChange", bound=Change)
SomeAuditor = TypeVar("SomeAuditor", bound="Auditor")


class Auditor:
    """Knows of one event what is written in Redis, and what was ever written."""

    def __init__(self, store: Store, event: EventId) -> None:
        self._journal = Journal(store)
        self._inbox = Inbox(store, Clock(), Running(store))
        self.store = store
        self.bus = Bus(store)
        self.event = event
        self.state: Event | None = None
        self.entries: list[Entry] = []
        self.wrong: list[str] = []
        """What did not hold at some moment."""
        self._news = asyncio.Event()
        self._turned = asyncio.Condition()
        self.bus.on_return.append(self._news.set)

    async def follow(self) -> None:
        """Read for ever; a Redis that is away is waited for."""
        with suppress(StoreAwayError):
            await self.bus.subscribe(keys.channel(self.event), self._hear)
        while True:
            try:
                await self.catch_up()
            except StoreAwayError:
                await asyncio.sleep(AGAIN_S)
                continue
            await self._news.wait()
            self._news.clear()

    def _hear(self, data: bytes) -> None:
        self._take(decode_batch(data).entries)
        self._news.set()

    async def catch_up(self) -> None:
        """Read what is written and not known yet."""
        if self.state is None:
            self.state = await self._journal.load(self.event)
        while self.state is not None and (entries := await self._journal.read(self.event, self.state.seq)):
            if entries[0].seq > self.state.seq + 1:
                self.wrong.append(f"the journal has a hole before {entries[0].seq}")
                self.state = await self._journal.load(self.event)
            else:
                self._take(entries)
        async with self._turned:
            self._turned.notify_all()

    async def know_all(self) -> None:
        """Read what is written, as soon as Redis answers."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                with suppress(StoreAwayError):
                    return await self.catch_up()
                await asyncio.sleep(AGAIN_S)

    def _take(self, entries: Sequence[Entry]) -> None:
        """Fold what follows directly; what is ahead is read from the journal."""
        fresh = [entry for entry in entries if self.state is not None and entry.seq > self.state.seq]
        if self.state is None or not fresh or fresh[0].seq != self.state.seq + 1:
            return
        for entry in fresh:
            self.state = evolve(self.state, entry)
        self.entries += fresh
        self.wrong += [f"{fault} at {self.state.seq}" for fault in wrong_at(self.state, fresh[-1].at)]

    async def order(self, command: OrganiserCommand) -> None:
        """Ask as an organiser, past all workers: faults must not be in the test's own way.

        Raises:
            StoreAwayError: Redis is away.
        """
        await self.submit(Order(command, "noor", Role.ORGANISER, "Noor"))

    async def submit(self, order: Order) -> None:
        """Put any order into the event's inbox.

        Raises:
            StoreAwayError: Redis is away.
        """
        await self._inbox.submit(self.event, order)

    async def until(self, fact: Callable[[Event], bool], within_s: float = PATIENCE_S) -> Event:
        """Wait until the event is so."""
        async with asyncio.timeout(within_s), self._turned:
            while self.state is None or not fact(self.state):
                await self._turned.wait()
        return self.state

    def changes(self, kind: type[SomeChange], after: int = 0) -> list[SomeChange]:
        """All changes of a kind, or those after a number."""
        return [one.change for one in self.entries if one.seq > after and isinstance(one.change, kind)]

    def said(self) -> Counter[str]:
        """How often each line of chat was written down."""
        return Counter(change.line.text for change in self.changes(ChatSaid))

    async def reread(self) -> Event:
        """The event as a worker that starts now would load it."""
        found = await self._journal.load(self.event)
        assert found is not None
        return found


@asynccontextmanager
async def an_auditor(redis_url: str, event: EventId) -> AsyncIterator[Auditor]:
    """Follow this event."""
    async with followed(redis_url, event, Auditor) as auditor:
        yield auditor


@asynccontextmanager
async def followed(redis_url: str, event: EventId, kind: type[SomeAuditor]) -> AsyncIterator[SomeAuditor]:
    """An auditor of this kind at work, over a connection of its own."""
    store = Store(redis_url, 1.0)
    auditor = kind(store, event)
    away = (StoreAwayError,)
    try:
        async with beside(
            restart_with_backoff("bus", auditor.bus.listen, away), restart_with_backoff("auditor", auditor.follow, away)
        ):
            yield auditor
    finally:
        await store.close()
