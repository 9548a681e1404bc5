"""Targets: each is about a figure that exists in words, and one that is broken is printed as falling short."""

from pathlib import Path

import pytest
from msgspec import ValidationError

from loadtests import command
from loadtests.measuring import budgets
from loadtests.measuring.budgets import Budget, judge
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.spread import Spread
from loadtests.scenarios.registry import SCENARIOS
from loadtests.scenarios.wish import Wish

LAST = Budget("arrivals.wait_last", "the last is in", most=1.5, of_floor=True)


def a_report(last: float, floor: float) -> Report:
    report = Report("arrivals", 100, 2)
    report.told("wait", "from asking to the picture", Spread.of([1.0, last]), Spread.of([1.0, floor]))
    return report


@pytest.mark.parametrize(
    ("last", "budget", "good"),
    [
        (15.0, LAST, True),
        (15.1, LAST, False),
        (15.1, Budget("arrivals.wait_last", "", most=16), True),
        (15.1, Budget("arrivals.wait_last", "", least=16), False),
    ],
)
def test_a_target_is_met_up_to_its_limit(last: float, budget: Budget, good: bool) -> None:
    (verdict,) = judge(a_report(last, 10.0), [budget])
    assert verdict.good is good


def test_nothing_is_said_about_what_was_not_measured() -> None:
    too_few = Budget("arrivals.wait_last", "", most=1, from_attendees=101)
    assert not judge(a_report(1, 1), [Budget("soak.growth", "", most=1), too_few])
    without = a_report(1, 1)
    without.add("lines", 1, "", "lines, which no floor has")
    assert not judge(without, [Budget("arrivals.lines", "", most=1, of_floor=True)])


def test_what_falls_short_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    async def slow(_: Wish, __: Screen) -> Report:
        return a_report(100, 10)

    monkeypatch.setitem(SCENARIOS, "arrivals", slow)
    monkeypatch.setattr(budgets, "read", lambda: [LAST])
    last_word = command.run("arrivals", ["--attendees", "100"])
    assert "falls short: the last is in: 10 of the floor, at most 1.5 of the floor" in capsys.readouterr().out
    assert last_word == "1 of the targets in budgets.toml fall short"


def test_every_target_belongs_to_a_scenario_and_has_one_limit() -> None:
    rows = budgets.read()
    assert {row.figure.partition(".")[0] for row in rows} <= set(SCENARIOS)
    assert all((row.most is None) != (row.least is None) for row in rows)
    assert len({row.figure for row in rows}) == len(rows)


def test_a_target_with_a_word_nobody_knows_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "budgets.toml"
    file.write_text('[[budget]]\nfigure = "a.b"\nwhat = ""\nmots = 1\n')
    with pytest.raises(ValidationError, match="mots"):
        budgets.read(file)


@pytest.mark.parametrize(
    "words", [["--attendees", "3"], ["--attendees", "10002"], ["--workers", "0"], ["--rounds", "31"]]
)
def test_what_cannot_be_measured_is_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.parse("arrivals", words)
