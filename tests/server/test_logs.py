"""The log says facts and nothing about persons: every call in the code, every error, every library."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from server.logs import BEGINNING, FIELDS, describe, scrub, without_personal_data
from server.store.client import StoreAwayError

ROOT = Path(__file__).parent.parent.parent
SAYING = {f"log.{level}" for level in ("debug", "info", "warning", "error", "exception", "critical")}


def test_what_is_not_named_is_blanked() -> None:
    fields = {"name": "Ada Lovelace", "card": "Ada", "anything": "Ada", "event_id": "mixer-7k2p", "event": "came in"}
    shown = without_personal_data(None, "info", fields)
    assert "Ada" not in str(shown)
    assert shown["event_id"] == "mixer-7k2p"
    assert shown["event"] == "came in"


def calls() -> list[tuple[str, ast.Call, ast.Module]]:
    """Every call of a logger in the server, with its place."""
    found = []
    for path in sorted((ROOT / "server").rglob("*.py")):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in SAYING:
                found.append((f"{path.relative_to(ROOT)}:{node.lineno}", node, tree))
    return found


def keys(node: ast.Call, tree: ast.Module) -> set[str]:
    """The fields of a call; those of `**told` stand in a dictionary of that name."""
    named = {keyword.arg for keyword in node.keywords if keyword.arg}
    for spread in (keyword.value for keyword in node.keywords if not keyword.arg):
        assert isinstance(spread, ast.Name)
        for one in ast.walk(tree):
            if isinstance(one, ast.Assign) and [ast.unparse(to) for to in one.targets] == [spread.id]:
                assert isinstance(one.value, ast.Dict)
                named |= {ast.literal_eval(key) for key in one.value.keys if key}
    return named - {"exc_info"}


def test_every_call_says_a_fixed_sentence_and_fields_that_are_named() -> None:
    assert len(calls()) > 30
    for place, node, tree in calls():
        assert len(node.args) == 1, place
        assert isinstance(node.args[0], ast.Constant), place
        assert keys(node, tree) <= FIELDS.keys(), place


def test_every_field_is_used_and_none_twice() -> None:
    used = set().union(*(keys(node, tree) for _, node, tree in calls()))
    assert FIELDS.keys() - used == {"logger"}
    assert not FIELDS.keys() & BEGINNING


@pytest.mark.parametrize(
    "said",
    [
        "ada@example.org",
        "Key (email)=(ada@example.org) already exists",
        "192.0.2.7",
        "connecting to 192.0.2.7:6379",
        "2001:db8::7",
        "[2001:db8:0:1:1:1:1:1]:443",
        "::ffff:192.0.2.7",
    ],
)
def test_addresses_are_blanked_wherever_they_stand(said: str) -> None:
    told = scrub(f"somebody said {said}.")
    assert not re.search(r"ada|192|2001|db8|ffff", told)


def test_a_time_and_a_place_in_the_code_are_no_addresses() -> None:
    for text in ("2026-11-21T18:13:20.840042Z", "server/relay/line.py:131 _tell", "7.2.15", "std::move"):
        assert scrub(text) == text


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    def fails() -> None:
        raise error from cause

    with pytest.raises(type(error)) as caught:
        fails()
    return caught.value


def test_an_error_is_told_by_kind_and_way_and_by_our_own_words_alone() -> None:
    told = describe(raised(StoreAwayError("did not answer"), raised(KeyError("Ada Lovelace"))))
    assert re.fullmatch(
        r"Traceback: (tests/server/test_logs.py:\d+ \w+ > ){2}StoreAwayError: did not answer"
        r" from (tests/server/test_logs.py:\d+ \w+ > ){2}KeyError",
        told,
    )


def test_an_error_of_the_system_says_what_the_system_says() -> None:
    assert describe(OSError(28, "No space left on device", "/home/ada")).endswith("OSError: No space left on device")


def test_of_many_errors_at_once_the_first_is_told() -> None:
    told = describe(ExceptionGroup("Ada", [ExceptionGroup("Ada", [ValueError("Ada")]), TypeError("Ada")]))
    assert told == "Traceback: ExceptionGroup from ExceptionGroup from ValueError"


def test_a_way_without_end_is_cut() -> None:
    def deeper() -> None:
        deeper()

    with pytest.raises(RecursionError) as caught:
        deeper()
    assert describe(caught.value).count(" > ") == 20


LIBRARY = """
import asyncio, logging
from server import logs

class Stubborn(Exception): pass

async def main():
    async def fails():
        raise ValueError("canary one")
    task = asyncio.ensure_future(fails())
    await asyncio.wait([task])
    del task

logs.set_up("debug", worker="w1")
asyncio.run(main())
logging.getLogger("uvicorn.error").warning("%s said canary@example.org", "canary two")
logging.getLogger("uvicorn.access").info("GET /canary")
logging.getLogger("anybody").error("first line\\ncanary three")
try:
    raise Stubborn("canary four")
except Stubborn:
    logging.getLogger("anybody").exception("it broke")
"""


def test_what_libraries_say_becomes_one_line_each_without_what_they_filled_in() -> None:
    command = [sys.executable, "-c", LIBRARY]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr
    lines = said.splitlines()
    assert "canary" not in said
    assert len(lines) == 4
    assert all(line.startswith("timestamp=") and " worker=w1" in line for line in lines)
    assert "logger=asyncio" in lines[0]
    assert "ValueError" in lines[0]
    assert "Stubborn" in lines[3]
