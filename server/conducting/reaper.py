"""The reaper: finds dead workers, frees their events and tells those events whose connections are gone."""

import asyncio
from contextlib import suppress

import structlog

from rooms.language.errands import Depart, OrganiserDepart
from rooms.language.ids import AttendeeId, Role, WorkerId
from rooms.language.orders import Order
from server.conducting.desk import Desk
from server.store import keys
from server.store.client import StoreAwayError
from server.store.presence import Whereabouts

log = structlog.get_logger("reaper")

LOOK_S = 0.5
"""How often to look for silent workers, besides when the parent says that one died."""


class Reaper:
    """Sees off the people of workers that died; every worker has one, and each death is handled by one of them."""

    def __init__(self, desk: Desk, dead_ms: int) -> None:
        self._desk = desk
        self._dead_ms = dead_ms
        self._rung = asyncio.Event()

    async def run(self) -> None:
        """Look for ever; an error ends it, and it may be run again."""
        with suppress(StoreAwayError):  # heard as soon as Redis is back
            await self._desk.bus.subscribe(keys.DIED, self._ring)
        while True:
            self._rung.clear()
            if self._desk.presence.steady_for(self._dead_ms):
                await self.reap()
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_S):
                    await self._rung.wait()

    def _ring(self, _message: bytes) -> None:
        self._rung.set()

    async def reap(self) -> None:
        """See off all workers that are dead now."""
        while (worker := await self._desk.presence.claim_dead(self._dead_ms)) is not None:
            await self._see_off(worker)

    async def _see_off(self, worker: WorkerId) -> None:
        connections = await self._desk.presence.connections_of(worker)
        log.warning("worker died", dead=worker, connections=len(connections))
        for event in await self._desk.running.everything():
            if await self._desk.leases.break_of(event, worker):
                await self._desk.running.wake(event, self._desk.clock.now())
        for where in connections:
            await self._desk.inbox.submit(where.event, departure(where))
        await self._desk.presence.bury(worker)


def departure(where: Whereabouts, meant: bool = False) -> Order:
    """The errand that says that a connection is gone; void if it was not the person's current one."""
    if where.role is Role.ORGANISER:
        return Order(OrganiserDepart(where.connection))
    return Order(Depart(AttendeeId(where.id), where.connection, meant))
