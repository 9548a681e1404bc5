"""The conductor: the one writer of an event. Reads orders until the next deadline, decides, commits."""

import asyncio
from contextlib import suppress

import structlog
from msgspec import structs

from rooms.event import Event, idle, judge, match_due_ms, next_deadline
from rooms.language.changes import Entry
from rooms.language.errands import DeadlinePassed
from rooms.language.ids import EventId, Instant
from rooms.language.orders import Order
from rooms.language.refusals import Refusal, RefusedError
from server.conducting.desk import Desk
from server.conducting.loading import Beginning
from server.conducting.scribing import Scribe
from server.lifetimes import restart_with_backoff
from server.metrics import measures
from server.records.engine import RecordsAwayError
from server.store import keys
from server.store.client import StoreAwayError
from server.store.inbox import Waiting
from server.store.journal import Answer, Step

log = structlog.get_logger("conductor")

ORDERS_AT_ONCE = 200
"""Orders decided in one commit at most."""
SNAPSHOT_EVERY = 200
"""Entries after which the state is kept, so that a successor has little to read; as many as there are people, if those
are more, since keeping takes as long as they are many."""
KEEP_AFTER_MS = 2_000
"""How long after a change of phase the state is kept: right after it, all of them are being told."""
LINGER_MS = 5_000
"""An idle event is conducted this long, since people who leave often come back."""
FAR_MS = 60_000
"""With nobody there, a deadline farther off than this needs no conductor yet."""
EARLY_MS = 2_000
"""How long before such a deadline somebody takes the event up again."""
TRY_AGAIN_MS = 20
"""A deadline that the rules did not take is offered again after this, then after twice as long, and so on."""
LONGEST_TRY_MS = 2_000


class LostLeaseError(Exception):
    """Somebody else conducts now; nothing of ours was written."""


class Conductor:
    """Conducts one event for as long as its fence number is the newest."""

    def __init__(self, desk: Desk, event: EventId, fence: int, beginning: Beginning) -> None:
        self._desk = desk
        self._event = event
        self._fence = fence
        self._cursor = beginning.cursor
        self.state = beginning.state
        self._kept = (beginning.state.seq, beginning.state.phase)
        self._keep_at: Instant | None = None
        self._kept_before = 0
        self._bell = asyncio.Event()
        self._scribe = Scribe(desk, event)
        self._prolong_at = desk.clock.now()
        self._idle_since: Instant | None = None
        self._asked = 0
        self.busy_since: Instant | None = None
        """When the oldest order came in that is being decided or committed; None when none is."""
        self._offered = (Instant(0), Instant(0), TRY_AGAIN_MS)

    async def conduct(self) -> None:
        """Work until the event has been idle for a while.

        Raises:
            LostLeaseError: somebody else conducts now.
            StoreAwayError: it is not known what was committed last: load again.
        """
        async with asyncio.TaskGroup() as group:
            away = (StoreAwayError, RecordsAwayError)
            scribing = group.create_task(restart_with_backoff("scribe", self._scribe.run, away))
            try:
                await self._desk.bus.subscribe(keys.bell(self._event), self._ring)
                self._turn_to_matchmaker()
                while not await self._leave_if_idle():
                    await self._work()
            finally:
                scribing.cancel()
                await self._desk.bus.unsubscribe(keys.bell(self._event))

    def _ring(self, _message: bytes) -> None:
        self._bell.set()

    async def _work(self) -> None:
        """Decide what waits; if nothing does, sleep until something does."""
        self._bell.clear()
        waiting = await self._desk.inbox.read(self._event, self._cursor, ORDERS_AT_ONCE)
        if waiting:
            self.busy_since = waiting[0].order.at
            measures.conductor_lag_seconds.observe((self._desk.clock.now() - self.busy_since) / 1000)
            await self._decide_all(waiting)
            self.busy_since = None
        elif not await self._offer_deadline():
            await self._sleep()
        await self._keep_state_if_due()
        await self._prolong()

    async def _decide_all(self, waiting: list[Waiting]) -> None:
        state, entries, answers = self.state, list[Entry](), list[Answer]()
        for _, order in waiting:
            reason: Refusal | None = None
            try:
                state, new = decide_one(state, order)
                entries += new
                if new:
                    continue
            except RefusedError as refused:
                reason = refused.reason
            except Exception:  # one order the rules stumble over must not hold up all that come after it
                log.exception("order dropped", event_id=self._event, wish=type(order.wish).__name__)
                reason = Refusal.BUSY
            if order.cause is not None:
                answers.append(Answer(order.cause.connection, order.cause.ref, reason))
            if order.cause is not None and reason is not None:
                measures.refusals_total.labels(reason.value).inc()
        await self._commit(Step(self.state.seq, waiting[-1].cursor, entries, answers))
        self.state = state
        self._scribe.ring()
        self._turn_to_matchmaker()

    async def _commit(self, step: Step) -> None:
        with measures.commit_seconds.time():
            committed = await self._desk.journal.commit(self._event, self._desk.leases, self._fence, step)
        if not committed:
            raise LostLeaseError(self._event)
        self._cursor = step.cursor
        self._idle_since = None

    def _turn_to_matchmaker(self) -> None:
        """Ask for the match this state waits for; an earlier conductor may have asked already, in vain."""
        if self.state.asked_at is not None and self.state.request != self._asked:
            self._asked = self.state.request
            due_in_ms = match_due_ms(self.state, self._desk.clock.now())
            self._desk.matchmaker.ask(self._event, self.state.request, due_in_ms)
        elif self.state.people:  # before anybody is ready: it takes seconds to load on a busy machine
            self._desk.matchmaker.stand_by()

    async def _offer_deadline(self) -> bool:
        """If a deadline has come, put it into our own inbox: time, too, comes by the one road."""
        deadline, now = next_deadline(self.state), self._desk.clock.now()
        if deadline is None or deadline > now:
            return False
        offered, again_at, pause = self._offered
        if offered == deadline and now < again_at:
            return False
        pause = min(pause * 2, LONGEST_TRY_MS) if offered == deadline else TRY_AGAIN_MS
        self._offered = (deadline, Instant(now + pause), pause)
        await self._desk.inbox.submit(self._event, Order(DeadlinePassed()))
        return True

    async def _sleep(self) -> None:
        now = self._desk.clock.now()
        wake_at = self._prolong_at if self._keep_at is None else min(self._prolong_at, self._keep_at)
        if (deadline := next_deadline(self.state)) is not None:
            offered, again_at, _ = self._offered
            wake_at = min(wake_at, again_at if offered == deadline else deadline)
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0, wake_at - now + 1) / 1000):
                await self._bell.wait()

    async def _prolong(self) -> None:
        now = self._desk.clock.now()
        if now < self._prolong_at:
            return
        self._prolong_at = Instant(now + self._desk.leases.lease_ms // 3)
        if not await self._desk.leases.keep(self._event, self._fence):
            raise LostLeaseError(self._event)
        await self._desk.running.look_again(self._event, Instant(now + self._desk.leases.lease_ms))

    async def _keep_state_if_due(self) -> None:
        seq, phase = self._kept
        now = self._desk.clock.now()
        if self.state.phase != phase and self._keep_at is None:
            self._keep_at = Instant(now + KEEP_AFTER_MS)
        many = self.state.seq - seq >= max(SNAPSHOT_EVERY, len(self.state.people))
        if many or (self._keep_at is not None and now >= self._keep_at):
            await self._keep_state()

    async def _keep_state(self) -> None:
        """Keep the state. The journal stays back to the snapshot before, and to what SQL does not have yet."""
        keep_from = min(self._kept_before, self._scribe.copied) + 1
        if not await self._desk.journal.put_snapshot(self._event, self._fence, self.state, keep_from):
            raise LostLeaseError(self._event)
        self._kept_before = self._kept[0]
        self._kept = (self.state.seq, self.state.phase)
        self._keep_at = None

    async def _leave_if_idle(self) -> bool:
        """Leave an event nobody is at, once it has been copied and nothing more comes in."""
        now = self._desk.clock.now()
        if not self._at_rest(now) or self._scribe.copied < self.state.seq:
            self._idle_since = None
            return False
        self._idle_since = self._idle_since or now
        if now - self._idle_since < LINGER_MS:
            return False
        await self._keep_state()
        await self._look_again_in_time()
        if not await self._desk.leases.drop(self._event, self._fence):
            await self._desk.running.look_again(self._event, now)
            return False
        if self.state.phase == "ended":
            await self._desk.journal.expire(self._event, keys.ENDED_EVENT_S)
        return True

    def _at_rest(self, now: Instant) -> bool:
        """Whether nobody needs a conductor for now: it is over, or nobody is here and nothing is to come for long."""
        if idle(self.state):
            return True
        deadline = next_deadline(self.state)
        empty = self.state.present == 0 and not self.state.organisers
        return empty and deadline is not None and deadline - now > FAR_MS

    async def _look_again_in_time(self) -> None:
        deadline = None if self.state.phase == "ended" else next_deadline(self.state)
        if deadline is None:
            await self._desk.running.forget(self._event)
        else:
            await self._desk.running.look_again(self._event, Instant(deadline - EARLY_MS))


def decide_one(state: Event, order: Order) -> tuple[Event, list[Entry]]:
    """The state after one order, and the entries that lead there; the first names the order's cause.

    Raises:
        RefusedError: the rules say no.
    """
    after, changes = judge(state, order)
    entries = [Entry(seq, order.at, change) for seq, change in enumerate(changes, state.seq + 1)]
    if entries:
        entries[0] = structs.replace(entries[0], cause=order.cause)
    return after, entries
