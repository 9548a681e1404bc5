"""One evening of the demo event: the host and all simulated attendees, from the open doors to the end."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

import structlog

from rooms.language.ids import AttendeeId, EventId
from server.demo import evening
from server.demo.actor import Actor, Company
from server.demo.cast import Part
from server.demo.director import Director
from server.demo.seats import Seats
from server.demo.studio import Studio
from server.demo.web import AWAY, UnexpectedAnswerError, Web
from server.lifetimes import restart_with_backoff
from server.records import events, organisers
from server.records.engine import Records
from server.settings import Settings

log = structlog.get_logger("demo")

SEATS_FILE = "demo-seats.json"
LATE_S = 12.0
"""How long after the first round began the late ones come."""
MAKE_UP_AFTER_S = 2.0
"""Drawing leaves the machine to the first pages for a moment."""
LINGER_S = 25.0
"""So long the simulated people stay at the closing: enough to have answered about everybody."""
PACES_S = (0.8, 1.1, 0.95, 1.3, 1.0, 1.2, 0.9, 1.4, 1.05)
"""One for each part, counted round, so that people do not act as one."""


class Troupe:
    """The simulated people of this server, who play one evening after the other."""

    def __init__(self, settings: Settings, records: Records, cast: Sequence[Part]) -> None:
        self._settings = settings
        self._records = records
        self._cast = cast
        self._studio = Studio(cast)

    async def play(self, event: EventId, hosts: asyncio.TaskGroup) -> None:
        """Run one evening; returns when nobody talks any more. Its host stays on among `hosts` and locks up."""
        colleagues: set[AttendeeId] = set()
        company = Company(Seats(self._settings.data / SEATS_FILE, event), self._studio, colleagues)
        director = self._engage(event, colleagues)
        hosts.create_task(self._direct(director, event))
        async with asyncio.TaskGroup() as stage:
            lives = [stage.create_task(self._make_up())]
            for number, part in enumerate(self._cast):
                pace_s = PACES_S[number % len(PACES_S)]
                lives.append(stage.create_task(self._play_part(part, event, company, director, pace_s)))
            await director.closing.wait()
            await asyncio.sleep(LINGER_S)
            # All at once: each says goodbye to the server and waits for its answer.
            for life in lives:
                life.cancel()

    def lock_up(self, event: EventId, hosts: asyncio.TaskGroup) -> None:
        """Only the host, for an evening that is late already."""
        hosts.create_task(self._direct(self._engage(event, set()), event))

    def _engage(self, event: EventId, colleagues: set[AttendeeId]) -> Director:
        return Director(event, colleagues.__contains__, partial(self._prepare_next, event))

    async def _direct(self, director: Director, event: EventId) -> None:
        """Let the host do their work, with a login of their own."""
        try:
            async with self._web() as web:
                owner = await evening.host(self._records)
                web.sign_in(await organisers.open_session(self._records, owner.id))
                await director.run(web)
        except UnexpectedAnswerError as error:
            log.warning("the host was sent away", event_id=event, error=str(error))
        finally:
            director.closing.set()

    async def _play_part(self, part: Part, event: EventId, company: Company, director: Director, pace_s: float) -> None:
        """One attendee for the whole evening, whatever happens to their line."""
        if part.late:
            await director.first_round.wait()
            await asyncio.sleep(LATE_S)
        await asyncio.sleep(pace_s)
        async with self._web() as web:
            await restart_with_backoff(f"demo {part.key}", Actor(part, event, web, company, pace_s).run, AWAY)

    async def _make_up(self) -> None:
        """Draw everybody once, in time for the first visitor, who still has a name to write and a camera to choose."""
        await asyncio.sleep(MAKE_UP_AFTER_S)
        for part in self._cast:
            await self._studio.appearance(part)

    async def _prepare_next(self, event: EventId) -> None:
        """Make the next event, unless there is one already."""
        newest = await events.newest_demo(self._records)
        if newest is None or newest.id == event:
            await evening.fresh(self._records, self._settings)

    @asynccontextmanager
    async def _web(self) -> AsyncIterator[Web]:
        web = Web(self._settings)
        try:
            yield web
        finally:
            await web.close()
