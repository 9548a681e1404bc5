"""The relay: one a worker. Sessions join an event here and leave again; it follows just the events they are at."""

import asyncio
from collections import Counter

import structlog

from rooms.language.ids import EventId
from rooms.language.limits import CONNECTIONS_PER_PERSON
from server.relay.line import Line
from server.relay.listener import Listener, MovingError, NotRunningError, TooManyError
from server.store.bus import Bus
from server.store.client import StoreAwayError
from server.store.clock import Clock
from server.store.journal import Journal
from server.store.running import Running

log = structlog.get_logger("relay")

LAST_WORDS, LOOK_S = 100, 0.02
"""How often, and after what pause, to look whether all close frames are out."""
SLICES = 20
"""Sockets are closed in so many steps when the worker stops, so that not all browsers return at once."""


class Relay:
    """All lines of this worker."""

    def __init__(self, journal: Journal, running: Running, bus: Bus, clock: Clock) -> None:
        self._journal = journal
        self._running = running
        self._bus = bus
        self._clock = clock
        self._lines: dict[EventId, Line] = {}
        self._wanted: asyncio.Queue[Line] = asyncio.Queue()
        self.moving = False
        """Whether this worker is about to stop: nobody is let in any more."""
        bus.on_return.append(self._catch_up)

    async def run(self) -> None:
        """Run the lines that are wanted, for ever."""
        async with asyncio.TaskGroup() as group:
            while True:
                group.create_task(self._life(await self._wanted.get()))

    async def join(self, event: EventId, listener: Listener) -> Line:
        """Become part of an event; notices come once `Line.present.listen` was called.

        Raises:
            TooManyError: the person has too many connections here.
            NotRunningError: the event has no state.
            StoreAwayError: Redis is away.
            MovingError: this worker is about to stop.
        """
        if self.moving:
            raise MovingError
        line = self._line(event)
        if line.present.count(listener.role, listener.id) >= CONNECTIONS_PER_PERSON:
            raise TooManyError
        line.present.add(listener)
        try:
            await asyncio.shield(line.opened)
        except BaseException:
            line.present.remove(listener)
            raise
        return line

    def line_of(self, event: EventId) -> Line | None:
        """The line of an event that is followed here and known already."""
        line = self._lines.get(event)
        return line if line is not None and line.opened.done() and line.opened.exception() is None else None

    @property
    def lines(self) -> list[Line]:
        """The lines of all events that are known here already."""
        return [line for event in self._lines if (line := self.line_of(event)) is not None]

    async def drain(self, over_s: float) -> None:
        """Send everybody on to other workers, a slice at a time; let nobody in any more."""
        self.moving = True
        listeners = [listener for line in self._lines.values() for listener in line.present.all.values()]
        size = max(1, -(-len(listeners) // SLICES))
        for start in range(0, len(listeners), size):
            for listener in listeners[start : start + size]:
                listener.end(MovingError())
            await asyncio.sleep(over_s / SLICES)
        for _ in range(LAST_WORDS):
            if not self.connections.total():
                return
            await asyncio.sleep(LOOK_S)

    def send_everybody_on(self) -> None:
        """Others took this worker for dead: its people must arrive anew, wherever."""
        for line in self._lines.values():
            for listener in list(line.present.all.values()):
                listener.end(MovingError())

    @property
    def connections(self) -> Counter[EventId]:
        """How many connections of each event are here."""
        return Counter({event: len(line.present.all) for event, line in self._lines.items()})

    def _line(self, event: EventId) -> Line:
        line = self._lines.get(event)
        if line is None:
            line = self._lines[event] = Line(event, self._journal, self._running, self._bus, self._clock)
            self._wanted.put_nowait(line)
        return line

    async def _life(self, line: Line) -> None:
        """One event's line; whatever happens to it ends only this event's life here."""
        try:
            await line.run()
        except (StoreAwayError, NotRunningError) as error:
            log.warning("line ended", event_id=line.event, error=str(error))
        except Exception:
            log.exception("line broke", event_id=line.event)
        finally:
            if self._lines.get(line.event) is line:
                del self._lines[line.event]
            for listener in list(line.present.all.values()):
                listener.end(NotRunningError(line.event))

    def _catch_up(self) -> None:
        for line in self._lines.values():
            if line.opened.done():
                line.catch_up()
