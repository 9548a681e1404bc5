"""Safety and help: removing, keeping apart, reports, calls for help, broadcasts, and what SQL tells us."""

from rooms.event import seats
from rooms.event.clocks import started
from rooms.event.ledger import Ledger
from rooms.event.state import Attendee, pair
from rooms.language import changes as c
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.limits import NAME_CHARS
from rooms.language.refusals import Refusal, RefusedError


def ask_help(ledger: Ledger, wish: k.AskHelp, by: Attendee) -> None:
    """An organiser, please; or not any more."""
    if not wish.wanted:
        if by.help_at is not None:
            ledger.write(c.HelpSettled(attendee=by.id, by_organiser=False))
        return
    if by.help_at is not None and by.help_text == wish.text:
        return
    ledger.write(c.HelpAsked(attendee=by.id, text=wish.text))
    room = ledger.event.rooms.get(by.room) if by.room else None
    ledger.feed("help", (by.card.name,), room.number if room else None, wish.text)


def answer_help(ledger: Ledger, wish: k.AnswerHelp) -> None:
    """Somebody was looked after."""
    person = ledger.event.people.get(wish.attendee)
    if person is None:
        raise RefusedError(Refusal.UNKNOWN_PERSON)
    if person.help_at is not None:
        ledger.write(c.HelpSettled(attendee=person.id, by_organiser=True))
        ledger.feed("help_answered", (person.card.name,))


def broadcast(ledger: Ledger, wish: k.SendBroadcast, name: str) -> None:
    """A banner for everybody or one room."""
    text = wish.text.strip()
    room = ledger.event.rooms.get(wish.room) if wish.room is not None else None
    if wish.room is not None and room is None:
        raise RefusedError(Refusal.ROOM_GONE)
    if text:
        ledger.write(c.BroadcastSent(text=text, room=wish.room, name=(name or "Host")[:NAME_CHARS]))
        ledger.feed("broadcast", room=room.number if room else None, text=text)


def remove(ledger: Ledger, wish: k.RemoveAttendee) -> None:
    """Out at once; also somebody who is registered but has never come."""
    if wish.attendee in ledger.event.removed:
        return
    person = ledger.event.people.get(wish.attendee)
    if person is not None:
        seats.vacate(ledger, person.id, "removed")
    ledger.write(c.AttendeeRemoved(attendee=wish.attendee, ban=wish.ban))
    if person is not None:
        ledger.feed("removed", (person.card.name,))


def readmit(ledger: Ledger, wish: k.ReadmitAttendee) -> None:
    """Welcome again."""
    if wish.attendee in ledger.event.removed:
        ledger.write(c.AttendeeReadmitted(attendee=wish.attendee))


def close_report(ledger: Ledger, wish: k.CloseReport) -> None:
    """A report was looked into."""
    found = [line for line in ledger.event.reports if line.id == wish.report]
    if not found:
        raise RefusedError(Refusal.UNKNOWN_REPORT)
    if not found[0].done:
        ledger.write(c.ReportClosed(report=wish.report))


# What pages have kept in SQL first.


def keep_apart(ledger: Ledger, errand: e.KeepApart) -> None:
    """These pairs are never matched again; a room they share now is not touched."""
    news = {pair(one, other) for one, other in errand.pairs if one != other} - ledger.event.blocked
    if news:
        ledger.write(c.PeopleKeptApart(pairs=tuple(sorted(news))))


def keep_two_apart(ledger: Ledger, wish: k.KeepTwoApart) -> None:
    """The same by an organiser's word, who may take it back; what one of the two wished is not touched by that."""
    event, two = ledger.event, pair(wish.one, wish.other)
    if wish.one == wish.other or wish.one not in event.people or wish.other not in event.people:
        raise RefusedError(Refusal.UNKNOWN_PERSON)
    if (two in event.nevers) == wish.parted:
        return
    ledger.write(c.PeopleParted(one=two[0], other=two[1], parted=wish.parted))
    ledger.feed("parted" if wish.parted else "unparted", ledger.names(wish.one, wish.other))


def file_report(ledger: Ledger, errand: e.FileReport) -> None:
    """Organisers hear of a report; nobody else does."""
    by = ledger.event.people.get(errand.by)
    room = by.room if by is not None else None
    ledger.write(c.ReportFiled(by=errand.by, about=errand.about, room=room, kind=errand.kind, text=errand.text))
    number = ledger.event.rooms[room].number if room is not None else None
    ledger.feed("report", ledger.names(errand.by, errand.about), number, errand.kind)


def make_connection(ledger: Ledger, errand: e.MakeConnection) -> None:
    """Both said yes; told once."""
    known = errand.one in ledger.event.people and errand.other in ledger.event.people
    if known and pair(errand.one, errand.other) not in ledger.event.connected:
        ledger.write(c.ConnectionMade(one=errand.one, other=errand.other))
        ledger.feed("connection", ledger.names(errand.one, errand.other))


def change_plan(ledger: Ledger, errand: e.PlanChange) -> None:
    """The plan was edited; an older edit that comes late does not count. A wait whose rule changed gets its clock."""
    before = ledger.event.plan
    if errand.plan.version <= before.version or errand.plan == before:
        return
    ledger.write(c.PlanChanged(plan=errand.plan))
    event = ledger.event
    waits = event.phase == "lobby" or event.phase == "closing"
    if not waits or event.running is None or event.awaited_since is not None or event.paused_at is not None:
        return
    if errand.plan.unattended and not before.unattended and event.clock is None:
        ledger.write(c.ClockChanged(clock=started(event.running.length_s * 1000, ledger.at)))
    elif before.unattended and not errand.plan.unattended:
        ledger.write(c.ClockChanged(clock=None))
