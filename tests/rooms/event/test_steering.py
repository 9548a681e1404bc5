"""The organiser's hand on the next round: what may be done, what comes of it, and who is told."""

from rooms.event import Attendees, Organisers, Person, match_due_ms
from rooms.event.agenda import MATCH_WAIT_MS
from rooms.event.questions import PREVIEW_MS
from rooms.event.state import pins
from rooms.event.views_next import next_rooms, next_round_ahead
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.board import Mixing, NextRound, Repeat
from rooms.language.cards import GivenUp
from rooms.language.changes import MatchWanted, PlacesSwapped
from rooms.language.ids import AttendeeId
from rooms.language.notices import BoardChanged, NextChanged
from rooms.language.refusals import Refusal
from tests.rooms.event.steered import LONG, made, mates, opened, previewed, refused, swap
from tests.support.builders import an_event, last_told

# Previewing.


def test_a_preview_is_for_organisers_only_and_made_of_who_is_ready() -> None:
    evening = an_event(LONG).in_lobby().with_attendees(6)
    evening.told.clear()
    evening.organiser(k.PreviewRound())

    assert {said.audience for said in evening.told} == {Organisers()}
    ahead = next_round_ahead(evening.event)
    assert (ahead.round, ahead.rooms, ahead.made, ahead.making, ahead.shown) == (1, 3, True, False, False)
    assert {who for room in next_rooms(evening.event) for who in room.people} == set(evening.event.people)


def test_what_is_still_true_is_not_made_again_and_what_is_not_is() -> None:
    evening = previewed()
    assert evening.organiser(k.PreviewRound()) == []
    evening.with_attendees(2)
    assert next_round_ahead(evening.event).rooms == 3, "arrivals wait for a word"
    evening.organiser(k.PreviewRound())
    assert next_round_ahead(evening.event).rooms == 4


def test_an_answer_that_never_comes_can_be_asked_for_again() -> None:
    evening = an_event(LONG).in_lobby().with_attendees(4)
    evening.answers_matches = False
    evening.organiser(k.PreviewRound())
    assert next_round_ahead(evening.event) == NextRound(round=1, making=True)
    assert evening.organiser(k.PreviewRound()) == []
    evening.wait(MATCH_WAIT_MS)
    assert [type(change) for change in evening.organiser(k.PreviewRound())] == [MatchWanted]


def test_there_is_nothing_to_preview_for_one_or_when_no_round_follows() -> None:
    assert refused(an_event(LONG).in_lobby().with_attendees(1), k.PreviewRound()) is Refusal.TOO_FEW
    last = an_event((LobbySegment(length_s=60), RoundsSegment(rounds=1), ClosingSegment())).with_attendees(2).in_round()
    assert refused(last, k.PreviewRound()) is Refusal.NO_ROUND
    assert next_round_ahead(last.event) == NextRound()


def test_while_people_talk_the_next_round_can_be_prepared() -> None:
    evening = an_event(LONG).with_attendees(4).in_round()
    before = evening.rooms()
    evening.organiser(k.PreviewRound())
    assert evening.rooms() == before
    together = {frozenset(room) for room in before}
    assert together.isdisjoint(frozenset(room) for room in made(evening).matches)


def test_a_preview_is_shown_to_people_only_when_the_round_is_close() -> None:
    evening = previewed()
    evening.told.clear()
    while evening.event.phase != "forming":
        evening.next_deadline()
    assert made(evening).told
    assert {said.audience for said in evening.told if isinstance(said.notice, NextChanged)} == {
        Person(who) for who in evening.event.people
    }
    evening.told.clear()
    evening.organiser(k.CancelRound())
    assert not made(evening).told, "hosts keep what they have prepared"
    (gone,) = [said for said in evening.told if isinstance(said.notice, NextChanged)]
    assert gone.audience == Attendees()
    assert last_told(evening, NextChanged).next is None


def test_the_board_says_who_repeats_and_when_and_how_teams_mix() -> None:
    evening = an_event(LONG).in_lobby()
    for number, team in ((1, "Red"), (2, "red "), (3, "Blue"), (4, "")):
        evening.arrive(number, team=team)
        evening.attendee(number, k.SetReadiness(ready=True))
    evening.answers_matches = False
    evening.organiser(k.PreviewRound())
    matches = ((AttendeeId("p1"), AttendeeId("p2")), (AttendeeId("p3"), AttendeeId("p4")))
    evening.order(e.MatchFound(request=evening.event.request, matches=matches))
    assert made(evening).mixing == Mixing(pairs=1, across=0), "who has no team does not count"

    two = an_event(LONG).with_attendees(2).in_changeover()
    (room,) = next_rooms(two.event)
    assert room.repeats == (Repeat(members=(AttendeeId("p1"), AttendeeId("p2")), rounds=(1,)),)
    assert any(line.rule == "repeat" for line in next_round_ahead(two.event).given_up)


# Pinning.


def test_a_pinned_room_is_kept_by_another_chance_and_others_are_not() -> None:
    evening = previewed(12)
    held, *others = made(evening).matches
    evening.organiser(k.PinRoom(people=held[::-1]))
    seen = set()
    for redo in range(1, 6):
        evening.organiser(k.RedoRound(redo=redo))
        assert frozenset(held) in map(frozenset, made(evening).matches)
        seen |= set(made(evening).matches)
    assert len(seen) > len(others) + 1
    assert [room.pinned for room in next_rooms(evening.event)].count(True) == 1
    assert frozenset(held) in opened(evening)
    assert evening.event.pinned == ()


def test_only_a_room_that_is_there_can_be_pinned_and_once_is_enough() -> None:
    evening = previewed()
    one, other, _ = made(evening).matches
    assert refused(evening, k.PinRoom(people=(one[0], other[0]))) is Refusal.MADE_ANEW
    evening.organiser(k.PinRoom(people=one))
    assert evening.organiser(k.PinRoom(people=one)) == []
    evening.organiser(k.PinRoom(people=one, pinned=False))
    assert evening.event.pinned == ()
    assert evening.organiser(k.PinRoom(people=one, pinned=False)) == []


def test_a_pin_holds_those_who_are_left_and_wakes_when_they_come_back() -> None:
    evening = previewed()
    held = made(evening).matches[0]
    evening.organiser(k.PinRoom(people=held))
    evening.organiser(k.ExcludeAttendee(attendee=held[0]))
    assert pins(evening.event) == ()
    evening.organiser(k.ExcludeAttendee(attendee=held[0], excluded=False))
    assert pins(evening.event) == (held,)
    evening.order(e.KeepApart(pairs=((held[0], held[1]),)))
    assert pins(evening.event) == ()
    assert mates(evening, held[0]) != (held[1],), "a block is stronger than a pin, also in a draft"


def test_whom_a_host_leaves_out_sits_out_once_also_if_chance_had_said_so() -> None:
    rounds = RoundsSegment(rounds=3, length_s=60, odd="sit_out")
    evening = an_event((LobbySegment(length_s=600), rounds, ClosingSegment())).in_lobby().with_attendees(5)
    evening.organiser(k.PreviewRound())
    (idle,) = made(evening).sits_out
    evening.answers_matches = False
    evening.organiser(k.ExcludeAttendee(attendee=idle))
    ahead = next_round_ahead(evening.event)
    assert (ahead.excluded, ahead.sits_out) == ((idle,), ())


# Swapping.


def test_two_change_places_and_their_rooms_are_held() -> None:
    evening = previewed()
    (one, his), (other, hers), third = made(evening).matches
    wish = swap(evening, one, other)
    evening.organiser(wish)
    assert (mates(evening, one), mates(evening, other)) == ((hers,), (his,))
    assert evening.organiser(wish) == [], "asked twice, done once"
    evening.organiser(k.RedoRound(redo=1))
    assert opened(evening) == {frozenset((one, hers)), frozenset((other, his)), frozenset(third)}


def test_a_swap_back_leaves_everything_as_it_was() -> None:
    evening = previewed()
    before = made(evening).matches
    (one, his), (other, _), _ = before
    evening.organiser(swap(evening, one, other))
    evening.organiser(k.SwapPlaces(one=one, other=other, people=(his,)))
    assert made(evening).matches == before


def test_who_sits_out_takes_a_place_and_the_other_sits_out_instead() -> None:
    agenda = (LobbySegment(length_s=600), RoundsSegment(rounds=2, odd="sit_out"), ClosingSegment())
    evening = an_event(agenda).in_lobby().with_attendees(5)
    evening.organiser(k.PreviewRound())
    (idle,) = made(evening).sits_out
    (other, mate), *_ = made(evening).matches
    evening.organiser(swap(evening, idle, other))
    assert mates(evening, idle) == (mate,)
    assert {who: reason.members for who, reason in made(evening).sits_out.items()} == {other: (other,)}
    opened(evening)
    assert evening.event.people[other].room is None
    assert evening.event.people[other].sat_out == 1


def test_a_swap_that_brings_together_who_is_kept_apart_is_refused() -> None:
    evening = previewed()
    (one, his), (other, hers), _ = made(evening).matches
    evening.order(e.KeepApart(pairs=((one, hers),)))
    assert refused(evening, swap(evening, one, other)) is Refusal.KEPT_APART
    assert refused(evening, swap(evening, other, one)) is Refusal.KEPT_APART
    assert refused(evening, swap(evening, his, other)) is None


def test_any_other_rule_is_given_up_and_said_so() -> None:
    evening = an_event(LONG).with_attendees(4).in_changeover()
    (room, _) = made(evening).matches
    one = room[0]
    met = next(iter(evening.event.met[one]))
    evening.organiser(swap(evening, one, mates(evening, met)[0]))
    assert mates(evening, one) == (met,)
    line = GivenUp(rule="repeat", members=tuple(sorted((one, met))), because="a host has put them together")
    assert line in made(evening).given_up
    number = made(evening).place[one]
    assert {reason.code for reason in made(evening).reasons[number]} == {"again"}


def test_a_swap_in_a_round_that_was_made_anew_meanwhile_is_refused() -> None:
    evening = previewed()
    (one, his), (other, hers), (third, _) = made(evening).matches
    for wish in (
        k.SwapPlaces(one=one, other=other, people=(third,)),
        k.SwapPlaces(one=one, other=his, people=(one,)),
        k.SwapPlaces(one=AttendeeId("p99"), other=other, people=(hers,)),
        k.SwapPlaces(one=one, other=AttendeeId("p99"), people=(hers,)),
    ):
        assert refused(evening, wish) is Refusal.MADE_ANEW
    evening.depart(int(one[1:]), meant=True)
    assert refused(evening, swap(evening, one, other)) is Refusal.NOT_HERE


def test_only_those_whose_partners_change_are_told_of_a_swap() -> None:
    evening = an_event(LONG).with_attendees(6)
    while evening.event.phase != "forming":
        evening.next_deadline()
    (one, his), (other, hers), _ = made(evening).matches
    evening.told.clear()
    evening.organiser(swap(evening, one, other))
    told = {said.audience for said in evening.told if isinstance(said.notice, NextChanged)}
    assert told == {Person(who) for who in (one, his, other, hers)}
    assert [room.number for room in last_told(evening, BoardChanged).next_rooms] in ([], [1, 2])


def test_an_answer_on_its_way_does_not_undo_a_swap_or_a_pin() -> None:
    evening = previewed()
    (one, _), (other, hers), third = made(evening).matches
    evening.answers_matches = False
    evening.organiser(k.RedoRound(redo=1))
    late = evening.event.request
    changes = evening.organiser(swap(evening, one, other))
    assert [type(change) for change in changes if isinstance(change, MatchWanted | PlacesSwapped)] == [
        PlacesSwapped,
        MatchWanted,
    ]
    assert evening.order(e.MatchFound(request=late, matches=((one, other),))) == []
    assert isinstance(evening.organiser(k.PinRoom(people=third))[-1], MatchWanted)
    evening.answer_match()
    assert mates(evening, one) == (hers,)
    assert third in made(evening).matches


def test_the_matcher_may_take_its_time_for_a_preview_but_not_for_a_round() -> None:
    evening = an_event(LONG).in_lobby().with_attendees(4)
    evening.answers_matches = False
    evening.organiser(k.PreviewRound())
    assert match_due_ms(evening.event, evening.now) == PREVIEW_MS
    while evening.event.phase != "forming":
        evening.next_deadline()
    assert evening.event.clock is not None
    assert evening.event.clock.ends_at is not None
    assert match_due_ms(evening.event, evening.now) == evening.event.clock.ends_at - evening.now
