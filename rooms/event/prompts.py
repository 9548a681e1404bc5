"""The cards on the table: which comes first, which comes next, none twice until the deck is used up."""

from rooms.event.decks import DECKS
from rooms.language.cards import Prompt
from rooms.language.ids import AttendeeId, EventId, Instant, RoomId
from rooms.matching.chance import Chance


def card(deck: str, event: EventId, room: RoomId, turn: int) -> str:
    """The text of one turn, from 0. The same event, room and turn always give the same card.

    Raises:
        KeyError: there is no such deck.
    """
    cards = DECKS[deck]
    cycle, place = divmod(turn, len(cards))
    mixed = Chance(event, room, deck, cycle).dealt(cards, max(place + 1, 2) if cycle else place + 1)
    if cycle and mixed[0] == Chance(event, room, deck, cycle - 1).dealt(cards, len(cards))[-1]:
        # A deck mixed anew must not begin with the card that is still on the table.
        mixed[:2] = reversed(mixed[:2])
    return mixed[place]


def first_prompt(deck: str, event: EventId, room: RoomId, at: Instant) -> Prompt | None:
    """The card on the table as people sit down; None when the agenda wants none."""
    if deck not in DECKS:
        return None
    return Prompt(deck=deck, text=card(deck, event, room, 0), turned_at=at)


def next_prompt(deck: str, event: EventId, room: RoomId, turn: int, by: AttendeeId, at: Instant) -> Prompt | None:
    """The card after so many turns."""
    if deck not in DECKS:
        return None
    return Prompt(deck=deck, text=card(deck, event, room, turn), turned_at=at, turned_by=by)
