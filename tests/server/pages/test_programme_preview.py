"""What a programme means: times, words, one round as a drawing."""

import pytest

from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from server.pages.programme_forms import parts_of
from server.pages.programme_preview import about, meaning, rooms_of, timetable, wheel
from server.times import instant

AT = instant("2026-06-18", "16:00", "Europe/Lisbon")


def test_times_reflow_from_part_to_part() -> None:
    agenda = (LobbySegment(length_s=360), RoundsSegment(rounds=2, length_s=240, changeover_s=30), ClosingSegment())
    table = timetable(parts_of(agenda), AT, "Europe/Lisbon")
    assert [row["words"][:5] for row in table["rows"]] == ["16:00", "16:06", "16:15"]
    assert [row["length"] for row in table["rows"]] == ["6 min", "9 min", "5 min"]
    assert table["span"] == "16:00–16:20"
    assert sum(row["share"] for row in table["rows"]) == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("people", [2, 3, 5, 24, 47, 48, 200])
@pytest.mark.parametrize("size", [2, 3, 4])
def test_in_the_drawing_everybody_has_one_room(people: int, size: int) -> None:
    rooms = rooms_of(people, RoundsSegment(size=size))
    assert sorted(seat for room in rooms for seat in room) == list(range(people))
    assert all(2 <= len(room) <= size + 1 for room in rooms)


def test_a_drawing_without_rounds_has_no_lines() -> None:
    assert wheel(10, None)["lines"] == []
    assert len(wheel(500, RoundsSegment())["dots"]) == 60


@pytest.mark.parametrize(
    ("agenda", "people", "bad"),
    [
        ((LobbySegment(),), 10, ["Nobody meets anybody yet"]),
        ((RoundsSegment(rounds=3), ClosingSegment()), 10, []),
        ((RoundsSegment(rounds=9), ClosingSegment()), 6, ["Some people meet twice"]),
        ((RoundsSegment(rounds=3),), 10, ["There is no wrap-up"]),
        ((RoundsSegment(rounds=3, odd="sit_out"), ClosingSegment()), 11, ["Somebody rests 3 times in all"]),
        ((RoundsSegment(rounds=1, odd="sit_out"), ClosingSegment()), 11, ["Somebody rests once"]),
    ],
)
def test_what_to_think_about_is_said(
    agenda: tuple[LobbySegment | RoundsSegment | ClosingSegment, ...], people: int, bad: list[str]
) -> None:
    found = [words for good, words in meaning(agenda, people, None)["checks"] if not good]
    assert len(found) == len(bad)
    assert all(words.startswith(start) for words, start in zip(found, bad, strict=True))


def test_the_numbers_of_the_sentence_are_marked() -> None:
    found = meaning((RoundsSegment(rounds=10), ClosingSegment()), 48, None)
    marked = [text for text, is_marked in found["pieces"] if is_marked]
    assert marked[-1] == "10 different people"
    assert marked[0].endswith(" min")
    assert "".join(text for text, _ in found["pieces"]) == found["sentence"]


@pytest.mark.parametrize(
    ("length_ms", "words"), [(610_000, "10 min"), (600_000, "10 min"), (90_000, "1.5 min"), (30_000, "0.5 min")]
)
def test_a_length_is_told_as_finely_as_it_matters(length_ms: int, words: str) -> None:
    assert about(length_ms) == words
