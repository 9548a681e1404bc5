"""The kernel's table of connections: who listens on a port, and what waits to be sent from it."""

from pathlib import Path

ESTABLISHED, LISTENING = "01", "0A"
LOCAL, REMOTE, STATE, QUEUES = 1, 2, 3, 4
"""Columns of /proc/net/tcp."""


def sending(port: int) -> dict[int, int]:
    """Bytes that the kernel holds to be sent from our port, by the port they go to."""
    rows = [row for row in _rows(port) if row[STATE] == ESTABLISHED]
    return {_port(row[REMOTE]): int(row[QUEUES].partition(":")[0], 16) for row in rows}


def listening(port: int) -> int:
    """How many sockets take connections on our port: one a worker."""
    return sum(row[STATE] == LISTENING for row in _rows(port))


def _rows(port: int) -> list[list[str]]:
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return [row for row in map(str.split, lines) if _port(row[LOCAL]) == port]


def _port(address: str) -> int:
    return int(address.rpartition(":")[2], 16)
