"""Redis is killed in mid-round; the parent starts it again. Lines stay open, seats stay, and orders are taken again."""

import asyncio
import os
import signal
from pathlib import Path
from time import monotonic

from loadtests.driving.attendee import Attendee
from loadtests.driving.crowd import Crowd
from loadtests.driving.house import House
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.scenarios.coming import note_frames, seat_all
from loadtests.scenarios.returning import Seats
from loadtests.scenarios.wish import PATIENCE_S, Wish, agenda
from rooms.language.commands import EndRound, SayChat
from tests.journeys.venue import children

PROGRAMS = ("redis-server", "valkey-server")
ASK_EVERY_S = 0.1
LOOK_S = 0.02


async def redis_killed(wish: Wish, screen: Screen) -> Report:
    """Redis is killed in mid-round and comes back: until orders are taken again, lines and seats lost."""
    report = Report("redis_killed", wish.attendees, wish.workers)
    async with wish.house(wish.workers) as house, house.evening(wish.attendees, agenda(rounds=2)) as evening:
        crowd = evening.crowd
        await seat_all(evening, screen)
        seats, began = Seats.of(crowd), monotonic()
        os.kill(_redis(house), signal.SIGKILL)
        screen.say("Redis is killed")
        taken_s = await _until_taken(crowd, crowd.people[0], began)
        lost = seats.lost(crowd)
        mark = crowd.mark(b"room 2")
        asked_at = monotonic()
        await evening.host.order(EndRound())
        async with screen.bar("the next round opens", len(crowd), lambda: mark.count):
            await mark.all(PATIENCE_S)
        report.add("taken_s", taken_s, "s", "from the kill until an order is taken again")
        report.add("closed", crowd.closes.total(), "", "lines of attendees that ended")
        report.add("seats_lost", lost, "", "people who do not sit where they sat")
        report.add("next_round", mark.since(asked_at).last / 1000, "s", "the next round, changeover of 6 s included")
        note_frames(report, crowd, house)
    return report


def _redis(house: House) -> int:
    """The process id of the private Redis."""
    family = children(house.venue.process.pid)
    return next(pid for pid in family if Path(f"/proc/{pid}/comm").read_text().strip() in PROGRAMS)


async def _until_taken(crowd: Crowd, person: Attendee, began: float) -> float:
    """Ask again and again as somebody would who presses the button again; seconds until it is done."""
    mark = crowd.mark(b"settled", 1)
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.sleep(LOOK_S)  # what was on its way when Redis died does not count
        while not mark.done.is_set():
            person.order(SayChat("still there?"))
            await asyncio.sleep(ASK_EVERY_S)
    crowd.forget(b"settled")
    return mark.times[person.number] - began
