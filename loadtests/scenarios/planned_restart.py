"""A deploy in mid-round: one worker after the other is told to stop, sends its people on and is started anew."""

import asyncio
import os
import signal

from loadtests.driving.house import House
from loadtests.driving.waiting import until
from loadtests.measuring.report import Curve, Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.sockets import listening
from loadtests.measuring.spread import Spread
from loadtests.scenarios.coming import note_frames, seat_all
from loadtests.scenarios.returning import Returns, Seats, fullest, storm_at_the_floor
from loadtests.scenarios.wish import PATIENCE_S, Wish, agenda

CALM_S = 2.0
"""Between two workers: a deploy waits until all is well."""


async def planned_restart(wish: Wish, screen: Screen) -> Report:
    """Each worker is restarted in mid-round: failed returns, until the last is back, and how evenly they come."""
    report = Report("planned_restart", wish.attendees, wish.workers)
    async with wish.house(wish.workers) as house, house.evening(wish.attendees, agenda()) as evening:
        crowd = evening.crowd
        await seat_all(evening, screen)
        serving = listening(house.address.port)
        seats, backs, most, moved = Seats.of(crowd), list[float](), 0.0, 0
        for worker in await house.workers():
            here = await house.people_on(worker)
            returns = Returns(crowd, sum(person.name in here for person in crowd.people))
            os.kill(house.venue.worker_named(worker), signal.SIGTERM)
            mark = await returns.all(screen)
            backs.append(mark.since(returns.began).last / 1000)
            most, moved = max(most, fullest(mark) / mark.count), max(moved, mark.count)
            await _until_whole(house, serving)
        welcome = crowd.tally.bytes[b"welcome"] // crowd.tally.frames[b"welcome"]
        note_frames(report, crowd, house)
        floor = await storm_at_the_floor(wish.attendees, moved, welcome, screen)
        _tell(report, backs, floor)
        report.add("failed", crowd.failures.total(), "", "tries that failed")
        report.add("seats_lost", seats.lost(crowd), "", "people who do not sit where they sat")
        report.add("fullest", most * 100, "%", "of a worker's people within the fullest tenth of a second")
    return report


async def _until_whole(house: House, serving: int) -> None:
    """Wait until as many workers take people in as before."""

    async def whole() -> bool | None:
        return listening(house.address.port) >= serving or None

    await until(whole, "all workers", PATIENCE_S)
    await asyncio.sleep(CALM_S)


def _tell(report: Report, backs: list[float], floor: Spread) -> None:
    what = "from the word to stop until the last is back: slowest worker"
    report.add("back_s", max(backs), "s", what, floor.last / 1000)
    points = tuple((float(number), back) for number, back in enumerate(backs, 1))
    report.curves.append(Curve("Until all are back, worker by worker", "worker", "s", points))
