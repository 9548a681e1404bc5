"""Company found at once: never kept apart, strangers first, then those who have most in common, in bounded time."""

from collections.abc import Iterator

from immutables import Map
from msgspec.structs import replace

from rooms.event import initial
from rooms.event.company import LOOKED_AT, Company, Tables
from rooms.event.register import listed
from rooms.event.state import Attendee, Event, Pair, pair
from rooms.language.ids import AttendeeId
from rooms.language.rules import Weights
from tests.support.builders import a_card, a_plan

WEIGHTS = Weights()


def who(number: int) -> AttendeeId:
    return AttendeeId(f"p{number}")


def together(*numbers: int) -> tuple[AttendeeId, ...]:
    return tuple(who(number) for number in numbers)


def an_event(count: int, **tastes: tuple[str, ...]) -> Event:
    """So many people; `p3=("chess",)` is what p3 likes."""
    people = {}
    for number in range(1, count + 1):
        card = a_card(number, interests=tastes.get(f"p{number}", ()))
        people[card.id] = Attendee(card=card, number=number, ready=True)
    return listed(replace(initial(a_plan()), people=Map(people)))


def met(event: Event, one: int, other: int, number: int = 1) -> Event:
    known = {key: dict(others) for key, others in event.met.items()}
    for a, b in ((one, other), (other, one)):
        known.setdefault(who(a), {})[who(b)] = (number,)
    return replace(event, met=known)


def apart(*pairs: tuple[int, int]) -> frozenset[Pair]:
    return frozenset(pair(who(one), who(other)) for one, other in pairs)


def company(event: Event, never: frozenset[Pair] = frozenset()) -> Company:
    return Company(event, never, WEIGHTS)


def test_strangers_come_before_those_met_and_those_met_long_ago_before_those_met_lately() -> None:
    event = met(met(an_event(4), 1, 2, number=5), 1, 3, number=2)
    places = [(number, together(number), 0) for number in (2, 3, 4)]
    assert company(event).best(who(1), places) == 4
    assert company(event).best(who(1), places[:2]) == 3


def test_of_strangers_who_has_most_in_common_comes_first_however_it_is_written() -> None:
    event = an_event(4, p1=("Chess", "choir"), p3=(" chess ",), p4=("CHOIR", "chess"))
    assert company(event).best(who(1), [(number, together(number), 0) for number in (2, 3, 4)]) == 4


def test_nobody_is_with_somebody_kept_apart_even_if_there_is_nobody_else() -> None:
    never = apart((1, 2), (1, 3))
    assert company(an_event(3), never).best(who(1), [(2, together(2), 0), (3, together(3), 0)]) is None
    assert company(an_event(3), never).pair_up(together(1, 2, 3)) == ([together(2, 3)], [who(1)])


def test_among_any_number_of_people_no_more_are_looked_at_than_enough() -> None:
    looked: list[int] = []

    def places() -> Iterator[tuple[int, tuple[AttendeeId, ...], int]]:
        for number in range(2, 501):
            looked.append(number)
            yield number, together(number), 0

    assert company(an_event(500)).best(who(1), places()) == 2
    assert len(looked) == LOOKED_AT


def test_everybody_is_paired_up_and_acquaintances_only_when_nobody_else_is_left() -> None:
    event = met(an_event(4), 1, 2)
    pairs, left = company(event).pair_up(together(1, 2, 3, 4))
    assert (pairs, left) == ([together(1, 3), together(2, 4)], [])
    assert company(event).pair_up(together(1, 2)) == ([together(1, 2)], [])


def test_the_smallest_table_takes_somebody_in_until_it_is_full() -> None:
    tables = Tables([together(1, 2, 3), together(4, 5)], largest=3)
    assert tables.join(company(an_event(7)), who(6))
    assert tables.groups == [together(1, 2, 3), together(4, 5, 6)]
    assert not tables.join(company(an_event(7)), who(7))


def test_a_large_table_gives_somebody_up_for_whoever_has_nobody() -> None:
    tables = Tables([together(1, 2), together(3, 4, 5)], largest=3)
    assert tables.split(company(an_event(6), apart((3, 6))), who(6))
    assert tables.groups == [together(1, 2), together(3, 5), together(6, 4)]
    assert not Tables([together(1, 2)], largest=3).split(company(an_event(6)), who(6))
