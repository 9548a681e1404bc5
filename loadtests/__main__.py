"""`python -m loadtests NAME`: run one measurement and print its table."""

import asyncio
import sys
from collections.abc import Callable
from functools import partial

from loadtests import command, first_frame, matching_process, scale
from loadtests.matching import programme as matching
from loadtests.scenarios.registry import SCENARIOS

MEASUREMENTS: dict[str, Callable[[list[str]], str]] = {
    **{name: partial(command.run, name) for name in (*SCENARIOS, command.ALL)},
    "first_frame": lambda _: asyncio.run(first_frame.measure()),
    "matching": matching.measure,
    "matching_process": matching_process.measure,
    "scale": scale.measure,
}
WORDS = {
    **{name: scenario.__doc__ for name, scenario in SCENARIOS.items()},
    command.ALL: "All of the above one after the other; --attendees N, --workers W, --json FILE, --html FILE for each.",
    "first_frame": first_frame.measure.__doc__,
    "matching": matching.measure.__doc__,
    "matching_process": matching_process.measure.__doc__,
    "scale": scale.measure.__doc__,
}


def main(arguments: list[str]) -> int:
    """Find the measurement and run it; the exit code."""
    if not arguments or arguments[0] not in MEASUREMENTS:
        names = "\n".join(f"  {name:18}{words}" for name, words in WORDS.items())
        print(f"Which one? ./go load NAME\n\n{names}", file=sys.stderr)
        return 2
    print(MEASUREMENTS[arguments[0]](arguments[1:]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
