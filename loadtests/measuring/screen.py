"""What the person at the terminal sees while a run goes on, and the tables at its end."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from loadtests.measuring.budgets import Verdict
from loadtests.measuring.report import Figure, Report
from server.lifetimes import beside

COLUMNS = 120
"""A table needs so many, also where the terminal is a pipe."""
LOOK_S = 0.25
"""How often a bar is drawn: a run must not be slowed down by being watched."""


class Screen:
    """Bars on standard error, tables on standard output."""

    def __init__(self, *, live: bool = True) -> None:
        self._bars = Console(stderr=True, quiet=not live)
        self._tables = Console(width=max(COLUMNS, Console().width))

    def say(self, words: str) -> None:
        """A line for whoever waits."""
        self._bars.print(words, highlight=False)

    @asynccontextmanager
    async def bar(self, words: str, total: int, count: Callable[[], float]) -> AsyncIterator[None]:
        """Show how far something is while the body runs."""
        columns = (TextColumn("{task.description:38}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._bars, auto_refresh=False) as progress:
            task = progress.add_task(words, total=total)

            def draw() -> None:
                progress.update(task, completed=count())
                progress.refresh()

            async with beside(_again_and_again(draw)):
                yield
            draw()

    def show(self, report: Report, verdicts: Iterable[Verdict]) -> None:
        """The figures of a report, its notes, and what falls short."""
        title = f"{report.scenario}: {report.attendees:,} attendees, {report.workers} workers"
        table = Table("what", "value", "unit", "floor", "ratio", title=title, title_justify="left")
        for figure in report.figures:
            table.add_row(*row(figure))
        self._tables.print(table)
        self._tables.print(f"{report.at}, load {report.load_before} before, {report.load_after} after", highlight=False)
        for note in report.notes:
            self._tables.print(f"note: {note}", highlight=False, markup=False)
        for verdict in verdicts:
            self._tables.print(verdict.sentence, highlight=False, markup=False, soft_wrap=True)


def row(figure: Figure) -> tuple[str, str, str, str, str]:
    """One line of the table."""
    ratio = figure.ratio
    floor = "" if figure.floor is None else number(figure.floor)
    return figure.what, number(figure.value), figure.unit, floor, "" if ratio is None else f"{ratio:.2f}"


def number(value: float) -> str:
    """With as many places as mean something."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" if value else "0"


async def _again_and_again(draw: Callable[[], None]) -> None:
    while True:
        draw()
        await asyncio.sleep(LOOK_S)
