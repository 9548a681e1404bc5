"""Processes that end with the one that started them, however that ends, kill -9 included."""

import ctypes
import os
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def end_with(parent: int, with_signal: signal.Signals = signal.SIGKILL) -> None:
    """Let the kernel send this process the signal when its parent, whose id this is, is gone; at once if it is."""
    _libc.prctl(PR_SET_PDEATHSIG, with_signal, 0, 0, 0)
    if os.getppid() != parent:  # it died in between
        os._exit(1)


def dies_with_parent(with_signal: signal.Signals) -> Callable[[], None]:
    """To be run in a child of this process before its program begins."""
    parent = os.getpid()

    def arrange() -> None:
        end_with(parent, with_signal)

    return arrange
