"""Who met at earlier events of the series: kept both ways round, told to the matcher, shown to nobody."""

from msgspec.structs import replace

from rooms.event import Viewer, decode_event, encode_event, evolve, initial, match_request, snapshot
from rooms.event.company import last_met
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.changes import MeetingsRecalled
from rooms.language.ids import AttendeeId, Role
from rooms.matching import Held
from tests.support.builders import AGENDA, Evening, a_plan, an_event

ONE, TWO, THREE = (AttendeeId(f"p{number}") for number in (1, 2, 3))


def in_a_series(people: int, history: bool = True) -> Evening:
    """An event with earlier ones before it, whose doors are open."""
    evening = Evening(replace(a_plan(AGENDA), series_history=history))
    return evening.with_attendees(people).in_lobby()


def recall(evening: Evening, attendee: AttendeeId, *met: tuple[AttendeeId, int]) -> list[object]:
    """SQL says whom somebody met."""
    return [*evening.order(e.RecallMeetings(attendee=attendee, met=met))]


def test_a_meeting_is_known_of_both() -> None:
    evening = in_a_series(3)
    changes = recall(evening, ONE, (TWO, 2), (THREE, 1))
    assert changes[0] == MeetingsRecalled(attendee=ONE, met=((TWO, 2), (THREE, 1)))
    assert evening.event.known == {ONE: {TWO: 2, THREE: 1}, TWO: {ONE: 2}, THREE: {ONE: 1}}


def test_what_is_known_already_is_not_written_again() -> None:
    evening = in_a_series(2)
    recall(evening, ONE, (TWO, 1))
    assert recall(evening, ONE, (TWO, 1)) == []
    assert recall(evening, TWO, (ONE, 1)) == []


def test_only_those_who_came_count_and_whoever_comes_later_brings_it_along() -> None:
    evening = in_a_series(1)
    assert recall(evening, TWO, (ONE, 1)) == []
    assert recall(evening, ONE, (TWO, 1), (ONE, 1)) == []
    evening.with_attendees(1)
    recall(evening, TWO, (ONE, 1))
    assert evening.event.known == {ONE: {TWO: 1}, TWO: {ONE: 1}}


def test_somebody_forgotten_is_forgotten_by_all() -> None:
    evening = in_a_series(3)
    recall(evening, ONE, (TWO, 1), (THREE, 1))
    recall(evening, TWO, (ONE, 1), (THREE, 2))
    recall(evening, ONE)
    assert evening.event.known == {TWO: {THREE: 2}, THREE: {TWO: 2}}
    recall(evening, TWO)
    assert evening.event.known == {}


def test_it_is_replayed_and_kept_like_all_else() -> None:
    evening = in_a_series(3)
    recall(evening, ONE, (TWO, 1), (THREE, 3))
    recall(evening, THREE, (TWO, 2))
    state = initial(evening.event.plan)
    for entry in evening.journal:
        state = evolve(state, entry)
    assert state == evening.event
    assert decode_event(encode_event(state)) == state


def test_the_matcher_hears_of_it_as_rounds_before_the_first() -> None:
    evening = in_a_series(3)
    recall(evening, ONE, (TWO, 1), (THREE, 3))
    assert match_request(evening.event).history == (Held(-2, ((ONE, THREE),)), Held(0, ((ONE, TWO),)))
    evening.attendee(2, k.SetReadiness(ready=False))
    assert match_request(evening.event).history == (Held(-2, ((ONE, THREE),)),)


def test_the_organiser_may_let_it_count_for_nothing_at_any_time() -> None:
    evening = in_a_series(2, history=False)
    recall(evening, ONE, (TWO, 1))
    assert match_request(evening.event).history == ()
    plan = evening.event.plan
    evening.order(e.PlanChange(plan=replace(plan, series_history=True, version=plan.version + 1)))
    assert match_request(evening.event).history == (Held(0, ((ONE, TWO),)),)


def test_strangers_are_put_together_before_those_who_met_earlier_and_those_before_this_evenings() -> None:
    evening = in_a_series(3)
    recall(evening, ONE, (TWO, 1), (THREE, 5))
    longest_ago = sorted((TWO, THREE, AttendeeId("p4")), key=lambda other: last_met(evening.event, ONE, other))
    assert longest_ago == ["p4", THREE, TWO]
    assert last_met(evening.event, ONE, TWO) < 1


def test_two_who_met_at_the_last_event_are_not_paired_while_there_are_others() -> None:
    for met, others in (((TWO, ONE)), {"p3", "p4"}), ((THREE, ONE), {"p2", "p4"}):
        evening = in_a_series(4)
        recall(evening, met[1], (met[0], 1))
        evening.in_round()
        room = evening.event.rooms[evening.room_of(1)]
        assert set(room.people) - {ONE} <= others


def test_nobody_is_told() -> None:
    evening = in_a_series(3).open_console()
    before = [snapshot(evening.event, viewer, evening.now) for viewer in viewers()]
    told = len(evening.told)
    recall(evening, ONE, (TWO, 1))
    after = [snapshot(evening.event, viewer, evening.now) for viewer in viewers()]
    assert evening.told[told:] == []
    assert [replace(one, seq=0) for one in before] == [replace(one, seq=0) for one in after]


def viewers() -> tuple[Viewer, Viewer]:
    """Somebody it is about, and a host."""
    return Viewer(Role.ATTENDEE, ONE), Viewer(Role.ORGANISER, "o1")


def test_an_event_by_itself_knows_of_no_earlier_ones() -> None:
    evening = an_event().with_attendees(2).in_lobby()
    assert evening.event.known == {}
    assert match_request(evening.event).history == ()
