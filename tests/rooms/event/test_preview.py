"""What the agenda builder says below the agenda."""

import pytest

from rooms.event import preview
from rooms.language.agenda import BreakSegment, ClosingSegment, LobbySegment, RoundsSegment, Segment

TEN = (RoundsSegment(rounds=10, length_s=240, changeover_s=12), LobbySegment(length_s=600))


def test_the_sentence_says_what_everybody_gets() -> None:
    agenda = (RoundsSegment(rounds=10, length_s=240, changeover_s=10), BreakSegment(length_s=620))

    assert preview(agenda, 48).sentence == (
        "With 48 people: 10 rounds × 4 min = 52 min. Everyone meets 10 different people."
    )


@pytest.mark.parametrize(
    ("people", "least", "most"), [(0, 0, 0), (1, 0, 0), (2, 1, 1), (3, 2, 2), (4, 3, 3), (11, 10, 10), (48, 10, 10)]
)
def test_nobody_can_meet_more_people_than_there_are(people: int, least: int, most: int) -> None:
    numbers = preview(TEN, people)

    assert (numbers.meets_least, numbers.meets_most) == (least, most)


@pytest.mark.parametrize(
    ("agenda", "people", "sentence"),
    [
        ((), 10, "0 min without a round."),
        (TEN, 1, "It takes two people to meet."),
        (
            (RoundsSegment(rounds=1, length_s=45, changeover_s=15),),
            2,
            "1 round × 45 s = 1 min. Everyone meets one person.",
        ),
        (
            (RoundsSegment(rounds=3, length_s=90, changeover_s=10),),
            4,
            "3 rounds × 1:30 min = 5 min. Everyone meets all 3 others.",
        ),
        (
            (RoundsSegment(rounds=3, length_s=60, changeover_s=10),),
            9,
            "3 rounds × 1 min = 4 min. Everyone meets 3 to 6 different people.",
        ),
    ],
)
def test_sentences_for_all_kinds_of_agendas(agenda: tuple[Segment, ...], people: int, sentence: str) -> None:
    assert preview(agenda, people).sentence.endswith(sentence)


def test_numbers_add_up() -> None:
    rounds = RoundsSegment(rounds=4, length_s=180, changeover_s=15, odd="sit_out")
    numbers = preview((LobbySegment(length_s=600), rounds, ClosingSegment(length_s=300)), 7)

    assert (numbers.rounds, numbers.talking_minutes, numbers.changeover_minutes) == (4, 12, 1)
    assert (numbers.break_minutes, numbers.minutes) == (15, 28)
    assert numbers.sit_outs == 4
    assert (numbers.meets_least, numbers.meets_most) == (3, 4)


def test_groups_count_everybody_in_the_room() -> None:
    numbers = preview((RoundsSegment(rounds=2, size=4, length_s=600),), 16)

    assert (numbers.meets_least, numbers.meets_most) == (6, 6)
