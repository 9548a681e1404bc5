"""Shedding: after a worker died its people sit on the others; those that have far too many send some on, bit by bit."""

import asyncio
from collections.abc import Sequence
from itertools import islice

import structlog

from rooms.language.ids import AttendeeId, Role
from server.relay.line import Line
from server.relay.listener import Listener, MovingError
from server.relay.relay import Relay
from server.store import keys
from server.store.client import Store

log = structlog.get_logger("shedding")

LOOK_S = 2.0
"""How often each worker compares itself with the others."""
FAR_TOO_MANY = 1.25
"""Times the average from which a worker sends people on …"""
SLACK = 50
"""… and so many more, so that small servers never do."""
AT_ONCE = 200
"""Connections sent on at a time: each comes back within a third of a second, a tenth of a core a second in all."""


def excess(mine: int, everybody: Sequence[int]) -> int:
    """How many connections a worker with so many is to send on now, given those of all workers, its own among them."""
    if len(everybody) < 2:
        return 0
    average = sum(everybody) / len(everybody)
    if mine <= average * FAR_TOO_MANY + SLACK:
        return 0
    return min(AT_ONCE, int(mine - average))


class Shedding:
    """Keeps one worker's number of connections near the average of all."""

    def __init__(self, relay: Relay, store: Store) -> None:
        self._relay = relay
        self._store = store

    async def run(self) -> None:
        """Compare for ever.

        Raises:
            StoreAwayError: Redis is away; run it again.
        """
        while True:
            await asyncio.sleep(LOOK_S)
            if not self._relay.moving:
                await self.look()

    async def look(self) -> None:
        """Compare once, and send on whom others have room for."""
        workers = [row.decode() for row in await self._store.do("ZRANGE", keys.WORKERS, 0, -1)]
        crowds = await asyncio.gather(*(self._store.do("HLEN", keys.connections(worker)) for worker in workers))
        many = excess(self._relay.connections.total(), crowds)
        going = list(islice(self._movable(), many))
        if going:
            log.info("sending people on", connections=len(going))
        for listener in going:
            listener.end(MovingError())

    def _movable(self) -> list[Listener]:
        """Those who are not talking: nobody is called away from a conversation for our convenience."""
        return [one for line in self._relay.lines for one in line.present.all.values() if _may_go(line, one)]


def _may_go(line: Line, listener: Listener) -> bool:
    if not listener.arrived or listener.role is not Role.ATTENDEE:
        return False
    person = line.replica.state.people.get(AttendeeId(listener.id))
    return person is None or person.room is None
