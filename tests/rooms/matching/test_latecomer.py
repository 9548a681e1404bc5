"""One person more: the room that breaks least, is smallest, and is worth most."""

from rooms.language.ids import AttendeeId
from rooms.language.rules import MustDiffer
from rooms.matching.latecomer import place
from rooms.matching.request import GroupSize, Held, Profile
from tests.rooms.matching.pair_cases import case_of

FOURS = GroupSize(target=4, min=3, max=5)


def somebody(number: int, *, team: str = "", interests: tuple[str, ...] = ()) -> Profile:
    return Profile(id=AttendeeId(f"p{number}"), team=team, interests=interests)


def test_the_room_that_is_worth_most() -> None:
    who = (*(somebody(number, interests=("rust" if number > 3 else "chess",)) for number in range(8)),)
    case = case_of((*who, somebody(8, interests=("rust",))))
    assert place(case, [(0, 1), (2, 3), (4, 5), (6, 7)], 8) in (2, 3)


def test_nobody_joins_whom_they_must_not_meet() -> None:
    who = tuple(somebody(number) for number in range(5))
    case = case_of(who, apart=frozenset({("p4", "p0"), ("p4", "p2")}))
    assert place(case, [(0, 1), (2, 3)], 4) is None


def test_a_repeat_is_worse_than_a_stranger() -> None:
    who = tuple(somebody(number, interests=("rust",) if number in (0, 4) else ()) for number in range(5))
    case = case_of(who, round=2, history=(Held(round=1, rooms=((AttendeeId("p0"), AttendeeId("p4")),)),))
    assert place(case, [(0, 1), (2, 3)], 4) == 1


def test_a_rule_is_kept_where_a_room_allows_it() -> None:
    who = tuple(somebody(number, team="red" if number in (0, 4) else f"team {number}") for number in range(5))
    assert place(case_of(who, MustDiffer(attr="team")), [(0, 1), (2, 3)], 4) == 1


def test_a_room_does_not_grow_beyond_its_size() -> None:
    who = tuple(somebody(number) for number in range(6))
    assert place(case_of(who), [(0, 1, 2), (3, 4)], 5) == 1
    assert place(case_of(who, odd="sit_out"), [(0, 1, 2), (3, 4)], 5) is None
    assert place(case_of(who, group=FOURS), [(0, 1, 2, 3, 4)], 5) is None


def test_the_smaller_of_two_tables() -> None:
    who = tuple(somebody(number) for number in range(8))
    assert place(case_of(who, group=FOURS), [(0, 1, 2, 3), (4, 5, 6)], 7) == 1


def test_no_rooms_no_place() -> None:
    assert place(case_of((somebody(0),)), [], 0) is None
