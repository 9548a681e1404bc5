"""`./go load SCENARIO`: the options, running one scenario or all, and where the results go."""

import argparse
import json
from pathlib import Path

import uvloop

from loadtests.measuring import budgets
from loadtests.measuring.gauges import load
from loadtests.measuring.pages import page
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.scenarios.registry import SCENARIOS
from loadtests.scenarios.wish import Wish

ALL = "all"
MOST = 10_000
"""What one event is built to hold, and what one client process has descriptors for."""


def run(name: str, arguments: list[str]) -> str:
    """Run a scenario, or all; the tables are printed as they come, what is returned is the last word."""
    options = parse(name, arguments)
    wish = Wish(options.attendees, options.workers, options.rounds, options.minutes)
    screen, reports, short = Screen(), list[Report](), 0
    targets = budgets.read()
    for each in SCENARIOS if name == ALL else (name,):
        screen.say(f"{each}: {wish.attendees:,} attendees, {wish.workers} workers, load {load()}")
        report = outcome(each, wish, screen)
        report.load_after = load()
        reports.append(report)
        verdicts = budgets.judge(report, targets)
        screen.show(report, verdicts)
        short += sum(not verdict.good for verdict in verdicts)
        write(reports, options.json, options.html)
    short += sum(report.find(f"{report.scenario}.unfinished") is not None for report in reports)
    return f"{short} of the targets in budgets.toml fall short" if short else "nothing that was measured falls short"


def outcome(name: str, wish: Wish, screen: Screen) -> Report:
    """What a scenario reports; of one that does not come to its end, why."""
    try:
        return uvloop.run(SCENARIOS[name](wish, screen))
    except Exception as error:
        report = Report(name, wish.attendees, wish.workers)
        report.add("unfinished", 1, "", "did not come to its end")
        report.notes += reasons(error)
        return report


def reasons(error: BaseException) -> list[str]:
    """The sentences at the bottom of a group of errors, with what was noted beside them."""
    notes = getattr(error, "__notes__", ())
    if isinstance(error, BaseExceptionGroup):
        return [*(line for one in error.exceptions for line in reasons(one)), *notes]
    return [f"{type(error).__name__}: {error}", *notes]


def parse(name: str, arguments: list[str]) -> argparse.Namespace:
    """The options of a scenario; ends the program with a sentence when one is wrong."""
    parser = argparse.ArgumentParser(prog=f"./go load {name}")
    parser.add_argument("--attendees", type=_people, default=1_000, help="how many (1,000)")
    parser.add_argument("--workers", type=_some, default=2, help="worker processes of the server (2)")
    parser.add_argument("--rounds", type=_some, default=0, help="rounds of the largest size, where there are rounds")
    parser.add_argument("--minutes", type=float, default=0.0, help="how long a soak lasts")
    parser.add_argument("--json", type=Path, help="write the reports to this file")
    parser.add_argument("--html", type=Path, help="write a page with plots to this file; it opens offline")
    return parser.parse_args(arguments)


def write(reports: list[Report], json_file: Path | None, html_file: Path | None) -> None:
    """Write what there is so far, so that a long run that breaks leaves its first results."""
    if json_file is not None:
        json_file.write_text(json.dumps([report.plain() for report in reports], indent=1) + "\n")
    if html_file is not None:
        html_file.write_text(page(reports, budgets.read()))


def _people(text: str) -> int:
    number = int(text)
    if not 4 <= number <= MOST or number % 2:
        raise argparse.ArgumentTypeError(f"must be an even number from 4 to {MOST:,}")
    return number


def _some(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 30:
        raise argparse.ArgumentTypeError("must be from 1 to 30")
    return number
