"""Two drawings: time over the number of people, and quality over it."""

from pathlib import Path

import matplotlib as mpl

from loadtests.matching.rows import Row

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "rondo"


def draw(rows: list[Row], folder: Path) -> list[Path]:
    """Write both drawings into a folder; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    time = {"field": "ms", "words": "milliseconds a round (median)", "scale": "log"}
    quality = {"field": "quality", "words": "weight ÷ bound (groups: ÷ best known)", "scale": "linear"}
    return [_draw(rows, folder / "matching-time.svg", **time), _draw(rows, folder / "matching-quality.svg", **quality)]


def _draw(rows: list[Row], path: Path, *, field: str, words: str, scale: str) -> Path:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 5), layout="constrained")
    for name in dict.fromkeys(row.case for row in rows):
        points = [(row.people, value) for row in rows if row.case == name and (value := getattr(row, field))]
        if len(points) > 1:
            style = "-o" if ":" not in name else "--."
            axes.plot(*zip(*sorted(points), strict=True), style, label=name)
    axes.set(xscale="log", yscale=scale, xlabel="people", ylabel=words)
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return path
