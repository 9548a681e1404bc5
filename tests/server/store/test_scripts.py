"""Headers of Lua files are compared with the calls before anything runs."""

import pytest

from server.store.scripts import FOLDER, ScriptError, parse, script

LINES = 40


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.lua")), ids=lambda path: path.stem)
def test_each_file_has_a_header_and_one_purpose(path: object) -> None:
    name = str(path).rpartition("/")[2].removesuffix(".lua")
    text = (FOLDER / f"{name}.lua").read_text()
    assert parse(name, text).purpose
    assert len(text.splitlines()) <= LINES


def test_a_call_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ScriptError, match="lease_take"):
        script("lease_take", "lease", "owner lease_ms")
    with pytest.raises(ScriptError, match="lease_take"):
        script("lease_take", "lease head", "owner")


@pytest.mark.parametrize(
    "text",
    ["return 1", "-- Purpose.\n-- KEYS a\nreturn 1", "-- no full stop\n-- KEYS a\n-- ARGV b\n-- RETURNS 1\nreturn 1"],
)
def test_a_file_without_a_whole_header_is_refused(text: str) -> None:
    with pytest.raises(ScriptError):
        parse("broken", text)
