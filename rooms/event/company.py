"""Company for somebody who has none now: found at once and in bounded time, without asking the matcher."""

from collections import OrderedDict
from collections.abc import Iterable
from itertools import chain
from math import sqrt
from typing import NamedTuple, TypeVar

from rooms.event.state import Event, Pair, pair
from rooms.language.ids import AttendeeId
from rooms.language.rules import Weights
from rooms.matching.crowd import WISHES_COUNTED, plain

STRANGERS = -1_000
"""Longer ago than any event of a series."""
LOOKED_AT = 40
"""Strangers looked at for one person: the best of so many is among the best fortieth of all, whatever their number."""
LOOKS, FEWEST = 20_000, 4
"""Looks for all who are paired up at one instant, a twentieth of a second; and for each in any case."""

Group = tuple[AttendeeId, ...]
Place = TypeVar("Place")


class Words(NamedTuple):
    """What counts of one person, as it is compared."""

    interests: frozenset[str]
    wants: frozenset[str]
    offers: frozenset[str]
    languages: frozenset[str]


class Company:
    """Who had best be with whom, of the people of one event at one instant. Lives no longer than one `decide`."""

    def __init__(self, event: Event, never: frozenset[Pair], weights: Weights) -> None:
        self._event = event
        self._never = never
        self._weights = weights
        self._words: dict[AttendeeId, Words] = {}

    def may_meet(self, one: AttendeeId, other: AttendeeId) -> bool:
        """Whether two may share a room."""
        return not self._never or pair(one, other) not in self._never

    def best(self, who: AttendeeId, places: Iterable[tuple[Place, Group, int]], looks: int = LOOKED_AT) -> Place | None:
        """The best of these places, each with the people there and a rank; None when there is none for this person.

        The lowest rank counts first, then strangers, then those met longest ago, then who has most in common. No more
        is looked at once so many `looks` have gone to strangers.
        """
        best: tuple[tuple[int, int, float, int], Place] | None = None
        strangers = 0
        for order, (place, people, rank) in enumerate(places):
            if not all(self.may_meet(who, other) for other in people):
                continue
            last = max(last_met(self._event, who, other) for other in people)
            key = (rank, last, -sum(self.worth(who, other) for other in people) / len(people), order)
            if best is None or key < best[0]:
                best = key, place
            strangers += last == STRANGERS
            if strangers == looks:
                break
        return best[1] if best is not None else None

    def pair_up(self, people: Iterable[AttendeeId]) -> tuple[list[Group], list[AttendeeId]]:
        """Pairs of these people, the first of them first, and who is left over."""
        waiting = OrderedDict.fromkeys(people)  # the first goes in no time, unlike from a list or a dict
        looks = max(FEWEST, min(LOOKED_AT, LOOKS // max(1, len(waiting))))
        pairs: list[Group] = []
        left: list[AttendeeId] = []
        while waiting:
            who, _ = waiting.popitem(last=False)
            other = self.best(who, ((other, (other,), 0) for other in waiting), looks)
            if other is None:
                left.append(who)
            else:
                del waiting[other]
                pairs.append((who, other))
        return pairs, left

    def worth(self, one: AttendeeId, other: AttendeeId) -> float:
        """What two are worth to each other, as the matcher has it (`rooms.matching.crowd.Crowd.worth`)."""
        mine, theirs, weights = self._of(one), self._of(other), self._weights
        found = weights.language * bool(mine.languages & theirs.languages)
        if shared := len(mine.interests & theirs.interests):
            found += weights.interests * shared / sqrt(len(mine.interests) * len(theirs.interests))
        met = len(mine.wants & theirs.offers) + len(mine.offers & theirs.wants)
        return found + weights.wishes * min(met, WISHES_COUNTED)

    def _of(self, who: AttendeeId) -> Words:
        if who not in self._words:
            card = self._event.people[who].card
            named = (card.interests, card.looking_for, card.offering, card.languages)
            self._words[who] = Words(*(frozenset(map(plain, texts)) for texts in named))
        return self._words[who]


def last_met(event: Event, one: AttendeeId, other: AttendeeId) -> int:
    """The number of the last round in which two people met; for earlier events of the series and strangers below 1."""
    if rounds := event.met.get(one, {}).get(other):
        return max(rounds)
    ago = event.known.get(one, {}).get(other) if event.plan.series_history else None
    return STRANGERS if ago is None else max(STRANGERS + 1, 1 - ago)


class Tables:
    """Groups that still have room, the smallest first; people join, and full ones are open no more."""

    def __init__(self, groups: list[Group], largest: int) -> None:
        self.groups = groups
        self._largest = largest
        open_ = (index for index, group in enumerate(groups) if len(group) < largest)
        self._open = OrderedDict.fromkeys(sorted(open_, key=lambda index: len(groups[index])))

    def join(self, company: Company, who: AttendeeId) -> bool:
        """Let somebody join the best of the smallest groups that take them; whether there was one."""
        index = company.best(who, ((i, self.groups[i], len(self.groups[i])) for i in self._open))
        if index is None:
            return False
        self.groups[index] = (*self.groups[index], who)
        if len(self.groups[index]) >= self._largest:
            del self._open[index]
        return True

    def split(self, company: Company, who: AttendeeId) -> bool:
        """Take one person out of a group of three or more, to make a pair with somebody; whether there was one."""
        large = sorted((i for i, group in enumerate(self.groups) if len(group) > 2), key=lambda i: -len(self.groups[i]))
        partners = chain.from_iterable(((i, other) for other in self.groups[i]) for i in large)
        found = company.best(who, ((place, (place[1],), 0) for place in partners))
        if found is None:
            return False
        index, partner = found
        self.groups[index] = tuple(other for other in self.groups[index] if other != partner)
        self.groups.append((who, partner))
        return True
