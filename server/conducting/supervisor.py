"""The supervisor: sees to it that every running event has a conductor, here or on another worker."""

import asyncio
from collections.abc import Collection
from contextlib import suppress

import structlog

from rooms.language.ids import EventId, Instant
from server.conducting.conductor import Conductor, LostLeaseError
from server.conducting.desk import Desk
from server.conducting.loading import load
from server.store import keys
from server.store.client import StoreAwayError

log = structlog.get_logger("supervisor")

LOOK_S = 0.5
"""How often to look for events without a conductor, besides when somebody rings."""
HOLD_BACK_S = 0.005
"""For each event conducted already, so that the idler worker is faster."""
MOST_HELD_BACK_S = 0.2


class Supervisor:
    """Conducts what nobody else does, up to a number of events."""

    def __init__(self, desk: Desk, most: int) -> None:
        self._desk = desk
        self._most = most
        self._rung = asyncio.Event()
        self._conducted: set[EventId] = set()
        self._conductors: dict[EventId, Conductor] = {}

    @property
    def conducted(self) -> frozenset[EventId]:
        """The events this worker conducts or is about to."""
        return frozenset(self._conducted)

    @property
    def conductors(self) -> Collection[Conductor]:
        """The conductors at work here, whose states are the events as they stand."""
        return self._conductors.values()

    async def run(self) -> None:
        """Look for ever. Cancelled, it hands its events on at once."""
        with suppress(StoreAwayError):  # heard as soon as Redis is back
            await self._desk.bus.subscribe(keys.WAKE, self._ring)
        async with asyncio.TaskGroup() as group:
            while True:
                self._rung.clear()
                await self._look(group)
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_S):
                        await self._rung.wait()

    def _ring(self, _message: bytes) -> None:
        self._rung.set()

    async def _look(self, group: asyncio.TaskGroup) -> None:
        try:
            due = await self._desk.running.due(self._desk.clock.now())
        except StoreAwayError:
            return
        for event in due:
            if event not in self._conducted and len(self._conducted) < self._most:
                self._conducted.add(event)
                group.create_task(self._life(event))

    async def _life(self, event: EventId) -> None:
        """One conductor from lease to end; whatever happens to it ends only this event's life here."""
        try:
            await asyncio.sleep(min(HOLD_BACK_S * (len(self._conducted) - 1), MOST_HELD_BACK_S))
            await self._conduct(event)
        except* LostLeaseError:
            log.info("lease lost", event_id=event)
        except* StoreAwayError as errors:
            log.warning("conducting paused", event_id=event, error=str(errors.exceptions[0]))
        except* Exception:
            log.exception("conductor broke", event_id=event)
        finally:
            self._conducted.discard(event)

    async def _conduct(self, event: EventId) -> None:
        fence = await self._desk.leases.take(event)
        if fence is None:
            await self._look_after_lease(event)
            return
        beginning = await load(self._desk, event, fence)
        if beginning is None:
            log.warning("no such event", event_id=event)
            await self._desk.running.forget(event)
            return
        log.info("conducting", event_id=event, fence=fence, seq=beginning.state.seq)
        conductor = self._conductors[event] = Conductor(self._desk, event, fence, beginning)
        try:
            await conductor.conduct()
        except asyncio.CancelledError:
            await self._hand_on(event, fence)
            raise
        finally:
            del self._conductors[event]

    async def _look_after_lease(self, event: EventId) -> None:
        """Somebody else conducts: look again when that lease would have run out."""
        later = Instant(self._desk.clock.now() + self._desk.leases.lease_ms // 2)
        await self._desk.running.look_again(event, later)

    async def _hand_on(self, event: EventId, fence: int) -> None:
        """This worker stops: free the lease, whatever waits, and wake the others."""
        with suppress(StoreAwayError):
            await self._desk.leases.break_of(event, self._desk.leases.owner)
            await self._desk.running.wake(event, self._desk.clock.now())
            log.info("handed on", event_id=event, fence=fence)
