"""Evenings in which anything is asked at any moment, and what must hold all the same."""

from collections.abc import Callable
from contextlib import suppress
from itertools import combinations
from typing import Literal

import msgspec
from msgspec.structs import replace

from rooms.event import next_deadline
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.agenda import BreakSegment, ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.changes import Change, RoomOpened, RoundOpened, SeatGiven
from rooms.language.ids import AttendeeId, ConnectionId, Instant, RoomId
from rooms.language.refusals import RefusedError
from tests.rooms.event.picture import ORGANISER, Watcher, viewer_of
from tests.support.builders import Evening, a_card, a_plan
from tests.support.invariants import wrong_at


class Settings(msgspec.Struct, frozen=True):
    """Which evening it is."""

    unattended: bool
    size: int
    odd: Literal["trio", "sit_out"]
    ready: int
    """People who are there and ready from the start."""
    ahead: int
    """Deadlines that have passed before the first step."""


class Chaos(Evening):
    """An evening with a browser for each person; matches come when they come."""

    def __init__(self, settings: Settings) -> None:
        rounds = RoundsSegment(rounds=2, length_s=60, changeover_s=8, size=settings.size, odd=settings.odd)
        agenda = (LobbySegment(length_s=60), rounds, BreakSegment(length_s=60), rounds, rounds, ClosingSegment())
        self.plan = a_plan(agenda, settings.unattended)
        super().__init__(self.plan)
        self.quarrels: list[str] = []
        self.watchers = {"": Watcher(self.event, ORGANISER, self.now)}
        self.with_attendees(settings.ready)
        for _ in range(settings.ahead):
            if next_deadline(self.event) is not None:
                self.next_deadline()
        for number in range(1, settings.ready + 1):
            self.watch(AttendeeId(f"p{number}"))
        self.answers_matches = False

    def write(self, change: Change) -> None:
        """As ever, and each browser hears of it."""
        apart, excluded, already = self.event.apart, self.event.excluded, len(self.told)
        super().write(change)
        if isinstance(change, RoundOpened | RoomOpened | SeatGiven):
            self.quarrels += [
                f"{one} and {other} are put together by {type(change).__name__}"
                for room in self.event.rooms.values()
                for one, other in combinations(sorted(room.people), 2)
                if (one, other) in apart and self.is_news(change, room.id)
            ]
        if isinstance(change, RoundOpened):
            seated = {who for room in change.rooms for who in room.people}
            self.quarrels += [f"{who} is to sit out, and was seated" for who in sorted(seated & excluded)]
        for watcher in self.watchers.values():
            watcher.hear(self.event, self.told[already:])

    def is_news(self, change: RoundOpened | RoomOpened | SeatGiven, room: RoomId) -> bool:
        """Whether the change is about this room; people who quarrel while they sit together stay seated."""
        if isinstance(change, SeatGiven):
            return False
        return room in [new.id for new in (change.rooms if isinstance(change, RoundOpened) else (change.room,))]

    def watch(self, attendee: AttendeeId) -> None:
        """Give somebody a browser once they have come."""
        if attendee not in self.watchers and attendee in self.event.people:
            self.watchers[attendee] = Watcher(self.event, viewer_of(attendee), self.now)

    def play(self, step: tuple[str, int, int]) -> None:
        """Do one step; a refusal is an answer like any other."""
        kind, one, other = step
        with suppress(RefusedError):
            ACTIONS[kind](self, one, other)
        self.watch(AttendeeId(f"p{one}"))

    def any_room(self, number: int, choice: int) -> RoomId:
        """Mostly the room of this person, else any room, else one that is closed."""
        person = self.event.people.get(AttendeeId(f"p{number}"))
        if person is not None and person.room is not None:
            return person.room
        rooms = list(self.event.rooms)
        return rooms[choice % len(rooms)] if rooms else RoomId("0-0")

    def next_room(self, choice: int) -> tuple[AttendeeId, ...]:
        """Any room of the next round, else two people who have none."""
        matches = self.event.match.matches if self.event.match is not None else ()
        return matches[choice % len(matches)] if matches else (someone(choice), someone(choice + 1))

    def other_room(self, choice: int) -> RoomId | None:
        """Any open room, or none for a new one."""
        rooms = [*self.event.rooms, None]
        return rooms[choice % len(rooms)]


def someone(number: int) -> AttendeeId:
    """The id of person p<number>."""
    return AttendeeId(f"p{number}")


def drop(evening: Chaos, one: int, meant: int) -> None:
    """A tab closes, sometimes on purpose; sometimes we hear of it twice."""
    person = evening.event.people.get(someone(one))
    if person is not None and person.connection is not None:
        gone = e.Depart(attendee=person.id, connection=person.connection, meant=meant == 0)
        evening.order(gone)
        evening.order(gone)


def stale(evening: Chaos, one: int, other: int) -> None:
    """Errands that come late, twice or from nowhere."""
    person = evening.event.people.get(someone(one))
    if person is not None and person.earlier:
        evening.order(e.Arrive(card=person.card, connection=person.earlier[-1]))
    evening.order(e.Depart(attendee=someone(one), connection=ConnectionId("c0")))
    evening.order(e.MatchFound(request=evening.event.request - 1, matches=((someone(one), someone(other)),)))
    evening.order(e.OrganiserDepart(connection=ConnectionId("nowhere")))
    evening.order(e.DeadlinePassed())


def deadline(evening: Chaos, _one: int, _other: int) -> None:
    """Time passes until something is due."""
    if next_deadline(evening.event) is not None:
        evening.next_deadline()
        due = next_deadline(evening.event)
        assert due is None or due > evening.now, "a deadline that nothing comes of would be due for ever"


def wait(evening: Chaos, one: int, other: int) -> None:
    """Time passes; deadlines come late."""
    evening.now = Instant(evening.now + one * other * 700)
    evening.order(e.DeadlinePassed())


def answer(evening: Chaos, _one: int, _other: int) -> None:
    """The matcher answers."""
    if evening.event.asked_at is not None:
        evening.answer_match()


def arrive(evening: Chaos, one: int, other: int) -> None:
    """Somebody comes, or comes back by another tab."""
    evening.arrive(one, team="Red" if one % 2 else "Blue", interests=(f"topic {other % 3}",))


def edit(evening: Chaos, _one: int, other: int) -> None:
    """The agenda is edited in mid-event."""
    plan = evening.event.plan
    agenda = (*plan.agenda[: max(2, other)], ClosingSegment())
    evening.order(e.PlanChange(plan=replace(plan, agenda=agenda, version=plan.version + other % 2)))


def swap(evening: Chaos, one: int, other: int) -> None:
    """Two take each other's place in the next round, where that is possible."""
    match = evening.event.match
    place = match.place.get(someone(other)) if match is not None else None
    if match is not None and place is not None:
        people = tuple(who for who in match.matches[place] if who != someone(other))
        evening.organiser(k.SwapPlaces(one=someone(one), other=someone(other), people=people))


ACTIONS: dict[str, Callable[[Chaos, int, int], object]] = {
    "answer": answer,
    "answer again": answer,
    "arrive": arrive,
    "arrive too": arrive,
    "deadline": deadline,
    "deadline next": deadline,
    "deadline soon": deadline,
    "drop": drop,
    "drop again": drop,
    "edit": edit,
    "stale": stale,
    "wait": wait,
    "apart": lambda v, a, b: v.order(e.KeepApart(pairs=((someone(a), someone(b)),))),
    "recall": lambda v, a, b: v.order(e.RecallMeetings(attendee=someone(a), met=((someone(b), 1 + b % 3),))),
    "report": lambda v, a, b: v.order(e.FileReport(by=someone(a), about=someone(b), kind="rude", text="")),
    "connect": lambda v, a, b: v.order(e.MakeConnection(one=someone(a), other=someone(b + 1))),
    "card": lambda v, a, b: v.order(e.ChangeCard(card=a_card(a, headline=f"headline {b}"))),
    "console": lambda v, a, b: v.open_console(),
    "ready": lambda v, a, b: v.attendee(a, k.SetReadiness(ready=True)),
    "ready now": lambda v, a, b: v.attendee(a, k.SetReadiness(ready=True)),
    "unready": lambda v, a, b: v.attendee(a, k.SetReadiness(ready=False)),
    "pass": lambda v, a, b: v.attendee(a, k.PassMatch()),
    "take": lambda v, a, b: v.attendee(a, k.TakeSeat(room=v.any_room(a, b))),
    "quit": lambda v, a, b: v.attendee(a, k.LeaveSeat(room=v.any_room(a, b))),
    "accept": lambda v, a, b: v.attendee(a, k.AcceptOffer(room=v.any_room(a, b))),
    "minute": lambda v, a, b: v.attendee(a, k.AskMinute(room=v.any_room(a, b), wanted=b > 0)),
    "prompt": lambda v, a, b: v.attendee(a, k.TurnPrompt(room=v.any_room(a, b))),
    "chat": lambda v, a, b: v.attendee(a, k.SayChat(text="Hello", room=v.any_room(a, b) if b else None)),
    "react": lambda v, a, b: v.attendee(a, k.SendReaction(room=v.any_room(a, b), kind="wave")),
    "media": lambda v, a, b: v.attendee(a, k.TellMedia(microphone=b > 1, camera=b > 2, health=b % 4)),
    "help": lambda v, a, b: v.attendee(a, k.AskHelp(text="It is quiet", wanted=b > 0)),
    "open": lambda v, a, b: v.organiser(k.OpenEvent()),
    "start": lambda v, a, b: v.organiser(k.StartRound()),
    "start it": lambda v, a, b: v.organiser(k.StartRound()),
    "cancel": lambda v, a, b: v.organiser(k.CancelRound()),
    "pause": lambda v, a, b: v.organiser(k.PauseEvent()),
    "resume": lambda v, a, b: v.organiser(k.ResumeEvent()),
    "resume it": lambda v, a, b: v.organiser(k.ResumeEvent()),
    "extend": lambda v, a, b: v.organiser(k.ExtendRound()),
    "extend room": lambda v, a, b: v.organiser(k.ExtendRound(room=v.any_room(a, b))),
    "end round": lambda v, a, b: v.organiser(k.EndRound()),
    "next": lambda v, a, b: v.organiser(k.NextSegment()) if b < 2 else None,
    "end": lambda v, a, b: v.organiser(k.EndEvent()) if (a, b) == (7, 7) else None,
    "move": lambda v, a, b: v.organiser(k.MoveSeat(attendee=someone(a), room=v.other_room(b))),
    "pair up": lambda v, a, b: v.organiser(k.PairUp(attendees=(someone(a), someone(b)))),
    "broadcast": lambda v, a, b: v.organiser(k.SendBroadcast(text="Five minutes", room=v.other_room(b))),
    "say": lambda v, a, b: v.organiser(k.SayChat(text="Welcome")),
    "remove": lambda v, a, b: v.organiser(k.RemoveAttendee(attendee=someone(a), ban=b > 3)) if b < 3 else None,
    "readmit": lambda v, a, b: v.organiser(k.ReadmitAttendee(attendee=someone(a))),
    "answer help": lambda v, a, b: v.organiser(k.AnswerHelp(attendee=someone(a))),
    "close report": lambda v, a, b: v.organiser(k.CloseReport(report=b)),
    "preview": lambda v, a, b: v.organiser(k.PreviewRound()),
    "preview it": lambda v, a, b: v.organiser(k.PreviewRound()),
    "pin": lambda v, a, b: v.organiser(k.PinRoom(people=v.next_room(b), pinned=b < 6)),
    "swap": swap,
    "swap too": swap,
    "exclude": lambda v, a, b: v.organiser(k.ExcludeAttendee(attendee=someone(a), excluded=b < 5)),
    "part": lambda v, a, b: v.organiser(k.KeepTwoApart(one=someone(a), other=someone(b), parted=b < 4)),
    "redo": lambda v, a, b: v.organiser(k.RedoRound(redo=b)),
}
"""What may happen: each takes a person and a choice."""


# What must hold after every step.


def wrong(evening: Chaos) -> list[str]:
    """Everything that is not as it must be, in words."""
    return evening.quarrels + wrong_at(evening.event, evening.now) + _pages(evening)


def _pages(evening: Chaos) -> list[str]:
    return [
        f"the page of {who or 'the organiser'} shows another {', '.join(slices)}"
        for who, watcher in evening.watchers.items()
        if (slices := watcher.differs_from(evening.event, evening.now))
    ]
