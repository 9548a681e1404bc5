"""`python -m loadtests NAME`: run one measurement and print its table."""

import asyncio
import sys

from loadtests import first_frame

MEASUREMENTS = {"first_frame": first_frame.measure}


def main(arguments: list[str]) -> int:
    """Find the measurement and run it; the exit code."""
    if len(arguments) != 1 or arguments[0] not in MEASUREMENTS:
        names = "\n".join(f"  {name:14}{function.__doc__}" for name, function in MEASUREMENTS.items())
        print(f"Which one? ./go load NAME\n\n{names}", file=sys.stderr)
        return 2
    print(asyncio.run(MEASUREMENTS[arguments[0]]()))
    return 0


sys.exit(main(sys.argv[1:]))
