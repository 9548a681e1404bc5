"""vCards: what another program reads out of them is what we wrote in."""

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from server.files.calendars import calendar
from server.files.vcards import LINE_BYTES, folded, together, vcard

line = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=120).filter(str.strip)


@given(line, line, line)
def test_another_program_reads_what_we_wrote(name: str, note: str, other: str) -> None:
    text = vcard(name, {"email": "a@example.org", "other": other}, {"NOTE": note, "TITLE": ""})
    read = vobject.readOne(text)
    assert read.fn.value == name
    assert read.note.value == note
    assert read.email.value == "a@example.org"
    assert "title" not in read.contents


@given(st.text(max_size=300))
def test_no_text_begins_another_property(text: str) -> None:
    written = vcard(text, {"website": text, "phone": text}, {"NOTE": text})
    unfolded = written.replace("\r\n ", "")
    heads = [one.split(":", 1)[0] for one in unfolded.split("\r\n") if one]
    assert set(heads) <= {"BEGIN", "VERSION", "FN", "NOTE", "TEL", "URL", "END"}
    assert heads.count("BEGIN") == 1
    assert not any(character in unfolded.replace("\r\n", "") for character in "\r\n\0")


@given(st.text(st.characters(exclude_categories=["C"]), max_size=400))
def test_lines_are_folded_by_bytes_and_come_back(text: str) -> None:
    written = folded(text)
    assert all(len(one.encode()) <= LINE_BYTES for one in written.split("\r\n"))
    assert written.replace("\r\n ", "").removesuffix("\r\n") == text


def test_an_attack_in_a_name_stays_in_the_name() -> None:
    text = vcard("Eve\r\nEMAIL:eve@example.org\r\nEND:VCARD", {}, {})
    assert text.count("\r\n") == 4
    assert vobject.readOne(text).fn.value == "Eve\nEMAIL:eve@example.org\nEND:VCARD"


def test_several_cards_are_one_file() -> None:
    data = together(vcard(name, {}, {}) for name in ("Ana", "Ben"))
    assert [one.fn.value for one in vobject.readComponents(data.decode())] == ["Ana", "Ben"]


@pytest.mark.parametrize("name", ["Mixer", "A,b;c\\d", "Two\nlines\r\nATTENDEE:mailto:x@example.org"])
def test_a_calendar_entry_keeps_its_name(name: str) -> None:
    data = calendar("mixer-1", name, "https://rondo.example/e/mixer-1", 1_781_791_200_000, 4_800_000).decode()
    read = vobject.readOne(data)
    assert read.vevent.summary.value == name.replace("\r\n", "\n")
    assert "attendee" not in read.vevent.contents
    assert "DTSTART:20260618T140000Z" in data
    assert "DTEND:20260618T152000Z" in data
