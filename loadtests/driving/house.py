"""A whole server for a run: `python -m server serve` with its workers, Redis, database; and events with their seats."""

import re
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from loadtests.driving.attendee import Attendee
from loadtests.driving.crowd import Crowd
from loadtests.driving.doors import Doors
from loadtests.driving.host import Host
from loadtests.driving.waiting import until
from loadtests.matching.crowds import crowd as made_up
from loadtests.measuring.gauges import Use, use
from loadtests.measuring.watch import Watch, watching
from rooms.language.agenda import Segment
from rooms.language.ids import EventId, Instant, Role, WorkerId
from server.identity.cookies import SEAT, SESSION
from server.records import events, organisers, registrations
from server.records.engine import Records, now_ms
from server.records.organisers import Organiser
from server.records.registrations import Newcomer
from server.store import keys
from server.store.client import Store
from server.store.clock import Clock
from server.store.presence import Presence
from tests.journeys.conftest import free_port
from tests.journeys.venue import Venue, children, open_venue

REDIS_S = 5.0
CONDUCTED_S = 20.0
"""Longest wait for a worker to take an event up."""
LINES_SHOWN = 10
FACT = re.compile(r'level=\w+ event=("[^"]*"|\S+)')
"""What makes two lines of the server's log the same."""
SEATS_AT_ONCE = 1_000
"""Registrations written in one transaction."""


class Address(NamedTuple):
    """Where the server listens."""

    host: str
    port: int


class Evening(NamedTuple):
    """One event with those who are to come."""

    id: EventId
    crowd: Crowd
    host: Host


class House:
    """The running server, as a run sees it."""

    def __init__(self, venue: Venue, doors: Doors, watch: Watch, owner: Organiser, session: str) -> None:
        self.venue = venue
        self.doors = doors
        self.watch = watch
        self.redis = Store(redis_url(venue.data), REDIS_S)
        parts = urlsplit(venue.url)
        assert parts.hostname
        assert parts.port
        self.address = Address(parts.hostname, parts.port)
        self.owner = owner
        self._session = session

    def pids(self) -> list[int]:
        """The parent, the workers, their matchers and Redis."""
        return [self.venue.process.pid, *children(self.venue.process.pid)]

    def use(self) -> Use:
        """What all of them take now."""
        return use(self.pids())

    def said(self) -> list[str]:
        """What the server has logged, each kind of line once with how often it came."""
        rows = [(fact[0], row[fact.start() :]) for row in self.venue.printed if (fact := FACT.search(row))]
        first = dict(reversed(rows))
        counts = Counter(fact for fact, _ in rows).most_common(LINES_SHOWN)
        return [f"the server said {count} times, first: {first[fact]}" for fact, count in counts]

    async def redis_clients(self) -> list[str]:
        """One line for each connection that Redis has, with what it is for."""
        found = await self.redis.do("CLIENT", "LIST")
        if isinstance(found, list):  # redis-py has cut it already
            return [" ".join(f"{name}={value}" for name, value in row.items() if value) for row in found]
        return str(found.decode() if isinstance(found, bytes) else found).splitlines()

    async def workers(self) -> list[WorkerId]:
        """The names of all workers that live."""
        return [WorkerId(name.decode()) for name in await self.redis.do("ZRANGE", keys.WORKERS, 0, -1)]

    async def conductor_of(self, event: EventId) -> WorkerId:
        """The worker that conducts an event."""

        async def name() -> bytes | None:
            found: bytes | None = await self.redis.do("GET", keys.lease(event))
            return found

        return WorkerId((await until(name, f"a conductor of {event}", CONDUCTED_S)).decode())

    async def people_on(self, worker: WorkerId) -> frozenset[str]:
        """The ids of attendees whose lines live on that worker."""
        found = await Presence(self.redis, Clock(), worker).connections_of(worker)
        return frozenset(one.id for one in found if one.role is Role.ATTENDEE)

    @asynccontextmanager
    async def evening(self, people: int, agenda: tuple[Segment, ...], name: str = "Load") -> AsyncIterator[Evening]:
        """An event with seats for so many, an open console, and nobody there yet."""
        event = await self._event(name, agenda)
        seats = await self._seats(event, people)
        host = Host(self.address)
        async with Crowd(*self.address, self.door_of(event), seats) as crowd:
            try:
                await self.watch.follow(event)
                await host.come(await self.console(event))
                yield Evening(event, crowd, host)
            except Exception as error:
                for trouble in (*crowd.troubles(), *self.said()):
                    error.add_note(trouble)
                raise
            finally:
                host.go()

    async def console(self, event: EventId) -> str:
        """The path of a console's socket."""
        return await self.doors.ticket(f"/events/{event}/ticket", f"{SESSION}={self._session}")

    def door_of(self, event: EventId) -> "_Door":
        """How somebody gets into that event."""
        return _Door(self.doors, event)

    async def _event(self, name: str, agenda: tuple[Segment, ...]) -> EventId:
        draft = events.Draft(
            name=name, description="", starts_at=Instant(now_ms() - 1000), timezone="Europe/Lisbon", capacity=0,
            entry="open", code="", conduct="Be kind.", unattended=False,
        )  # fmt: skip
        return (await events.create(self.venue.records, draft, agenda, self.owner.id)).id

    async def _seats(self, event: EventId, people: int) -> list[tuple[str, str]]:
        """Ids and tokens of so many registrations, written as a roster is."""
        found: list[tuple[str, str]] = []
        newcomers = list(_newcomers(people))
        for start in range(0, people, SEATS_AT_ONCE):
            some = await registrations.add(self.venue.records, event, newcomers[start : start + SEATS_AT_ONCE])
            found += [(person.id, person.token) for person in some]
        return found


class _Door:
    """A ticket by the cookie of a seat."""

    def __init__(self, doors: Doors, event: EventId) -> None:
        self._doors = doors
        self._path, self._cookie = f"/e/{event}/ticket", SEAT + event

    async def __call__(self, person: Attendee) -> str:
        return await self._doors.ticket(self._path, f"{self._cookie}={person.secret}")


def _newcomers(people: int) -> Iterable[Newcomer]:
    for number, profile in enumerate(made_up(people), start=1):
        yield Newcomer(f"Person {number}", team=profile.team, interests=profile.interests)


def redis_url(data: Path) -> str:
    """Where a server with this data folder has its private Redis."""
    return f"unix://{data / 'redis' / 'redis.sock'}"


async def _owner(records: Records) -> tuple[Organiser, str]:
    owner = await organisers.create(records, "load@example.org", "Noor Haddad", None)
    return owner, await organisers.open_session(records, owner.id)


@asynccontextmanager
async def a_house(workers: int, *flags: str) -> AsyncIterator[House]:
    """Start everything in a folder of its own, stop it afterwards."""
    async with AsyncExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rondo-load-")))
        quiet = ("--no-demo", "--workers", str(workers), "--log-level", "warning")
        venue = await stack.enter_async_context(open_venue(data, free_port(), *quiet, *flags))
        host, port = urlsplit(venue.url).hostname, urlsplit(venue.url).port
        assert host
        assert port
        doors = await stack.enter_async_context(Doors(host, port))
        watch = await stack.enter_async_context(watching(redis_url(data).removeprefix("unix://")))
        house = House(venue, doors, watch, *await _owner(venue.records))
        stack.push_async_callback(house.redis.close)
        yield house
