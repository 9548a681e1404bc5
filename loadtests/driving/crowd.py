"""The attendees of one event, and marks: who has heard something by when."""

import asyncio
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import nan
from time import monotonic
from types import TracebackType
from typing import Self

from loadtests.driving.attendee import Attendee, Door, NotWelcomedError
from loadtests.driving.doors import RefusedError
from loadtests.driving.waiting import LOOK_S, StuckError
from loadtests.measuring.spread import Spread

IN_FLIGHT = 400
"""Arrivals under way at a time: more than two workers finish in a tenth of a second."""
QUIET_S = 0.7
"""After so much silence what was caused has arrived: the list of the lobby comes at least every quarter of a second."""
TROUBLE = (NotWelcomedError, RefusedError, OSError, TimeoutError)
"""How an arrival fails: a browser tries again."""


class Tally:
    """Frames and bytes by kind of notice."""

    def __init__(self) -> None:
        self.frames: Counter[bytes] = Counter()
        self.bytes: Counter[bytes] = Counter()
        self.heard_at = 0.0

    def count(self, kind: bytes, size: int) -> None:
        """One more frame."""
        self.frames[kind] += 1
        self.bytes[kind] += size

    def copy(self) -> "Tally":
        """As it is now."""
        other = Tally()
        other.frames, other.bytes = self.frames.copy(), self.bytes.copy()
        return other


class Mark:
    """By when each of so many has heard something for the first time; `done` when all have."""

    def __init__(self, people: int, expected: int) -> None:
        self.times = array("d", [nan]) * people
        self.expected = expected
        self.count = 0
        self.done = asyncio.Event()

    def note(self, number: int, at: float) -> None:
        """This one has heard it at this second."""
        if self.times[number] != self.times[number]:  # not a number: not yet heard
            self.times[number] = at
            self.count += 1
            if self.count >= self.expected:
                self.done.set()

    def since(self, start: float) -> Spread:
        """Milliseconds from an instant to each one's."""
        return Spread.of([(at - start) * 1000 for at in self.times if at == at])

    async def all(self, within_s: float) -> None:
        """Wait for the last.

        Raises:
            StuckError: not all have heard it in time.
        """
        try:
            async with asyncio.timeout(within_s):
                await self.done.wait()
        except TimeoutError:
            raise StuckError(f"{self.count} of {self.expected} within {within_s:.0f} s") from None


class Crowd:
    """All attendees of one event. Use it as a context; leaving it cuts all lines."""

    def __init__(
        self, host: str, port: int, door: Door, seats: Sequence[tuple[str, str]], *, sits: bool = True
    ) -> None:
        self.host, self.port, self.door = host, port, door
        self.people = [Attendee(self, number, name, secret) for number, (name, secret) in enumerate(seats)]
        self.sits = sits
        """Whether they take the seats they are given, as every page does."""
        self.returns = True
        """Whether they come back by themselves when their line breaks, as pages do."""
        self.tally = Tally()
        self.refusals: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        """Arrivals that failed, by what was in the way."""
        self.closes: Counter[int] = Counter()
        self.loop = asyncio.get_running_loop()
        self.listed: Callable[[Attendee, bytes, float], None] = _ignore
        self.chatted: Callable[[Attendee, bytes, float], None] = _ignore
        self._marks: defaultdict[bytes, list[Mark]] = defaultdict(list)
        self._tasks = asyncio.TaskGroup()
        self._closing = False

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        for person in self.people:
            person.vanish()
        await self._tasks.__aexit__(kind, error, trace)

    def __len__(self) -> int:
        return len(self.people)

    @property
    def here(self) -> int:
        """How many have their line and their picture."""
        return sum(person.here for person in self.people)

    async def complete(self) -> bool | None:
        """True when all have their line and their picture; None before."""
        return self.here == len(self.people) or None

    def troubles(self) -> list[str]:
        """What went wrong on the way, a sentence each."""
        kinds: dict[str, Counter[str] | Counter[int]] = {
            "arrivals that failed and were tried again": self.failures,
            "refused": self.refusals,
            "lines that ended, by close code": self.closes,
        }
        return [f"{words}: {dict(counts.most_common())}" for words, counts in kinds.items() if counts]

    # --- coming and going -------------------------------------------------------------------------------------------

    async def arrive(self, people: Sequence[Attendee] | None = None, in_flight: int = IN_FLIGHT) -> None:
        """Let all come in, so many at a time; who fails is counted and tries again as a page does."""
        waiting = iter(self.people if people is None else people)

        async def one_after_the_other() -> None:
            for person in waiting:
                await self._come(person)

        async with asyncio.TaskGroup() as group:
            for _ in range(min(in_flight, len(self.people))):
                group.create_task(one_after_the_other())

    async def _come(self, person: Attendee) -> None:
        while not self._closing:
            try:
                await person.come()
            except TROUBLE as error:
                self.failures[f"{type(error).__name__}: {error}"] += 1
                pause = person.pause_s(0)
                assert pause is not None
                await asyncio.sleep(pause)
            else:
                person.attempt = 0
                return

    def lost(self, person: Attendee, code: int) -> None:
        """Somebody's line has ended."""
        self.closes[code] += 1
        pause = person.pause_s(code) if self.returns and not self._closing else None
        if pause is not None:
            self.loop.call_later(pause, self._return, person)

    def _return(self, person: Attendee) -> None:
        if not self._closing and not person.here:
            self._tasks.create_task(self._come(person))

    # --- marks ------------------------------------------------------------------------------------------------------

    def mark(self, what: bytes, expected: int | None = None) -> Mark:
        """From now on note who hears this for the first time."""
        mark = Mark(len(self.people), len(self.people) if expected is None else expected)
        self._marks[what].append(mark)
        return mark

    def forget(self, what: bytes) -> None:
        """These marks are read."""
        self._marks.pop(what, None)

    def note(self, what: bytes, person: Attendee, at: float) -> None:
        """Somebody has heard something."""
        if what in self._marks:
            for mark in self._marks[what]:
                mark.note(person.number, at)

    async def quiet(self, within_s: float = 60.0) -> float:
        """Wait until nothing more comes; for how long it came.

        Raises:
            StuckError: it never becomes quiet.
        """
        began = last = monotonic()
        frames = self.tally.frames.total()
        while monotonic() - last < QUIET_S:
            await asyncio.sleep(LOOK_S)
            if self.tally.frames.total() != frames:
                frames, last = self.tally.frames.total(), monotonic()
            if monotonic() - began > within_s:
                raise StuckError(f"not quiet within {within_s:.0f} s")
        return last - began


def _ignore(_person: Attendee, _payload: bytes, _at: float) -> None:
    """What most scenarios do about it."""
