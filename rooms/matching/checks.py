"""What a request may hold: refused by path and name where it is out of range."""

import re

import msgspec
from msgspec.structs import replace

from rooms.language.limits import ATTENDEES_PER_EVENT, ROOM_SEATS
from rooms.language.rules import RULES
from rooms.matching.request import MatchRequest, RangeError

KNOWN = 2 * ATTENDEES_PER_EVENT
"""People one request may know of: as many may have gone again as can be there at once."""


def check(request: MatchRequest) -> None:
    """See that a request can be answered; ids are looked at when it is prepared.

    Raises:
        RangeError: something is out of range; the message begins with its path.
    """
    bare = replace(request, attendees=(), present=None, history=(), sat_out=(), shown=None, wishes=())
    bare = replace(bare, apart=frozenset(), passed=frozenset(), pinned=())
    try:
        msgspec.convert(msgspec.to_builtins(bare), MatchRequest)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `$.")
        raise RangeError(_snake(path.strip("`")) or "request", what.lower().replace("`", "")) from None
    if not request.group.min <= request.group.target <= request.group.max:
        raise RangeError("group", "expected min ≤ target ≤ max")
    if len(request.rules) > RULES:
        raise RangeError("rules", f"expected at most {RULES}")
    if len(request.attendees) > KNOWN:
        raise RangeError("attendees", f"expected at most {KNOWN}")
    if request.present is not None and len(request.present) > ATTENDEES_PER_EVENT:
        raise RangeError("present", f"expected at most {ATTENDEES_PER_EVENT}")
    if request.rounds_planned < request.round:
        raise RangeError("rounds_planned", f"expected at least the round asked for, {request.round}")
    _check_people(request)


def _snake(path: str) -> str:
    """A path as the fields are written here; on the wire they are in camel case."""
    return re.sub(r"([A-Z])", lambda found: "_" + found[1].lower(), path)


def _check_people(request: MatchRequest) -> None:
    for index, person in enumerate(request.attendees):
        if not 0 <= person.size <= ROOM_SEATS:
            raise RangeError(f"attendees[{index}].size", f"expected 0 to {ROOM_SEATS}")
    for who, times in request.sat_out:
        if times < 0:
            raise RangeError(f"sat_out.{who}", "expected a count of 0 or more")
