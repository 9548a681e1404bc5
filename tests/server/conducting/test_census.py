"""What is counted out of the states of the events that are conducted."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from rooms.event import Event
from rooms.language import commands as c
from rooms.language.agenda import LobbySegment, RoundsSegment
from rooms.language.ids import Instant
from server.conducting import census
from server.metrics import measures
from tests.support.builders import Evening, an_event


@dataclass
class Conductor:
    state: Event
    busy_since: Instant | None = None


def a_supervisor(*conductors: Conductor) -> Any:
    return SimpleNamespace(conductors=conductors)


def in_round(people: int) -> Evening:
    return an_event((LobbySegment(), RoundsSegment(odd="sit_out"))).in_lobby().with_attendees(people).in_round()


def test_nobody_is_an_orphan_while_everybody_sits() -> None:
    assert not census.orphans(in_round(6).event)


def test_the_odd_one_is_counted_with_the_reason_and_who_is_not_ready_is_not() -> None:
    evening = in_round(7)
    assert census.orphans(evening.event) == {"odd_number": 1}
    (alone,) = [who for who, person in evening.event.people.items() if person.room is None]
    evening.attendee(int(alone[1:]), c.SetReadiness(ready=False))
    assert not census.orphans(evening.event)


def test_outside_a_round_nobody_needs_a_room() -> None:
    assert not census.orphans(an_event().in_lobby().with_attendees(5).event)


def test_the_age_of_the_oldest_order_is_that_of_the_slowest_conductor() -> None:
    state = in_round(2).event
    conductors = [Conductor(state), Conductor(state, Instant(4_000)), Conductor(state, Instant(1_000))]
    assert census.waiting_ms(a_supervisor(*conductors), Instant(5_000)) == 4_000
    assert census.waiting_ms(a_supervisor(conductors[0]), Instant(5_000)) == 0
    assert census.waiting_ms(a_supervisor(), Instant(5_000)) == 0


def test_the_gauges_say_the_sum_and_forget_what_is_over() -> None:
    census.count(a_supervisor(Conductor(in_round(7).event), Conductor(in_round(4).event)), Instant(0))
    gauges = (measures.events_conducted, measures.people, measures.rooms)
    assert [value for gauge in gauges for value in values(gauge)] == [2, 11, 5]
    assert values(measures.orphans) == [1]
    census.count(a_supervisor(), Instant(0))
    assert [value for gauge in gauges for value in values(gauge)] == [0, 0, 0]
    assert values(measures.orphans) == []


def values(gauge: Any) -> list[float]:
    return [sample.value for family in gauge.collect() for sample in family.samples]
