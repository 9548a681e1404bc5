"""Whether this worker can take people: Redis, the database, and its own conductors."""

import asyncio
from contextlib import suppress
from typing import Literal

from server.conducting import census
from server.conducting.supervisor import Supervisor
from server.records.engine import Records, RecordsError
from server.relay.heartbeat import Heartbeat
from server.relay.relay import Relay
from server.store.clock import Clock

Part = Literal["redis", "sql", "conductor", "moving"]
"""What may be wrong. `moving`: this worker is about to stop and sends its people on."""
LAG_MS = 3_000
"""Age of an order at which its conductor no longer keeps up: people have been told to try again long before."""
ASK_S = 1.0
"""Longest wait for the database."""
FRESH_S = 1.0
"""An answer of the database counts so long, however often somebody asks: the page is open to everybody."""


class Readiness:
    """Knows what is wrong. Asks for nothing but a word of the database, once a second at most."""

    def __init__(
        self, heartbeat: Heartbeat, records: Records, supervisor: Supervisor, relay: Relay, clock: Clock
    ) -> None:
        self._heartbeat = heartbeat
        self._records = records
        self._supervisor = supervisor
        self._relay = relay
        self._clock = clock
        self._asking = asyncio.Lock()
        self._answered = False
        self._asked_at = -FRESH_S

    async def wrong(self) -> tuple[Part, ...]:
        """The parts that are wrong; none when people can be taken."""
        found: dict[Part, bool] = {
            "redis": not self._heartbeat.well,
            "sql": not await self._database_answers(),
            "conductor": census.waiting_ms(self._supervisor, self._clock.now()) > LAG_MS,
            "moving": self._relay.moving,
        }
        return tuple(part for part, is_wrong in found.items() if is_wrong)

    async def _database_answers(self) -> bool:
        loop = asyncio.get_running_loop()
        async with self._asking:
            if loop.time() - self._asked_at >= FRESH_S:
                self._answered = False
                with suppress(RecordsError, TimeoutError):
                    async with asyncio.timeout(ASK_S):
                        await self._records.ping()
                    self._answered = True
                self._asked_at = loop.time()
            return self._answered
