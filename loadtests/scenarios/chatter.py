"""Chat: lines to the lobby that everybody hears, then one line of each to their own room."""

import asyncio
import itertools
import statistics
from time import monotonic

from loadtests.driving.crowd import Crowd
from loadtests.driving.voices import Voices
from loadtests.driving.waiting import until
from loadtests.measuring.floor import a_floor
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.spread import Spread
from loadtests.scenarios.coming import note_frames, seat_all
from loadtests.scenarios.wish import PATIENCE_S, Wish, agenda

FRAMES_PER_S = 20_000
"""Lines a second times listeners: more than two cores send in no time."""
MOST_LINES_PER_S = 20
CHAT_S = 5.0
FLOOR_LINES = 10


async def chatter(wish: Wish, screen: Screen) -> Report:
    """Chat in the lobby and in rooms: from saying a line to hearing it."""
    report = Report("chatter", wish.attendees, wish.workers)
    async with wish.house(wish.workers) as house, house.evening(wish.attendees, agenda()) as evening:
        crowd = evening.crowd
        await seat_all(evening, screen)
        voices, before = Voices(crowd), house.use()
        lobby = await _to_all(crowd, voices, screen)
        lines, cpu_s = voices.said, house.use().cpu_s - before.cpu_s
        frame = crowd.tally.bytes[b"chat.heard"] // crowd.tally.frames[b"chat.heard"]
        rooms = await _in_rooms(crowd, voices, screen)
        note_frames(report, crowd, house)
    floor = await _floor(wish.attendees, frame, screen)
    report.told("lobby", "from saying a line to all to each hearing it", lobby, floor)
    report.told("rooms", "all say a line to their rooms at once, until each is heard", rooms)
    report.add("cpu", cpu_s / lines * 1000, "ms", "processor time a line to all")
    report.add("lines", lines, "", "lines to all")
    return report


async def _to_all(crowd: Crowd, voices: Voices, screen: Screen) -> Spread:
    """Lines to the lobby at a steady pace, by people in turn."""
    per_s = max(1.0, min(MOST_LINES_PER_S, FRAMES_PER_S / len(crowd)))
    lines, began = max(2, int(per_s * CHAT_S)), monotonic()
    async with screen.bar("lines to all are heard", lines * len(crowd), lambda: voices.heard):
        for number, person in enumerate(itertools.islice(itertools.cycle(crowd.people), lines)):
            await asyncio.sleep(max(0.0, began + number / per_s - monotonic()))
            voices.say(person)
        return await _heard(voices, lines * len(crowd))


async def _in_rooms(crowd: Crowd, voices: Voices, screen: Screen) -> Spread:
    """One line of each to their room, all at once; a room is two here."""
    before, expected = voices.heard, 2 * len(crowd)
    async with screen.bar("lines to rooms are heard", expected, lambda: voices.heard - before):
        for person in crowd.people:
            voices.say(person, person.room)
        return await _heard(voices, before + expected)


async def _heard(voices: Voices, expected: int) -> Spread:
    async def all_heard() -> bool | None:
        return voices.heard >= expected or None

    await until(all_heard, f"{expected} lines heard", PATIENCE_S)
    spread = voices.take()
    assert spread is not None
    return spread


async def _floor(people: int, frame: int, screen: Screen) -> Spread:
    """The last of each line: the median over some."""
    async with a_floor(people, frame) as floor:
        async with screen.bar("the floor", people, lambda: floor.crowd.here):
            await floor.crowd.arrive()
        told = [(await floor.tell_everybody(frame))[0] for _ in range(FLOOR_LINES)]
    return sorted(told, key=lambda one: one.last)[statistics.median_low(range(FLOOR_LINES))]
