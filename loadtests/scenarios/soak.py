"""The same for long: rounds, lost lines, chat; memory must stay where it is."""

import asyncio
import random
from time import monotonic

from loadtests.driving.house import Evening, House
from loadtests.driving.voices import Voices
from loadtests.measuring.report import Curve, Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.spread import Spread
from loadtests.scenarios.coming import note_frames, seat_all
from loadtests.scenarios.wish import PATIENCE_S, Wish, agenda
from rooms.language.commands import EndRound

MINUTES = 10.0
ROUNDS = 30
"""Of one evening; a soak that lasts longer holds another one."""
TALK_S = 5.0
UNSTEADY, SPEAKING = 0.05, 0.1
"""Shares of all in each round: who loses the line, who says a line to the room."""
WARM = 1 / 3
"""Share of the time after which memory counts: until then buffers and caches grow to their sizes."""
SEED = 21


class Soaked:
    """What was noted on the way."""

    def __init__(self) -> None:
        self.memory: list[tuple[float, float]] = []
        """Minutes and MiB Pss."""
        self.lasts: list[tuple[float, float]] = []
        """Minutes and the last told, ms."""


async def soak(wish: Wish, screen: Screen) -> Report:
    """Rounds, lost lines and chat for `--minutes` (10): growth of memory, and whether rounds stay as quick."""
    report = Report("soak", wish.attendees, wish.workers)
    minutes, noted, chance = wish.minutes or MINUTES, Soaked(), random.Random(SEED)  # noqa: S311 — the same each time
    began = monotonic()
    async with wish.house(wish.workers) as house:

        def passed() -> float:
            return (monotonic() - began) / 60

        while passed() < minutes:
            async with house.evening(wish.attendees, agenda(ROUNDS, 3)) as evening:
                await seat_all(evening, screen)
                async with screen.bar("seconds", round(minutes * 60), lambda: passed() * 60):
                    await _evening(house, evening, noted, chance, minutes, began)
                evening.crowd.returns = False
                note_frames(report, evening.crowd, house)
        report.add("errors", sum("level=error" in line for line in house.venue.printed), "", "errors logged")
    _tell(report, noted, minutes)
    return report


async def _evening(
    house: House, evening: Evening, noted: Soaked, chance: random.Random, minutes: float, began: float
) -> None:
    """Rounds until the time is over or the evening is."""
    crowd = evening.crowd
    for number in range(2, ROUNDS + 1):
        voices = Voices(crowd)
        for person in chance.sample(crowd.people, max(1, int(len(crowd) * SPEAKING))):
            if person.room:
                voices.say(person, person.room)
        for person in chance.sample(crowd.people, max(1, int(len(crowd) * UNSTEADY))):
            person.vanish()
        await asyncio.sleep(TALK_S)
        told = await _change(house, evening, number)
        at = (monotonic() - began) / 60
        noted.lasts.append((at, told.last))
        noted.memory.append((at, house.use().pss_kib / 1024))
        if at >= minutes:
            return


async def _change(house: House, evening: Evening, number: int) -> Spread:
    mark, asked_at = evening.crowd.mark(b"room %d" % number, evening.crowd.here), monotonic()
    await evening.host.order(EndRound())
    commit = await house.watch.find("round.opened", evening.id, asked_at, PATIENCE_S)
    await mark.all(PATIENCE_S)
    evening.crowd.forget(b"room %d" % number)
    return mark.since(commit.at)


def _tell(report: Report, noted: Soaked, minutes: float) -> None:
    report.curves.append(Curve("Memory", "minutes", "MiB Pss", tuple(noted.memory)))
    report.curves.append(Curve("The last told", "minutes", "ms", tuple(noted.lasts)))
    warm = [point for point in noted.memory if point[0] >= minutes * WARM] or noted.memory
    (first, least), (last, most) = warm[0], warm[-1]
    grown = (most - least) * 1024 / report.attendees / max(last - first, 1e-9) * 60 if last > first else 0.0
    report.add("growth", grown, "KiB/h", "memory that an attendee more takes each hour, once warm")
    report.told("told", "the last told, all rounds", Spread.of([last for _, last in noted.lasts]))
    report.add("rounds", len(noted.lasts), "", "rounds held")
