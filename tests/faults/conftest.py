"""Sizes, seeds and a server of one's own for tests that break things; what was measured is printed at the end."""

import json
import os
import random
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import free_port
from tests.journeys.venue import Venue, open_venue

pytest.register_assert_rewrite("tests.faults.crowd", "tests.faults.auditor", "tests.faults.guest")

MEASURED = pytest.StashKey[list[dict[str, Any]]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MEASURED] = []


BUSY = 3
"""The short form shares two cores with its own crowd: what is lost or double is judged as strictly, times are not."""


class Sizes:
    """How much of a fault is tried: a little in CI, all of the promise with `--long`."""

    def __init__(self, long: bool) -> None:
        self.long = long

    def __call__(self, short: int, long: int) -> int:
        """The number that counts now."""
        return long if self.long else short

    def limit(self, promised_s: float) -> float:
        """What a time may be: the promise with `--long`, which wants a machine of its own; in CI only its size."""
        return promised_s if self.long else promised_s * BUSY


class Measured:
    """What one test measured, printed when all tests are over."""

    def __init__(self, row: str, seed: int, rows: list[dict[str, Any]]) -> None:
        self._row = row
        self._seed = seed
        self._rows = rows

    def note(self, what: str, target: str, **numbers: float | str) -> None:
        """One line: what was measured, what was promised, the numbers."""
        load = os.getloadavg()[0]
        shown = {key: round(value, 3) if isinstance(value, float) else value for key, value in numbers.items()}
        self._rows.append({"row": self._row, "what": what, "target": target, **shown, "seed": self._seed, "load": load})

    def times(self, what: str, target: str, seconds: Sequence[float]) -> None:
        """The same for a number of times."""
        ordered = sorted(seconds)
        assert ordered, f"nothing was measured: {what}"
        found = {f"p{part}": percentile(ordered, part) for part in (50, 95, 99)}
        self.note(what, target, n=len(ordered), **found, max=ordered[-1])


def percentile(seconds: Sequence[float], part: int) -> float:
    """The time within which so many of a hundred were done."""
    ordered = sorted(seconds)
    return ordered[max(0, -(-len(ordered) * part // 100) - 1)]


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    """The chance of this run."""
    given = request.config.getoption("--faults-seed")
    return int(given) if given is not None else time.time_ns() % 1_000_000


@pytest.fixture
def chance(seed: int, request: pytest.FixtureRequest) -> random.Random:
    """Chance of one test: the same for the same seed, in whatever order tests run."""
    return random.Random(f"{seed} {request.node.name}")


@pytest.fixture
def sizes(request: pytest.FixtureRequest) -> Sizes:
    """How much is tried."""
    return Sizes(request.config.getoption("--long"))


@pytest.fixture
def measured(seed: int, request: pytest.FixtureRequest) -> Measured:
    """Where numbers go."""
    row = request.path.stem.split("_")[1].upper()
    return Measured(row, seed, request.config.stash[MEASURED])


@pytest.fixture(scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Venue]:
    """Two workers with a database and a Redis of their own, hurt and healed by one test after the other."""
    data: Path = tmp_path_factory.mktemp("faults")
    async with open_venue(data, free_port(), "--no-demo") as venue:
        yield venue


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    rows = config.stash[MEASURED]
    if not rows:
        return
    size = "long" if config.getoption("--long") else "short; --long tries all of it"
    terminalreporter.section(f"faults, measured ({size})")
    for row in sorted(rows, key=lambda row: (int(row["row"][1:]), row["what"])):
        numbers = ", ".join(f"{key} {value}" for key, value in row.items() if key not in ("row", "what", "target"))
        terminalreporter.line(f"{row['row']} {row['what']}: {numbers} (promised: {row['target']})")
    if file := config.getoption("--faults-json"):
        Path(file).write_text(json.dumps(rows, indent=1) + "\n")
