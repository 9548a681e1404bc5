"""One line of the table: what was measured, what was aimed at, and how far it is from bounds and baselines."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Row:
    """One case."""

    case: str
    people: int
    ms: float | None = None
    """Median of a round."""
    ms_p99: float | None = None
    target_ms: float | None = None
    quality: float | None = None
    """Weight ÷ bound (or ÷ the best known, where `against` says so)."""
    target_quality: float | None = None
    against: str = ""
    repeats: int | None = None
    worst: float | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether every target is reached."""
        quick = self.target_ms is None or self.ms is None or self.ms <= self.target_ms
        fine = self.target_quality is None or self.quality is None or self.quality >= self.target_quality
        return quick and fine and bool(self.more.get("good", True))

    def plain(self) -> dict[str, Any]:
        """For the JSON file."""
        return {**asdict(self), "good": self.good}


HEAD = ("case", "people", "ms", "p99", "aim", "quality", "aim", "against", "repeats", "worst", "", "more")


def table(rows: list[Row]) -> str:
    """All rows, aligned."""
    lines = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD) - 1)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, [*widths, 0], strict=True)).rstrip() for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    more = ", ".join(f"{name} {value}" for name, value in row.more.items() if name != "good")
    return (
        row.case, str(row.people), _number(row.ms), _number(row.ms_p99), _number(row.target_ms),
        _share(row.quality), _share(row.target_quality), row.against, _whole(row.repeats),
        "" if row.worst is None else f"{row.worst:.3f}", "ok" if row.good else "SHORT", more,
    )  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)
