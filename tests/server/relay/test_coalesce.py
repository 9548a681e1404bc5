"""Changes of the lobby's list are merged, and sent a few times a second."""

from rooms.language.cards import RosterRow
from rooms.language.ids import AttendeeId
from rooms.language.notices import RosterChanged
from server.relay.coalesce import LONGEST_PAUSE_S, PAUSE_S, RosterPile


def notice(seq: int, *names: str, gone: tuple[str, ...] = (), ready: bool = False) -> RosterChanged:
    rows = tuple(RosterRow(AttendeeId(name), name, ready=ready) for name in names)
    return RosterChanged(rows, tuple(AttendeeId(who) for who in gone), seq, seq, seq)


def test_the_first_change_goes_at_once_and_the_next_waits() -> None:
    pile = RosterPile()
    pile.add(notice(1, "ada"))
    assert pile.due_in(100.0, 1) == 0
    pile.take(100.0, 1)
    pile.add(notice(2, "ben"))
    assert pile.due_in(100.1, 1) == PAUSE_S - (100.1 - 100.0)
    assert pile.due_in(100.0 + PAUSE_S, 1) == 0


def test_the_more_hear_it_the_seldomer_it_goes() -> None:
    pile = RosterPile()
    pile.take(100.0, 1)
    waits = [pile.due_in(100.0, hearers) for hearers in (1, 1_000, 2_500, 10_000)]
    assert waits[0] == waits[1] == PAUSE_S
    assert PAUSE_S < waits[2] <= 0.45
    assert waits[3] == LONGEST_PAUSE_S


def test_a_count_alone_is_worth_a_notice() -> None:
    pile = RosterPile()
    pile.add(notice(5))
    assert not pile.empty
    assert (pile.take(100.0, 5).present, pile.empty) == (5, True)


def test_many_changes_become_one_notice_with_the_newest_of_each() -> None:
    pile = RosterPile()
    pile.add(notice(1, "ada", "ben"))
    pile.add(notice(2, "ada", ready=True))
    merged = pile.take(100.0, 7)
    assert {row.id: row.ready for row in merged.rows} == {"ada": True, "ben": False}
    assert (merged.present, merged.ready, merged.seq) == (2, 2, 7)
    assert pile.empty
    assert pile.sent_seq == 7


def test_who_went_and_came_back_is_a_row_and_who_came_and_went_is_gone() -> None:
    pile = RosterPile()
    pile.add(notice(1, gone=("ada",)))
    pile.add(notice(2, "ada"))
    pile.add(notice(3, "ben"))
    pile.add(notice(4, gone=("ben",)))
    merged = pile.take(100.0, 4)
    assert [row.id for row in merged.rows] == ["ada"]
    assert merged.gone == ("ben",)
