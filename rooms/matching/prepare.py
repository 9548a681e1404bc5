"""From a request to a case: everybody in the order of their ids, checked, companions with their person."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from rooms.language.ids import AttendeeId
from rooms.language.rules import Companion, Weights
from rooms.matching.case import Case
from rooms.matching.crowd import Bools, Crowd
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
    companions = _companions(request, crowd, here)
    past = Past(request, crowd, here, {crowd.rows[one]: crowd.rows[lead] for one, lead in companions.items()})
    placing = here.copy()
    placing[[crowd.rows[who] for who in companions]] = False
    placed = np.flatnonzero(placing)
    return Prepared(Case(request, crowd, placed, past, Ruling(request, crowd, past)), companions)


@lru_cache(CROWDS_KEPT)
def crowd_of(people: tuple[Profile, ...], weights: Weights) -> Crowd:
    """The arrays of these people; made once for the same people, round after round."""
    return Crowd(people, weights)


def _present(request: MatchRequest, crowd: Crowd) -> Bools:
    """Who is present: shape of the crowd."""
    if len(crowd.rows) != crowd.n:
        raise RangeError("attendees", "expected each id once")
    if request.present is None:
        return np.ones(crowd.n, bool)
    here = np.zeros(crowd.n, bool)
    try:
        here[[crowd.rows[who] for who in request.present]] = True
    except KeyError as error:
        who = error.args[0]
        path = f"present[{request.present.index(who)}]"
        raise RangeError(path, f"expected the id of an attendee, got {who!r}") from None
    return here


def _companions(request: MatchRequest, crowd: Crowd, here: Bools) -> dict[AttendeeId, AttendeeId]:
    """Who accompanies whom: both here, not kept apart, and nobody accompanies a companion."""
    named = {person.id: person.companion_of for person in request.attendees if person.companion_of}
    for rule in request.rules:
        if isinstance(rule, Companion):
            named.update({companion: lead for lead, companion in rule.pairs})
    if not named:
        return {}
    present = {who for who in {*named, *named.values()} if who in crowd.rows and here[crowd.rows[who]]}
    apart = {frozenset(pair) for pair in request.apart}
    return {
        companion: lead
        for companion, lead in sorted(named.items())
        if companion in present and lead in present and lead not in named and frozenset((companion, lead)) not in apart
    }
