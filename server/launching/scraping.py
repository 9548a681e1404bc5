"""/metrics: the parent asks each worker for its numbers and serves them as one text, on a port of its own.

No port is open unless a setting says so; then it is this machine's alone, and wants a token if it is not.
"""

import asyncio
import socket

from server.launching.children import StartError
from server.metrics import measures, report
from server.metrics.line import Asker
from server.settings import Settings

PARENT = "parent"
"""The parent's own place among the numbers."""
OURS = ("rondo_worker_", "process_")
"""How the names of those begin that the parent tells of itself."""


class Scraper:
    """Lines to the workers, and the page that reads them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._askers: dict[str, Asker] = {}
        self._asking = asyncio.Lock()
        self._held: socket.socket | None = None

    async def line_to(self, place: str) -> socket.socket:
        """The end of a line that the next worker at this place inherits. Close it once the worker has been started."""
        ours, theirs = socket.socketpair()
        if (last := self._askers.get(place)) is not None:
            last.close()
        self._askers[place] = Asker(*await asyncio.open_connection(sock=ours))
        measures.worker_starts_total.labels(place).inc()
        return theirs

    async def text(self) -> bytes:
        """The numbers of all workers that answer, and of the parent."""
        async with self._asking:
            places = list(self._askers)
            answers = await asyncio.gather(*(self._askers[place].ask() for place in places))
        reports = {place: numbers for place, numbers in zip(places, answers, strict=True) if numbers is not None}
        for place in places:
            measures.worker_up.labels(place).set(place in reports)
        own = report.take(measures.REGISTRY, lambda name: name.startswith(OURS))
        return report.merge({**reports, PARENT: own})

    def hold_port(self) -> None:
        """Take the port, before anything else starts; nothing when there is to be none.

        Raises:
            StartError: somebody else listens there, or the address is not ours.
        """
        host, port = self._settings.metrics_host, self._settings.metrics_port
        if not port:
            return
        held = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind((host, port))
        except OSError as error:
            held.close()
            reason = f"Nothing can listen for /metrics on {host}:{port} ({error.strerror})"
            raise StartError(f"{reason}. Choose another with --metrics-port.") from None
        self._held = held

    def close(self) -> None:
        """Give the port back and hang up."""
        if self._held is not None:
            self._held.close()
        for asker in self._askers.values():
            asker.close()

    async def serve(self) -> None:
        """Serve /metrics on the port that is held; without one wait for ever."""
        if self._held is None:
            await asyncio.Event().wait()
            return
        # Imported here: a parent that serves nothing needs half the memory.
        from server.launching.metrics_page import serve

        await serve(self._held, self.text, self._settings)
