"""The host of the demo event: watches as every organiser does, starts the rounds, ends the evening."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from rooms.language.cards import EventView, RosterRow
from rooms.language.codec import decode_downward, encode_upward
from rooms.language.commands import EndEvent, OrganiserCommand
from rooms.language.ids import AttendeeId, EventId
from rooms.language.notices import BoardChanged, EventChanged, RosterChanged, Welcome
from rooms.language.signals import Hello
from server.demo.direction import AGAIN_S, Watch, next_step
from server.demo.evening import HOST
from server.demo.manners import IsColleague
from server.demo.web import AWAY, Web

log = structlog.get_logger("demo")

LOOK_EVERY_S = 2.0
"""How often the host looks at the clock while nothing happens."""
RETURN_AFTER_S = 2.0

PrepareNext = Callable[[], Awaitable[object]]


class Director:
    """Runs one evening. `run` ends when the event is over."""

    def __init__(self, event: EventId, is_colleague: IsColleague, prepare_next: PrepareNext) -> None:
        self.first_round = asyncio.Event()
        """Set when people talk for the first time."""
        self.closing = asyncio.Event()
        """Set when nobody talks any more, and the next evening has been prepared."""
        self._event_id = event
        self._is_colleague = is_colleague
        self._prepare_next = prepare_next
        self._event: EventView | None = None
        self._rows: dict[AttendeeId, RosterRow] = {}
        self._consoles: tuple[str, ...] = ()
        self._phase_since_s = self._gone_since_s = time.monotonic()
        self._last: tuple[OrganiserCommand, float] | None = None

    async def run(self, web: Web) -> None:
        """Until the event has ended."""
        while not self._over():
            try:
                async with web.socket(f"/events/{self._event_id}/ticket") as connection:
                    await self._attend(connection)
            except AWAY as error:
                log.info("the host is waiting for the server", error=str(error))
            if not self._over():
                await asyncio.sleep(RETURN_AFTER_S)

    async def _attend(self, connection: ClientConnection) -> None:
        """One open socket: look at what comes and, every now and then, at the clock."""
        try:
            await connection.send(encode_upward(None, Hello()).decode())
            while not self._over():
                try:
                    async with asyncio.timeout(LOOK_EVERY_S):
                        self._see(await connection.recv())
                except TimeoutError:
                    pass
                await self._look_ahead()
                await self._act(connection)
        except ConnectionClosed:
            return

    def _see(self, frame: str | bytes) -> None:
        match decode_downward(frame):
            case Welcome(snapshot):
                self._enter(snapshot.event)
                self._rows = {row.id: row for row in snapshot.roster}
                self._consoles = snapshot.board.organisers if snapshot.board else ()
            case EventChanged(event):
                self._enter(event)
            case RosterChanged(rows, gone):
                self._rows |= {row.id: row for row in rows}
                for attendee in gone:
                    self._rows.pop(attendee, None)
            case BoardChanged(organisers=tuple(names)):
                self._consoles = names
            case _:
                pass
        if self._visitors():
            self._gone_since_s = time.monotonic()

    def _enter(self, event: EventView) -> None:
        before, self._event = self._event, event
        if before is None or (before.phase, before.segment, before.round) != (event.phase, event.segment, event.round):
            self._phase_since_s = time.monotonic()
        if event.phase == "talking":
            self.first_round.set()

    async def _look_ahead(self) -> None:
        """Whoever comes by /demo once it is late here shall find open doors elsewhere."""
        late = self._event is not None and self._event.phase in ("closing", "ended")
        if late and not self.closing.is_set():
            await self._prepare_next()
            self.closing.set()

    async def _act(self, connection: ClientConnection) -> None:
        """Do what is to be done, and not the same again at once."""
        if self._event is None or (command := next_step(self._watch(self._event))) is None:
            return
        now_s = time.monotonic()
        if self._last is not None and self._last[0] == command and now_s - self._last[1] < AGAIN_S:
            return
        self._last = command, now_s
        if isinstance(command, EndEvent):
            await self._prepare_next()
        log.info("host", event_id=self._event_id, command=type(command).__name__)
        await connection.send(encode_upward(None, command).decode())

    def _watch(self, event: EventView) -> Watch:
        now_s, visitors = time.monotonic(), self._visitors()
        return Watch(
            event=event,
            visitors=len(visitors),
            visitors_ready=sum(row.ready for row in visitors),
            visitors_gone_for_s=0 if visitors else now_s - self._gone_since_s,
            phase_for_s=now_s - self._phase_since_s,
            console_open=any(name != HOST for name in self._consoles) or self._consoles.count(HOST) > 1,
        )

    def _visitors(self) -> list[RosterRow]:
        here = (row for row in self._rows.values() if row.presence in ("here", "reconnecting"))
        return [row for row in here if not self._is_colleague(row.id)]

    def _over(self) -> bool:
        return self._event is not None and self._event.phase == "ended"
