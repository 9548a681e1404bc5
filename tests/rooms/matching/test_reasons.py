"""Why these two: as data."""

from rooms.language.ids import AttendeeId
from rooms.matching.reasons import reasons
from rooms.matching.request import MatchRequest, Profile

A, B = AttendeeId("a"), AttendeeId("b")
ADA = Profile(id=A, team="Red", interests=("Tea", "Go"), looking_for=("a mentor",))
BEN = Profile(id=B, team="Blue", interests=("tea",), offering=("A mentor",))


def test_all_reasons_of_two_strangers() -> None:
    found = [(reason.code, reason.members, reason.what) for reason in reasons(MatchRequest(attendees=()), (ADA, BEN))]

    assert found == [
        ("shared_interest", (A, B), ("Tea",)),
        ("offer_meets_wish", (A, B), ("a mentor",)),
        ("other_team", (A, B), ("Red", "Blue")),
        ("first_time", (A, B), ()),
    ]


def test_who_wishes_comes_first_and_a_repeat_is_called_so() -> None:
    request = MatchRequest(attendees=(), met={B: {A: (1,)}})
    found = reasons(request, (BEN, ADA))

    assert [reason.members for reason in found if reason.code == "offer_meets_wish"] == [(A, B)]
    assert found[-1].code == "again"


def test_a_group_has_reasons_for_each_two() -> None:
    third = Profile(id=AttendeeId("c"))
    found = reasons(MatchRequest(attendees=()), (ADA, BEN, third))

    assert [reason.members for reason in found if reason.code == "first_time"] == [(A, B), (A, "c"), (B, "c")]
