"""Whole evenings played round by round: people come and go, block each other, and nobody forgets whom they met."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from msgspec.structs import replace

from rooms.language.ids import AttendeeId
from rooms.matching import GroupSize, Held, MatchRequest, MatchResult, Profile, match
from rooms.matching.request import Two
from tests.rooms.matching.oracle import Oracle, Pair, two

THINGS = tuple(f"thing {number}" for number in range(12))
TONGUES = ("en", "en", "de", "fr")


@dataclass
class Evening:
    """One evening: who is there, what is asked, and what was held. `chance` decides everything that happens."""

    chance: Random
    people: int
    rounds: int
    terms: dict[str, Any] = field(default_factory=dict)
    """Parts of every request: sizes, policies, rules."""
    churn: float = 0.0
    """Share of the people who leave, and of those who come, before each round."""
    blocks: float = 0.0
    """Blocks a person makes over the evening."""

    def __post_init__(self) -> None:
        self.known = [self._somebody(number) for number in range(self.people)]
        self.here = {person.id for person in self.known}
        self.apart: set[Two] = set()
        self.held: list[Held] = []

    def requests(self) -> Iterator[MatchRequest]:
        """Each round's request; `hold` the answer before the next one is taken."""
        for number in range(1, self.rounds + 1):
            if number > 1:
                self._come_and_go()
            self._block()
            yield MatchRequest(
                attendees=tuple(self.known),
                present=tuple(sorted(self.here)),
                round=number,
                rounds_planned=self.rounds,
                apart=frozenset(self.apart),
                history=tuple(self.held),
                seed="evening",
                **self.terms,
            )

    def hold(self, request: MatchRequest, result: MatchResult) -> None:
        """The round was held as answered."""
        idle = tuple(who for reason in result.sits_out for who in reason.members)
        self.held.append(Held(request.round, result.matches, idle))

    def play(self) -> Iterator[tuple[MatchRequest, MatchResult]]:
        """All rounds with their answers."""
        for request in self.requests():
            result = match(request)
            yield request, result
            self.hold(request, result)

    def _somebody(self, number: int) -> Profile:
        draw = self.chance
        return Profile(
            AttendeeId(f"p{number:03}"),
            team=draw.choice(("red", "blue", "green", "")),
            role=draw.choice(("mentor", "mentee", "mentee")),
            groups=tuple(draw.sample(("ada", "bob"), draw.choice((0, 0, 1)))),
            interests=tuple(draw.sample(THINGS, draw.randint(0, 4))),
            looking_for=tuple(draw.sample(THINGS, draw.randint(0, 2))),
            offering=tuple(draw.sample(THINGS, draw.randint(0, 2))),
            languages=tuple(sorted(set(draw.choices(TONGUES, k=2)))),
        )

    def _come_and_go(self) -> None:
        times = sum(self.chance.random() < self.churn for _ in range(len(self.here)))
        self.here -= set(self.chance.sample(sorted(self.here), min(times, len(self.here))))
        gone = sorted({person.id for person in self.known} - self.here)
        self.here |= {who for who in gone if self.chance.random() < 0.3}
        for _ in range(times):
            self.known.append(self._somebody(len(self.known)))
            self.here.add(self.known[-1].id)

    def _block(self) -> None:
        if len(self.here) < 2:
            return
        for _ in range(len(self.here)):
            if self.chance.random() < self.blocks / self.rounds:
                one, other = self.chance.sample(sorted(self.here), 2)
                self.apart.add((one, other))


def sizes_due(oracle: Oracle) -> list[int]:
    """Sizes of the rooms if nothing stands between people: as many as can be seated, evenly, nearest to the wanted."""
    group, lawful = oracle.request.group, oracle.lawful()
    for seated in range(len(oracle.placed), 1, -1):
        ways = []
        for rooms in range(1, seated // 2 + 1):
            small, larger = divmod(seated, rooms)
            sizes = [small + 1] * larger + [small] * (rooms - larger)
            if set(sizes) <= set(lawful):
                short = sum(max(0, group.min - size) ** 2 for size in sizes)
                ways.append((short, sum((size - group.target) ** 2 for size in sizes), -rooms, sizes))
        if ways:
            return min(ways)[-1]
    return []


def room_for_all(oracle: Oracle, bars: set[Pair], rooms: int) -> bool:
    """Whether rooms exist for certain in which no two are of `bars`, whoever sits out.

    A graph in which nobody has more than d neighbours falls into any number of even independent sets from d + 1 on
    (Hajnal and Szemerédi 1970).
    """
    degrees = {who: sum(who in pair for pair in bars) for who in oracle.placed}
    return rooms > max(degrees.values(), default=0)


def barred_pairs(oracle: Oracle) -> set[Pair]:
    """Who must not meet, as things stand above the seat."""
    return {pair for pair in two(oracle.placed) if oracle.barred(tuple(sorted(pair)))}


def unwanted_pairs(oracle: Oracle) -> set[Pair]:
    """Who had better not meet: barred, a rule about two, or met before."""
    return {
        pair
        for pair in two(oracle.placed)
        if oracle.barred(tuple(sorted(pair)))
        or oracle.known(pair)
        or oracle.speechless(pair)
        or any(oracle.broken_pairs(rule, tuple(sorted(pair))) for rule in oracle.yielding)
    }


def shuffled(request: MatchRequest, chance: Random) -> MatchRequest:
    """The same request with all that has no order in another one, and pairs the other way round."""

    def mixed(items: Any) -> Any:
        some = list(items)
        chance.shuffle(some)
        return tuple(some)

    return replace(
        request,
        attendees=mixed(request.attendees),
        present=None if request.present is None else mixed(request.present),
        apart=frozenset((other, one) for one, other in request.apart),
        wishes=mixed(request.wishes),
        history=mixed(Held(held.round, mixed(map(mixed, held.rooms)), mixed(held.sat_out)) for held in request.history),
        sat_out=mixed(request.sat_out),
        pinned=mixed(map(mixed, request.pinned)),
        shown=None if request.shown is None else mixed(map(mixed, request.shown)),
    )


PAIRS, THREES, FOURS = GroupSize(), GroupSize(3, 2, 4), GroupSize(4, 3, 5)
