"""`python -m server check` as anybody runs it."""

import json
import resource
import socket
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from server.__main__ import main
from server.settings import SETTINGS


def run(folder: Path, *words: str) -> tuple[int, str]:
    environ = {"RONDO_DATA": str(folder), "RONDO_PORT": str(a_free_port())}
    outcome = CliRunner(env=environ).invoke(main, ["check", *words])
    return outcome.exit_code, outcome.output


def a_free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def rows(output: str) -> dict[str, Any]:
    return {row["what"]: row for row in json.loads(output)}


def test_a_machine_that_is_fit_is_code_0(tmp_path: Path) -> None:
    code, said = run(tmp_path, "--attendees", "10")
    assert code == 0
    assert said.endswith("All is well.\n")
    assert all(line.startswith("ok ") for line in said.splitlines()[:-2])


def test_what_is_wrong_is_code_1_and_says_what_to_do(tmp_path: Path) -> None:
    code, said = run(tmp_path, "--redis-url", "redis://127.0.0.1:1", "--json")
    assert code == 1
    assert rows(said)["redis"]["level"] == "wrong"
    assert all(row["do"] for row in json.loads(said) if row["level"] != "ok")


def test_a_wrong_setting_is_the_only_row(tmp_path: Path) -> None:
    code, said = run(tmp_path, "--port", "eighty", "--json")
    assert code == 1
    assert list(rows(said)) == ["settings"]
    assert "RONDO_PORT" in rows(said)["settings"]["said"]


def test_more_people_than_files_are_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (1_024, 1_024))
    assert run(tmp_path, "--workers", "1", "--attendees", "700")[0] == 0
    code, said = run(tmp_path, "--workers", "1", "--attendees", "800", "--json")
    assert code == 1
    assert rows(said)["open files"]["level"] == "wrong"


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    run(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_it_takes_every_setting_as_a_flag() -> None:
    said = CliRunner().invoke(main, ["check", "--help"]).output
    assert [row.flag for row in SETTINGS if row.flag not in said] == []
