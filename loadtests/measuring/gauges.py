"""What processes take, as the kernel says: memory by share, processor time; and what machine this is."""

import os
import platform
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

TICKS_PER_S = os.sysconf("SC_CLK_TCK")


class Use(Struct, frozen=True):
    """Of several processes at one moment."""

    cpu_s: float
    """Processor seconds until now, those of children that have ended included."""
    pss_kib: int
    """Memory, with pages that several share counted once."""


def use(pids: Iterable[int]) -> Use:
    """Of those that still live."""
    cpu, pss = 0.0, 0
    for pid in pids:
        cpu += cpu_s(pid)
        pss += pss_kib(pid)
    return Use(cpu, pss)


def cpu_s(pid: int) -> float:
    """Seconds of one process and of its children that have ended; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS_PER_S


def pss_kib(pid: int) -> int:
    """Proportional share of memory of one process; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def load() -> str:
    """How busy the machine has been: one, five and fifteen minutes."""
    return " ".join(f"{share:.2f}" for share in os.getloadavg())


def machine() -> str:
    """One line: processors, memory, system, Python."""
    models = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    model = models[0] if models else platform.machine()
    return (
        f"{os.cpu_count()} × {model}, {memory / 1024**2:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()
