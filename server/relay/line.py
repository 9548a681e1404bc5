"""One event on this worker: hears what is committed, keeps the replica, and tells the listeners."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Sequence
from contextlib import suppress

import structlog

from rooms.event import Announcement, Event, Everyone, announce_apart, is_current, removed
from rooms.language.changes import AttendeeArrived, AttendeeRemoved, Entry
from rooms.language.ids import AttendeeId, ConnectionId, EventId, Role
from rooms.language.notices import RosterChanged
from rooms.language.refusals import Refusal
from server.metrics import measures
from server.relay.audience import Present, Tray, send, serve
from server.relay.coalesce import RosterPile
from server.relay.listener import Listener, NotRunningError, RemovedError, SupersededError
from server.relay.replica import GapError, Replica
from server.store import keys
from server.store.bus import Bus
from server.store.client import StoreAwayError
from server.store.clock import Clock
from server.store.journal import Answer, Batch, Journal, decode_batch
from server.store.running import Running

log = structlog.get_logger("relay")

ARRIVAL = 0
"""The number of a connection's own arrival among its orders; browsers count from 1."""
MOST_HEARD = 2_000
"""Batches that may wait here; beyond it they are dropped and read from the journal."""
MANY_TOLD = 1_000
"""Frames after which others have their turn, between one entry and the next: all that one entry has for somebody leaves
by one system call, and what people answer at once does not come before the last have been told."""
LINGER_S = 5.0
"""A line without listeners is kept this long."""
BEGIN_S = 4.0
"""Longest wait for a conductor to make the first state of an event."""
LOOK_S = 0.05
AGAIN_S = 0.3
"""Pause before the journal is asked again when Redis is away."""


class Line:
    """Follows one event for the listeners of this worker."""

    def __init__(self, event: EventId, journal: Journal, running: Running, bus: Bus, clock: Clock) -> None:
        self.event = event
        self._journal = journal
        self._running = running
        self._bus = bus
        self._clock = clock
        self._heard: deque[bytes] = deque()
        self._missed = False
        self._rung = asyncio.Event()
        self._replica: Replica | None = None
        self._flush: asyncio.TimerHandle | None = None
        self.opened = asyncio.get_running_loop().create_future()
        """Done when the event is known here, or it is known why not."""
        self.told = 0
        """The number up to which everybody here has been told everything; behind the replica's while telling."""
        self.present = Present()
        self.roster = RosterPile()

    @property
    def replica(self) -> Replica:
        """The event as of now; only once `opened` is done."""
        assert self._replica is not None
        return self._replica

    def may_resume(self, last: int | None) -> bool:
        """Whether a page that has seen this number has missed nothing at all."""
        return last == self.told == self.replica.state.seq and self.roster.empty and self.roster.sent_seq < last

    async def run(self) -> None:
        """Follow the event until nobody has listened for a while."""
        try:
            await self._open()
            self.opened.set_result(None)
            while await self._worth_it():
                await self._tell_news()
        except Exception as error:
            if not self.opened.done():
                self.opened.set_exception(error)
                self.opened.exception()  # those who wait get it; if nobody does, it is no surprise
            raise
        finally:
            if self._flush is not None:
                self._flush.cancel()
            with suppress(StoreAwayError):
                await self._bus.unsubscribe(keys.channel(self.event))

    def hear(self, data: bytes) -> None:
        """A batch was committed."""
        if len(self._heard) < MOST_HEARD:
            self._heard.append(data)
        else:
            self._heard.clear()
            self._missed = True
        self._rung.set()

    def catch_up(self) -> None:
        """Something may have been missed: compare with the journal."""
        self._missed = True
        self._rung.set()

    async def _open(self) -> None:
        await self._bus.subscribe(keys.channel(self.event), self.hear)
        with suppress(TimeoutError):
            async with asyncio.timeout(BEGIN_S):
                while (state := await self._journal.load(self.event)) is None:
                    await self._running.wake(self.event, self._clock.now())
                    await asyncio.sleep(LOOK_S)
                self._replica, self.told = Replica(state), state.seq
        if self._replica is None:
            raise NotRunningError(self.event)

    async def _worth_it(self) -> bool:
        """Wait for news; False when there is nobody to tell any more."""
        try:
            async with asyncio.timeout(LINGER_S):
                await self._rung.wait()
        except TimeoutError:
            return bool(self.present.all)
        self._rung.clear()
        return True

    async def _tell_news(self) -> None:
        if self._missed:
            await self._fill()
        while self._heard:
            batch = decode_batch(self._heard.popleft())
            try:
                await self._tell(batch)
            except GapError:
                await self._fill()
                # Who asked is answered, also where a picture has taken the place of what came of it.
                done = [Answer(one.cause.connection, one.cause.ref, None) for one in batch.entries if one.cause]
                await self._tell(Batch((), (*done, *batch.answers)))

    async def _tell(self, batch: Batch) -> None:
        with measures.fanout_seconds.time():
            await self._tell_entries(batch.entries)
            for answer in batch.answers:
                self._answer(answer.connection, answer.ref, answer.reason)
        if batch.entries:
            measures.told_seconds.observe((self._clock.now() - batch.entries[0].at) / 1000)

    async def _tell_entries(self, entries: Sequence[Entry]) -> None:
        """Tell everybody, then answer those who asked: a promise is kept when its effect is on the page."""
        steps = list(self.replica.take(entries))
        told = 0
        for step in steps:
            people, board = announce_apart(step.before, step.after, step.entry, self.present.hearers)
            tray: Tray = defaultdict(list)
            told += sum(self._announce(announcement, step.after, tray) for announcement in people)
            serve(tray)
            if told >= MANY_TOLD:
                told = 0
                await asyncio.sleep(0)
            for announcement in board:
                self._announce(announcement, step.after)
        self.told = self.replica.state.seq
        for step in steps:
            if step.entry.cause is not None:
                self._answer(step.entry.cause.connection, step.entry.cause.ref, None)
        for step in steps:
            self._end_who_must_go(step.entry)
        self._flush_roster_when_due()

    def _end_who_must_go(self, entry: Entry) -> None:
        match entry.change:
            case AttendeeArrived(card=card):
                self._supersede(card.id)
            case AttendeeRemoved(attendee=attendee):
                self._end_all(attendee)
            case _:
                pass

    def _announce(self, announcement: Announcement, event: Event, tray: Tray | None = None) -> int:
        """Tell it, or put it on the tray or the pile; how many heard it."""
        if isinstance(announcement.notice, RosterChanged) and isinstance(announcement.audience, Everyone):
            self.roster.add(announcement.notice)
            return 0
        return self.present.announce(announcement, event, tray)

    def _flush_roster_when_due(self) -> None:
        if self.roster.empty or self._flush is not None:
            return
        loop = asyncio.get_running_loop()
        self._flush = loop.call_later(self.roster.due_in(loop.time(), self.present.listening), self._flush_roster)

    def _flush_roster(self) -> None:
        self._flush = None
        if self.roster.empty:
            return
        notice = self.roster.take(asyncio.get_running_loop().time(), self.told)
        send(notice, self.present.find(Everyone(), self.replica.state))

    def _answer(self, connection: ConnectionId, ref: int, reason: Refusal | None) -> None:
        listener = self.present.all.get(connection)
        if listener is not None:
            listener.answer(ref, reason)

    def _supersede(self, attendee: AttendeeId) -> None:
        """An attendee came by another connection: those that do not count end, but not one still on its way."""
        for listener in self.present.of(attendee):
            if listener.arrived and not is_current(self.replica.state, attendee, listener.connection):
                listener.end(SupersededError())

    def _end_all(self, attendee: AttendeeId) -> None:
        for listener in list(self.present.all.values()):
            if listener.role is Role.ATTENDEE and listener.id == attendee:
                listener.end(RemovedError())

    async def _fill(self) -> None:
        """Read what was missed; when that is gone already, take the newest state and start everybody over."""
        self._missed = False
        try:
            entries = await self._journal.read(self.event, self.replica.state.seq - 1)
            self._check_agreement(entries)
            while entries:
                await self._tell_entries(entries)
                entries = await self._journal.read(self.event, self.replica.state.seq)
        except GapError:
            await self._start_over()
        except StoreAwayError:
            self._missed = True
            self._rung.set()
            await asyncio.sleep(AGAIN_S)

    def _check_agreement(self, entries: Sequence[Entry]) -> None:
        if not self.replica.agrees(entries):
            raise GapError("what was told has been lost")

    async def _start_over(self) -> None:
        state = await self._journal.load(self.event)
        if state is None:
            raise NotRunningError(self.event)
        log.info("started over", event_id=self.event, seq=state.seq)
        self._replica, self.told = Replica(state), state.seq
        for listener in list(self.present.all.values()):
            if listener.role is Role.ATTENDEE and self._ended(listener):
                continue
            listener.start_over()

    def _ended(self, listener: Listener) -> bool:
        """End a listener whose reason to be here fell into the hole."""
        attendee = AttendeeId(listener.id)
        if removed(self.replica.state, attendee):
            listener.end(RemovedError())
        elif is_current(self.replica.state, attendee, listener.connection):
            listener.answer(ARRIVAL, None)
            return False
        elif listener.arrived:
            listener.end(SupersededError())
        else:
            return False
        return True
