"""R6: an answer of Redis that is lost on its way makes nothing happen twice, and nothing acknowledged is lost."""

import asyncio
from pathlib import Path
from random import Random

import pytest

from rooms.language.limits import COMMANDS_PER_S
from tests.faults.conftest import Measured, Sizes
from tests.faults.crowd import a_crowd
from tests.faults.guest import Guest
from tests.faults.losing import a_losing_proxy
from tests.journeys.conftest import free_port
from tests.journeys.venue import open_venue
from tests.support.redis import a_redis

LOST_SHARE = 0.03
"""Of the packets with answers, of which one may hold several: of commands it is one in a hundred or more."""
PEOPLE = 60


@pytest.mark.timeout(1800)
async def test_lost_answers_make_nothing_happen_twice(
    tmp_path: Path, sizes: Sizes, chance: Random, measured: Measured
) -> None:
    each = sizes(short=750, long=10_000) // PEOPLE
    async with a_redis() as redis, a_losing_proxy(redis.url, chance) as proxy:
        where = ("--no-demo", "--redis-url", proxy.url)
        async with open_venue(tmp_path, free_port(), *where) as venue, a_crowd(venue, PEOPLE, chance) as crowd:
            await crowd.talk()
            proxy.loses = LOST_SHARE
            await asyncio.gather(*(talk(guest, each) for guest in crowd.guests))
            proxy.loses = 0.0
            await crowd.check(in_doubt=True)
            said = crowd.auditor.said()
    refused = sum(len(guest.refused) for guest in crowd.guests)
    unanswered = sum(guest.unanswered for guest in crowd.guests)
    double, wrongly = said.total() - len(said), len(crowd.refused_and_done())
    numbers = {"n": each * PEOPLE, "lost": proxy.lost, "refused": refused, "refused_but_done": wrongly}
    numbers |= {"unanswered": unanswered, "double": double}
    measured.note("commands with answers lost", "double 0, acknowledged and lost 0", **numbers)
    assert proxy.lost


async def talk(guest: Guest, lines: int) -> None:
    """Say so many things, one after the other, no faster than one line may."""
    for _ in range(lines):
        await guest.say()
        await asyncio.sleep(1 / COMMANDS_PER_S)
