"""Names in a request: who is known, who is named twice, who is named with themselves."""

from collections.abc import Iterable, Mapping
from itertools import combinations

from rooms.language.ids import AttendeeId
from rooms.language.limits import ROOM_SEATS
from rooms.language.rules import Companion, MustLink
from server.match_file.refusals import RefusedError, is_count, quoted
from server.match_file.shape import Asked, Room, ShownAnswer, Two

Known = Mapping[AttendeeId, int]
"""Index in `attendees` by id."""


def check_names(asked: Asked) -> None:
    """See that every name that decides about the round is an attendee's, and stands where it can.

    History and counts of sit-outs may name people who are known no longer; blocks may not: a name mistyped there would
    put two into one room who must never meet.

    Raises:
        RefusedError: by path.
    """
    known = _each_once(asked)
    _check_companions(asked, known)
    if asked.present is not None:
        _check_group("present", asked.present, known)
    for key, pairs in (("blocks", asked.blocks), ("requests", asked.requests), ("passed", asked.passed)):
        _check_pairs(key, pairs, known)
    for index, rule in enumerate(asked.config.constraints):
        if isinstance(rule, MustLink | Companion):
            _check_pairs(f"config.constraints[{index}].pairs", rule.pairs, known)
    _check_history(asked)
    for who, times in asked.sit_out_counts.items():
        if not is_count(times):
            raise RefusedError(f"sit_out_counts.{who}", "expected a whole number of at least 0")
    _check_fixed(asked, known)


def _each_once(asked: Asked) -> Known:
    known: dict[AttendeeId, int] = {}
    for index, person in enumerate(asked.attendees):
        first = known.setdefault(person.id, index)
        if first != index:
            raise RefusedError(
                f"attendees[{index}].id", f"expected each id once, {quoted(person.id)} is that of attendees[{first}]"
            )
    return known


def _check_companions(asked: Asked, known: Known) -> None:
    lead_of: dict[AttendeeId, AttendeeId] = {}
    named: list[tuple[str, AttendeeId, AttendeeId]] = [
        (f"attendees[{index}].companion_of", person.id, person.companion_of)
        for index, person in enumerate(asked.attendees)
        if person.companion_of is not None
    ]
    for index, rule in enumerate(asked.config.constraints):
        if isinstance(rule, Companion):
            path = f"config.constraints[{index}].pairs"
            named += [(f"{path}[{place}]", companion, lead) for place, (lead, companion) in enumerate(rule.pairs)]
    for path, companion, lead in named:
        _check_known(path, lead, known)
        if companion == lead:
            raise RefusedError(path, "expected two different people")
        if lead_of.setdefault(companion, lead) != lead:
            raise RefusedError(path, f"expected {quoted(companion)} to accompany one person only")
    for path, companion, lead in named:
        if lead in lead_of:
            raise RefusedError(path, f"expected {quoted(companion)} to accompany somebody who accompanies nobody")


def _check_pairs(path: str, pairs: Iterable[Two], known: Known) -> None:
    for index, (one, other) in enumerate(pairs):
        for place, who in enumerate((one, other)):
            _check_known(f"{path}[{index}][{place}]", who, known)
        if one == other:
            raise RefusedError(f"{path}[{index}]", "expected two different people")


def _check_history(asked: Asked) -> None:
    for index, held in enumerate(asked.history):
        for place, room in enumerate(held.rooms):
            _check_group(f"history[{index}].rooms[{place}]", room, None)


def _check_fixed(asked: Asked, known: Known) -> None:
    """Rooms that were fixed or shown: of attendees, and nobody in two of them."""
    _check_rooms("pinned", asked.pinned, known)
    for index, room in enumerate(asked.pinned):
        if not 2 <= len(room) <= ROOM_SEATS:
            raise RefusedError(f"pinned[{index}]", f"expected 2 to {ROOM_SEATS} people")
    blocked = {frozenset(pair): index for index, pair in enumerate(asked.blocks)}
    for index, room in enumerate(asked.pinned):
        for pair in combinations(room, 2):
            if frozenset(pair) in blocked:
                raise RefusedError(f"pinned[{index}]", f"expected nobody whom blocks[{blocked[frozenset(pair)]}] parts")
    if isinstance(asked.plan, ShownAnswer):
        _check_rooms("plan.rooms", asked.plan.rooms, known)
        _check_group("plan.sat_out", asked.plan.sat_out, known)
    elif asked.plan is not None:
        _check_rooms("plan", asked.plan, known)


def _check_rooms(path: str, rooms: Iterable[Room], known: Known) -> None:
    seated: set[AttendeeId] = set()
    for index, room in enumerate(rooms):
        _check_group(f"{path}[{index}]", room, known)
        for place, who in enumerate(room):
            if who in seated:
                raise RefusedError(
                    f"{path}[{index}][{place}]", f"expected nobody in two rooms, got {quoted(who)} again"
                )
        seated.update(room)


def _check_group(path: str, group: Room, known: Known | None) -> None:
    """People each once; `known` is None where they may be gone."""
    if known is not None:
        for place, who in enumerate(group):
            _check_known(f"{path}[{place}]", who, known)
    if len(set(group)) == len(group):
        return
    place, who = next((place, who) for place, who in enumerate(group) if who in group[:place])
    raise RefusedError(f"{path}[{place}]", f"expected each id once, got {quoted(who)} again")


def _check_known(path: str, who: AttendeeId, known: Known) -> None:
    if who not in known:
        raise RefusedError(path, f"expected the id of an attendee, got {quoted(who)}")
