"""The browser's copy of the language is the language."""

from pathlib import Path

import msgspec
import pytest
from msgspec import inspect

from rooms.language.commands import AttendeeCommand, OrganiserCommand
from rooms.language.javascript import js_type, render
from rooms.language.notices import Notice
from rooms.language.words import field_meanings, members

ROOT = Path(__file__).parents[3]


def test_the_committed_file_is_fresh() -> None:
    committed = (ROOT / "static/js/protocol.js").read_text(encoding="utf-8")

    assert committed == render(), "run: python -m server protocol"


@pytest.mark.parametrize(
    "struct", [*members(AttendeeCommand), *members(OrganiserCommand)], ids=lambda one: one.__name__
)
def test_every_command_has_a_builder(struct: type[msgspec.Struct]) -> None:
    name = struct.__name__[0].lower() + struct.__name__[1:]

    assert f"  {name}: (" in render()


@pytest.mark.parametrize("struct", members(Notice), ids=lambda one: one.__name__)
def test_every_notice_has_a_type(struct: type[msgspec.Struct]) -> None:
    assert f"@typedef {{object}} {struct.__name__}\n" in render()


@pytest.mark.parametrize(
    ("python", "written"),
    [
        (int, "number"),
        (str | None, "string|null"),
        (tuple[str, ...], "Array<string>"),
        (bool, "boolean"),
    ],
)
def test_types_are_written_as_jsdoc_has_them(python: object, written: str) -> None:
    assert js_type(inspect.type_info(python)) == written


def test_the_string_under_a_field_is_its_meaning() -> None:
    from rooms.language.cards import RoomView

    assert field_meanings(RoomView)["round"].startswith("Rounds held in this event so far")
