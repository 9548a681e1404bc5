"""The whole programme: `./go load matching [--json FILE] [--plots FOLDER] [--quick] [NAME …]`."""

import argparse
import json
import platform
import resource
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from loadtests.matching import cases, whole_evenings
from loadtests.matching.evening import play
from loadtests.matching.rows import Row, table

MEMORY_MB = 400
KIB = 1024

CASES: dict[str, list[Callable[[], Iterator[Row]]]] = {
    "pairs": [partial(cases.pairs, people) for people in cases.PAIR_TARGETS_MS],
    "team": [partial(cases.big_team, people) for people in (200, 1_000, 10_000)],
    "groups": [partial(cases.groups, people) for people in cases.GROUP_TARGETS_MS],
    "roles": [partial(cases.roles, people) for people in (200, 1_000, 10_000)],
    "repair": [
        partial(cases.repair, 10_000, 0.01, 25.0),
        partial(cases.repair, 10_000, 0.05, 120.0),
        partial(cases.repair, 1_000, 0.01, 5.0),
    ],
    "latecomer": [partial(cases.latecomer, 1_000)],
    "churn": [partial(cases.churn, 1_000)],
    "all_rounds": [partial(whole_evenings.every_pair_once, 50)],
    "ten_rounds": [partial(whole_evenings.ten_rounds_of_groups, 33, 200)],
    "golfers": [whole_evenings.golfers],
}
QUICK = {"pairs": 3, "team": 2, "groups": 2, "roles": 2}
"""With `--quick` only so many of a case's sizes: without the ten thousand."""


def measure(arguments: list[str]) -> str:
    """Matching: time, quality against bounds and baselines, evenings without a repeat, memory."""
    wanted = _parser().parse_args(arguments)
    rows: list[Row] = []
    for name in wanted.names or CASES:
        for case in CASES[name][: QUICK.get(name) if wanted.quick else None]:
            for row in case():
                rows.append(row)
                print(f"  {row.case} · {row.people}", file=sys.stderr, flush=True)
    if not wanted.names and not wanted.quick:
        rows.append(memory())
    if wanted.json:
        wanted.json.write_text(json.dumps({"machine": machine(), "rows": [row.plain() for row in rows]}, indent=1))
    if wanted.plots:
        from loadtests.matching.plots import draw

        draw(rows, wanted.plots)
    short = [row.case for row in rows if not row.good]
    return f"{table(rows)}\n\n{len(rows) - len(short)} of {len(rows)} lines reach their targets."


def memory() -> Row:
    """The most memory of a process that matches ten thousand people three times."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        peak = fresh.submit(peak_kib).result() / KIB
    return Row("memory, pairs and fours", 10_000, more={"peak MB": round(peak), "good": peak <= MEMORY_MB})


def peak_kib() -> int:
    """Match ten thousand people, five times; the peak of this process in KiB."""
    play(cases.usual(10_000), 3)
    play(cases.usual(10_000, group=cases.FOURS), 2)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def machine() -> dict[str, str]:
    """On what the numbers were taken."""
    return {"python": platform.python_version(), "system": platform.platform(), "processor": platform.processor()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./go load matching", description=measure.__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *CASES], metavar="NAME", help=", ".join(CASES))
    parser.add_argument("--json", type=Path, help="write all numbers to this file")
    parser.add_argument("--plots", type=Path, help="draw time and quality over the number of people into this folder")
    parser.add_argument("--quick", action="store_true", help="without ten thousand people")
    return parser
