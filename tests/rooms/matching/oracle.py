"""What the format and its rules say, in plain Python and slowly: the best seating of few people, counted one by one.

Written against docs/matching.md alone. Nothing here calls the matcher, so that both would have to be wrong alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations
from math import sqrt
from typing import NamedTuple

from rooms.language import rules as r
from rooms.language.ids import AttendeeId
from rooms.matching.request import Group, MatchRequest, Profile

Pair = frozenset[AttendeeId]
Rooms = tuple[Group, ...]

MUST = 16.0
OTHER_SIZE = 0.1


class Key(NamedTuple):
    """Levels 2 to 5 of a seating; the smaller one is better, and the first that differs decides."""

    idle: int
    turns: tuple[int, ...]
    """How often those who sit out did before: the sum, then the most often first."""
    sizes: tuple[int, int, int]
    """Squares of what rooms lack of the least, squares of what they are off the target, and of rooms the more."""
    rules: tuple[int, ...]
    """Times that each hard rule is given up, in the organiser's order, a required language last."""
    repeats: int
    series_repeats: int
    again: int
    """How bad forced repeats are: the round before, then often, then lately."""
    loss: float
    """What is missed of worth, musts and wishes."""


def words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text.strip().casefold() for text in texts if text.strip())


def has(person: Profile, attr: str) -> frozenset[str]:
    value = getattr(person, attr)
    return words([value] if isinstance(value, str) else value)


def two(room: Iterable[AttendeeId]) -> Iterator[Pair]:
    return (frozenset(pair) for pair in combinations(room, 2))


class Oracle:
    """One request, understood word by word."""

    def __init__(self, request: MatchRequest) -> None:
        self.request = request
        self.people = {person.id: person for person in request.attendees}
        self.present = sorted(self.people if request.present is None else set(request.present))
        self.apart = {frozenset(pair) for pair in (*request.apart, *request.passed)}
        self.lead = self._leads()
        self.placed = [who for who in self.present if who not in self.lead]
        self.hard = [rule for rule in request.rules if rule.hardness == "hard" and not isinstance(rule, r.Companion)]
        self.soft = [rule for rule in request.rules if rule.hardness == "soft"]
        self.barring = [rule for rule in self.hard if getattr(rule, "on_infeasible", "") == "sit_out"]
        self.yielding = [rule for rule in self.hard if rule not in self.barring]
        self.speech = any(person.language_required for person in request.attendees)

    def _leads(self) -> dict[AttendeeId, AttendeeId]:
        named = {person.id: person.companion_of for person in self.request.attendees if person.companion_of}
        for rule in self.request.rules:
            if isinstance(rule, r.Companion):
                named.update({companion: lead for lead, companion in rule.pairs})
        here = set(self.present)
        return {
            companion: lead
            for companion, lead in named.items()
            if {companion, lead} <= here and lead not in named and frozenset((companion, lead)) not in self.apart
        }

    # The past.

    @cached_property
    def met(self) -> Counter[Pair]:
        """Times that two met in this event."""
        return Counter(pair for held in self.request.history if held.round >= 1 for pair in self._pairs(held.rooms))

    @cached_property
    def series(self) -> set[Pair]:
        return {pair for held in self.request.history if held.round < 1 for pair in self._pairs(held.rooms)}

    @cached_property
    def last(self) -> dict[Pair, int]:
        found: dict[Pair, int] = {}
        for held in self.request.history:
            if held.round >= 1:
                for pair in self._pairs(held.rooms):
                    found[pair] = max(held.round, found.get(pair, 0))
        return found

    def _pairs(self, rooms: Rooms) -> Iterator[Pair]:
        """A companion meets nobody."""
        return (pair for room in rooms for pair in two(who for who in room if who not in self.lead))

    @cached_property
    def turns(self) -> dict[AttendeeId, int]:
        """How often each sat out; a newcomer as often as the least of those present."""
        held = [each for each in self.request.history if each.round >= 1]
        counted = Counter(who for each in held for who in each.sat_out)
        told = dict(self.request.sat_out)
        old = {who for each in held for room in (*each.rooms, each.sat_out) for who in room} | set(told)
        counts = {who: max(told.get(who, 0), counted[who]) for who in old}
        least = min((counts[who] for who in self.present if who in counts), default=0)
        return {who: counts.get(who, least) for who in self.people}

    @cached_property
    def care(self) -> dict[AttendeeId, float]:
        """How much more each counts who fared worse than the average."""
        worth: dict[AttendeeId, float] = defaultdict(float)
        rounds: Counter[AttendeeId] = Counter()
        for held in self.request.history:
            if held.round < 1:
                continue
            pairs = [pair for pair in self._pairs(held.rooms) if pair <= self.people.keys()]
            for pair in pairs:
                for who in pair:
                    worth[who] += self.worth(pair)
            rounds.update({who for pair in pairs for who in pair} | (set(held.sat_out) & self.people.keys()))
        mean = {who: worth[who] / rounds[who] for who in rounds}
        average = sum(mean.values()) / len(mean) if mean else 0.0
        if average <= 0:
            return dict.fromkeys(self.people, 0.0)
        fairness = self.request.weights.fairness
        short = {who: max(0.0, average - mean.get(who, average)) / average for who in self.people}
        if self.request.group.max > 2:
            return {who: fairness * 8 * rounds[who] * part * part for who, part in short.items()}
        return {who: fairness * part for who, part in short.items()}

    # Two people.

    def worth(self, pair: Pair) -> float:
        """By the weights alone."""
        one, other = (self.people[who] for who in pair)
        weights = self.request.weights
        mine, theirs = has(one, "interests"), has(other, "interests")
        cosine = len(mine & theirs) / sqrt(len(mine) * len(theirs)) if mine and theirs else 0.0
        met = len(has(one, "looking_for") & has(other, "offering")) + len(
            has(other, "looking_for") & has(one, "offering")
        )
        speak = bool(has(one, "languages") & has(other, "languages"))
        return weights.interests * cosine + weights.wishes * min(2, met) + weights.language * speak

    def gain(self, pair: Pair) -> float:
        """What it counts that two meet: worth raised by care, and an open must."""
        care = sum(self.care[who] for who in pair) / 2
        must = any(frozenset(wish) == pair for wish in self.request.wishes) and not self.met[pair]
        return self.worth(pair) * (1 + care) + MUST * must

    def speechless(self, pair: Pair) -> bool:
        one, other = (self.people[who] for who in pair)
        needed = one.language_required or other.language_required
        return needed and not has(one, "languages") & has(other, "languages")

    def known(self, pair: Pair) -> bool:
        """Whether two met before, in the event or in the series."""
        return bool(self.met[pair]) or pair in self.series

    def badness(self, pair: Pair) -> int:
        """Of meeting again: the round before counts most, then how often, then how lately."""
        if not self.met[pair]:
            events = [held.round for held in self.request.history if held.round < 1]
            events = [number for number in events if pair in self.series and self.met_in(pair, number)]
            return max(0, 8 - (1 - max(events))) if events else 0
        ago = self.request.round - self.last[pair]
        return 32 * (ago <= 1) + 8 * min(self.met[pair] - 1, 3) + max(0, 8 - max(ago, 1))

    def met_in(self, pair: Pair, number: int) -> bool:
        """Whether two were together in a round of this number."""
        return any(pair <= set(room) for held in self.request.history if held.round == number for room in held.rooms)

    # Rules.

    def broken_pairs(self, rule: r.Rule, room: Group) -> list[Pair]:
        """Pairs for whom a rule is broken by being in one room."""
        return [pair for pair in two(room) if self._pair_breaks(rule, pair)]

    def _pair_breaks(self, rule: r.Rule, pair: Pair) -> bool:
        one, other = (self.people[who] for who in pair)
        match rule:
            case r.MustDiffer() | r.Mix():
                return bool(has(one, rule.attr) & has(other, rule.attr))
            case r.MustShare():
                return not has(one, rule.attr) & has(other, rule.attr)
            case r.Complementary():
                x, y = (value.strip().casefold() for value in rule.values)
                a, b = has(one, rule.attr), has(other, rule.attr)
                return not ((x in a and y in b) or (y in a and x in b))
            case r.Anchor():
                anchors = sum(self._has(rule, who) for who in pair)
                return anchors == 2 or (anchors == 1 and bool(self.met[pair]))
            case _:
                return False

    def room_breaks(self, rule: r.Rule, room: Group) -> int:
        """How often a room as a whole breaks a rule, beyond its pairs."""
        match rule:
            case r.Quota():
                return int(not rule.min <= sum(self._has(rule, who) for who in room) <= rule.max)
            case r.Anchor():
                anchors = sum(self._has(rule, who) for who in room)
                visitors = len(room) - anchors
                return int(anchors == 1 and not rule.visitors_min <= visitors <= rule.visitors_max)
            case r.MustShare():
                common = frozenset.intersection(*(has(self.people[who], rule.attr) for who in room))
                return int(not common and not self.broken_pairs(rule, room))
            case r.NoToken():
                groups = Counter(value for who in room for value in has(self.people[who], rule.attr))
                declared = words(rule.values)
                return int(any(count == 1 and (not declared or value in declared) for value, count in groups.items()))
            case _:
                return 0

    def _has(self, rule: r.Quota | r.Anchor, who: AttendeeId) -> bool:
        return rule.value.strip().casefold() in has(self.people[who], rule.attr)

    def links(self, rule: r.Rule) -> set[Pair]:
        """Pairs that are to be together in this round and are both to be placed."""
        if not isinstance(rule, r.MustLink) or rule.round != self.request.round:
            return set()
        return {frozenset(pair) for pair in rule.pairs if set(pair) <= set(self.placed)}

    def unlinked(self, rule: r.Rule, rooms: Rooms) -> set[Pair]:
        return self.links(rule) - {pair for room in rooms for pair in two(room)}

    def torn(self, rule: r.Rule, room: Group) -> int:
        """People in the room who are linked to others, none of whom is in it."""
        links = [[pair for pair in self.links(rule) if who in pair] for who in room]
        return sum(bool(mine) and not any(pair <= set(room) for pair in mine) for mine in links)

    def times(self, rule: r.Rule, room: Group) -> int:
        """How often a room breaks a rule: for each two, as a whole, for each who is torn from theirs."""
        return len(self.broken_pairs(rule, room)) + self.room_breaks(rule, room) + self.torn(rule, room)

    # Rooms.

    def lawful(self) -> range:
        """Sizes that a room may have."""
        group = self.request.group
        if self.request.odd == "sit_out":
            return range(group.min, group.max + 1)
        return range(2, group.max + (2 if group.max == 2 else 1))

    def barred(self, room: Group) -> bool:
        """Whether a room may not be under any circumstances."""
        if any(pair in self.apart for pair in two(self.with_companions(room))):
            return True
        if self.request.repeat == "idle_over_repeat" and any(self.known(pair) for pair in two(room)):
            return True
        return any(self.times(rule, room) for rule in self.barring)

    def with_companions(self, room: Group) -> Group:
        return (*room, *(who for who, lead in self.lead.items() if lead in room))

    def key(self, rooms: Rooms) -> Key:
        """Levels 2 to 5 of a seating of those who take places."""
        seated = {who for room in rooms for who in room}
        turns = [self.turns[who] for who in self.placed if who not in seated]
        parts = [self._price(room) for room in rooms]
        counts = [sum(part[1][index] for part in parts) for index in range(len(self.yielding) + 1)]
        again = [sum(part[2][index] for part in parts) for index in range(3)]
        short, off, number = (sum(part[0][index] for part in parts) for index in range(3))
        loss = sum(part[3] for part in parts)
        turned = (sum(turns), *sorted(turns, reverse=True))
        return Key(len(turns), turned, (short, off, number), tuple(counts), again[0], again[1], again[2], loss)

    def _price(self, room: Group) -> tuple[tuple[int, int, int], tuple[int, ...], tuple[int, int, int], float]:
        if room not in self._prices:
            group, pairs = self.request.group, list(two(room))
            sizes = (max(0, group.min - len(room)) ** 2, (len(room) - group.target) ** 2, -1)
            rules = [self.times(rule, room) for rule in self.yielding]
            rules.append(sum(map(self.speechless, pairs)))
            again = (
                sum(2 * self.met[pair] - 1 for pair in pairs if self.met[pair]),
                sum(pair in self.series for pair in pairs),
            )
            gain = sum(map(self.gain, pairs)) - self._regret(room)
            self._prices[room] = (sizes, tuple(rules), (*again, sum(map(self.badness, pairs))), -gain)
        return self._prices[room]

    @cached_property
    def _prices(self) -> dict[Group, tuple[tuple[int, int, int], tuple[int, ...], tuple[int, int, int], float]]:
        return {}

    def _regret(self, room: Group) -> float:
        wrong = sum(self.people[who].size not in (0, len(room)) for who in room)
        soft = sum(rule.weight * self.times(rule, room) for rule in self.soft)
        return soft + OTHER_SIZE * wrong

    def seatings(self) -> Iterator[Rooms]:
        """Every way to seat people in rooms that may be; who is in none sits out."""
        open_ = {
            room
            for size in self.lawful()
            for room in combinations(self.placed, size)
            if not self.barred(room)
        }  # fmt: skip
        return self._seatings(tuple(self.placed), open_)

    def _seatings(self, people: Group, open_: set[Group]) -> Iterator[Rooms]:
        if not people:
            yield ()
            return
        first, rest = people[0], people[1:]
        yield from self._seatings(rest, open_)
        for size in self.lawful():
            for company in combinations(rest, size - 1):
                if (room := (first, *company)) in open_:
                    left = tuple(who for who in rest if who not in company)
                    yield from ((room, *others) for others in self._seatings(left, open_))

    def best(self) -> Key:
        """The best there is, level by level."""
        return min(self.key(rooms) for rooms in self.seatings())
