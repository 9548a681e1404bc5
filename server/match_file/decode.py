"""From the bytes of one request to what the matcher is asked."""

import msgspec

from rooms.language.ids import AttendeeId
from rooms.language.limits import ATTENDEES_PER_EVENT
from rooms.language.rules import RULES, Anchor, Quota
from rooms.matching.request import GroupSize, Held, MatchRequest, Profile, Two
from server.match_file.ids import check_names
from server.match_file.refusals import RefusedError, in_words, not_json
from server.match_file.shape import Asked, Attendee, GroupAsked, ShownAnswer

_DECODER = msgspec.json.Decoder(Asked)


def decode(text: bytes) -> MatchRequest:
    """The request that these bytes are.

    Raises:
        RefusedError: it is no JSON, or something in it is unknown or out of range; says where.
    """
    try:
        asked = _DECODER.decode(text)
    except msgspec.ValidationError as error:
        raise in_words(error) from None
    except msgspec.DecodeError as error:
        raise RefusedError("", f"not JSON: {not_json(error)}") from None
    except UnicodeDecodeError:
        raise RefusedError("", "not JSON: not UTF-8") from None
    except RecursionError:
        raise RefusedError("", "not a request: too deeply nested") from None
    _check_numbers(asked)
    check_names(asked)
    return _request(asked)


def _check_numbers(asked: Asked) -> None:
    """Numbers that are good by themselves and not beside each other."""
    if len(asked.attendees) > ATTENDEES_PER_EVENT:
        raise RefusedError("attendees", f"expected at most {ATTENDEES_PER_EVENT} people")
    for index, person in enumerate(asked.attendees):
        if person.size == 1:
            raise RefusedError(f"attendees[{index}].size", "expected 0 for no preference, or 2 and more")
    group = _group(asked.config.group)
    if not group.min <= group.target <= group.max:
        raise RefusedError("config.group", f"expected min ≤ target ≤ max, got {group.min}, {group.target}, {group.max}")
    if len(asked.config.constraints) > RULES:
        raise RefusedError("config.constraints", f"expected at most {RULES}")
    for index, rule in enumerate(asked.config.constraints):
        if isinstance(rule, Quota) and rule.min > rule.max:
            raise RefusedError(f"config.constraints[{index}]", f"expected min ≤ max, got {rule.min}, {rule.max}")
        if isinstance(rule, Anchor) and rule.visitors_min > rule.visitors_max:
            raise RefusedError(f"config.constraints[{index}]", "expected visitors_min ≤ visitors_max")
    now, planned = _round(asked), _rounds_planned(asked)
    if planned < now:
        path = "rounds_planned" if asked.rounds_planned is not None else "config.rounds_planned"
        raise RefusedError(path, f"expected at least the round asked for, {now}")


def _request(asked: Asked) -> MatchRequest:
    plan = asked.plan.rooms if isinstance(asked.plan, ShownAnswer) else asked.plan
    return MatchRequest(
        attendees=tuple(_profile(person) for person in asked.attendees),
        present=asked.present,
        round=_round(asked),
        rounds_planned=_rounds_planned(asked),
        group=_group(asked.config.group),
        odd=asked.config.odd_policy,
        repeat=asked.config.repeat_policy,
        rules=asked.config.constraints,
        weights=asked.config.weights,
        apart=_unordered(asked.blocks),
        passed=_unordered(asked.passed),
        wishes=asked.requests,
        history=tuple(Held(held.round, held.rooms, held.sat_out) for held in asked.history),
        sat_out=_sat_out(asked),
        pinned=asked.pinned,
        shown=plan,
        seed=str(asked.seed),
    )


def _round(asked: Asked) -> int:
    """The round asked for; where it is not said, the one after the last that was held."""
    return asked.round if asked.round is not None else max([0, *(held.round for held in asked.history)]) + 1


def _rounds_planned(asked: Asked) -> int:
    """Rounds of the evening: said of this round, else of the evening, else no more than this one."""
    for said in (asked.rounds_planned, asked.config.rounds_planned):
        if said is not None:
            return said
    return _round(asked)


def _sat_out(asked: Asked) -> tuple[tuple[AttendeeId, int], ...]:
    """Counts as given. Without a round held nobody can be told for a newcomer: who is not listed has never sat out."""
    counts = {AttendeeId(who): times for who, times in asked.sit_out_counts.items()}
    if counts and not any(held.round >= 1 for held in asked.history):
        counts = {person.id: 0 for person in asked.attendees} | counts
    return tuple(sorted(counts.items()))


def _group(asked: GroupAsked) -> GroupSize:
    """Sizes with what was left unsaid; the wanted number is the least, else the most, else two."""
    target = asked.target or asked.min or asked.max or GroupSize().target
    return GroupSize(target, asked.min or target, asked.max or target)


def _profile(person: Attendee) -> Profile:
    return Profile(
        id=person.id,
        team=person.team or "",
        role=person.role or "",
        groups=person.groups,
        interests=person.interests,
        looking_for=person.looking_for,
        offering=person.offering,
        languages=person.languages,
        language_required=person.language_required,
        size=person.size,
        companion_of=person.companion_of,
        present_since=person.present_since,
        waiting_since=person.waiting_since,
    )


def _unordered(pairs: tuple[Two, ...]) -> frozenset[Two]:
    return frozenset((min(pair), max(pair)) for pair in pairs)
