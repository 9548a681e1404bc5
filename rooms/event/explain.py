"""The event in the matcher's words."""

from collections.abc import Iterable

from msgspec.structs import replace

from rooms.event import agenda
from rooms.event.state import Attendee, Event, pins, pool, rounds_segment
from rooms.language.agenda import RoundsSegment
from rooms.language.cards import GivenUp, Reason
from rooms.language.ids import AttendeeId
from rooms.matching.concessions import concessions
from rooms.matching.prepare import prepare
from rooms.matching.reasons import reasons
from rooms.matching.request import Group, Held, MatchRequest, Profile
from rooms.matching.sizes import usual_group

BY_A_HOST = "a host has put them together"
GROUP_WANTED = 3
"""What somebody has in mind who would rather be in a group than in a pair."""
THINKING_MS = 8_000
"""More than the plan of any evening takes on a busy machine; where a round opens earlier, that comes first."""


def match_request(event: Event) -> MatchRequest:
    """What the matcher is to be asked about the round that comes next."""
    return replace(_request(event, pool(event)), pinned=pins(event), shown=_shown(event))


def _shown(event: Event) -> tuple[Group, ...] | None:
    """The rooms that organisers, and mostly all others, have before their eyes; another chance is not bound to them."""
    return event.match.matches if event.match is not None and event.match.redo == event.redo else None


def _request(event: Event, here: list[AttendeeId]) -> MatchRequest:
    ahead = agenda.upcoming(event)
    plan = ahead.plan if ahead is not None else rounds_segment(event) or RoundsSegment()
    left = plan.rounds - ahead.round if ahead is not None else 0
    return MatchRequest(
        attendees=tuple(_profile(event.people[who]) for who in here),
        request=event.request,
        round=event.held + 1,
        rounds_planned=event.held + 1 + left,
        group=usual_group(plan.size),
        odd=plan.odd,
        repeat=plan.repeat,
        rules=plan.rules,
        weights=plan.weights,
        history=_history(event, set(here)),
        sat_out=tuple((who, event.people[who].sat_out) for who in here if _been_in_a_round(event, who)),
        apart=event.apart,
        passed=event.passed,
        budget_ms=THINKING_MS,
        seed=f"{event.plan.id}/{event.redo}",
    )


def why(event: Event, groups: Iterable[Group]) -> dict[Group, tuple[Reason, ...]]:
    """Reasons for rooms that the matcher has not made, or has made otherwise."""
    wanted = list(groups)
    if not wanted:
        return {}
    case = prepare(_request(event, [who for group in wanted for who in group])).case
    told = reasons(case.past, [tuple(case.crowd.rows[who] for who in group) for group in wanted])
    return dict(zip(wanted, told, strict=True))


def cost(event: Event, groups: Iterable[Group]) -> tuple[GivenUp, ...]:
    """What is given up in rooms that an organiser has put together, looked at by themselves."""
    wanted = list(groups)
    case = prepare(_request(event, [who for group in wanted for who in group])).case
    index = {case.person(number).id: number for number in range(case.n)}
    rooms = [tuple(index[who] for who in group if who in index) for group in wanted]
    return tuple(replace(line, because=BY_A_HOST) for line in concessions(case, rooms))


def _been_in_a_round(event: Event, who: AttendeeId) -> bool:
    """Newcomers are not told of: they count like the least of the others."""
    return bool(event.people[who].sat_out or event.met.get(who))


def _history(event: Event, inside: set[AttendeeId]) -> tuple[Held, ...]:
    """The rounds so far as pairs that met; rooms of people who are gone say nothing about those who are here."""
    rounds = _earlier(event, inside) if event.plan.series_history else {}
    for who in inside:
        for other, numbers in event.met.get(who, {}).items():
            if who < other and other in inside:
                for number in numbers:
                    rounds.setdefault(number, []).append((who, other))
    return tuple(Held(number, tuple(sorted(rounds[number]))) for number in sorted(rounds))


def _earlier(event: Event, inside: set[AttendeeId]) -> dict[int, list[Group]]:
    """Who met at earlier events of the series: the last one is round 0, the one before it -1."""
    rounds: dict[int, list[Group]] = {}
    for who in inside:
        for other, ago in event.known.get(who, {}).items():
            if who < other and other in inside:
                rounds.setdefault(1 - ago, []).append((who, other))
    return rounds


def _profile(person: Attendee) -> Profile:
    card = person.card
    return Profile(
        id=card.id,
        team=card.team,
        role=person.role,
        groups=person.groups,
        interests=card.interests,
        languages=card.languages,
        looking_for=card.looking_for,
        offering=card.offering,
        language_required=person.language_required,
        size=GROUP_WANTED if card.groups_only else 0,
        present_since=person.arrived_at,
    )
