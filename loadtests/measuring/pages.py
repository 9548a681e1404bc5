"""A page of the reports that opens offline: tables, and plots drawn into it as SVG."""

import io
from collections.abc import Sequence
from html import escape

from matplotlib.figure import Figure as Drawing

from loadtests.measuring.budgets import Budget, judge
from loadtests.measuring.report import Curve, Report
from loadtests.measuring.screen import row
from loadtests.measuring.spread import Spread

HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Rondo under load</title><style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; } th, td { padding: .15rem .8rem; border-bottom: 1px solid #ddd; text-align: right; }
th:first-child, td:first-child { text-align: left; } .short { color: #a40000; } svg { max-width: 100%; height: auto; }
</style></head><body><h1>Rondo under load</h1>
"""
INCHES = (8.0, 3.6)


def page(reports: Sequence[Report], budgets: Sequence[Budget]) -> str:
    """The whole page."""
    return HEAD + "".join(_section(report, budgets) for report in reports) + "</body></html>\n"


def _section(report: Report, budgets: Sequence[Budget]) -> str:
    head = f"{report.scenario}: {report.attendees:,} attendees, {report.workers} workers"
    where = f"{report.at} · {report.machine} · load {report.load_before} before, {report.load_after} after"
    cells = "".join(_row(("td", *row(figure))) for figure in report.figures)
    judged = judge(report, budgets)
    verdicts = "".join(
        f'<p class="{"good" if verdict.good else "short"}">{escape(verdict.sentence)}</p>' for verdict in judged
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in report.notes)
    frames = "".join(_row(("td", kind, f"{count:,}", f"{size:,}")) for kind, (count, size) in report.frames.items())
    return (
        f"<h2>{escape(head)}</h2><p>{escape(where)}</p>"
        f"<table>{_row(('th', 'what', 'value', 'unit', 'floor', 'ratio'))}{cells}</table>"
        f"{verdicts}<ul>{notes}</ul>{''.join(_plots(report))}"
        f"<details><summary>What attendees were sent</summary>"
        f"<table>{_row(('th', 'notice', 'frames', 'bytes'))}{frames}</table></details>"
    )


def _row(cells: tuple[str, ...]) -> str:
    tag, *texts = cells
    return "<tr>" + "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts) + "</tr>"


def _plots(report: Report) -> list[str]:
    found = [_spreads(report.spreads)] if report.spreads else []
    axes = dict.fromkeys((curve.x, curve.y) for curve in report.curves)
    return found + [_curves([curve for curve in report.curves if (curve.x, curve.y) == axis]) for axis in axes]


def _spreads(spreads: dict[str, Spread]) -> str:
    """Which share of people had it by when."""
    drawing = Drawing(figsize=INCHES, layout="constrained")
    axes = drawing.subplots()
    for name, spread in spreads.items():
        last = max(1, len(spread.curve) - 1)
        axes.plot(spread.curve, [100 * step / last for step in range(len(spread.curve))], label=name)
    axes.set(xlabel="ms", ylabel="% of all")
    axes.legend(fontsize="small")
    return _svg(drawing)


def _curves(curves: list[Curve]) -> str:
    """Curves with the same axes, in one picture."""
    drawing = Drawing(figsize=INCHES, layout="constrained")
    axes = drawing.subplots()
    for curve in curves:
        axes.plot(*zip(*curve.points, strict=True), marker="o", markersize=3, label=curve.title)
    axes.set(xlabel=curves[0].x, ylabel=curves[0].y)
    axes.set_ylim(bottom=0)
    axes.legend(fontsize="small")
    return _svg(drawing)


def _svg(drawing: Drawing) -> str:
    """The drawing as an element; without the head of a file of its own."""
    text = io.StringIO()
    drawing.savefig(text, format="svg")
    return "<svg" + text.getvalue().partition("<svg")[2]
