"""Events made for tests in one line: `an_event().in_lobby().with_attendees(6)`, then time and orders by hand."""

from collections.abc import Sequence
from typing import Self, TypeVar

from rooms.event import Announcement, Event, announce, decide, evolve, initial, judge, match_request, next_deadline
from rooms.event.state import Attendee
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.agenda import BreakSegment, ClosingSegment, LobbySegment, Plan, RoundsSegment, Segment
from rooms.language.cards import Card, Phase
from rooms.language.changes import Change, Entry, MatchWanted
from rooms.language.ids import AttendeeId, ConnectionId, EventId, Instant, OrganiserId, Role, RoomId
from rooms.language.notices import Notice
from rooms.language.orders import Order
from rooms.language.refusals import Refusal, RefusedError
from rooms.matching import match

STARTS_AT = Instant(1_000_000_000)
AGENDA: tuple[Segment, ...] = (
    LobbySegment(length_s=60),
    RoundsSegment(rounds=3, length_s=120),
    BreakSegment(length_s=120),
    RoundsSegment(rounds=1, length_s=120, size=4),
    ClosingSegment(length_s=60),
)

AnyChange = TypeVar("AnyChange", bound=Change)
AnyNotice = TypeVar("AnyNotice", bound=Notice)


def a_card(number: int, **values: object) -> Card:
    """The card of attendee p1, p2, …"""
    return Card(id=AttendeeId(f"p{number}"), name=f"Person {number}", **values)  # type: ignore[arg-type]


def a_plan(agenda: Sequence[Segment] = AGENDA, unattended: bool = True, capacity: int = 0) -> Plan:
    """The plan of a midsummer mixer."""
    return Plan(
        id=EventId("midsummer"),
        name="Midsummer Mixer",
        starts_at=STARTS_AT,
        agenda=tuple(agenda),
        capacity=capacity,
        unattended=unattended,
        version=1,
    )


class Evening:
    """One event under test: it takes orders, keeps the journal, and finds matches at once unless told not to."""

    def __init__(self, plan: Plan) -> None:
        self.event: Event = initial(plan)
        self.now = Instant(STARTS_AT - 5_000)
        self.journal: list[Entry] = []
        self.told: list[Announcement] = []
        self.answers_matches = True
        self.tabs = 0

    # Arranging.

    def in_lobby(self) -> Self:
        """Let the doors open by the clock."""
        return self.until(STARTS_AT)

    def with_attendees(self, count: int, ready: bool = True) -> Self:
        """Let so many more people arrive."""
        for number in range(len(self.event.people) + 1, len(self.event.people) + count + 1):
            self.arrive(number)
            if ready:
                self.attendee(number, k.SetReadiness(ready=True))
        return self

    def in_round(self) -> Self:
        """Let time pass until a round runs, and everybody sit down."""
        while self.event.phase != "talking":
            self.next_deadline()
        return self.seated()

    def seated(self) -> Self:
        """Everybody takes the seat given to them."""
        for person in list(self.event.people.values()):
            if person.room is not None and person.connection is not None:
                self.order(k.TakeSeat(room=person.room), person.id, Role.ATTENDEE)
        return self

    def in_changeover(self) -> Self:
        """Let a round run to its end."""
        self.in_round()
        while self.event.phase != "changeover":
            self.next_deadline()
        return self

    # Acting.

    def order(self, wish: k.Command | e.Errand, by: str = "", role: Role = Role.PLATFORM) -> list[Change]:
        """Give an order now; what was decided is folded in and announced."""
        name = "Ines" if role is Role.ORGANISER else ""
        after, changes = judge(self.event, Order(wish=wish, by=by, role=role, name=name, at=self.now))
        for change in changes:
            self.write(change)
        assert self.event == after, "what the journal tells is what was decided"
        if self.answers_matches and any(isinstance(change, MatchWanted) for change in changes):
            self.answer_match()
        return changes

    def write(self, change: Change) -> None:
        """Put one change into the journal."""
        entry = Entry(seq=self.event.seq + 1, at=self.now, change=change)
        before, self.event = self.event, evolve(self.event, entry)
        self.journal.append(entry)
        self.told += announce(before, self.event, entry)

    def answer_match(self) -> list[Change]:
        """Let the matcher answer what is wanted now."""
        request = match_request(self.event)
        found = match(request)
        return self.order(
            e.MatchFound(
                request=request.request,
                matches=found.matches,
                reasons=found.reasons,
                sits_out=found.sits_out,
                given_up=found.given_up,
            )
        )

    def attendee(self, number: int, wish: k.Command) -> list[Change]:
        """Attendee p<number> asks for something."""
        return self.order(wish, f"p{number}", Role.ATTENDEE)

    def organiser(self, wish: k.Command) -> list[Change]:
        """An organiser asks for something."""
        return self.order(wish, "o1", Role.ORGANISER)

    def arrive(self, number: int, **values: object) -> ConnectionId:
        """Attendee p<number> comes by a new tab."""
        self.tabs += 1
        connection = ConnectionId(f"c{self.tabs}")
        self.order(e.Arrive(card=a_card(number, **values), connection=connection))
        return connection

    def depart(self, number: int, meant: bool = False) -> list[Change]:
        """The tab of attendee p<number> closes."""
        gone = e.Depart(attendee=AttendeeId(f"p{number}"), connection=self.connection_of(number), meant=meant)
        return self.order(gone)

    def open_console(self) -> Self:
        """An organiser looks on."""
        self.order(e.OrganiserArrive(organiser=OrganiserId("o1"), name="Ines", connection=ConnectionId("console")))
        return self

    # Time.

    def wait(self, length_ms: int) -> Self:
        """Let time pass; whatever falls due on the way happens on the dot."""
        return self.until(Instant(self.now + length_ms))

    def until(self, instant: Instant) -> Self:
        """Let time pass up to this instant."""
        due = next_deadline(self.event)
        while due is not None and due <= instant:
            self.next_deadline()
            due = next_deadline(self.event)
        self.now = Instant(max(self.now, instant))
        return self

    def next_deadline(self) -> list[Change]:
        """Let time pass until something is due, and let it happen."""
        due = next_deadline(self.event)
        assert due is not None, f"nothing is due in {self.event.phase}"
        self.now = Instant(max(self.now, due))
        return self.order(e.DeadlinePassed())

    # Asking.

    def person(self, number: int) -> Attendee:
        """Attendee p<number> as the rules know them."""
        return self.event.people[AttendeeId(f"p{number}")]

    def room_of(self, number: int) -> RoomId:
        """The room of attendee p<number>, who has one."""
        room = self.person(number).room
        assert room is not None
        return room

    def connection_of(self, number: int) -> ConnectionId:
        """The tab of attendee p<number>, who is connected."""
        connection = self.person(number).connection
        assert connection is not None
        return connection

    def offer_to(self, number: int) -> RoomId:
        """The room offered to attendee p<number>, to whom one is offered."""
        offer = self.person(number).offer
        assert offer is not None
        return offer

    def why(self, number: int) -> str:
        """The code of the reason why attendee p<number> has no room; empty when there is none."""
        without = self.person(number).without
        return without.code if without is not None else ""

    def is_in(self, phase: Phase) -> bool:
        """Whether the event has come to this phase."""
        return self.event.phase == phase

    def rooms(self) -> list[tuple[AttendeeId, ...]]:
        """Who sits together now."""
        return [room.people for room in self.event.rooms.values()]

    def refusal(self, wish: k.Command | e.Errand, by: str = "", role: Role = Role.PLATFORM) -> Refusal | None:
        """Why an order is refused now; None when it is not."""
        try:
            decide(self.event, Order(wish=wish, by=by, role=role, at=self.now))
        except RefusedError as refused:
            return refused.reason
        return None


def an_event(agenda: Sequence[Segment] = AGENDA, unattended: bool = True, capacity: int = 0) -> Evening:
    """An event shortly before its doors open."""
    return Evening(a_plan(agenda, unattended, capacity))


def last_told(evening: Evening, kind: type[AnyNotice]) -> AnyNotice:
    """The newest notice of one kind, whoever it was for."""
    return next(said.notice for said in reversed(evening.told) if isinstance(said.notice, kind))


def of_kind(changes: Sequence[Change], kind: type[AnyChange]) -> list[AnyChange]:
    """Those changes that are of one kind."""
    return [change for change in changes if isinstance(change, kind)]
