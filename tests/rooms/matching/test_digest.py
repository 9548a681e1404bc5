"""Equal requests have equal names, and others others."""

from msgspec.structs import replace

from rooms.matching import MatchRequest
from rooms.matching.digest import digest
from rooms.matching.prepare import prepare
from tests.rooms.matching.people import a_request, group, held, rooms

REQUEST = a_request(
    "a b c d",
    round=3,
    present=group("a b c"),
    apart=frozenset(rooms("a b, c d")),
    wishes=rooms("a c, b d"),
    history=(held(1, "a b, c d"), held(2, "a c", "b d")),
    sat_out=(("b", 1), ("d", 1)),
    pinned=rooms("a d"),
    shown=rooms("a d, b c"),
)


def test_the_order_of_its_parts_changes_nothing() -> None:
    turned = replace(
        REQUEST,
        attendees=REQUEST.attendees[::-1],
        present=group("c b a"),
        apart=frozenset(rooms("d c, b a")),
        wishes=rooms("b d, a c"),
        history=(held(2, "c a", "d b"), held(1, "d c, b a")),
        sat_out=(("d", 1), ("b", 1)),
        shown=rooms("c b, d a"),
        request=7,
        budget_ms=5,
    )
    assert named(turned) == named(REQUEST)
    assert len(named(REQUEST)) == 16


def test_whatever_decides_changes_it() -> None:
    others: list[MatchRequest] = [
        replace(REQUEST, seed="x"),
        replace(REQUEST, odd="sit_out"),
        replace(REQUEST, present=None),
        replace(REQUEST, apart=frozenset()),
        replace(REQUEST, wishes=rooms("c a, b d")),
        replace(REQUEST, history=()),
        replace(REQUEST, sat_out=()),
        replace(REQUEST, shown=None),
        replace(REQUEST, rounds_planned=9),
        replace(REQUEST, attendees=(replace(REQUEST.attendees[0], team="x"), *REQUEST.attendees[1:])),
        replace(REQUEST, history=(held(1, "a b, c d"), held(2, "a c", "d"))),
    ]
    assert len({named(request) for request in (REQUEST, *others)}) == 1 + len(others)


def named(request: MatchRequest) -> str:
    return digest(request, prepare(request).case.crowd)
