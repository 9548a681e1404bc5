"""What can be wrong on this machine."""

import os
import resource
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.launching.children import StartError
from server.launching.ground import prepare_folder
from server.settings import load
from server.upkeep import machine


def test_a_server_that_runs_is_known_by_its_lock(tmp_path: Path) -> None:
    assert not machine.runs_here(tmp_path)
    lock = prepare_folder(tmp_path)
    assert machine.runs_here(tmp_path)
    os.close(lock)
    assert not machine.runs_here(tmp_path)


def test_looking_does_not_keep_a_server_from_starting(tmp_path: Path) -> None:
    os.close(prepare_folder(tmp_path))
    machine.runs_here(tmp_path)
    os.close(prepare_folder(tmp_path))


def test_a_folder_that_can_be_written_or_made_is_good(tmp_path: Path) -> None:
    assert machine.folder(tmp_path).level == "ok"
    assert machine.folder(tmp_path / "not" / "yet").level == "ok"
    assert not (tmp_path / "not").exists()


def test_a_folder_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = machine.folder(tmp_path / "file" / "data")
    assert found.level == "wrong"
    assert "--data" in found.do


@pytest.mark.parametrize(("free_mib", "level"), [(100_000, "ok"), (500, "attention"), (10, "wrong")])
def test_a_full_disk_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_mib: int, level: str) -> None:
    usage = type(shutil.disk_usage(tmp_path))(0, 0, free_mib * machine.MIB)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert machine.space(tmp_path / "not yet").level == level


def test_a_port_is_free_taken_or_ours(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings = load({"RONDO_PORT": str(taken.getsockname()[1]), "RONDO_DATA": str(tmp_path)})
        assert machine.port(settings, running=False).level == "wrong"
        assert machine.port(settings, running=True).level == "ok"
    assert machine.port(settings, running=False).level == "ok"
    assert machine.port(load({"RONDO_HOST": "203.0.113.7"}), running=True).level == "wrong"


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let this machine allow so many open files."""

    def limit(most: int) -> None:
        monkeypatch.setattr(resource, "getrlimit", lambda _what: (1_024, most))

    return limit


@pytest.mark.parametrize(
    ("most", "workers", "attendees", "level"),
    [
        (1_024, 2, 500, "ok"),
        (1_024, 2, 1_000, "attention"),
        (1_024, 2, 10_000, "wrong"),
        (20_000, 1, 10_000, "ok"),
        (1_024, 4, 2_304, "ok"),
        (1_024, 4, 2_305, "attention"),
        (resource.RLIM_INFINITY, 1, 1_000_000, "ok"),
    ],
)
def test_the_others_must_have_room_when_a_worker_dies(
    limited: Callable[[int], None], most: int, workers: int, attendees: int, level: str
) -> None:
    limited(most)
    found = machine.files(workers, attendees)
    assert found.level == level
    if level != "ok":
        one_down = -(-attendees // max(1, workers - 1))
        assert f"{one_down + machine.OWN_FILES:,}" in found.do


@pytest.mark.parametrize(
    ("environ", "level"),
    [
        ({}, "ok"),
        ({"RONDO_PUBLIC_URL": "https://meet.example.org"}, "ok"),
        ({"RONDO_PUBLIC_URL": "http://meet.example.org"}, "attention"),
        ({"RONDO_HOST": "192.0.2.7"}, "attention"),
    ],
)
def test_plain_http_gives_no_camera(environ: dict[str, str], level: str) -> None:
    assert machine.address(load(environ)).level == level


def test_several_machines_need_one_secret() -> None:
    shared = {"RONDO_REDIS_URL": "redis://r", "RONDO_DATABASE_URL": "postgresql://d"}
    assert machine.secret(load({})).level == "ok"
    assert machine.secret(load(shared)).level == "attention"
    assert machine.secret(load({**shared, "RONDO_SECRET": "x" * 32})).level == "ok"


def test_a_public_event_wants_turn() -> None:
    public = {"RONDO_PUBLIC_URL": "https://meet.example.org"}
    assert machine.turn(load({})).level == "ok"
    assert machine.turn(load(public)).level == "attention"
    named = {"RONDO_TURN_URLS": "turn:t.example.org:3478", "RONDO_TURN_SECRET": "s"}
    assert machine.turn(load({**public, **named})).level == "ok"


def test_without_any_redis_there_is_one_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Any:
        raise StartError("There is no Redis.")

    assert machine.redis_program().level == "ok"
    monkeypatch.setattr(machine, "binary", none)
    assert machine.redis_program().level == "wrong"
