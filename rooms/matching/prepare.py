"""From a request to a case: everybody in the order of their ids, checked, companions with their person."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from rooms.language.ids import AttendeeId
from rooms.language.rules import Companion, Weights
from rooms.matching.case import Case
from rooms.matching.crowd import Crowd
from rooms.matching.past import Past
from rooms.matching.request import MatchRequest, Profile, RangeError
from rooms.matching.ruling import Ruling

CROWDS_KEPT = 4
"""Crowds kept between rounds: the arrays of ten thousand people take a tenth of a second to make."""


class Prepared(NamedTuple):
    """A request made ready: the case of those who are to be placed, and who comes with whom."""

    case: Case
    companions: dict[AttendeeId, AttendeeId]
    """Who accompanies whom, both present."""


def prepare(request: MatchRequest) -> Prepared:
    """Make the arrays of a request. The order of its parts changes nothing.

    Raises:
        RangeError: two attendees with one id, or somebody present whom nobody knows.
    """
    people = tuple(sorted(request.attendees, key=lambda person: person.id))
    crowd = crowd_of(people, request.weights)
    here = _present(request, crowd)
    companions = _companions(request, here)
    past = Past(request, crowd, {crowd.rows[one]: crowd.rows[lead] for one, lead in companions.items()})
    placed = np.array(sorted(crowd.rows[who] for who in here if who not in companions), np.int64)
    return Prepared(Case(request, crowd, placed, past, Ruling(request, crowd, past)), companions)


@lru_cache(CROWDS_KEPT)
def crowd_of(people: tuple[Profile, ...], weights: Weights) -> Crowd:
    """The arrays of these people; made once for the same people, round after round."""
    return Crowd(people, weights)


def _present(request: MatchRequest, crowd: Crowd) -> set[AttendeeId]:
    if len(crowd.rows) != crowd.n:
        raise RangeError("attendees", "expected each id once")
    if request.present is None:
        return set(crowd.rows)
    for index, who in enumerate(request.present):
        if who not in crowd.rows:
            raise RangeError(f"present[{index}]", f"expected the id of an attendee, got {who!r}")
    return set(request.present)


def _companions(request: MatchRequest, here: set[AttendeeId]) -> dict[AttendeeId, AttendeeId]:
    """Who accompanies whom: both here, not kept apart, and nobody accompanies a companion."""
    named = {person.id: person.companion_of for person in request.attendees if person.companion_of}
    for rule in request.rules:
        if isinstance(rule, Companion):
            named.update({companion: lead for lead, companion in rule.pairs})
    apart = {frozenset(pair) for pair in request.apart}
    return {
        companion: lead
        for companion, lead in sorted(named.items())
        if companion in here and lead in here and lead not in named and frozenset((companion, lead)) not in apart
    }
