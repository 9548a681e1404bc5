"""An evening over three hosts survives the loss of each part, one after another; nothing acknowledged is lost."""

import asyncio
import json
import random
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from rooms.language.agenda import RoundsSegment
from rooms.language.commands import EndRound, OpenEvent, OrganiserCommand, StartRound
from rooms.language.ids import AttendeeId
from rooms.language.notices import Settled
from server.records import connections, registrations
from server.records.registrations import Newcomer
from server.store.client import StoreAwayError
from tests.faults.asking import HttpError, ask
from tests.faults.crowd import AT_ONCE, Crowd, everybody_sits
from tests.faults.guest import Guest
from tests.journeys.hand import organise
from tests.journeys.venue import short_agenda
from tests.machines.fleet import PORT, Fleet, Parts, a_fleet
from tests.machines.follower import Follower, a_follower

pytestmark = [pytest.mark.machines, pytest.mark.timeout(900)]

CI, LONG = 16, 200
"""People at the event."""
TALK_S, CHANGEOVER_S = 900, 3
PATIENCE_S = 60.0
"""Longest wait for anything after a loss. What it should take is in docs/deploy.md; CI shares two cores."""
AGAIN_S = 0.2
LINES_SHOWN = 60
"""Of what the servers wrote, when something took too long."""


class Evening:
    """The crowd, and the parts that can be taken from under it."""

    def __init__(self, parts: Parts, crowd: Crowd, follower: Follower) -> None:
        self.parts = parts
        self.crowd = crowd
        self.follower = follower
        self.yeses: set[tuple[AttendeeId, AttendeeId]] = set()
        """Acknowledged: who said it, about whom."""

    async def order(self, command: OrganiserCommand) -> None:
        """Ask as an organiser until Redis takes it."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    return await self.crowd.auditor.order(command)
                except StoreAwayError:
                    await asyncio.sleep(AGAIN_S)

    async def next_round(self) -> None:
        """End the round there is, open another one, and everybody sits and says yes to everybody at the table."""
        auditor, held = self.crowd.auditor, self.crowd.state.held
        if self.crowd.state.phase == "talking":
            await self.order(EndRound())
            await auditor.until(lambda event: event.phase != "talking", PATIENCE_S)
        await self.order(StartRound())
        await auditor.until(lambda event: event.phase == "talking" and event.held > held, PATIENCE_S)
        await auditor.until(everybody_sits, PATIENCE_S)
        tables: dict[str, list[AttendeeId]] = {}
        for who, room in self.crowd.seats().items():
            if room is not None:
                tables.setdefault(room, []).append(who)
        for start in range(0, len(self.crowd.guests), AT_ONCE):
            some = self.crowd.guests[start : start + AT_ONCE]
            await asyncio.gather(*(self._say_yes(guest, tables) for guest in some))

    async def _say_yes(self, guest: Guest, tables: dict[str, list[AttendeeId]]) -> None:
        mine = next((people for people in tables.values() if guest.id in people), [])
        for other in mine:
            if other != guest.id:
                path = f"/e/{guest.person.event}/met/{other}.json"
                await self._insist(guest, path, {"answer": "yes"})
                self.yeses.add((AttendeeId(guest.id), other))

    async def _insist(self, guest: Guest, path: str, body: dict[str, str]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    await ask(guest.url, "PUT", path, guest.cookie, json.dumps(body).encode())
                except OSError as error:
                    if isinstance(error, HttpError) and error.status < 500:
                        raise
                else:
                    return
                await asyncio.sleep(AGAIN_S)

    async def on(self, host: str) -> list[Guest]:
        """Whoever has a line to that host."""
        worker = (await ask(f"http://{self.parts.network.address(host)}:{PORT}", "GET", "/health"))["worker"]
        lines = {who: person.connection or "" for who, person in self.crowd.state.people.items()}
        return [guest for guest in self.crowd.guests if lines[guest.person.id].startswith(f"{worker}.")]

    async def all_back(self, hurt: Sequence[Guest], outages: Sequence[int]) -> float:
        """Wait until all who lost their line have another one and the event knows; the seconds that took."""
        assert hurt
        began = time.monotonic()
        async with asyncio.timeout(PATIENCE_S):
            while any(len(guest.outages) == before for guest, before in zip(hurt, outages, strict=True)):
                await asyncio.sleep(AGAIN_S)
        await self.crowd.all_here(PATIENCE_S)
        return time.monotonic() - began

    async def commands_work(self) -> float:
        """Everybody says something until it is acknowledged; the seconds that took."""
        began = time.monotonic()
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(*(self._speak(guest) for guest in self.crowd.guests))
        return time.monotonic() - began

    async def _speak(self, guest: Guest) -> None:
        while not isinstance(await guest.say(), Settled):
            await asyncio.sleep(AGAIN_S)

    def describe(self) -> str:
        """Where everybody is, and what the servers said last: for whoever reads that it took too long."""
        lines = [
            f"{guest.id} here={guest.here.is_set()} outages={len(guest.outages)} closes={guest.closes[-4:]}"
            for guest in self.crowd.guests
        ]
        state = self.crowd.state
        about = f"{state.present} present, away {sorted(state.away)}, phase {state.phase}, seq {state.seq}"
        return "\n".join([about, *lines, *self.parts.fleet.printed[-LINES_SHOWN:]])

    async def nothing_is_lost(self) -> None:
        """Everything acknowledged is there exactly once, every page is right, every yes counts for both.

        Only lines of chat may be missing that a primary took to its grave (docs/deploy.md); they are counted.
        """
        lost = self.follower.lost_lines
        print(f"lines of chat lost with a primary: {len(lost)}")
        for guest in self.crowd.guests:
            guest.acknowledged = [text for text in guest.acknowledged if text not in lost]
        await self.crowd.check()
        for guest in self.crowd.guests:
            rows = {
                row.id: row
                for row in await connections.met(self.parts.fleet.records, guest.person.event, guest.person.id)
            }
            for by, about in self.yeses:
                if by == guest.id:
                    assert rows[about].answer == "yes"
                    assert rows[about].mutual == ((about, by) in self.yeses)


Loss = Callable[[Evening], Awaitable[float]]
"""Takes a part away and gives it back; the seconds until all was as before."""


@asynccontextmanager
async def an_evening(parts: Parts, size: int, chance: random.Random) -> AsyncIterator[Evening]:
    """So many people at a new event, in their first round."""
    fleet: Fleet = parts.fleet
    rounds = RoundsSegment(rounds=30, length_s=TALK_S, changeover_s=CHANGEOVER_S)
    event = (await organise(fleet, f"Mixer {secrets.token_hex(4)}", short_agenda(rounds))).event.id
    people = [await registrations.join(fleet.records, event, Newcomer(f"Guest {n}"), 0) for n in range(size)]
    guests = [Guest(fleet.url, person, random.Random(chance.random())) for person in people if person]
    async with a_follower(parts.trio.url, event) as auditor:
        await auditor.order(OpenEvent())
        await auditor.until(lambda state: state.phase == "lobby", PATIENCE_S)
        crowd = Crowd(fleet, auditor, guests, chance)
        stays = [asyncio.create_task(guest.stay()) for guest in guests]
        try:
            await crowd.begin()
            evening = Evening(parts, crowd, auditor)
            await evening.next_round()
            yield evening
        finally:
            for stay in stays:
                stay.cancel()
            await asyncio.gather(*stays, return_exceptions=True)


async def lose_a_host(evening: Evening) -> float:
    """One host of workers is gone without a word, and comes back later."""
    hurt = await evening.on("a")
    outages = [len(guest.outages) for guest in hurt]
    with evening.parts.network.cut("a"):
        took_s = await evening.all_back(hurt, outages)
        await evening.commands_work()
    return took_s


async def lose_the_primary(evening: Evening) -> float:
    """The Redis that takes the writes dies, and comes back later: the Sentinels make it a replica."""
    primary = await evening.parts.trio.primary()
    primary.kill()
    took_s = await evening.commands_work()
    primary.start()
    return took_s


async def lose_the_balancer(evening: Evening) -> float:
    """All connections break at once."""
    outages = [len(guest.outages) for guest in evening.crowd.guests]
    evening.parts.balancer.kill()
    evening.parts.balancer.start()
    return await evening.all_back(evening.crowd.guests, outages)


async def part_the_workers(evening: Evening) -> float:
    """The two hosts of workers do not reach each other: whoever is not with the primary of Redis can do nothing."""
    primary = await evening.parts.trio.primary()
    assert primary.host != evening.parts.network.address("c"), "the primary is beyond the wall"
    await evening.parts.trio.servers[0].says("'master_link_status': 'up'", "INFO", "replication")
    with evening.parts.network.wall("a", "b"):
        took_s = await evening.commands_work()
        await evening.crowd.all_here(PATIENCE_S)
    return took_s


async def lose_the_primarys_host(evening: Evening) -> float:
    """A host with workers and the primary is beyond a wall from all others, and comes back with what it had."""
    primary = await evening.parts.trio.primary()
    host = next(name for name in ("a", "b") if evening.parts.network.address(name) == primary.host)
    hurt = await evening.on(host)
    outages = [len(guest.outages) for guest in hurt]
    with evening.parts.network.cut(host):
        took_s = await evening.all_back(hurt, outages)
        await evening.commands_work()
    await primary.says("'master_link_status': 'up'", "INFO", "replication")
    return took_s


SHORT: tuple[Loss, ...] = (lose_a_host, lose_the_primary, lose_the_balancer, part_the_workers)
LONG_TOO: tuple[Loss, ...] = (lose_the_primarys_host,)


async def test_an_evening_over_three_hosts_survives_the_loss_of_each_part(request: pytest.FixtureRequest) -> None:
    long = request.config.getoption("--long", False)
    async with a_fleet() as parts, an_evening(parts, LONG if long else CI, random.Random(7)) as evening:
        for loss in SHORT + (LONG_TOO if long else ()):
            seats = evening.crowd.seats()
            try:
                took_s = await loss(evening)
            except TimeoutError:
                pytest.fail(f"{loss.__name__}: {evening.describe()}")
            print(f"{loss.__name__}: all as before after {took_s:.1f} s")
            await evening.crowd.all_here(PATIENCE_S)
            assert evening.crowd.seats() == seats, "somebody lost a seat"
            if long or loss in (lose_the_primary, part_the_workers):
                await evening.next_round()
        await evening.nothing_is_lost()
