"""Everybody comes at once: a ticket, a socket, hello, the first picture. The floor only shakes hands."""

from time import monotonic

from loadtests.driving.crowd import Crowd
from loadtests.measuring.floor import a_floor
from loadtests.measuring.gauges import Use
from loadtests.measuring.report import Curve, Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.spread import Spread
from loadtests.scenarios.coming import let_in, note_frames, sample_memory
from loadtests.scenarios.wish import Wish, agenda
from server.lifetimes import beside


async def arrivals(wish: Wish, screen: Screen) -> Report:
    """Everybody comes at once: joins a second, memory an attendee."""
    report = Report("arrivals", wish.attendees, wish.workers)
    async with wish.house(wish.workers) as house, house.evening(wish.attendees, agenda()) as evening:
        points: list[tuple[float, float]] = []
        before = house.use()
        async with beside(sample_memory(house, evening.crowd, points)):
            took_s = await let_in(evening, screen)
        settled_s = await evening.crowd.quiet()
        after = house.use()
        waits, tickets = _waits(evening.crowd), _tickets(evening.crowd)
        welcome = evening.crowd.tally.bytes[b"welcome"] // evening.crowd.tally.frames[b"welcome"]
        note_frames(report, evening.crowd, house)
    under = await _floor(wish.attendees, welcome, screen)
    people = wish.attendees
    report.add("joins_per_s", people / took_s, "1/s", "joins a second, tickets included", people / under.took_s)
    report.told("wait", "from asking for a ticket to the first picture", waits, under.waits)
    report.told("ticket", "of which for the ticket", tickets)
    report.add("settled", settled_s, "s", "after the last picture until everybody knows of everybody")
    report.add("welcome", welcome / 1024, "KiB", "the first picture")
    _costs(report, people, (before, after), under.use)
    report.curves.append(Curve("Memory while people arrive", "attendees here", "MiB Pss", tuple(points)))
    return report


def _waits(crowd: Crowd) -> Spread:
    return Spread.of([(person.welcomed_at - person.asked_at) * 1000 for person in crowd.people])


def _tickets(crowd: Crowd) -> Spread:
    return Spread.of([(person.ticketed_at - person.asked_at) * 1000 for person in crowd.people])


class _Under:
    """What the floor did with the same crowd."""

    def __init__(self, took_s: float, waits: Spread, use: tuple[Use, Use]) -> None:
        self.took_s = took_s
        self.waits = waits
        self.use = use


async def _floor(people: int, welcome_bytes: int, screen: Screen) -> _Under:
    async with a_floor(people, welcome_bytes) as floor:
        before, began = floor.use(), monotonic()
        async with screen.bar("the same at the floor", people, lambda: floor.crowd.here):
            await floor.crowd.arrive()
        took_s = max(person.welcomed_at for person in floor.crowd.people) - began
        return _Under(took_s, _waits(floor.crowd), (before, floor.use()))


def _costs(report: Report, people: int, ours: tuple[Use, Use], floors: tuple[Use, Use]) -> None:
    """Memory and processor time an attendee, of all processes of the server."""
    (before, after), (bare, full) = ours, floors
    report.add(
        "pss", (after.pss_kib - before.pss_kib) / people, "KiB", "memory an attendee, all server processes (Pss)",
        (full.pss_kib - bare.pss_kib) / people,
    )  # fmt: skip
    report.add(
        "cpu", (after.cpu_s - before.cpu_s) / people * 1000, "ms", "processor time an arrival",
        (full.cpu_s - bare.cpu_s) / people * 1000,
    )  # fmt: skip
