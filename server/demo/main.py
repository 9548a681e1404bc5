"""`python -m server demo`: one demo evening after the other, until somebody stops us."""

import asyncio
import signal

from server import logs
from server.demo import evening
from server.demo.cast import cast_of
from server.demo.troupe import Troupe
from server.lifetimes import first_to_finish
from server.records import events
from server.records.engine import Records
from server.services import open_records
from server.settings import Settings, with_secret


class Program:
    """Plays the current demo event, then the next."""

    def __init__(self, settings: Settings, records: Records, hosts: asyncio.TaskGroup) -> None:
        self._settings = settings
        self._records = records
        self._hosts = hosts
        self._troupe = Troupe(settings, records, cast_of(settings.demo_bots))

    async def run(self) -> None:
        """First lock up what an earlier run of ours left open; then one evening after the other."""
        event = await evening.current(self._records, self._settings)
        for left_open in await events.running_demos(self._records):
            if left_open != event.id:
                self._troupe.lock_up(left_open, self._hosts)
        while True:
            await self._troupe.play(event.id, self._hosts)
            event = await evening.current(self._records, self._settings)


def run(settings: Settings) -> None:
    """Play until a signal. The server need not be there yet."""
    logs.set_up(settings.log_level, worker="demo")
    asyncio.run(_play(with_secret(settings)))


async def _play(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    records = open_records(settings)
    try:
        await first_to_finish(_until(stop), _perform(settings, records))
    finally:
        await records.close()


async def _perform(settings: Settings, records: Records) -> None:
    async with asyncio.TaskGroup() as hosts:
        await Program(settings, records, hosts).run()


async def _until(stop: asyncio.Event) -> None:
    await stop.wait()
