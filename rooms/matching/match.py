"""The one door of the matcher: a request in, matches with reasons out."""

from rooms.language.cards import Reason
from rooms.language.limits import MESH_SEATS
from rooms.matching.groups import Arrangement, arrange, sizes
from rooms.matching.pairs import pairs
from rooms.matching.reasons import reasons
from rooms.matching.request import MatchRequest, MatchResult
from rooms.matching.score import Scores


def match(request: MatchRequest) -> MatchResult:
    """Make the matches of one round. Same request in any order of attendees, same answer."""
    scores = Scores(request)
    if len(scores.people) < 2:
        return MatchResult((), (), tuple(_out(scores, who, "not_enough_people") for who in range(len(scores.people))))
    if request.size == 2:
        groups, odd_ones = pairs(scores)
    else:
        people = list(range(len(scores.people)))
        groups, odd_ones = arrange(scores, people, sizes(len(people), request.size)), []
    kept, apart = _lawful(scores, groups, odd_ones)
    odd_ones = [who for who in odd_ones if not any(who in group for group in kept)]
    return _result(scores, kept, odd_ones, [who for who in apart if who not in odd_ones])


def _result(scores: Scores, groups: Arrangement, odd_ones: list[int], apart: list[int]) -> MatchResult:
    matches = sorted(tuple(scores.id(who) for who in sorted(group)) for group in groups)
    why = [reasons(scores.request, tuple(scores.people[who] for who in sorted(group))) for group in sorted(groups)]
    sits_out = [_out(scores, who, "odd_number") for who in odd_ones]
    sits_out += [_out(scores, who, "kept_apart") for who in apart]
    return MatchResult(tuple(matches), tuple(reason for some in why for reason in some), tuple(sits_out))


def _out(scores: Scores, who: int, code: str) -> Reason:
    if code == "odd_number":
        return Reason(code="odd_number", members=(scores.id(who),))
    if code == "kept_apart":
        return Reason(code="kept_apart", members=(scores.id(who),))
    return Reason(code="not_enough_people", members=(scores.id(who),))


def _lawful(scores: Scores, groups: Arrangement, odd_ones: list[int]) -> tuple[Arrangement, list[int]]:
    """Break up what must not be, whatever it costs, and find other places for those left over."""
    kept: Arrangement = []
    loose: list[int] = list(odd_ones)
    for group in groups:
        good = _without_quarrel(scores, group)
        loose += [who for who in group if who not in good]
        kept.append(good)
    if loose == odd_ones and all(len(group) > 1 for group in kept):
        return kept, []
    loose += [group[0] for group in kept if len(group) == 1]
    return _places(scores, [group for group in kept if len(group) > 1], loose, odd_ones)


def _without_quarrel(scores: Scores, group: tuple[int, ...]) -> tuple[int, ...]:
    while len(group) > 1:
        quarrels = {who: sum(scores.forbidden(who, other) for other in group if other != who) for who in group}
        worst = max(group, key=lambda who: (quarrels[who], who))
        if not quarrels[worst]:
            break
        group = tuple(who for who in group if who != worst)
    return group


def _places(
    scores: Scores, groups: Arrangement, loose: list[int], odd_ones: list[int]
) -> tuple[Arrangement, list[int]]:
    """Pair up those left over, let others join, and name who remains."""
    out: list[int] = []
    waiting = sorted(loose, key=lambda who: (-scores.people[who].sat_out, who))
    while waiting:
        who = waiting.pop(0)
        partners = [other for other in waiting if not scores.forbidden(who, other)]
        if partners:
            other = min(partners, key=lambda one: (scores.cost(who, one), one))
            waiting.remove(other)
            groups.append((who, other))
        elif who in odd_ones or not _join(scores, groups, who):
            out.append(who)
    return groups, out


def _join(scores: Scores, groups: Arrangement, who: int) -> bool:
    largest = min(scores.request.size + 1, MESH_SEATS)
    open_to = [
        index
        for index, group in enumerate(groups)
        if len(group) < largest and not any(scores.forbidden(who, other) for other in group)
    ]
    if not open_to:
        return False
    best = min(open_to, key=lambda index: (len(groups[index]), sum(scores.cost(who, one) for one in groups[index])))
    groups[best] = (*groups[best], who)
    return True
