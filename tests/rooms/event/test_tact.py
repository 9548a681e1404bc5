"""What attendees must not be told: private groups and roles, who asked for whom, who is kept apart."""

from rooms.event import Viewer, snapshot, tact
from rooms.event.audiences import Organisers
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.cards import Reason, Traits
from rooms.language.codec import encode_downward
from rooms.language.ids import AttendeeId, ConnectionId, Role
from rooms.language.notices import Welcome
from rooms.language.rules import Complementary, MustDiffer, NoToken
from tests.support.builders import Evening, a_card, an_event

A, B, C = (AttendeeId(name) for name in "abc")
PEOPLE = 5
RULES = (
    Complementary(attr="role", values=("canary-role", "mentee"), hardness="soft"),
    MustDiffer(attr="groups", on_infeasible="sit_out"),
    NoToken(values=("canary-group",)),
)


def with_canaries(evening: Evening, count: int) -> Evening:
    """People whose private tags are easy to find wherever they turn up."""
    for number in range(1, count + 1):
        traits = Traits(role="canary-role", groups=("canary-group",), language_required=True)
        arrival = e.Arrive(a_card(number, team="Red"), ConnectionId(f"t{number}"), traits)
        evening.order(arrival)
        evening.attendee(number, k.SetReadiness(ready=True))
    return evening


def test_private_tags_are_in_nothing_that_anybody_is_told() -> None:
    agenda = (LobbySegment(length_s=60), RoundsSegment(rounds=3, length_s=60, rules=RULES), ClosingSegment())
    evening = with_canaries(an_event(agenda).open_console(), PEOPLE).in_lobby()
    evening.order(e.ChangeCard(a_card(1, team="Blue"), Traits(groups=("canary-group", "other"))))
    heard, console = bytearray(), bytearray()
    while not evening.is_in("ended"):
        evening.next_deadline()
        evening.seated()
        for number in range(1, PEOPLE + 1):
            heard += encode_downward(Welcome(snapshot(evening.event, Viewer(Role.ATTENDEE, f"p{number}"), evening.now)))
        console += encode_downward(Welcome(snapshot(evening.event, Viewer(Role.ORGANISER, "o1"), evening.now)))
    for said in evening.told:
        notice = encode_downward(said.notice)
        console += notice
        heard += b"" if isinstance(said.audience, Organisers) else notice
    assert evening.event.people[AttendeeId("p2")].groups == ("canary-group",)
    assert evening.event.held == 3
    assert b"canary" not in heard
    assert b"languageRequired" not in heard
    # Organisers read in words of their own rule what was given up; of groups not even they hear here.
    assert b"canary-group" not in console


def test_a_representation_for_logs_says_nothing_of_private_tags() -> None:
    evening = with_canaries(an_event(), 1)
    assert "canary" not in repr(evening.event.people)
    assert "canary" not in repr(evening.journal)


def test_a_block_looks_like_an_ordinary_rest() -> None:
    for reason in (Reason("kept_apart", (A,)), Reason("rule", (A,), ("must_differ:groups",))):
        assert tact.to_sitter(reason, others_seated=True) == Reason("odd_number", (A,))
        assert tact.to_sitter(reason, others_seated=False) == Reason("not_enough_people", (A,))


def test_a_rule_about_what_everybody_sees_is_named_to_who_sits_out() -> None:
    for reason in (None, Reason("rule", (A,), ("complementary:role",)), Reason("repeat", (A,))):
        assert tact.to_sitter(reason, others_seated=True) == reason


def test_that_two_wished_for_each_other_is_theirs_while_others_listen() -> None:
    wish, team = Reason("must_meet", (A, B)), Reason("other_team", (A, C))
    assert tact.to_room((wish,), 2) == (wish,)
    assert tact.to_room((wish, team), 3) == (team,)
    assert tact.to_one((wish, team), 3, A) == (wish, team)
    assert tact.to_one((wish, team), 3, C) == (team,)
