"""What time alone brings about, and what follows from an order for the others."""

from rooms.event import agenda, rounds, seats
from rooms.event.clocks import over, started
from rooms.event.ledger import Ledger
from rooms.event.state import pool_size, rooms_in_order
from rooms.language import changes as c
from rooms.language.agenda import RoundsSegment
from rooms.language.ids import Instant
from rooms.language.limits import SEAT_KEPT_MS

STEPS = 8
"""Steps taken for one deadline; each moves the event on, so that no more than two are ever needed."""


def deadline_passed(ledger: Ledger) -> None:
    """Do everything that is due by the time of the order; nothing if it came early."""
    if ledger.event.phase == "ended":
        return
    if ledger.event.paused_at is None:
        _absences(ledger)
        _room_ends(ledger)
    for _ in range(STEPS):
        if not _course(ledger):
            return


def _absences(ledger: Ledger) -> None:
    for who, since in sorted(ledger.event.away.items(), key=lambda absence: (absence[1], absence[0])):
        if ledger.at - since >= SEAT_KEPT_MS:
            seats.vacate(ledger, who, "lost")
            ledger.write(c.AttendeeLost(attendee=who))
            ledger.feed("left", ledger.names(who))


def _room_ends(ledger: Ledger) -> None:
    for room in rooms_in_order(ledger.event):
        if room.extended and over(room.clock, ledger.at):
            seats.close_room(ledger, room.id)


def _course(ledger: Ledger) -> bool:
    """The next step of the agenda if its time has come; whether anything was done."""
    event, written = ledger.event, len(ledger.changes)
    if event.phase == "draft":
        if event.plan.starts_at <= ledger.at:
            open_event(ledger)
    elif event.awaited_since is not None:
        _give_up_waiting(ledger, event.awaited_since)
    elif event.clock is not None and event.paused_at is None:
        _clock(ledger)
    return len(ledger.changes) > written


def _give_up_waiting(ledger: Ledger, since: Instant) -> None:
    patience = agenda.patience_ms(ledger.event)
    ahead = agenda.upcoming(ledger.event)
    if patience is not None and ahead is not None and ledger.at - since >= patience:
        rounds.begin_segment(ledger, ahead.segment + 1)


def _clock(ledger: Ledger) -> None:
    event = ledger.event
    assert event.clock is not None
    if not over(event.clock, ledger.at):
        form_if_time(ledger)
    elif agenda.opening_due(event):
        _open_or_ask_again(ledger)
    elif event.phase == "talking":
        rounds.end_round(ledger)
    elif event.phase == "closing":
        rounds.end_event(ledger)
    elif event.phase == "lobby" and agenda.upcoming(event) is not None:
        rounds.begin_or_await(ledger)
    else:
        rounds.begin_segment(ledger, event.segment + 1)


def _open_or_ask_again(ledger: Ledger) -> None:
    event = ledger.event
    assert event.clock is not None
    assert event.clock.ends_at is not None
    if event.told is not None or pool_size(event) < 2:
        rounds.open_round(ledger)
    elif event.asked_at is None or ledger.at - max(event.asked_at, event.clock.ends_at) >= agenda.MATCH_WAIT_MS:
        rounds.want_match(ledger)


def form_if_time(ledger: Ledger) -> None:
    """Begin to make the next round when the wait is nearly over and there is somebody to match."""
    event, ahead = ledger.event, agenda.upcoming(ledger.event)
    clock = event.clock
    if event.phase != "lobby" or ahead is None or clock is None or clock.ends_at is None or pool_size(event) < 2:
        return
    lead = agenda.forming_lead_ms(clock)
    if ledger.at < clock.ends_at - lead:
        return
    length = max(min(lead, clock.ends_at - ledger.at), min(rounds.start_ms(event), lead))
    rounds.begin_forming(ledger, ahead.segment, started(length, ledger.at))


def open_event(ledger: Ledger) -> None:
    """Open the doors; opened early, the first part lasts as much longer."""
    plan = ledger.event.plan
    ledger.write(c.EventOpened())
    ledger.feed("event_opened")
    early_ms = max(0, plan.starts_at - ledger.at)
    if plan.agenda and isinstance(plan.agenda[0], RoundsSegment):
        _open_with_rounds(ledger, early_ms)
    elif plan.agenda:
        rounds.begin_segment(ledger, 0)
        clock = ledger.event.clock
        if early_ms and clock is not None:
            ledger.write(c.ClockChanged(clock=started(clock.length_ms + early_ms, ledger.at)))


def _open_with_rounds(ledger: Ledger, early_ms: int) -> None:
    """Without a lobby of its own the first round waits for its time, or for a word."""
    unattended = ledger.event.plan.unattended
    clock = started(early_ms, ledger.at) if unattended and early_ms else None
    ledger.write(c.SegmentBegun(index=0, clock=clock))
    if unattended and clock is None:
        rounds.begin_or_await(ledger)


def follow_up(ledger: Ledger) -> None:
    """After every order: whoever has nobody is placed, whoever was awaited begins, matches are kept up to date."""
    before, event = ledger.before, ledger.event
    same_people = event.people is before.people and event.excluded is before.excluded
    if same_people and event.apart is before.apart and event.passed is before.passed and event.phase == before.phase:
        return
    if event.phase == "talking":
        rounds.place(ledger)
    elif event.paused_at is None and event.awaited_since is not None:
        # Only when people have changed: two who are kept apart would else be tried again and again.
        if pool_size(event) >= 2 and not same_people:
            rounds.begin_or_await(ledger)
    elif event.paused_at is None:
        form_if_time(ledger)
    rounds.rematch_if_outdated(ledger)
