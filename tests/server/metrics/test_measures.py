"""The table of what is measured: well named, bounded, and each row measured somewhere."""

import re
from pathlib import Path

import pytest
from prometheus_client import Counter, Gauge, Histogram

from server.metrics import measures
from server.metrics.measures import TABLE, Row

SERVER = Path(__file__).parent.parent.parent.parent / "server"
OURS = [row for row in TABLE if row.name.startswith("rondo_")]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_row_is_named_as_prometheus_wants_it(row: Row) -> None:
    assert re.fullmatch(r"[a-z][a-z_]*[a-z]", row.name)
    assert row.name.endswith("_total") == (row.kind == "counter")
    if row.unit in ("seconds", "bytes"):
        assert row.unit in row.name
    assert row.help.endswith(".")


def test_buckets_rise_and_their_number_is_bounded() -> None:
    for row in TABLE:
        assert (row.kind == "histogram") == bool(row.buckets), row.name
        assert list(row.buckets) == sorted(set(row.buckets)), row.name
        assert len(row.buckets) <= 15, row.name


def test_no_name_stands_twice() -> None:
    assert len({row.name for row in TABLE}) == len(TABLE)


def test_every_row_is_measured_somewhere() -> None:
    written = "\n".join(path.read_text() for path in SERVER.rglob("*.py") if path.name != "measures.py")
    names = [name for name, value in vars(measures).items() if isinstance(value, Counter | Gauge | Histogram)]
    assert len(names) == len(OURS)
    assert [name for name in names if f"measures.{name}." not in written] == []


def test_no_label_can_hold_somebody() -> None:
    assert {label for row in TABLE for label in row.labels} == {
        "code",
        "command",
        "fate",
        "how",
        "reason",
        "role",
        "worker",
    }
