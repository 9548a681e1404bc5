"""A crowd of scripted attendees at one event of a real server, and the checker that ends every test."""

import asyncio
import random
import secrets
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from rooms.event import Event, Viewer, snapshot
from rooms.language.agenda import RoundsSegment, Segment
from rooms.language.changes import AttendeeLost, RoundOpened, SeatVacated
from rooms.language.commands import EndRound, OpenEvent, SetReadiness, StartRound
from rooms.language.ids import AttendeeId, Instant, Role, RoomId
from server.records import registrations
from server.records.registrations import Newcomer
from server.store import keys
from tests.faults.auditor import PATIENCE_S, Auditor, an_auditor
from tests.faults.guest import Guest
from tests.faults.processes import name_of, redis_url, serving
from tests.journeys.hand import organise
from tests.journeys.venue import Venue, short_agenda
from tests.rooms.event.picture import comparable

TALK_S = 900
"""Rounds end by word here, not by the clock, unless a test is about clocks."""
CHANGEOVER_S = 3
AT_ONCE = 25
"""Guests who come in at the same time."""
BETWEEN_LINES_S = 4.0
"""Mean pause of one guest between two lines of chat."""
LOOK_S = 0.05
EXPECTED = ("Redis ended, starting it again", "no answer in time, the rules seat everybody")
"""Errors which are just what a fault is to bring about."""

Seats = dict[AttendeeId, RoomId | None]


class Crowd:
    """Everybody at one event."""

    def __init__(self, venue: Venue, auditor: Auditor, guests: list[Guest], chance: random.Random) -> None:
        self.venue = venue
        self.auditor = auditor
        self.guests = guests
        self.chance = chance
        self._printed = len(venue.printed)

    @property
    def state(self) -> Event:
        """The event as far as it is written."""
        assert self.auditor.state is not None
        return self.auditor.state

    def seats(self) -> Seats:
        """Who sits in which room."""
        return {who: person.room for who, person in self.state.people.items()}

    async def all_here(self, within_s: float = PATIENCE_S) -> None:
        """Wait until every line is open and the event says so, too."""
        async with asyncio.timeout(within_s):
            for guest in self.guests:
                await guest.here.wait()
            await self.auditor.until(lambda event: not event.away and event.present == len(self.guests))

    async def begin(self) -> None:
        """Come in, and be ready."""
        for start in range(0, len(self.guests), AT_ONCE):
            for guest in self.guests[start : start + AT_ONCE]:
                async with asyncio.timeout(PATIENCE_S):
                    await guest.here.wait()
        await asyncio.gather(*(guest.ask(SetReadiness(ready=True)) for guest in self.guests))
        await self.auditor.until(lambda event: event.ready == len(self.guests))

    async def talk(self) -> int:
        """Have a round opened, everybody seated in it; its number among all held."""
        held = self.state.held
        await self.auditor.order(StartRound())
        await self.auditor.until(lambda event: event.phase == "talking" and event.held > held)
        await self.auditor.until(everybody_sits)
        return held + 1

    async def change_over(self) -> None:
        """End the round."""
        await self.auditor.order(EndRound())
        await self.auditor.until(lambda event: event.phase != "talking")

    @asynccontextmanager
    async def chatter(self) -> AsyncIterator[None]:
        """Meanwhile everybody says something now and then; what is under way at the end is waited for."""
        over = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for guest in self.guests:
                group.create_task(self._talk_on(guest, over))
            try:
                yield
            finally:
                over.set()

    async def _talk_on(self, guest: Guest, over: asyncio.Event) -> None:
        while not over.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(self.chance.expovariate(1 / BETWEEN_LINES_S)):
                    await over.wait()
                    return
            await guest.say()

    def on(self, pid: int) -> list[Guest]:
        """Whoever has a line on that worker."""
        prefix = f"{name_of(pid)}."
        lines = {who: person.connection or "" for who, person in self.state.people.items()}
        return [guest for guest in self.guests if lines[guest.person.id].startswith(prefix)]

    def hurt(self, pid: int) -> list[Guest]:
        """Whoever has a line on that worker; from now on theirs counts as lost."""
        found, now = self.on(pid), time.monotonic()
        for guest in found:
            guest.lost_at = now
        return found

    async def back(self, hurt: Sequence[Guest]) -> list[float]:
        """Wait until these have another line, and everybody is here; the seconds that took each."""
        async with asyncio.timeout(PATIENCE_S):
            while any(guest.lost_at is not None for guest in hurt):
                await asyncio.sleep(LOOK_S)
        await self.all_here()
        return [guest.outages[-1] for guest in hurt]

    async def conductor(self) -> int:
        """Process id of the worker that conducts."""
        name = (await self.auditor.store.do("GET", keys.lease(self.auditor.event))).decode()
        return next(pid for pid in serving(self.venue) if name_of(pid) == name)

    async def fence(self) -> int:
        """The number of the newest conductor."""
        return int(await self.auditor.store.do("HGET", keys.head(self.auditor.event), "fence"))

    def busy_worker(self) -> int:
        """Process id of any worker, chosen by how many people it serves."""
        pids = serving(self.venue)
        return self.chance.choices(pids, [len(self.on(pid)) for pid in pids])[0]

    def refused_and_done(self) -> list[str]:
        """What was refused for want of an answer, and is there all the same."""
        said = self.auditor.said()
        return [text for guest in self.guests for text in guest.refused if said[text]]

    async def check(self, *, in_doubt: bool = False) -> None:
        """The end of every test: nothing lost, nothing twice, nobody in two seats or forgotten, no traceback.

        What was refused is not there either, unless Redis was lost with an order in its hands (`in_doubt`).
        """
        await self.all_here()
        await self.auditor.know_all()
        said = self.auditor.said()
        acknowledged = [text for guest in self.guests for text in guest.acknowledged]
        assert len(acknowledged) == len(set(acknowledged))
        assert not [text for text in acknowledged if said[text] == 0], "acknowledged, and not there"
        assert in_doubt or not self.refused_and_done(), "refused, and there all the same"
        assert not [text for text, times in said.items() if times > 1], "there more than once"
        assert self.auditor.wrong == []
        assert await self.auditor.reread() == self.state, "what Redis holds is not what its journal says"
        assert {guest.id for guest in self.guests} == {who for who, one in self.state.people.items() if not one.left}
        await self._pages_agree()
        assert not troubles(self.venue.printed[self._printed :]), self.venue.printed[self._printed :]

    async def _pages_agree(self) -> None:
        """Wait until each page shows what is so: the roster comes four times a second, the rest at once."""
        async with asyncio.timeout(PATIENCE_S):
            while any(differing := [differences(self.state, guest) for guest in self.guests]):
                assert self.guests, differing
                await asyncio.sleep(LOOK_S)


def troubles(lines: Sequence[str]) -> list[str]:
    """What a server writes when it did not know what to do: a traceback, or a line of level error of its own."""
    errors = [line for line in lines if "level=error" in line and not any(word in line for word in EXPECTED)]
    return [line for line in lines if "Traceback" in line] + errors


def everybody_sits(event: Event) -> bool:
    """Whether all rooms of a round are taken by all who were given seats there."""
    return all(seat.taken_at is not None for room in event.rooms.values() for seat in room.seats.values())


def differences(event: Event, guest: Guest) -> list[str]:
    """The slices in which a page shows something else than is so."""
    if guest.picture is None:
        return ["everything"]
    fresh = comparable(snapshot(event, Viewer(Role.ATTENDEE, guest.id), Instant(0)))
    mine = comparable(guest.picture)
    return [name for name in fresh.__struct_fields__ if getattr(fresh, name) != getattr(mine, name)]


def vacated(auditor: Auditor, after: int) -> Sequence[object]:
    """Seats and people given up since that number, which no fault may cause."""
    return [*auditor.changes(AttendeeLost, after), *auditor.changes(SeatVacated, after)]


def opened(auditor: Auditor, after: int = 0) -> list[RoundOpened]:
    """Rounds opened since that number."""
    return auditor.changes(RoundOpened, after)


@asynccontextmanager
async def a_crowd(
    venue: Venue, size: int, chance: random.Random, agenda: tuple[Segment, ...] = (), narrow: int = 0
) -> AsyncIterator[Crowd]:
    """So many people in the lobby of a new event, ready; they keep coming back until the end.

    The first `narrow` of them have lines of which the kernel keeps next to nothing.
    """
    rounds = RoundsSegment(rounds=30, length_s=TALK_S, changeover_s=CHANGEOVER_S)
    evening = await organise(venue, f"Mixer {secrets.token_hex(4)}", agenda or short_agenda(rounds))
    people = [await registrations.join(venue.records, evening.event.id, Newcomer(f"Guest {n}"), 0) for n in range(size)]
    guests = [Guest(venue.url, person, random.Random(chance.random())) for person in people if person]
    for guest in guests[:narrow]:
        guest.narrow = True
    async with an_auditor(redis_url(venue), evening.event.id) as auditor:
        await auditor.order(OpenEvent())
        await auditor.until(lambda event: event.phase == "lobby")
        crowd = Crowd(venue, auditor, guests, chance)
        stays = [asyncio.create_task(guest.stay()) for guest in guests]
        try:
            await crowd.begin()
            yield crowd
        finally:
            for stay in stays:
                stay.cancel()
            await asyncio.gather(*stays, return_exceptions=True)
