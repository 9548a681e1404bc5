"""The replica takes entries in order, passes over what it knows, and notices holes."""

import pytest

from rooms.language.changes import Entry
from server.relay.replica import GapError, Replica
from tests.support.shelf import a_state, entry


def test_entries_are_taken_in_order() -> None:
    replica = Replica(a_state())
    steps = list(replica.take([entry(1), entry(2)]))
    assert [(step.before.seq, step.after.seq) for step in steps] == [(0, 1), (1, 2)]
    assert replica.state.seq == 2


def test_what_is_known_is_passed_over() -> None:
    replica = Replica(a_state())
    list(replica.take([entry(1), entry(2)]))
    assert [step.entry.seq for step in replica.take([entry(1), entry(2), entry(3)])] == [3]
    assert list(replica.take([entry(2)])) == []


def test_a_hole_is_noticed_and_nothing_is_taken() -> None:
    replica = Replica(a_state())
    with pytest.raises(GapError):
        replica.take([entry(2)])
    assert replica.state.seq == 0


@pytest.mark.parametrize(
    ("journal", "agrees"),
    [
        ([entry(2)], True),
        ([entry(2), entry(3)], True),
        ([entry(3)], True),
        ([], False),
        ([entry(2, "something else")], False),
        ([entry(2, "something else"), entry(3)], False),
    ],
    ids=["the same", "and more", "trimmed before", "lost", "another one", "another one and more"],
)
def test_a_journal_that_lost_what_was_taken_is_noticed(journal: list[Entry], agrees: bool) -> None:
    replica = Replica(a_state())
    list(replica.take([entry(1), entry(2)]))
    assert replica.agrees(journal) is agrees


def test_an_event_in_which_nothing_has_happened_agrees_with_anything() -> None:
    assert Replica(a_state()).agrees([])


def test_nothing_is_no_hole() -> None:
    assert list(Replica(a_state()).take([])) == []
