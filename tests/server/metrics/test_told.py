"""What is told of the numbers is what there is: the dashboard, the alerts and the tables of docs/operate.md."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.logs import FIELDS
from server.metrics.measures import TABLE, table

DOCS = Path(__file__).parent.parent.parent.parent / "docs"
OPERATE = (DOCS / "operate.md").read_text()
ROWS = {row.name: row for row in TABLE}
NAME = re.compile(r"\b(?:rondo|process)_[a-z_]+[a-z]\b")
LABELS_OF_ALL = {"worker", "instance", "le"}


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DOCS / "grafana.json").read_text())["panels"]
    return found


def questions() -> list[str]:
    return [target["expr"] for panel in panels() for target in panel.get("targets", [])]


def row_of(name: str) -> str:
    """The row that a name in a question belongs to: a histogram has three kinds of samples."""
    base = re.sub(r"_(bucket|count|sum)$", "", name)
    return base if base in ROWS and ROWS[base].kind == "histogram" else name


def alerts() -> str:
    (found,) = re.findall(r"```yaml\ngroups:\n(.*?)```", OPERATE, re.DOTALL)
    return str(found)


@pytest.mark.parametrize("told", [*questions(), alerts()])
def test_only_numbers_that_exist_are_asked_for(told: str) -> None:
    names = {row_of(name) for name in NAME.findall(told)}
    assert names
    assert names <= ROWS.keys()
    for name in names:
        used = labels_in(told) - LABELS_OF_ALL
        assert used <= {label for one in names for label in ROWS[one].labels}, name


def labels_in(question: str) -> set[str]:
    """The labels that a question groups by or compares."""
    grouped = {label.strip() for group in re.findall(r"by \(([^)]*)\)", question) for label in group.split(",")}
    return grouped | set(re.findall(r"(\w+)\s*(?:=~|!=|=)\s*\"", question))


def test_every_number_of_ours_is_on_the_dashboard() -> None:
    drawn = {row_of(name) for question in questions() for name in NAME.findall(question)}
    assert ROWS.keys() - drawn == set()


def test_counters_are_drawn_as_rates_and_histograms_as_quantiles() -> None:
    for question in questions():
        for name in NAME.findall(question):
            if ROWS.get(name) and ROWS[name].kind == "counter" and name != "rondo_worker_starts_total":
                assert re.search(rf"(rate|increase)\({name}", question), question


def test_panels_have_numbers_of_their_own_and_do_not_lie_on_each_other() -> None:
    taken: dict[tuple[int, int], int] = {}
    for panel in panels():
        for cell in cells(panel["gridPos"]):
            assert taken.setdefault(cell, panel["id"]) == panel["id"]
            assert cell[0] < 24
    assert len({panel["id"] for panel in panels()}) == len(panels())


def cells(place: dict[str, int]) -> Iterator[tuple[int, int]]:
    for x in range(place["x"], place["x"] + place["w"]):
        for y in range(place["y"], place["y"] + place["h"]):
            yield x, y


def between(name: str) -> str:
    (found,) = re.findall(rf"<!-- {name} -->\n(.*?)<!-- end of {name} -->", OPERATE, re.DOTALL)
    return str(found)


def test_the_docs_print_the_table_as_it_is() -> None:
    assert between("server/metrics/measures.py") == table()


def test_the_docs_print_the_fields_of_the_log_as_they_are() -> None:
    rows = [f"| `{name}` | {meaning} |" for name, meaning in FIELDS.items()]
    assert between("server/logs.py").splitlines() == ["| Field | What it holds |", "|---|---|", *rows]
