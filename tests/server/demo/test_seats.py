"""Simulated attendees find their seats again."""

from pathlib import Path

import pytest

from rooms.language.ids import EventId
from server.demo.seats import Seats

DEMO, OTHER = EventId("demo-1"), EventId("demo-2")


def test_a_seat_is_found_again_after_a_restart(tmp_path: Path) -> None:
    Seats(tmp_path / "seats.json", DEMO).keep("amara", "secret")
    assert Seats(tmp_path / "seats.json", DEMO).token("amara") == "secret"
    assert Seats(tmp_path / "seats.json", DEMO).token("mateo") is None


def test_seats_of_another_event_are_not_ours(tmp_path: Path) -> None:
    Seats(tmp_path / "seats.json", DEMO).keep("amara", "secret")
    assert Seats(tmp_path / "seats.json", OTHER).token("amara") is None


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    Seats(tmp_path / "seats.json", DEMO).keep("amara", "secret")
    assert (tmp_path / "seats.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "nonsense", "[]", '{"demo-1": 3}'])
def test_a_spoilt_file_is_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "seats.json").write_text(content)
    assert Seats(tmp_path / "seats.json", DEMO).token("amara") is None
