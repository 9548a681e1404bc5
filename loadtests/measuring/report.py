"""What a run has to say: figures with their floors, spreads, and where it was measured."""

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, field, to_builtins

from loadtests.measuring.gauges import load, machine
from loadtests.measuring.spread import Spread


class Figure(Struct, frozen=True):
    """One number."""

    name: str
    """As budgets.toml knows it."""
    value: float
    unit: str
    what: str
    floor: float | None = None
    """The same of the bare frame server in this run."""

    @property
    def ratio(self) -> float | None:
        """How many floors it is; None where there is none."""
        return self.value / self.floor if self.floor is not None and self.floor > 0 else None


class Curve(Struct, frozen=True):
    """Many numbers in an order that means something: memory over time, last over the number of people."""

    title: str
    x: str
    y: str
    points: tuple[tuple[float, float], ...]


class Report(Struct):
    """Of one scenario."""

    scenario: str
    attendees: int
    workers: int
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    machine: str = field(default_factory=machine)
    load_before: str = field(default_factory=load)
    load_after: str = ""
    figures: list[Figure] = field(default_factory=list)
    spreads: dict[str, Spread] = field(default_factory=dict)
    """By a sentence that says from when to when, in milliseconds."""
    curves: list[Curve] = field(default_factory=list)
    frames: dict[str, list[int]] = field(default_factory=dict)
    """Frames and bytes that attendees were sent, by kind of notice."""
    notes: list[str] = field(default_factory=list)
    """What went otherwise than it should, and what one must know to read the rest."""

    def add(self, name: str, value: float, unit: str, what: str, floor: float | None = None) -> None:
        """Take a figure in."""
        self.figures.append(Figure(f"{self.scenario}.{name}", value, unit, what, floor))

    def told(self, name: str, what: str, spread: Spread, floor: Spread | None = None) -> None:
        """Take a spread in, with three figures of it: p50, p99 and the last."""
        self.spreads[what] = spread
        for rank in ("p50", "p99", "last"):
            under = getattr(floor, rank) if floor is not None else None
            self.add(f"{name}_{rank}", getattr(spread, rank), "ms", f"{what}: {rank}", under)

    def find(self, name: str) -> Figure | None:
        """The figure of that whole name."""
        return next((figure for figure in self.figures if figure.name == name), None)

    def plain(self) -> dict[str, Any]:
        """As it goes into a file, ratios included."""
        rows = to_builtins(self)
        for row, figure in zip(rows["figures"], self.figures, strict=True):
            row["ratio"] = figure.ratio
        return dict(rows)
