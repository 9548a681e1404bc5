"""Clocks that are set: libfaketime before a process's own, moved while it runs by what stands in a file."""

from pathlib import Path

from tests.journeys.venue import ROOT

LIBRARY = "libfaketimeMT.so.1"
UNPACKED = ROOT / ".tools" / "faketime"
"""Where `./go test` unpacks Debian's package; nothing is installed."""
SOON_S = 1
"""Within this a clock that was set is seen to be."""


class FakedClock:
    """The wall clock of the processes that are started with `environment`; their steady clock is the machine's."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.set(0)

    def set(self, ahead_s: int) -> None:
        """Let the clock be so far ahead of the machine's, from now on."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{ahead_s:+d}\n")
        fresh.replace(self._file)

    @property
    def environment(self) -> dict[str, str]:
        """What a process must be started with."""
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": str(SOON_S),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


def library() -> Path:
    """The library, as `./go test` has unpacked it.

    Raises:
        FileNotFoundError: it is not there; nothing is skipped for that.
    """
    found = next(UNPACKED.rglob(LIBRARY), None)
    if found is None:
        raise FileNotFoundError(f"{LIBRARY} is missing below {UNPACKED}; ./go test unpacks it on Debian")
    return found
