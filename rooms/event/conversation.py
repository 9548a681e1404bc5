"""What is said and shown: chat, reactions, prompt cards, one more minute, microphone and camera."""

from rooms.event import agenda, controls
from rooms.event.ledger import Ledger
from rooms.event.prompts import next_prompt
from rooms.event.seats import own_room
from rooms.event.state import Attendee
from rooms.language import changes as c
from rooms.language import commands as k
from rooms.language.cards import ChatLine
from rooms.language.ids import RoomId
from rooms.language.limits import NAME_CHARS, PROMPT_REST_MS
from rooms.language.refusals import Refusal, RefusedError


def say(ledger: Ledger, wish: k.SayChat, by: Attendee) -> None:
    """A line to the lobby, or to the room in which one sits."""
    if wish.room is not None:
        own_room(ledger.event, wish.room, by)
    _write_line(ledger, wish.text, (by.id, by.card.name), wish.room)


def organiser_say(ledger: Ledger, wish: k.SayChat, by: str, name: str) -> None:
    """A line to the lobby; rooms are private."""
    if wish.room is not None:
        raise RefusedError(Refusal.NOT_ALLOWED)
    _write_line(ledger, wish.text, (by, name), None, organiser=True)


def _write_line(
    ledger: Ledger, text: str, by: tuple[str, str], room: RoomId | None, *, organiser: bool = False
) -> None:
    text = text.strip()
    if not text:
        return
    line = ChatLine(
        id=ledger.event.lines + 1,
        at=ledger.at,
        by=by[0],
        name=(by[1] or "Host")[:NAME_CHARS],
        text=text,
        room=room,
        organiser=organiser,
    )
    ledger.write(c.ChatSaid(line=line))


def react(ledger: Ledger, wish: k.SendReaction, by: Attendee) -> None:
    """A sign of feeling, for those in the room."""
    room = own_room(ledger.event, wish.room, by)
    ledger.write(c.ReactionSent(attendee=by.id, room=room.id, kind=wish.kind))


def turn_prompt(ledger: Ledger, wish: k.TurnPrompt, by: Attendee) -> None:
    """Another card; a card just turned stays a moment, so that two people do not turn it at once."""
    room = own_room(ledger.event, wish.room, by)
    if room.prompt is not None and room.turns and ledger.at - room.prompt.turned_at < PROMPT_REST_MS:
        raise RefusedError(Refusal.TOO_SOON)
    prompt = next_prompt(room.deck, ledger.event.plan.id, room.id, room.turns + 1, by.id, ledger.at)
    if prompt is None:
        raise RefusedError(Refusal.NOT_ALLOWED)
    ledger.write(c.PromptTurned(room=room.id, prompt=prompt))


def ask_minute(ledger: Ledger, wish: k.AskMinute, by: Attendee) -> None:
    """One more minute, given once all in the room want it."""
    room = own_room(ledger.event, wish.room, by)
    if (by.id in room.minute_asked_by) == wish.wanted:
        return
    if room.extended:
        if wish.wanted:
            raise RefusedError(Refusal.NO_SPARE_TIME)
        return
    if wish.wanted and not agenda.minute_possible(ledger.event):
        raise RefusedError(Refusal.NO_SPARE_TIME)
    ledger.write(c.MinuteAsked(attendee=by.id, room=room.id, wanted=wish.wanted))
    room = ledger.event.rooms[room.id]
    if set(room.people) <= set(room.minute_asked_by):
        controls.extend_room(ledger, room)


def tell_media(ledger: Ledger, wish: k.TellMedia, by: Attendee) -> None:
    """How microphone, camera and connection are, if that is news."""
    if (by.microphone, by.camera, by.health) != (wish.microphone, wish.camera, wish.health):
        ledger.write(c.MediaTold(attendee=by.id, microphone=wish.microphone, camera=wish.camera, health=wish.health))
    if wish.health == 0 != by.health and by.room is not None:
        room = ledger.event.rooms[by.room]
        ledger.feed("media_failed", (by.card.name,), room.number)
