"""Several rounds one after the other, each knowing of those before; and what they amount to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import NamedTuple

from msgspec.structs import replace

from rooms.language.ids import AttendeeId
from rooms.matching import match
from rooms.matching.request import Group, Held, MatchRequest
from rooms.matching.result import MatchResult


class Played(NamedTuple):
    """One round with the time it took."""

    request: MatchRequest
    result: MatchResult
    ms: float


class Summary(NamedTuple):
    """What an evening amounts to."""

    rounds: int
    people: int
    repeats: int
    """Pairs that met who had met before, in this event or in the series."""
    sat_out: int
    """Times that somebody sat out, and the most that happened to one person."""
    sat_out_most: int
    given_up: int
    """Times that another rule was given up."""
    mean: float
    """What a round was worth to a person."""
    worst: float
    """The same for the worst-served person, earlier rounds of the history included."""


def timed(request: MatchRequest) -> Played:
    """One round."""
    started = perf_counter()
    result = match(request)
    return Played(request, result, (perf_counter() - started) * 1000)


def rounds(request: MatchRequest, count: int) -> Iterator[Played]:
    """So many rounds from the one asked for; what was fixed or shown concerns the first alone."""
    last = request.round + count - 1
    now = replace(request, rounds_planned=max(request.rounds_planned, last))
    while True:
        played = timed(now)
        yield played
        if now.round == last:
            return
        now = following(now, played.result)


def following(request: MatchRequest, result: MatchResult) -> MatchRequest:
    """The request for the round after this one, if it was held as answered."""
    idle = tuple(who for reason in result.sits_out for who in reason.members)
    return replace(
        request,
        round=request.round + 1,
        history=(*request.history, Held(request.round, result.matches, idle)),
        sat_out=_counted(request, idle),
        pinned=(),
        passed=frozenset(),
        shown=None,
    )


def summary(played: Sequence[Played]) -> Summary:
    """What these rounds, at least one, amount to."""
    results = [each.result for each in played]
    idle = Counter(who for result in results for reason in result.sits_out for who in reason.members)
    people = [each.parts.seated + each.parts.sits_out for each in results]
    return Summary(
        rounds=len(played),
        people=max(people),
        repeats=sum(each.parts.repeats + each.parts.series_repeats for each in results),
        sat_out=idle.total(),
        sat_out_most=max(idle.values(), default=0),
        given_up=sum(entry.rule != "repeat" for result in results for entry in result.given_up),
        mean=2 * sum(each.parts.weight for each in results) / max(1, sum(people)),
        worst=results[-1].parts.worst,
    )


def _counted(request: MatchRequest, idle: Group) -> tuple[tuple[AttendeeId, int], ...]:
    """Counts given with the request go on from there; those that history tells need no telling."""
    held = Counter(who for each in request.history if each.round >= 1 for who in each.sat_out)
    told = dict(request.sat_out)
    counts = told | {who: max(told[who], held[who]) + 1 for who in idle if who in told}
    return tuple(sorted(counts.items()))
