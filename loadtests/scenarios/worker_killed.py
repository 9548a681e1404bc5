"""A worker is killed in mid-round, the one that conducts the event; its people come back, another event goes on."""

import asyncio
from contextlib import AsyncExitStack

from loadtests.driving.attendee import Attendee
from loadtests.driving.house import Evening, House
from loadtests.driving.voices import Voices
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.spread import Spread
from loadtests.scenarios.coming import note_frames, seat_all
from loadtests.scenarios.returning import Returns, storm_at_the_floor
from loadtests.scenarios.wish import Wish, agenda
from server.lifetimes import beside

OTHERS = 20
"""People of another event, which is to notice nothing."""
CALM_S = 5.0
"""How long the other event is listened to before."""
LINE_EVERY_S = 0.1
OTHER_EVENTS = 6
"""Events opened until one is conducted by a worker that stays alive: they are spread by chance."""


class NoNeighbourError(Exception):
    """With one worker there is nobody to go to."""


async def worker_killed(wish: Wish, screen: Screen) -> Report:
    """The conducting worker is killed in mid-round: until all its people are back in their seats."""
    if wish.workers < 2:
        raise NoNeighbourError("worker_killed needs two workers or more")
    report = Report("worker_killed", wish.attendees, wish.workers)
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(wish.house(wish.workers))
        evening = await stack.enter_async_context(house.evening(wish.attendees, agenda()))
        await seat_all(evening, screen)
        dying = await house.conductor_of(evening.id)
        other = await _neighbour(stack, house, dying, screen)
        gone = await house.people_on(dying)
        lost = [person for person in evening.crowd.people if person.name in gone]
        alive = [person for person in other.crowd.people if person.name not in gone]
        voices = Voices(other.crowd, frozenset(person.name for person in alive))
        async with beside(_talk(voices, alive)):
            await asyncio.sleep(CALM_S)
            calm = voices.take()
            returns = Returns(evening.crowd, len(lost))
            house.venue.kill_worker(house.venue.worker_named(dying))
            mark = await returns.all(screen)
            await asyncio.sleep(CALM_S)
            hurt = voices.take()
        await evening.crowd.quiet()
        note_frames(report, evening.crowd, house)
        welcome = evening.crowd.tally.bytes[b"welcome"] // evening.crowd.tally.frames[b"welcome"]
        floor = await storm_at_the_floor(wish.attendees, len(lost), welcome, screen)
        returns.tell(report, mark, floor)
        _tell_others(report, calm, hurt)
    return report


async def _neighbour(stack: AsyncExitStack, house: House, dying: str, screen: Screen) -> Evening:
    """An event that another worker conducts."""
    for number in range(OTHER_EVENTS):
        other = await stack.enter_async_context(house.evening(OTHERS, agenda(), f"Other {number}"))
        await seat_all(other, screen)
        if await house.conductor_of(other.id) != dying:
            return other
    raise NoNeighbourError(f"one worker conducts all of {OTHER_EVENTS + 1} events")


async def _talk(voices: Voices, people: list[Attendee]) -> None:
    """One line to their room after the other, for ever."""
    while True:
        for person in people:
            voices.say(person, person.room)
            await asyncio.sleep(LINE_EVERY_S)


def _tell_others(report: Report, calm: Spread | None, hurt: Spread | None) -> None:
    if calm is None or hurt is None:
        report.notes.append("nothing was heard at the other event")
        return
    report.spreads["chat of another event, before"] = calm
    report.spreads["chat of another event, meanwhile"] = hurt
    report.add("others_p99", hurt.p99, "ms", "chat at another event meanwhile: p99")
    report.add("others_last", hurt.last, "ms", "chat at another event meanwhile: the slowest line")
    report.add("others_delayed", hurt.p99 - calm.p99, "ms", "more than before: p99")
