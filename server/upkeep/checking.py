"""`python -m server check`: everything that can be looked at before an evening, and what to do about it."""

import asyncio
from collections.abc import Mapping

from server.settings import SETTINGS, Settings, SettingsError, load
from server.upkeep import machine, stores
from server.upkeep.findings import Finding, ok, wrong


def check(environ: Mapping[str, str], flags: Mapping[str, str], attendees: int) -> list[Finding]:
    """All findings. With a setting that cannot be read it is the only one: the others would be about something else."""
    try:
        settings = load(environ, flags)
    except SettingsError as error:
        return [wrong("settings", str(error), "python -m server settings lists them all.")]
    return asyncio.run(look(settings, attendees))


async def look(settings: Settings, attendees: int) -> list[Finding]:
    """All findings under these settings, for so many people at once."""
    running = machine.runs_here(settings.data)
    return [
        ok("settings", f"all {len(SETTINGS)} can be read"),
        machine.folder(settings.data),
        machine.space(settings.data),
        machine.port(settings, running),
        machine.files(settings.workers, attendees),
        machine.address(settings),
        machine.secret(settings),
        machine.turn(settings),
        *await stores.redis(settings, running),
        *await stores.database(settings, running),
    ]
