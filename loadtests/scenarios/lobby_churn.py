"""Fifty join each second while all others wait in the lobby: by when has everybody been shown one more."""

import asyncio
from array import array
from time import monotonic

from loadtests.driving.attendee import Attendee
from loadtests.driving.crowd import Crowd
from loadtests.driving.house import House
from loadtests.measuring.floor import a_floor
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.spread import Spread
from loadtests.scenarios.coming import let_in, note_frames
from loadtests.scenarios.wish import Wish, agenda

JOINS_PER_S = 50
CHURN_S = 6.0
"""How long they join at full size."""
IDLE_S = 2.0
"""How long the processor time of a lobby at rest is taken."""
LAST_S = 3.0
"""After the last joined, everybody must have been shown within this."""
NEARLY = 0.8
"""The last of those who join takes its time: so much of the pace is the pace."""
SHARE = 0.1
"""Of all people at most so many join late: with few people the churn is shorter."""
COUNT = b'"present":'


class Shown:
    """What each of those who wait has been shown, and when: how many are here."""

    def __init__(self, crowd: Crowd, waiting: int) -> None:
        self._waiting = waiting
        self._seen = array("q", [waiting]) * waiting
        self.steps: list[tuple[int, float]] = []
        """From which number on something was new to somebody, and when."""
        crowd.listed = self._listed

    def _listed(self, person: Attendee, payload: bytes, at: float) -> None:
        if person.number >= self._waiting:
            return
        begin = payload.rfind(COUNT) + len(COUNT)
        present = int(payload[begin : payload.find(b",", begin)])
        if present > self._seen[person.number]:
            self.steps.append((self._seen[person.number], at))
            self._seen[person.number] = present

    def delays(self, arrived_at: list[float]) -> Spread:
        """Milliseconds from each arrival until it was shown; of several shown at once the oldest counts."""
        return Spread.of([max(0.0, at - arrived_at[seen - self._waiting]) * 1000 for seen, at in self.steps])

    def behind(self, present: int) -> int:
        """How many of those who wait have not been shown so many."""
        return sum(seen < present for seen in self._seen)


async def lobby_churn(wish: Wish, screen: Screen) -> Report:
    """Fifty join each second: until those who wait have been shown, and what it takes of a core."""
    report = Report("lobby_churn", wish.attendees, wish.workers)
    late = max(2, min(int(JOINS_PER_S * CHURN_S), int(wish.attendees * SHARE)))
    waiting = wish.attendees - late
    async with wish.house(wish.workers) as house, house.evening(wish.attendees, agenda()) as evening:
        crowd = evening.crowd
        crowd.people, comers = crowd.people[:waiting], crowd.people[waiting:]
        await let_in(evening, screen)
        await crowd.quiet()
        idle_cpu_s = await _at_rest(house)
        crowd.people += comers
        before, shown, began, frames = house.use(), Shown(crowd, waiting), monotonic(), crowd.tally.copy()
        async with screen.bar("people join", late, lambda: crowd.here - waiting):
            await _join(crowd, comers)
        took_s = monotonic() - began
        cpu_s = house.use().cpu_s - before.cpu_s
        await asyncio.sleep(LAST_S)
        arrived_at = sorted(person.welcomed_at for person in comers)
        report.notes += _left_behind(shown, wish.attendees, waiting)
        count = crowd.tally.frames[b"roster.changed"] - frames.frames[b"roster.changed"]
        sizes = crowd.tally.bytes[b"roster.changed"] - frames.bytes[b"roster.changed"]
        note_frames(report, crowd, house)
    floor = await _floor(waiting, sizes // max(1, count), screen)
    if shown.steps:
        report.told("shown", "from a join until those who wait are shown it", shown.delays(arrived_at), floor)
    report.add("core", cpu_s / took_s * 100, "%", "of a core while they join")
    report.add("idle_core", idle_cpu_s * 100, "%", "of which a lobby at rest takes, just before")
    report.add("joined_per_s", late / took_s, "1/s", "who joined a second")
    if late / took_s < JOINS_PER_S * NEARLY:
        report.notes.append(f"they were to join at {JOINS_PER_S} a second and could not")
    report.add("frame", sizes / max(1, count) / 1024, "KiB", "a notice of the list")
    report.add("frames_per_s", count / took_s / waiting, "1/s", "notices of the list a second, to each")
    return report


async def _at_rest(house: House) -> float:
    """Processor seconds a second while nothing happens."""
    before = house.use().cpu_s
    await asyncio.sleep(IDLE_S)
    return (house.use().cpu_s - before) / IDLE_S


async def _join(crowd: Crowd, comers: list[Attendee]) -> None:
    """One after the other in equal steps, not waiting for each other."""
    began = monotonic()
    async with asyncio.TaskGroup() as group:
        for number, person in enumerate(comers):
            await asyncio.sleep(max(0.0, began + number / JOINS_PER_S - monotonic()))
            group.create_task(crowd.arrive([person]))


def _left_behind(shown: Shown, present: int, waiting: int) -> list[str]:
    behind = shown.behind(present)
    return [f"{behind} of {waiting} were not shown all {present} within {LAST_S:g} s"] if behind else []


async def _floor(people: int, frame: int, screen: Screen) -> Spread:
    async with a_floor(people, frame) as floor:
        async with screen.bar("the floor", people, lambda: floor.crowd.here):
            await floor.crowd.arrive()
        await floor.tell_everybody(frame)
        spread, _ = await floor.tell_everybody(frame)
        return spread
