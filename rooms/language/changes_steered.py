"""What an organiser decided about the next round before it opens; a part of `rooms.language.changes`."""

from rooms.language.cards import GivenUp, Reason
from rooms.language.ids import AttendeeId
from rooms.language.message import Message


class RoomPinned(Message, frozen=True, tag="room.pinned"):
    """These people stay together in the next round however it is made; or are no longer held."""

    people: tuple[AttendeeId, ...]
    pinned: bool


class PlacesSwapped(Message, frozen=True, tag="places.swapped"):
    """Two people take each other's place in the next round; their rooms are held from now on."""

    one: AttendeeId
    other: AttendeeId
    reasons: tuple[Reason, ...]
    """Of the rooms they are in now."""
    given_up: tuple[GivenUp, ...]
    """What these rooms cost."""


class AttendeeExcluded(Message, frozen=True, tag="attendee.excluded"):
    """Somebody sits out the next round by an organiser's word; or no longer."""

    attendee: AttendeeId
    excluded: bool


class ChanceChanged(Message, frozen=True, tag="chance.changed"):
    """The next round is made with this chance."""

    redo: int


class PeopleParted(Message, frozen=True, tag="people.parted"):
    """An organiser keeps two apart; or lets them meet again, as far as it is theirs to say. Copied to SQL."""

    one: AttendeeId
    other: AttendeeId
    parted: bool
