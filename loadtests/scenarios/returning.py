"""How many come back after their lines broke, in which time, and whether to their own seats."""

from collections.abc import Iterable
from time import monotonic

from msgspec import Struct

from loadtests.driving.attendee import Attendee
from loadtests.driving.crowd import Crowd, Mark
from loadtests.measuring.floor import a_floor
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.spread import Spread
from loadtests.scenarios.wish import PATIENCE_S

SLICE_S = 0.1
"""Returns are counted in slices of this length: the fullest one says whether it was a storm."""


class Seats(Struct):
    """Who sat where before something happened."""

    rooms: dict[str, bytes]

    @classmethod
    def of(cls, crowd: Crowd) -> "Seats":
        """As they are now."""
        return cls({person.name: person.room for person in crowd.people})

    def lost(self, crowd: Crowd) -> int:
        """How many do not sit where they sat."""
        return sum(self.rooms[person.name] != person.room for person in crowd.people)


class Returns:
    """Watches for so many to come back."""

    def __init__(self, crowd: Crowd, expected: int) -> None:
        self._crowd = crowd
        self._seats = Seats.of(crowd)
        self._failed_before = crowd.failures.total()
        self._mark = crowd.mark(b"welcome", expected)
        self._frames = crowd.tally.copy()
        self.began = monotonic()

    async def all(self, screen: Screen) -> Mark:
        """Wait until they are back."""
        mark = self._mark
        async with screen.bar("people come back", mark.expected, lambda: mark.count):
            await mark.all(PATIENCE_S)
        self._crowd.forget(b"welcome")
        return mark

    def tell(self, report: Report, mark: Mark, floor: Spread | None) -> None:
        """The figures of a return."""
        back = mark.since(self.began)
        report.told("back", "from the break to being back with a picture", back, floor)
        report.add("back_s", back.last / 1000, "s", "until the last was back", floor.last / 1000 if floor else None)
        report.add("returned", mark.count, "", "people who came back")
        report.add("failed", self._crowd.failures.total() - self._failed_before, "", "tries that failed")
        report.add("seats_lost", self._seats.lost(self._crowd), "", "people who do not sit where they sat")
        left = self._crowd.tally.frames[b"room.left"] - self._frames.frames[b"room.left"]
        report.add("thrown_out", left, "", "people who were told that their room was over")
        report.add("fullest", fullest(mark) / mark.count * 100, "%", "of them within the fullest tenth of a second")


def fullest(mark: Mark) -> int:
    """The most who were back within one slice."""
    times = sorted(at for at in mark.times if at == at)
    most = begin = 0
    for end, at in enumerate(times):
        while at - times[begin] > SLICE_S:
            begin += 1
        most = max(most, end - begin + 1)
    return most


async def storm_at_the_floor(people: int, lost: int, welcome_bytes: int, screen: Screen) -> Spread:
    """The same at the floor: so many of its people lose their lines and return as pages do."""
    async with a_floor(people, welcome_bytes) as floor:
        await floor.crowd.arrive()
        returns = Returns(floor.crowd, lost)
        break_lines(floor.crowd.people[:lost])
        return (await returns.all(screen)).since(returns.began)


def break_lines(people: Iterable[Attendee]) -> None:
    """Their network is gone in one instant."""
    for person in people:
        person.vanish()
