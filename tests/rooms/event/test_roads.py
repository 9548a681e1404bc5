"""Whole evenings: one by the script, many by chance, with people coming and going; what must always hold, holds."""

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooms.event import decode_event, encode_event, evolve, initial, next_deadline
from rooms.event.state import pair
from rooms.language.agenda import BreakSegment, ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.changes import RoundOpened
from rooms.language.codec import decode_entry, encode_entry
from tests.rooms.event.chaos import ACTIONS, Chaos, Settings, wrong
from tests.support.builders import an_event

PAIRS_THEN_GROUPS = (
    LobbySegment(length_s=60),
    RoundsSegment(rounds=3, length_s=60, changeover_s=8),
    RoundsSegment(rounds=1, length_s=60, changeover_s=8, size=4),
    BreakSegment(length_s=60),
    RoundsSegment(rounds=1, length_s=60, changeover_s=8, size=3),
    ClosingSegment(length_s=60),
)


def test_an_evening_runs_from_the_doors_to_the_end_by_itself() -> None:
    evening = an_event(PAIRS_THEN_GROUPS).with_attendees(5)
    while next_deadline(evening.event) is not None:
        evening.next_deadline()
        evening.seated()

    rounds = [entry.change for entry in evening.journal if isinstance(entry.change, RoundOpened)]
    sizes = [sorted(len(room.people) for room in opened.rooms) for opened in rounds]
    assert evening.event.phase == "ended"
    assert sizes == [[2, 3], [2, 3], [2, 3], [2, 3], [2, 3]]
    assert evening.now == evening.event.plan.starts_at + 1000 * (60 + 3 * 68 + 68 + 60 + 68 + 60)


def test_five_people_never_have_a_room_to_themselves_twice_while_a_fresh_one_is_left() -> None:
    evening = an_event(PAIRS_THEN_GROUPS).with_attendees(5)
    while next_deadline(evening.event) is not None:
        evening.next_deadline()

    rounds = [entry.change for entry in evening.journal if isinstance(entry.change, RoundOpened)]
    alone = [room.people for opened in rounds[:3] for room in opened.rooms if len(room.people) == 2]
    assert len({pair(*people) for people in alone}) == 3
    met = {pair(*two) for opened in rounds[:3] for room in opened.rooms for two in combinations(room.people, 2)}
    assert len(met) >= 9


@pytest.mark.parametrize("people", [2, 4, 6, 8])
def test_nobody_meets_twice_while_that_can_be_avoided(people: int) -> None:
    agenda = (LobbySegment(length_s=60), RoundsSegment(rounds=people - 1, length_s=60), ClosingSegment())
    evening = an_event(agenda).with_attendees(people)
    while next_deadline(evening.event) is not None:
        evening.next_deadline()

    assert evening.event.held == people - 1
    assert all(len(rounds) == 1 for known in evening.event.met.values() for rounds in known.values())


# Evenings by chance.

STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(1, 7), st.integers(0, 7)), max_size=80)
SETTINGS = st.builds(
    Settings,
    unattended=st.booleans(),
    size=st.sampled_from([2, 2, 3, 4]),
    odd=st.sampled_from(["trio", "sit_out"]),
    ready=st.integers(0, 6),
    ahead=st.integers(0, 6),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(SETTINGS, STEPS)
def test_whatever_happens_nobody_is_lost_and_every_page_shows_the_truth(
    wanted: Settings, steps: list[tuple[str, int, int]]
) -> None:
    evening = Chaos(wanted)
    for step in steps:
        evening.play(step)
        assert wrong(evening) == [], step

    replayed = initial(evening.plan)
    for entry in evening.journal:
        replayed = evolve(replayed, decode_entry(encode_entry(entry)))
    assert replayed == evening.event
    assert decode_event(encode_event(evening.event)) == evening.event
