"""What attendees are not told although it is true: who asked for whom, who is kept apart, who is in which group."""

from collections.abc import Iterable

from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId

PRIVATE = ("groups",)
"""Attributes that nobody is told of, not even by the name of a rule."""
TWO = 2


def to_sitter(reason: Reason | None, *, others_seated: bool) -> Reason | None:
    """Why somebody sits out, as they may know it.

    A block, and a rule about private groups, look like what most people hear who sit out: another answer would tell.
    """
    if reason is None or not _delicate(reason):
        return reason
    return Reason(code="odd_number" if others_seated else "not_enough_people", members=reason.members)


def to_room(reasons: Iterable[Reason], people: int) -> tuple[Reason, ...]:
    """Why people are in one room, as all in it may know: that two wished for each other is theirs at a table."""
    return tuple(
        reason for reason in reasons if not _delicate(reason) and (people <= TWO or reason.code != "must_meet")
    )


def to_one(reasons: Iterable[Reason], people: int, attendee: AttendeeId) -> tuple[Reason, ...]:
    """Why people will be in one room, as one of them may know."""
    return tuple(
        reason
        for reason in reasons
        if not _delicate(reason) and (people <= TWO or reason.code != "must_meet" or attendee in reason.members)
    )


def _delicate(reason: Reason) -> bool:
    if reason.code == "kept_apart":
        return True
    return reason.code == "rule" and any(name.rpartition(":")[2] in PRIVATE for name in reason.what)
