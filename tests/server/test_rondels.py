"""Rondels: the same drawing for the same person, here and in the browser."""

import pytest

from server.rondels import fnv1a, hue, initials, rondel


@pytest.mark.parametrize(("text", "value"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_the_hash_is_fnv1a_as_published(text: str, value: int) -> None:
    assert fnv1a(text) == value


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Priya Raman", "PR"),
        ("Noor", "N"),
        ("  Ana  de la  Cruz ", "AC"),
        ("Siobhán Ó Dálaigh", "SD"),
        ("李 小龍", "李小"),
        ("", ""),
    ],
)
def test_initials_are_of_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_team_has_one_hue_and_a_person_without_team_their_own() -> None:
    assert rondel("a1", "A", "Design").hue == rondel("b2", "B", "Design").hue == hue("Design")
    assert rondel("a1", "A").hue == hue("a1")
    assert all(1 <= hue(str(number)) <= 8 for number in range(50))


def test_the_same_person_is_always_drawn_the_same() -> None:
    assert rondel("r-1", "A B") == rondel("r-1", "A B")
    assert rondel("r-1", "A B").outer != rondel("r-2", "A B").outer
    assert rondel("r-1", "A B").outer.count("A46 46") == 2
