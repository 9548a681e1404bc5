"""A backup of a server in the middle of a round; then everything is destroyed, put back, and people go on."""

import asyncio
import csv
import io
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from rooms.language import commands as c
from rooms.language.agenda import RoundsSegment
from rooms.language.notices import RoomChanged, Settled, Snapshot
from server.settings import Settings, load
from server.upkeep.backup import back_up
from server.upkeep.contents import BackupError
from server.upkeep.restore import restore
from tests.journeys.hand import Organising, organise
from tests.journeys.venue import open_venue, short_agenda
from tests.support.evening import Guest, Visitor, a_guest, a_host, a_web


def a_free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def on(data: Path) -> Settings:
    return load({"RONDO_DATA": str(data)})


async def into_a_round(olga: Visitor, *people: Visitor) -> str:
    """The room in which two people talk."""
    await olga.ask(c.OpenEvent())
    for who in people:
        assert isinstance(await who.ask(c.SetReadiness(ready=True)), Settled)
    assert isinstance(await olga.ask(c.StartRound()), Settled)
    room = (await people[0].wait_for(RoomChanged)).room.id
    for who in people:
        await who.ask(c.TakeSeat(room))
    return room


@asynccontextmanager
async def talking_on(visitor: Visitor) -> AsyncIterator[None]:
    """Changes all the time, so that nothing holds still for whoever copies it."""

    async def talk() -> None:
        while True:
            await visitor.ask(c.SayChat("and on"))
            await asyncio.sleep(0.2)  # sixty lines are kept, and one of them is looked for later

    talking = asyncio.create_task(talk())
    yield
    talking.cancel()
    await asyncio.gather(talking, return_exceptions=True)


async def meet(evening: Organising, ada: Guest, ben: Guest, folder: Path) -> str:
    """Two people meet and both say yes; in the middle of it somebody takes a backup. Their room."""
    event = evening.event.id
    host = a_host(evening.venue.url, event, evening.session)
    async with host as olga, ada.live() as one, ben.live() as other:
        room = await into_a_round(olga, one, other)
        await one.ask(c.SayChat("remember this"))
        for who, whom in ((ada, ben), (ben, ada)):
            await who.web.say(event, whom.id, {"answer": "yes", "note": f"about {whom.id}"}, "")
        async with talking_on(other):
            kept = await back_up(on(evening.venue.data), folder)
        assert (kept.events, kept.database) == (1, True)
        with pytest.raises(BackupError, match="Stop it first"):
            await restore(on(evening.venue.data), folder, replace=True)
    return room


async def goes_on(ada: Guest, room: str) -> Snapshot:
    """Ada opens the page again and finds her room; her connection list is there, too."""
    async with ada.live() as page:
        picture = await page.picture()
        assert picture.room is not None
        assert picture.room.id == room
        assert isinstance(await page.ask(c.TakeSeat(picture.room.id)), Settled)
        assert isinstance(await page.ask(c.SayChat("still here")), Settled)
    return picture


@pytest.mark.timeout(240)
async def test_an_evening_survives_the_loss_of_everything(tmp_path: Path) -> None:
    data, folder, port = tmp_path / "data", tmp_path / "backup", a_free_port()
    async with open_venue(data, port, "--no-demo", "--workers", "1") as venue:
        evening = await organise(venue, "Kept evening", short_agenda(RoundsSegment(length_s=900)))
        door = (venue.url, evening.event.id)
        async with a_guest(*door, "Ada", "ada@example.org") as ada, a_guest(*door, "Ben", "ben@example.org") as ben:
            room = await meet(evening, ada, ben, folder)
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())} == {0}
    shutil.rmtree(data)
    await restore(on(data), folder, replace=False)
    async with open_venue(data, port, "--no-demo", "--workers", "1") as venue, coming_back(venue.url, ada) as again:
        picture = await goes_on(again, room)
        listed = (await again.web.get(f"/e/{again.event}/connections.csv")).text
    assert picture.event.phase == "talking"
    assert {line.text for line in picture.chat} >= {"remember this", "and on"}
    (row,) = csv.DictReader(io.StringIO(listed.removeprefix("\ufeff")))
    assert (row["name"], row["both said yes"], row["my note"]) == ("Ben", "yes", f"about {ben.id}")


@asynccontextmanager
async def coming_back(url: str, guest: Guest) -> AsyncIterator[Guest]:
    """The same person by the link they were given, in a new browser."""
    async with a_web(url) as web:
        web.sit(guest.event, guest.token)
        yield Guest(web, guest.event, guest.token, guest.id)
