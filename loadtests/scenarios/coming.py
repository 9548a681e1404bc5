"""Letting a crowd in and seating it, as nearly every scenario begins; and what its frames were."""

import asyncio
from time import monotonic

from loadtests.driving.crowd import Crowd, Mark
from loadtests.driving.house import Evening, House
from loadtests.driving.waiting import until
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.scenarios.wish import PATIENCE_S
from rooms.language.commands import OpenEvent, SetReadiness, StartRound
from server.lifetimes import beside

SAMPLE_S = 1.0
"""How often memory is read while people arrive."""
AGAIN_S = 5.0
"""After so long without an answer somebody presses a button again."""


async def let_in(evening: Evening, screen: Screen) -> float:
    """Open the doors and let all in; how many seconds it took until the last had a picture."""
    await evening.host.order(OpenEvent())
    crowd, began = evening.crowd, monotonic()
    async with screen.bar("people arrive", len(crowd), lambda: crowd.here):
        await crowd.arrive()
        await until(crowd.complete, "everybody here", PATIENCE_S)  # some may have been sent on meanwhile
    return max(person.welcomed_at for person in crowd.people) - began


async def make_ready(evening: Evening, screen: Screen) -> float:
    """All say that they want to be matched, again when they are told to; seconds until the last has been heard."""
    crowd, began = evening.crowd, monotonic()
    mark = crowd.mark(b"settled")
    bar = screen.bar("people say that they are ready", len(crowd), lambda: mark.count)
    async with bar, beside(_press_again(crowd, mark)):
        await mark.all(PATIENCE_S)
    crowd.forget(b"settled")
    return mark.since(began).last / 1000


async def _press_again(crowd: Crowd, mark: Mark) -> None:
    """Who was not heard presses again after a while, as people do, for ever."""
    while True:
        for person in crowd.people:
            if mark.times[person.number] != mark.times[person.number]:  # not a number: not yet heard
                person.order(SetReadiness(True))
        await asyncio.sleep(AGAIN_S)


async def seat_all(evening: Evening, screen: Screen) -> None:
    """Let all in, make them ready, begin the first round, wait until all sit and all is quiet."""
    await let_in(evening, screen)
    await make_ready(evening, screen)
    mark = evening.crowd.mark(b"room 1")
    async with screen.bar("people are seated", len(evening.crowd), lambda: mark.count):
        await evening.host.order(StartRound())
        await mark.all(PATIENCE_S)
        await evening.crowd.quiet(PATIENCE_S)
    evening.crowd.forget(b"room 1")


async def sample_memory(house: House, crowd: Crowd, points: list[tuple[float, float]]) -> None:
    """Note memory beside the number of people who are here, for ever."""
    while True:
        points.append((float(crowd.here), house.use().pss_kib / 1024))
        await asyncio.sleep(SAMPLE_S)


def note_frames(report: Report, crowd: Crowd, house: House) -> None:
    """What attendees were sent, and what went wrong on the way."""
    tally = crowd.tally
    report.frames = {kind.decode(): [count, tally.bytes[kind]] for kind, count in tally.frames.most_common()}
    report.notes += [*crowd.troubles(), *house.said()]
