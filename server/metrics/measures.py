"""Everything that is measured: one table of name, kind, unit, labels, buckets and meaning. A row is the instrument."""

from typing import Literal

import msgspec
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # they would double the samples, and nobody looks at them

REGISTRY = CollectorRegistry()
"""The numbers of this process."""
QUICK_S = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""For what should take a few milliseconds."""
SLOW_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""For what a person would notice."""


class Row(msgspec.Struct, frozen=True):
    """One row of the table."""

    name: str
    """As Prometheus knows it."""
    kind: Literal["counter", "gauge", "histogram"]
    unit: str
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


_rows: list[Row] = []


def _counter(name: str, unit: str, text: str, *labels: str) -> Counter:
    _rows.append(Row(name, "counter", unit, text, labels))
    return Counter(name, text, labels, registry=REGISTRY)


def _gauge(name: str, unit: str, text: str, *labels: str) -> Gauge:
    _rows.append(Row(name, "gauge", unit, text, labels))
    return Gauge(name, text, labels, registry=REGISTRY)


def _histogram(name: str, buckets: tuple[float, ...], text: str, *labels: str) -> Histogram:
    _rows.append(Row(name, "histogram", "seconds", text, labels, buckets))
    return Histogram(name, text, labels, registry=REGISTRY, buckets=buckets)


# People and their connections.

sockets_opened_total = _counter("rondo_sockets_opened_total", "connections", "Connections opened by browsers.")
closes_total = _counter(
    "rondo_closes_total", "connections", "Connections that ended, by close code; `gone` is the browser's doing.", "code"
)
joins_total = _counter("rondo_joins_total", "arrivals", "Arrivals that a conductor has taken note of.", "role")
reconnects_total = _counter(
    "rondo_reconnects_total", "arrivals", "Pages that came back: `resumed` missed nothing, `snapshot` did.", "how"
)
sockets_open = _gauge("rondo_sockets_open", "connections", "Connections open now.")

# The road of a command.

commands_total = _counter("rondo_commands_total", "commands", "Commands that browsers sent.", "command")
refusals_total = _counter("rondo_refusals_total", "commands", "Commands that were not carried out.", "reason")
signals_total = _counter(
    "rondo_signals_total", "signals", "Signals between peers: `passed` on, or `dropped` since no longer valid.", "fate"
)
conductor_lag_seconds = _histogram(
    "rondo_conductor_lag_seconds", SLOW_S, "Age of the oldest order of a batch when its conductor takes it up."
)
commit_seconds = _histogram("rondo_commit_seconds", QUICK_S, "From sending a commit to Redis until its answer.")
fanout_seconds = _histogram("rondo_fanout_seconds", QUICK_S, "Handing one committed batch to everybody here.")
told_seconds = _histogram(
    "rondo_told_seconds", SLOW_S, "From the instant an order came in until everybody here was told, on Redis' clock."
)
waiting_seconds = _gauge(
    "rondo_conductor_waiting_seconds", "seconds", "Age of the oldest order that conductors here are still at."
)

# Events conducted here.

events_conducted = _gauge("rondo_events_conducted", "events", "Events that this worker conducts.")
people = _gauge("rondo_people", "people", "People present at these events, on whichever worker.")
rooms = _gauge("rondo_rooms", "rooms", "Rooms open at these events.")
orphans = _gauge(
    "rondo_orphans", "people", "People ready and without a room while a round of these events runs.", "reason"
)
match_seconds = _histogram(
    "rondo_match_seconds",
    SLOW_S,
    "Finding rooms, by outcome; with `greedy` and `failed` the solver could not.",
    "how",
)

# The worker itself.

loop_lag_seconds = _histogram("rondo_loop_lag_seconds", QUICK_S, "How late the event loop is, ten times a second.")
redis_up = _gauge("rondo_redis_up", "yes/no", "Whether Redis answered the last heartbeat.")

# The parent's own.

worker_up = _gauge("rondo_worker_up", "yes/no", "Whether the worker answered when asked for these numbers.", "worker")
worker_starts_total = _counter("rondo_worker_starts_total", "processes", "Times this worker was started.", "worker")


def _of_the_library() -> None:
    """The rows of the library's own look at a process."""
    units = {"bytes": "bytes", "seconds": "seconds", "fds": "files"}
    for family in ProcessCollector(registry=REGISTRY).collect():
        name = family.name + ("_total" if family.type == "counter" else "")
        unit = next((unit for part, unit in units.items() if part in family.name), "")
        kind: Literal["counter", "gauge"] = "counter" if family.type == "counter" else "gauge"
        _rows.append(Row(name, kind, unit, family.documentation))


_of_the_library()
TABLE: tuple[Row, ...] = tuple(_rows)
"""All rows, in the order of docs/operate.md."""


def table() -> str:
    """The table as Markdown, as docs/operate.md shows it."""
    lines = ["| Name | Kind | Unit | Labels | What it says |", "|---|---|---|---|---|"]
    lines += [
        f"| `{row.name}` | {row.kind} | {row.unit} | {', '.join(f'`{label}`' for label in row.labels)} | {row.help} |"
        for row in TABLE
    ]
    return "\n".join(lines) + "\n"
