"""A whole evening: all come, talk over several rounds, some go, some lose their line, late ones come; then it ends."""

import asyncio
import random
import statistics
from time import monotonic

from loadtests.driving.attendee import Attendee
from loadtests.driving.house import Evening, House
from loadtests.driving.voices import Voices
from loadtests.measuring.floor import a_floor
from loadtests.measuring.report import Curve, Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.spread import Spread
from loadtests.scenarios.coming import let_in, make_ready, note_frames
from loadtests.scenarios.wish import PATIENCE_S, Wish, agenda
from rooms.language.commands import EndEvent, EndRound, SetReadiness, StartRound
from server.records import events

ROUNDS, MOST_ROUNDS = 4, 30
TALK_S = 6.0
"""A little longer than what counts as having met."""
LATE, UNSTEADY = 0.05, 0.02
"""Shares of all: who comes after the first round, and who loses the line in each round."""
SPEAKING = 0.02
"""Share of all who say a line to their room in each round."""
SEED = 20


async def whole_evening(wish: Wish, screen: Screen) -> Report:
    """An evening from the doors to the end, with latecomers, lost lines and chat; what it cost, and who met."""
    report = Report("whole_evening", wish.attendees, wish.workers)
    rounds = min(wish.rounds or ROUNDS, MOST_ROUNDS)
    async with wish.house(wish.workers) as house, house.evening(wish.attendees, agenda(rounds, 4)) as evening:
        before, began = house.use(), monotonic()
        told = await _play(house, evening, rounds, screen)
        await _end(evening)
        after = house.use()
        overview = (await events.of_organiser(house.venue.records, house.owner.id))[0]
        report.add("met", overview.met, "people", "who are on somebody's list of people met")
        report.add("missed", wish.attendees - overview.met, "people", "who came and met nobody")
        report.add("cpu", (after.cpu_s - before.cpu_s), "s", "processor time of the evening, all server processes")
        report.add("length", monotonic() - began, "s", "length of the evening")
        pss = (after.pss_kib - before.pss_kib) / wish.attendees
        report.add("pss", pss, "KiB", "memory an attendee at its end, all server processes (Pss)")
        errors = sum("level=error" in line or "Traceback" in line for line in house.venue.printed)
        report.add("errors", errors, "", "errors that the server logged")
        frame = evening.crowd.tally.bytes[b"room.changed"] // evening.crowd.tally.frames[b"room.changed"]
        note_frames(report, evening.crowd, house)
    async with a_floor(wish.attendees, frame) as floor:
        await floor.crowd.arrive()
        under = sorted([(await floor.tell_everybody(frame))[0].last for _ in range(5)])[2]
    lasts = [spread.last for spread in told]
    report.add("told_last", statistics.median(lasts), "ms", "the last told of a round, median round", under)
    points = tuple((float(number), last) for number, last in enumerate(lasts, 1))
    report.curves.append(Curve("The last told, round by round", "round", "ms", points))
    return report


async def _play(house: House, evening: Evening, rounds: int, screen: Screen) -> list[Spread]:
    """All rounds; when each was told."""
    crowd, chance = evening.crowd, random.Random(SEED)  # noqa: S311 — the same evening each time
    late = max(2, int(len(crowd) * LATE) // 2 * 2)
    everybody, crowd.people = crowd.people, crowd.people[:-late]
    await let_in(evening, screen)
    await make_ready(evening, screen)
    told = list[Spread]()
    async with screen.bar("rounds", rounds, lambda: len(told)):
        for number in range(1, rounds + 1):
            told.append(await _round(house, evening, number))
            await _talk(evening, chance)
            if number == 1:
                crowd.people = everybody
                await crowd.arrive(everybody[-late:])
                for person in everybody[-late:]:
                    person.order(SetReadiness(True))
    return told


async def _round(house: House, evening: Evening, number: int) -> Spread:
    """Begin a round by a word, the later ones by ending the one before; when people were told."""
    crowd, asked_at = evening.crowd, monotonic()
    mark = crowd.mark(b"room %d" % number, crowd.here)
    await evening.host.order(StartRound() if number == 1 else EndRound())
    commit = await house.watch.find("round.opened", evening.id, asked_at, PATIENCE_S)
    await mark.all(PATIENCE_S)
    crowd.forget(b"room %d" % number)
    return mark.since(commit.at)


async def _talk(evening: Evening, chance: random.Random) -> None:
    """While people talk some say a line, and some lose theirs and come back."""
    crowd = evening.crowd
    voices = Voices(crowd)
    for person in _some(chance, crowd.people, SPEAKING):
        if person.room:
            voices.say(person, person.room)
    await asyncio.sleep(TALK_S / 3)
    for person in _some(chance, crowd.people, UNSTEADY):
        person.vanish()
    await asyncio.sleep(TALK_S * 2 / 3)


def _some(chance: random.Random, people: list[Attendee], share: float) -> list[Attendee]:
    return chance.sample(people, max(1, int(len(people) * share)))


async def _end(evening: Evening) -> None:
    """End the event and let everything be written."""
    evening.crowd.returns = False
    await evening.host.order(EndEvent())
    await evening.crowd.quiet(PATIENCE_S)
