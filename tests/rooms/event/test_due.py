"""What time alone brings about, also when its news comes late or twice."""

from rooms.event import next_deadline
from rooms.language import errands as e
from rooms.language.ids import Instant
from rooms.language.limits import SEAT_KEPT_MS
from tests.support.builders import STARTS_AT, an_event


def test_after_a_long_silence_the_evening_goes_on_from_where_it_was() -> None:
    evening = an_event().with_attendees(4).in_round()
    evening.now = Instant(evening.now + 3_600_000)
    evening.order(e.DeadlinePassed())

    assert evening.is_in("changeover")
    assert evening.event.clock is not None
    assert evening.event.clock.ends_at == evening.now + 10_000


def test_the_same_deadline_twice_is_one() -> None:
    evening = an_event().with_attendees(4).in_round()
    evening.next_deadline()

    assert evening.order(e.DeadlinePassed()) == []


def test_doors_open_at_their_time_and_not_before() -> None:
    evening = an_event()
    assert evening.order(e.DeadlinePassed()) == []
    assert next_deadline(evening.event) == STARTS_AT
    evening.next_deadline()
    assert evening.is_in("lobby")


def test_whoever_is_away_as_the_round_ends_keeps_the_rest_of_the_twenty_seconds() -> None:
    evening = an_event().with_attendees(4).in_round().wait(110_000)
    evening.depart(1)
    evening.wait(11_000)
    assert evening.is_in("changeover")
    assert evening.event.present == 4
    evening.wait(SEAT_KEPT_MS - 11_000)
    assert evening.event.present == 3


def test_nothing_is_due_after_the_end() -> None:
    evening = an_event(()).in_lobby()
    while next_deadline(evening.event) is not None:
        evening.next_deadline()

    assert evening.order(e.DeadlinePassed()) == []
