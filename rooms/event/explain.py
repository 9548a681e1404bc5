"""The event in the matcher's words."""

from rooms.event import agenda
from rooms.event.state import Event, pool, rounds_segment
from rooms.language.agenda import RoundsSegment
from rooms.language.cards import Card
from rooms.language.ids import AttendeeId
from rooms.matching.request import MatchRequest, Profile


def match_request(event: Event) -> MatchRequest:
    """What the matcher is to be asked about the round that comes next."""
    ahead = agenda.upcoming(event)
    plan = ahead.plan if ahead is not None else rounds_segment(event) or RoundsSegment()
    here = pool(event)
    inside = set(here)
    return MatchRequest(
        attendees=tuple(_profile(event.people[who].card, event.people[who].sat_out) for who in here),
        request=event.request,
        round=event.held + 1,
        rounds_left=plan.rounds - ahead.round if ahead is not None else 0,
        size=plan.size,
        odd=plan.odd,
        met={who: _known(event, who, inside) for who in here},
        apart=event.apart,
        passed=event.passed,
        mix_teams=plan.mix_teams,
        common_ground=plan.common_ground,
        seed=f"{event.plan.id}/{event.held + 1}",
    )


def _known(event: Event, who: AttendeeId, inside: set[AttendeeId]) -> dict[AttendeeId, tuple[int, ...]]:
    return {other: rounds for other, rounds in event.met.get(who, {}).items() if other in inside}


def _profile(card: Card, sat_out: int) -> Profile:
    return Profile(
        id=card.id,
        team=card.team,
        interests=card.interests,
        languages=card.languages,
        looking_for=card.looking_for,
        offering=card.offering,
        groups_only=card.groups_only,
        sat_out=sat_out,
    )
