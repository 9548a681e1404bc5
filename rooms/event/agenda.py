"""Schedule arithmetic: what runs, what follows, when something is due next, and how everything shifts as one."""

from typing import Literal

from rooms.event.clocks import left_ms
from rooms.event.preview import Preview, preview, total_ms
from rooms.event.state import Event, pool_size, rounds_segment
from rooms.language.agenda import BreakSegment, ClosingSegment, LobbySegment, RoundsSegment, Segment
from rooms.language.cards import Clock, SegmentView
from rooms.language.ids import Instant
from rooms.language.limits import EXTENSION_MS, FORMING_MS, SEAT_KEPT_MS
from rooms.language.message import Value

__all__ = [
    "Preview",
    "Upcoming",
    "behind_ms",
    "following",
    "forming_lead_ms",
    "minute_possible",
    "next_deadline",
    "preview",
    "segment_views",
    "spare_time",
    "total_ms",
    "upcoming",
]

MATCH_WAIT_MS = 2_000
"""How long after it was due the matcher is asked again."""


class Upcoming(Value, frozen=True):
    """The round that follows without anything between."""

    segment: int
    round: int
    plan: RoundsSegment


def following(event: Event) -> Segment | None:
    """The part of the agenda after this one."""
    index = event.segment + 1
    return event.plan.agenda[index] if index < len(event.plan.agenda) else None


def upcoming(event: Event) -> Upcoming | None:
    """The round that is to begin when what runs now is over."""
    running = rounds_segment(event)
    if running is not None and event.round < running.rounds:
        return Upcoming(segment=event.segment, round=event.round + 1, plan=running)
    after = following(event)
    if isinstance(after, RoundsSegment) and event.phase != "draft":
        return Upcoming(segment=event.segment + 1, round=1, plan=after)
    return None


def segment_ms(segment: Segment) -> int:
    """The planned length of one part, changeovers included."""
    return total_ms((segment,))


def forming_lead_ms(clock: Clock) -> int:
    """How long before the end of a wait the next round is made: at most half the wait."""
    return min(FORMING_MS, clock.length_ms // 2)


def spare_time(event: Event) -> bool:
    """Whether one room may go on after its round: no round follows at once, and what follows is long enough."""
    if event.phase != "talking" or upcoming(event) is not None:
        return False
    after = following(event)
    if after is None or not event.plan.unattended:
        return after is not None
    running = rounds_segment(event)
    changeover_ms = running.changeover_s * 1000 if running else 0
    return changeover_ms + segment_ms(after) >= EXTENSION_MS


def minute_possible(event: Event) -> bool:
    """Whether people may give each other one more minute."""
    running = rounds_segment(event)
    return running is not None and running.minute_more and spare_time(event)


# When something is due.


def next_deadline(event: Event) -> Instant | None:
    """The next instant at which time alone changes something; None when nothing is to come by itself."""
    if event.phase == "ended":
        return None
    if event.phase == "draft":
        return min([event.plan.starts_at, *_absences(event)])
    if event.paused_at is not None:
        return None
    due = [*_absences(event), *_room_ends(event)]
    course = _course_due(event)
    if course is not None:
        due.append(course)
    return min(due, default=None)


def _absences(event: Event) -> list[Instant]:
    return [Instant(since + SEAT_KEPT_MS) for since in event.away.values()]


def _room_ends(event: Event) -> list[Instant]:
    return [room.clock.ends_at for room in event.rooms.values() if room.extended and room.clock.ends_at is not None]


def _course_due(event: Event) -> Instant | None:
    if event.awaited_since is not None:
        patience = patience_ms(event)
        return None if patience is None else Instant(event.awaited_since + patience)
    if event.clock is None or event.clock.ends_at is None:
        return None
    ends_at = event.clock.ends_at
    if opening_due(event):
        return _opening_due(event, ends_at)
    if event.phase == "lobby" and upcoming(event) is not None and pool_size(event) >= 2:
        return Instant(ends_at - forming_lead_ms(event.clock))
    return ends_at


def opening_due(event: Event) -> bool:
    """Whether a round opens at the end of this phase."""
    return event.phase == "forming" or (event.phase == "changeover" and upcoming(event) is not None)


def _opening_due(event: Event, ends_at: Instant) -> Instant:
    if pool_size(event) < 2 or event.asked_at is None or event.told is not None:
        return ends_at
    return Instant(max(ends_at, event.asked_at) + MATCH_WAIT_MS)


def patience_ms(event: Event) -> int | None:
    """How long a round waits for people: for ever before the first one, then as long as its part would have run."""
    ahead = upcoming(event)
    if event.held == 0 or ahead is None:
        return None
    return (ahead.plan.rounds - ahead.round + 1) * _one_round_ms(ahead.plan)


# How the programme reads as things stand.


def segment_views(event: Event) -> tuple[SegmentView, ...]:
    """All parts of the agenda with the times at which they begin."""
    ends_at = _segment_ends_at(event) if event.paused_at is None else None
    views: list[SegmentView] = []
    for index, segment in enumerate(event.plan.agenda):
        if event.phase == "draft":
            starts_at: Instant | None = planned_start(event, index)
        elif index <= event.segment:
            starts_at = event.begun.get(index, _opening_at(event) if index == event.segment else None)
        else:
            starts_at = ends_at
            ends_at = _end_of(event, segment, ends_at)
        views.append(_view(segment, starts_at))
    return tuple(views)


def behind_ms(event: Event) -> int:
    """How much later than planned this part of the agenda ends."""
    ends_at = _segment_ends_at(event)
    if ends_at is None or event.phase in ("draft", "ended"):
        return 0
    return max(0, ends_at - planned_start(event, event.segment + 1))


def planned_start(event: Event, index: int) -> Instant:
    """When a part would begin if everything went by the plan."""
    return Instant(event.plan.starts_at + total_ms(event.plan.agenda[:index]))


def _end_of(event: Event, segment: Segment, starts_at: Instant | None) -> Instant | None:
    waits_for_a_word = not event.plan.unattended and not isinstance(segment, RoundsSegment)
    return None if starts_at is None or waits_for_a_word else Instant(starts_at + segment_ms(segment))


def _opening_at(event: Event) -> Instant | None:
    return event.clock.ends_at if event.phase == "forming" and event.clock is not None else None


def _segment_ends_at(event: Event) -> Instant | None:
    if event.clock is None:
        return None
    ends_at = event.clock.ends_at
    if ends_at is None:
        ends_at = Instant((event.paused_at or 0) + left_ms(event.clock, Instant(0)))
    running = rounds_segment(event)
    if running is None:
        return ends_at
    more_ms = (running.rounds - event.round) * _one_round_ms(running)
    return Instant(ends_at + more_ms + (running.changeover_s * 1000 if event.phase == "talking" else 0))


def _one_round_ms(segment: RoundsSegment) -> int:
    return (segment.length_s + segment.changeover_s) * 1000


def _view(segment: Segment, starts_at: Instant | None) -> SegmentView:
    if isinstance(segment, RoundsSegment):
        return SegmentView(
            kind="rounds",
            title=segment.title,
            starts_at=starts_at,
            length_ms=segment_ms(segment),
            rounds=segment.rounds,
            size=segment.size,
            round_length_ms=segment.length_s * 1000,
            changeover_ms=segment.changeover_s * 1000,
        )
    return SegmentView(
        kind=_kind(segment), title=segment.title, starts_at=starts_at, length_ms=segment_ms(segment), hint=segment.hint
    )


def _kind(segment: LobbySegment | BreakSegment | ClosingSegment) -> Literal["lobby", "break", "closing"]:
    if isinstance(segment, LobbySegment):
        return "lobby"
    return "break" if isinstance(segment, BreakSegment) else "closing"
