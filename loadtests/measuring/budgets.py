"""The targets of budgets.toml, and which of them a report falls short of."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from loadtests.measuring.report import Report

FILE = Path(__file__).parent.parent / "budgets.toml"


class Budget(Struct, frozen=True, forbid_unknown_fields=True):
    """One target."""

    figure: str
    """`scenario.name`, as reports name it."""
    what: str
    most: float | None = None
    least: float | None = None
    of_floor: bool = False
    """Whether it is about the ratio to the floor and not about the value."""
    from_attendees: int = 0
    """With fewer people than this the figure says nothing: what is there in any case would be divided among too few."""
    stretch: float | None = None


class Verdict(Struct, frozen=True):
    """One target beside what was measured."""

    budget: Budget
    value: float
    good: bool

    @property
    def sentence(self) -> str:
        """For people."""
        budget = self.budget
        limit = f"at most {budget.most:g}" if budget.most is not None else f"at least {budget.least:g}"
        kind = " of the floor" if budget.of_floor else ""
        word = "good:       " if self.good else "falls short:"
        return f"{word} {budget.what}: {self.value:.4g}{kind}, {limit}{kind} is the target ({budget.figure})"


def read(file: Path = FILE) -> list[Budget]:
    """All targets.

    Raises:
        msgspec.ValidationError: a row is not one.
    """
    return msgspec.convert(tomllib.loads(file.read_text())["budget"], list[Budget])


def judge(report: Report, budgets: Sequence[Budget]) -> list[Verdict]:
    """Each target that this report has something to say about."""
    found: list[Verdict] = []
    for budget in budgets:
        figure = report.find(budget.figure)
        if figure is None or report.attendees < budget.from_attendees:
            continue
        value = figure.ratio if budget.of_floor else figure.value
        if value is not None:
            found.append(Verdict(budget, value, _within(budget, value)))
    return found


def _within(budget: Budget, value: float) -> bool:
    return (budget.most is None or value <= budget.most) and (budget.least is None or value >= budget.least)
