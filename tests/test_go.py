"""The one door says what it can do, and says clearly when it cannot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def go(*arguments: str, python: str = sys.executable, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, str(ROOT / "go"), *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, **changes},
        check=False,
    )


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",), ("-h",)])
def test_help_names_every_verb(arguments: tuple[str, ...]) -> None:
    outcome = go(*arguments)
    assert outcome.returncode == 0
    assert all(f"\n  {verb} " in outcome.stdout for verb in ("run", "test", "check", "protocol", "help"))


@pytest.mark.parametrize("verb", ["nonsense", "--run", "Run"])
def test_an_unknown_verb_shows_the_usage_and_ends_in_two(verb: str) -> None:
    outcome = go(verb)
    assert outcome.returncode == 2
    assert f"./go knows no verb {verb!r}" in outcome.stderr
    assert "usage: ./go" in outcome.stderr


def test_check_refuses_what_it_does_not_know() -> None:
    outcome = go("check", "--quick")
    assert outcome.returncode == 2
    assert outcome.stderr.splitlines()[-1] == "rondo: check takes nothing but --fix"


@pytest.mark.parametrize(("version", "have"), [((3, 9), "3.9"), ((3, 10), "3.10"), ((3, 15), "3.15")])
def test_a_python_that_does_not_fit_is_one_clear_line(version: tuple[int, int], have: str) -> None:
    program = (
        f"import sys; sys.version_info = {version!r} + (0,); sys.argv = ['go', 'run']; go = open({str(ROOT / 'go')!r})"
    )
    program += f"; exec(compile(go.read(), 'go', 'exec'), {{'__name__': '__main__', '__file__': {str(ROOT / 'go')!r}}})"
    outcome = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False)
    assert outcome.returncode == 2
    assert outcome.stderr.startswith(f"rondo: this is Python {have}, Rondo needs 3.11 to 3.14")
    assert len(outcome.stderr.splitlines()) == 1


def test_the_oldest_and_newest_python_are_those_of_the_project() -> None:
    assert 'requires-python = ">=3.11,<3.15"' in (ROOT / "pyproject.toml").read_text()
    assert "OLDEST, TOO_NEW = (3, 11), (3, 15)" in (ROOT / "go").read_text()
