"""uvicorn's server with a gentler end: people are sent on to other workers in slices before it stops."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from server.services import Services


class DrainingServer(uvicorn.Server):
    """Serves one worker."""

    def __init__(self, config: uvicorn.Config, services: Services) -> None:
        super().__init__(config)
        self._services = services

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nobody in any more, send everybody on, then stop."""
        for server in self.servers:
            server.close()
        await self._services.relay.drain(self._services.settings.drain_ms / 1000)
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGTERM; unlike uvicorn's own way this leaves time to close Redis and the database."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGTERM, signal.SIGINT)
        for number in signals:
            loop.add_signal_handler(number, self._stop)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)

    def _stop(self) -> None:
        self.should_exit = True
