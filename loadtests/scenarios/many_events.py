"""Many events of fifty at once, rounds changing at instants of their own: is everybody told in time."""

import asyncio
import random
from collections import Counter
from contextlib import AsyncExitStack
from time import monotonic

from loadtests.driving.house import Evening, House
from loadtests.driving.waiting import StuckError
from loadtests.measuring.floor import a_floor
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.spread import Spread
from loadtests.scenarios.coming import note_frames
from loadtests.scenarios.wish import PATIENCE_S, Wish, agenda
from rooms.language.commands import EndRound, OpenEvent, SetReadiness, StartRound

SIZE = 50
FEWEST = 2
MANY = 100
"""From so many events on, rounds change every minute; fewer events change more often, so that a run is not long."""
MINUTE_S, OFTEN_S = 60.0, 8.0
ROUNDS = 2
AT_ONCE = 8
"""Events that are filled at a time."""
CHANGEOVER_S = 3
SUBSCRIPTIONS = ("sub", "psub", "ssub")
"""How Redis names what a connection listens to."""


async def many_events(wish: Wish, screen: Screen) -> Report:
    """Events of fifty, all at once, rounds every minute: told from the commit, conductors and lines a worker."""
    report = Report("many_events", wish.attendees, wish.workers)
    count = max(FEWEST, wish.attendees // SIZE)
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(wish.house(wish.workers))
        evenings: list[Evening] = []
        async with screen.bar("events are made", count, lambda: len(evenings)):
            for number in range(count):
                made = house.evening(wish.attendees // count, agenda(ROUNDS, CHANGEOVER_S), f"Load {number}")
                evenings.append(await stack.enter_async_context(made))
        people = sum(len(one.crowd) for one in evenings)
        async with screen.bar("people are seated", people, lambda: sum(one.crowd.here for one in evenings)):
            await _fill(evenings)
        before, began = house.use(), monotonic()
        told, lost = await _play(house, evenings, screen)
        cpu_s = (house.use().cpu_s - before.cpu_s) / (monotonic() - began)
        await _tell_conducting(report, house, evenings)
        for evening in evenings[:1]:
            note_frames(report, evening.crowd, house)
        frame = evenings[0].crowd.tally
        size = frame.bytes[b"room.changed"] // max(1, frame.frames[b"room.changed"])
    floor = await _floor(wish.attendees // count, size)
    report.told("told", "from a deciding commit to being told the room, all events", Spread.of(told), floor)
    report.add("lost", lost, "", "changes of a round that did not reach everybody")
    report.add("core", cpu_s * 100, "%", "of a core, all server processes")
    report.add("events", count, "", "events at once")
    return report


async def _fill(evenings: list[Evening]) -> None:
    """Let all in and begin the first round of each."""
    waiting = iter(evenings)

    async def one_after_the_other() -> None:
        for evening in waiting:
            await _fill_one(evening)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(one_after_the_other())


async def _fill_one(evening: Evening) -> None:
    await evening.host.order(OpenEvent())
    await evening.crowd.arrive()
    ready, told = evening.crowd.mark(b"settled"), evening.crowd.mark(b"room 1")
    for person in evening.crowd.people:
        person.order(SetReadiness(True))
    await ready.all(PATIENCE_S)
    await evening.host.order(StartRound())
    await told.all(PATIENCE_S)


async def _play(house: House, evenings: list[Evening], screen: Screen) -> tuple[list[float], int]:
    """Change rounds at instants spread over the period; milliseconds of everybody, and how many changes got stuck."""
    period_s = MINUTE_S if len(evenings) >= MANY else OFTEN_S
    told, stuck, done = list[float](), list[str](), list[int]()

    async def play(evening: Evening) -> None:
        await asyncio.sleep(random.random() * period_s)  # noqa: S311 — an instant, no secret
        for number in range(2, ROUNDS + 1):
            try:
                told.extend(await _change(house, evening, number))
            except StuckError as error:
                stuck.append(str(error))
            done.append(number)

    total = len(evenings) * (ROUNDS - 1)
    async with screen.bar("rounds change", total, lambda: len(done)), asyncio.TaskGroup() as group:
        for evening in evenings:
            group.create_task(play(evening))
    return told, len(stuck)


async def _change(house: House, evening: Evening, number: int) -> list[float]:
    mark, asked_at = evening.crowd.mark(b"room %d" % number), monotonic()
    await evening.host.order(EndRound())
    await mark.all(PATIENCE_S)
    commit = await house.watch.find("round.opened", evening.id, asked_at)
    return [(at - commit.at) * 1000 for at in mark.times]


async def _tell_conducting(report: Report, house: House, evenings: list[Evening]) -> None:
    """Who conducts how many, and how many lines to Redis only listen."""
    conductors = Counter([await house.conductor_of(evening.id) for evening in evenings])
    report.add("conducted", max(conductors.values()), "", "events that one worker conducts")
    clients = [dict(part.split("=", 1) for part in row.split()) for row in await house.redis_clients()]
    listening = sum(any(int(client.get(kind, 0)) for kind in SUBSCRIPTIONS) for client in clients)
    report.add("listening", (listening - 1) / report.workers, "", "lines to Redis that only listen, a worker")
    report.add("lines", len(clients) / report.workers, "", "all lines to Redis, a worker")


async def _floor(people: int, frame: int) -> Spread:
    """One event's people told by the bare frame server."""
    async with a_floor(people, frame) as floor:
        await floor.crowd.arrive()
        await floor.tell_everybody(frame)
        return (await floor.tell_everybody(frame))[0]
