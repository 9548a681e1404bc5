"""What rounds will come to, in words: with people who have a seat, with likenesses of them, with nobody known."""

import asyncio
import threading
from typing import Any

import pytest

from rooms.language.agenda import BreakSegment, ClosingSegment, RoundsSegment, Segment
from rooms.language.cards import Card
from rooms.language.ids import AttendeeId, EventId
from rooms.language.rules import Complementary, Mix, MustDiffer
from rooms.matching.forecast import Forecast
from server.pages import programme_forecast
from server.pages.programme_forecast import cautions, crowd, foresee, met_words, questions
from server.pages.programme_preview import meaning
from server.records.registrations import Contact, Registration

MENTORS = Complementary(attr="role", values=("mentor", "mentee"), on_infeasible="sit_out")


def registered(count: int, role: str = "", **card: Any) -> list[Registration]:
    """So many people with a seat."""
    return [
        Registration(
            id=AttendeeId(f"{role}{number}"),
            event=EventId("mixer"),
            email="",
            role=role,
            groups=("canary",),
            language_required=False,
            card=Card(AttendeeId(f"{role}{number}"), f"{role} {number}", **card),
            contact=Contact(),
            token="",
            source="link",
            status="joined",
            consented_at=1,
            created_at=1,
            first_seen_at=None,
            last_seen_at=None,
        )
        for number in range(count)
    ]


async def told(agenda: tuple[Segment, ...], people: list[Registration], count: int) -> list[str]:
    """The cautions of a programme."""
    names = {person.id: person.name for person in people}
    return cautions(await foresee(agenda, people, count), names)


async def test_the_preview_says_how_many_each_meets_and_who_sits_out() -> None:
    agenda = (RoundsSegment(rounds=10, odd="sit_out", rules=()), ClosingSegment())
    found = meaning(agenda, 21, None, await foresee(agenda, [], 21))
    assert found["sentence"].startswith("With 21 people: 10 rounds × 4 min = ")
    assert found["sentence"].endswith(" Each meets 9 to 10 others; 10 sit out once.")
    assert "9 to 10 others" in [text for text, marked in found["pieces"] if marked]


async def test_more_mentees_than_mentors_wait_and_that_is_said_in_advance() -> None:
    people = registered(30, "mentor") + registered(70, "mentee")
    agenda = (RoundsSegment(rounds=5, rules=(MENTORS,)),)
    assert "30 with “mentor” and 70 with “mentee”: 40 wait in each round, in turn." in await told(agenda, people, 100)


async def test_who_runs_out_of_others_is_said_with_the_round() -> None:
    people = registered(6, "mentor") + registered(6, "mentee")
    agenda = (RoundsSegment(rounds=8, rules=(MENTORS,), repeat="idle_over_repeat"),)
    assert "With these rules 12 people have nobody new to meet after round 6." in await told(agenda, people, 12)


async def test_who_may_meet_nobody_is_named() -> None:
    people = [*registered(4, "mentor"), *registered(4, "mentee"), *registered(1, "guest")]
    found = await told((RoundsSegment(rounds=2, rules=(MENTORS,)),), people, 9)
    assert found[0] == "With these rules 1 person may meet nobody: guest 0."


async def test_a_rule_that_cannot_be_kept_is_called_by_its_name() -> None:
    people = registered(8, team="Care")
    (found,) = await told((RoundsSegment(rounds=2, rules=(MustDiffer(attr="team"),)),), people, 8)
    assert found == "“Different teams” cannot always be kept: it is given up for 8 people or more."


async def test_nothing_is_said_of_people_of_whom_nothing_is_known() -> None:
    agenda = (RoundsSegment(rounds=3, rules=(MENTORS,)),)
    assert await told(agenda, [], 24) == []
    assert await told(agenda, registered(1, "mentor"), 24) == []


def test_a_larger_crowd_is_like_those_who_have_a_seat() -> None:
    people = registered(2, "mentor") + registered(1, "mentee")
    found = crowd(people, 7)
    assert [one.role for one in found] == ["mentor", "mentor", "mentee", "mentor", "mentor", "mentee", "mentor"]
    assert len({one.id for one in found}) == 7
    assert [one.id for one in crowd(people, 2)] == [one.id for one in people[:2]]


def test_parts_that_are_alike_are_asked_about_together() -> None:
    pairs, other = RoundsSegment(rounds=5), RoundsSegment(rounds=2, size=4, rules=(Mix(attr="role"),))
    asked = questions((pairs, BreakSegment(), other, pairs), crowd(registered(4), 4), 4)
    assert [(question.group.target, rounds) for question, rounds in asked] == [(2, 10), (4, 2)]


async def test_a_forecast_that_takes_too_long_or_breaks_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    held = threading.Event()
    monkeypatch.setattr(programme_forecast, "ANSWER_S", 0.01)
    monkeypatch.setattr(programme_forecast, "_foreseen", lambda *_: held.wait(5))
    assert await foresee((RoundsSegment(),), [], 10) == []
    held.set()

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(programme_forecast, "ANSWER_S", 5)
    monkeypatch.setattr(programme_forecast, "_foreseen", broken)
    assert await foresee((RoundsSegment(),), [], 10) == []


async def test_the_loop_turns_while_it_is_reckoned(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, held = threading.Event(), threading.Event()

    def slow(*_: object) -> None:
        begun.set()
        held.wait(5)

    monkeypatch.setattr(programme_forecast, "_foreseen", slow)
    asking = asyncio.ensure_future(foresee((RoundsSegment(),), [], 10))
    while not begun.is_set():
        await asyncio.sleep(0)
    assert not asking.done()
    held.set()
    assert len(await asking) == 1


@pytest.mark.parametrize(
    ("people", "meets", "sits_out", "idle", "sentence"),
    [
        (48, (10, 10), (0, 0), (0,), "Each meets 10 others."),
        (11, (10, 10), (0, 0), (0,), "Each meets all 10 others."),
        (2, (1, 1), (0, 0), (0,), "Each meets one other."),
        (9, (3, 6), (0, 1), (1, 1), "Each meets 3 to 6 others; 2 sit out once."),
        (9, (3, 4), (0, 1), (1,), "Each meets 3 to 4 others; 1 sits out once."),
        (5, (4, 4), (1, 1), (1,) * 5, "Each meets all 4 others; each sits out once."),
        (5, (3, 4), (1, 3), (2,) * 5, "Each meets 3 to 4 others; each sits out 1 to 3 times."),
    ],
)
def test_a_forecast_in_one_sentence(
    people: int, meets: tuple[int, int], sits_out: tuple[int, int], idle: tuple[int, ...], sentence: str
) -> None:
    assert met_words(Forecast(people, len(idle), meets, sits_out, idle, (), True)) == sentence
