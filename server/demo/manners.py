"""What a simulated attendee does when something happens: notices in, deeds out, no I/O."""

from collections.abc import Callable, Iterator

from rooms.language.cards import Me, RoomView
from rooms.language.commands import (
    AcceptOffer,
    AskMinute,
    AttendeeCommand,
    SayChat,
    SendReaction,
    SetReadiness,
    TakeSeat,
)
from rooms.language.ids import AttendeeId, RoomId
from rooms.language.message import Value
from rooms.language.notices import (
    ChatHeard,
    EventChanged,
    MeChanged,
    Notice,
    ReactionSeen,
    RoomChanged,
    RoomLeft,
    RosterChanged,
    Snapshot,
    Welcome,
)
from server.demo.cast import Part

WELCOME_LINE = "Welcome! Say that you are ready and we begin. Nobody here bites, we are all simulated."


class Ask(Value, frozen=True):
    """Send this command, unless the room it is about is not theirs any more."""

    after_s: float
    command: AttendeeCommand
    room: RoomId | None = None


class Answer(Value, frozen=True):
    """Say whether to stay in touch with somebody met."""

    after_s: float
    about: AttendeeId


class GoHome(Value, frozen=True):
    """Say goodbye and do not come back this evening."""

    after_s: float


Deed = Ask | Answer | GoHome
IsColleague = Callable[[AttendeeId], bool]


class Manners:
    """The habits of one part, with what they remember of this evening."""

    def __init__(self, part: Part, is_colleague: IsColleague, pace_s: float = 1.0) -> None:
        self.me: AttendeeId | None = None
        self.room: RoomView | None = None
        self._part = part
        self._is_colleague = is_colleague
        self._pace_s = pace_s
        """Nobody acts at the same instant: each has a pace of their own."""
        self._done: set[object] = set()
        """What is done once: greeted in this room, reacted in this room, gone home."""

    def on(self, notice: Notice) -> list[Deed]:
        """What to do about a notice."""
        return list(self._respond(notice))

    def _respond(self, notice: Notice) -> Iterator[Deed]:
        match notice:
            case Welcome(snapshot):
                yield from self._come_in(snapshot)
            case MeChanged(me):
                yield from self._look_at_me(me)
            case RoomChanged(room):
                yield from self._look_around(room)
            case RoomLeft(room):
                yield from self._part_from(room)
            case RosterChanged(rows):
                if any(not self._is_colleague(row.id) and row.presence == "here" for row in rows):
                    yield from self._welcome_visitors()
            case ReactionSeen(attendee, room, "wave" | "clap" | "laugh" | "heart" | "thumb" | "think" as kind):
                if attendee != self.me and self._first(("reacted", room)):
                    yield Ask(1.2 * self._pace_s, SendReaction(room, kind), room)
            case ChatHeard(line):
                if line.room and not self._is_colleague(AttendeeId(line.by)) and self._first(("replied", line.room)):
                    yield Ask(3.5 * self._pace_s, SayChat(self._part.reply, line.room), line.room)
            case EventChanged(event):
                if event.phase == "changeover" and event.segment == 1 and event.round == self._part.leaves_after_round:
                    yield GoHome(4 * self._pace_s)
            case _:
                pass

    def _come_in(self, snapshot: Snapshot) -> Iterator[Deed]:
        if snapshot.me is not None:
            self.me = snapshot.me.card.id
            yield from self._look_at_me(snapshot.me)
        if snapshot.room is None:
            self.room = None
        else:
            # After a lost connection the seat is taken again; twice does no harm.
            self._done.discard(("sat down", snapshot.room.id))
            yield from self._look_around(snapshot.room)

    def _look_at_me(self, me: Me) -> Iterator[Deed]:
        if not me.ready:
            yield Ask(1.5 * self._pace_s, SetReadiness(True))
        if me.offer is not None and self._first(("accepted", me.offer.room)):
            yield Ask(2 * self._pace_s, AcceptOffer(me.offer.room))

    def _look_around(self, room: RoomView) -> Iterator[Deed]:
        self.room = room
        if self._first(("sat down", room.id)):
            yield Ask(0.2 * self._pace_s, TakeSeat(room.id), room.id)
        if self._visitors(room) and self._first(("greeted", room.id)):
            yield Ask(7 * self._pace_s, SayChat(self._part.hello, room.id), room.id)
        wanted = any(one != self.me for one in room.minute_asked_by) and self.me not in room.minute_asked_by
        if room.minute_possible and wanted and self._first(("agreed", room.id)):
            yield Ask(2 * self._pace_s, AskMinute(room.id), room.id)

    def _part_from(self, room: RoomId) -> Iterator[Deed]:
        """Say yes or no about the visitors of a room; simulated people know each other well enough."""
        if self.room is None or self.room.id != room:
            return
        for visitor in self._visitors(self.room):
            if self._first(("answered", visitor)):
                yield Answer(2.5 * self._pace_s, visitor)
        self.room = None

    def _visitors(self, room: RoomView) -> list[AttendeeId]:
        return [one.card.id for one in room.people if one.card.id != self.me and not self._is_colleague(one.card.id)]

    def _welcome_visitors(self) -> Iterator[Deed]:
        if self._part.welcomes and self.room is None and self._first("welcomed"):
            yield Ask(4 * self._pace_s, SayChat(WELCOME_LINE))

    def _first(self, what: object) -> bool:
        """Whether this is the first time; from now on it is not."""
        if what in self._done:
            return False
        self._done.add(what)
        return True
