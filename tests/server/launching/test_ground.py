"""What is made right before anything starts."""

import resource

import pytest

from server.launching import ground


def test_as_many_files_may_be_open_as_the_machine_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (1_024, 9_000))
    monkeypatch.setattr(resource, "setrlimit", lambda what, limits: asked.append((what, limits)))
    ground.raise_file_limit()
    assert asked == [(resource.RLIMIT_NOFILE, (9_000, 9_000))]
