"""Time that moves when told."""


class HandClock:
    """A clock for everything that takes the time as a callable."""

    def __init__(self, now: float = 1_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """The time, in seconds."""
        return self.now

    def forward(self, seconds: float) -> None:
        """Let so much time pass."""
        self.now += seconds
