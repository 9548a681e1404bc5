"""Rounds: making matches, opening, ending, and the way through the agenda from one part to the next."""

from rooms.event import agenda, placement, seats
from rooms.event.clocks import left_ms, over, started
from rooms.event.company import Group
from rooms.event.explain import why
from rooms.event.ledger import Ledger
from rooms.event.phases import Step, check_step
from rooms.event.prompts import first_prompt
from rooms.event.state import Event, pool, pool_size, rooms_in_order
from rooms.language import changes as c
from rooms.language.agenda import RoundsSegment
from rooms.language.cards import Clock, Reason
from rooms.language.errands import MatchFound
from rooms.language.ids import AttendeeId, Instant, RoomId

START_MS = 5_000
"""Forming after an organiser's word, or when the awaited people are there: time to undo, and to look at the card."""
MANY, EACH_MORE_MS = 1_000, 1
"""With more people than this it takes longer by so much for each: rooms of ten thousand are found in seconds."""
REMATCH_MS = 1_500
"""With less time left a match is mended as the round opens instead of made anew."""
LATE_MS = 2_000
"""Up to here a deadline that is handled late still counts from when it was due."""


def due_since(ledger: Ledger) -> Instant:
    """The instant from which the next clock counts, so that small delays do not add up."""
    clock = ledger.event.clock
    if clock is None or clock.ends_at is None or not 0 <= ledger.at - clock.ends_at <= LATE_MS:
        return ledger.at
    return clock.ends_at


# Through the agenda.


def begin_segment(ledger: Ledger, index: int) -> None:
    """Come to this part of the agenda; beyond the last one the event is over."""
    parts = ledger.event.plan.agenda
    if index >= len(parts):
        end_event(ledger)
        return
    segment, since = parts[index], due_since(ledger)
    if isinstance(segment, RoundsSegment):
        ledger.write(c.SegmentBegun(index=index, clock=None))
        begin_or_await(ledger)
    else:
        clock = started(segment.length_s * 1000, since) if ledger.event.plan.unattended else None
        ledger.write(c.SegmentBegun(index=index, clock=clock))
    ledger.feed("segment", text=segment.title)


def begin_or_await(ledger: Ledger) -> None:
    """Make the next round, or wait until two people are ready for it."""
    ahead = agenda.upcoming(ledger.event)
    if ahead is None:
        return
    if pool_size(ledger.event) < 2:
        ledger.write(c.PeopleAwaited())
    else:
        begin_forming(ledger, ahead.segment, started(start_ms(ledger.event), ledger.at))


def end_event(ledger: Ledger) -> None:
    """Close what is open; from here on there is only reading."""
    check_step(ledger.event.phase, Step.END)
    for room in rooms_in_order(ledger.event):
        seats.close_room(ledger, room.id)
    ledger.write(c.EventEnded())
    ledger.feed("event_ended")


# Making matches.


def start_ms(event: Event) -> int:
    """How long the next round is formed when it was not known long before that it would come."""
    return START_MS + EACH_MORE_MS * max(0, pool_size(event) - MANY)


def begin_forming(ledger: Ledger, segment: int, clock: Clock) -> None:
    """Begin to make the next round, which opens when the clock is over."""
    check_step(ledger.event.phase, Step.FORM)
    ledger.write(c.FormingBegun(segment=segment, clock=clock))
    want_match(ledger)


def want_match(ledger: Ledger) -> None:
    """Ask the matcher, if there is anybody to match."""
    if pool_size(ledger.event) >= 2:
        ledger.write(c.MatchWanted(request=ledger.event.request + 1))


def match_found(ledger: Ledger, errand: MatchFound) -> None:
    """Take the matcher's answer unless it has been overtaken; open the round if it was waited for."""
    event = ledger.event
    if errand.request != event.request or event.asked_at is None or agenda.upcoming(event) is None:
        return
    known = [who for match in errand.matches for who in match]
    if len(set(known)) != len(known) or not set(known) <= set(event.people):
        return
    ledger.write(
        c.MatchMade(
            request=errand.request,
            matches=errand.matches,
            reasons=errand.reasons,
            sits_out=errand.sits_out,
            given_up=errand.given_up,
        )
    )
    if _at_odds(ledger.event):
        # Who must not meet was decided while the matcher thought.
        want_match(ledger)
    elif agenda.opening_due(event) and event.clock is not None and over(event.clock, ledger.at):
        open_round(ledger)


def rematch_if_outdated(ledger: Ledger) -> None:
    """Ask again when who is ready, or who may meet, is no longer what the matches were made for."""
    event = ledger.event
    if event.asked_at is not None or agenda.upcoming(event) is None:
        return
    if _made_in_vain(ledger):
        want_match(ledger)


def _made_in_vain(ledger: Ledger) -> bool:
    event, clock = ledger.event, ledger.event.clock
    if not agenda.opening_due(event):
        # A draft that only organisers see is made anew at their word, or when it has become impossible.
        return _at_odds(event)
    if clock is None:
        return False
    return event.told is None or (left_ms(clock, ledger.at) > REMATCH_MS and outdated(event))


def outdated(event: Event) -> bool:
    """Whether the next round is to be made anew: not made, or for other people, or for people who must not meet."""
    match, out = event.match, event.excluded
    if match is None or set(pool(event)) != match.place.keys() | match.sits_out.keys():
        return True
    return _at_odds(event) or (bool(out) and any(who in out for people in match.matches for who in people))


def _at_odds(event: Event) -> bool:
    place = event.match.place if event.match is not None else {}
    return any(one in place and place[one] == place.get(other) for one, other in event.apart | event.passed)


# Opening and ending.


def open_round(ledger: Ledger) -> None:
    """Seat everybody who is present and ready at this instant; wait if there are fewer than two."""
    ahead = agenda.upcoming(ledger.event)
    if ahead is None or pool_size(ledger.event) < 2:
        ledger.write(c.PeopleAwaited())
        return
    check_step(ledger.event.phase, Step.OPEN)
    for room in rooms_in_order(ledger.event):
        seats.close_room(ledger, room.id)
    groups, out = placement.settle(ledger.event, ahead.plan)
    if not groups:
        ledger.write(c.PeopleAwaited())
        return
    clock = started(ahead.plan.length_s * 1000, due_since(ledger))
    rooms = _new_rooms(ledger, groups, ahead.plan.deck)
    idle = (*out, *placement.set_aside(ledger.event))
    ledger.write(c.RoundOpened(segment=ahead.segment, round=ahead.round, rooms=rooms, sits_out=idle, clock=clock))
    ledger.feed("round_started", text=str(ahead.round))


def _new_rooms(ledger: Ledger, groups: list[Group], deck: str) -> tuple[c.NewRoom, ...]:
    event, told = ledger.event, _reasons(ledger.event, groups)
    rooms: list[c.NewRoom] = []
    for number, group in enumerate(groups, start=1):
        room = RoomId(f"{event.held + 1}-{number}")
        prompt = first_prompt(deck, event.plan.id, room, ledger.at)
        rooms.append(c.NewRoom(id=room, number=number, people=group, reasons=told[group], prompt=prompt))
    return tuple(rooms)


def _reasons(event: Event, groups: list[Group]) -> dict[Group, tuple[Reason, ...]]:
    """As the matcher gave them; made anew only for rooms that were mended as the round opens."""
    known = {} if event.match is None else dict(zip(event.match.matches, event.match.reasons, strict=True))
    mended = [group for group in groups if group not in known]
    return {**known, **why(event, mended)}


def end_round(ledger: Ledger) -> None:
    """Close all rooms that were not extended; the changeover begins, and with it the search for the next matches."""
    check_step(ledger.event.phase, Step.CLOSE)
    since = due_since(ledger)
    for room in rooms_in_order(ledger.event):
        if not room.extended:
            seats.write_meeting(ledger, room.id)
    running = ledger.event.running
    changeover_s = running.changeover_s if isinstance(running, RoundsSegment) else 0
    ledger.write(c.RoundEnded(clock=started(changeover_s * 1000, since)))
    ledger.feed("round_ended", text=str(ledger.event.round))
    if agenda.upcoming(ledger.event) is not None:
        want_match(ledger)


def place(ledger: Ledger) -> None:
    """While a round runs: put people without a partner together, and offer single ones a place."""
    for one, other in placement.pairs_to_make(ledger.event, ledger.at):
        code: placement.LateCode = "alone" if placement.is_orphan(one) or placement.is_orphan(other) else "latecomer"
        people: tuple[AttendeeId, ...] = (one.id, other.id)
        room = seats.open_room(ledger, people, (Reason(code=code, members=people),))
        ledger.feed("joined_late", ledger.names(*people), room.number)
    placement.offers(ledger)
