"""An organiser's file: read as a whole, or one sentence for everything that is wrong."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.files import rosters
from server.files.rosters import ROSTER_BYTES
from server.files.tables import bare

FILE = (
    "Name,E-mail,Team,Role,Interests,Group tags\nZoë Ångström,zoe@example.org,Field ops,mentor,tea; choir,new|north\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_file_of_any_program_is_read(encoding: str, delimiter: str, line_end: str) -> None:
    text = FILE.replace("tea; choir", "tea|choir").replace(",", delimiter).replace("\n", line_end)
    found = rosters.read(text.encode(encoding))
    assert found.problems == ()
    [person] = found.people
    assert (person.name, person.email, person.team) == ("Zoë Ångström", "zoe@example.org", "Field ops")
    assert (person.role, person.interests, person.groups) == ("mentor", ("tea", "choir"), ("new", "north"))
    assert person.source == "import"


WRONG = [
    (b"", 0, "", "empty"),
    (b"name\n", 0, "", "nobody"),
    (b"name\n\n  \n", 0, "", "nobody"),
    (b"e-mail,team\na@example.org,x\n", 0, "", "column called"),
    (b"name,Name\na,b\n", 0, "", "Two columns"),
    (b"\x81\x8d\n", 0, "", "characters"),
    (b"name\n\0\0\n", 0, "", "column called"),
    (b"\xff\xfen\x00a\x00m", 0, "", "characters"),
    (b'name\n"Ana\n', 0, "", "quotation"),
    (b'name\n"Ana" x\n', 0, "", "quotation"),
    (b"name\n" + b"x" * ROSTER_BYTES, 0, "", "10 MB"),
    (b"name,email\n,a@example.org\n", 2, "name", "no name"),
    (b"name\n" + b"x" * 81, 2, "name", "80"),
    (b"name,team\nAna," + b"x" * 121, 2, "team", "120"),
    (b"name,role\nAna," + b"x" * 41, 2, "role", "40"),
    (b"name,email\nAna,ana\n", 2, "email", "not an e-mail"),
    (b"name,email\nAna,a b@example.org\n", 2, "email", "not an e-mail"),
    (b"name,email\nAna," + b"a" * 250 + b"@example.org\n", 2, "email", "254"),
    (b"name,email\nAna,a@example.org\nBen,A@Example.org\n", 3, "email", "row 2"),
    (b"name,interests\nAna," + b";".join(b"%d" % n for n in range(13)), 2, "interests", "At most 12"),
]


@pytest.mark.parametrize(("data", "row", "column", "words"), WRONG)
def test_what_is_wrong_is_said_and_nobody_is_taken(data: bytes, row: int, column: str, words: str) -> None:
    found = rosters.read(data)
    assert found.people == ()
    assert (found.problems[0].row, found.problems[0].column) == (row, column)
    assert words in found.problems[0].sentence


def test_every_wrong_row_is_named() -> None:
    found = rosters.read(b"name,email\n,x\nAna,a@example.org\n,\nBen,ben\n")
    assert [(one.row, one.column) for one in found.problems] == [(2, "name"), (2, "email"), (5, "email")]


def test_columns_we_do_not_know_are_named() -> None:
    assert rosters.read(b"name,phone,\nAna,1,\n").unused == ("phone",)


def test_too_many_people_are_refused() -> None:
    found = rosters.read(b"name\n" + b"A\n" * 10_001)
    assert found.people == ()
    assert "10000" in found.problems[0].sentence


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    found = rosters.read(data)
    assert not (found.people and found.problems)
    assert found.people or found.problems


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_names_come_through_as_they_were_written(people: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("name", "team"), *people])
    found = rosters.read(out.getvalue().encode())
    if not found.problems:
        assert [bare(name) for name, _ in people] == [person.name for person in found.people]
