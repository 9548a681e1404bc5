"""A whole evening through two workers as whoever runs the server sees it: what is measured, and what is logged."""

import asyncio
import os
import re
import signal
import socket
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from websockets.exceptions import ConnectionClosed

from rooms.language import commands as c
from rooms.language.agenda import RoundsSegment
from rooms.language.notices import RoomChanged, Settled, Welcome
from rooms.language.signals import Signal, Signalled
from tests.journeys.hand import PASSWORD, Organising, organise
from tests.journeys.venue import Venue, children, command_line, open_venue, short_agenda
from tests.support.evening import Guest, a_guest, a_host

ADA = ("Canaria Lovelace", "canaria@kanarie.example")
BEN = ("Bengt Kanarienvogel", "bengt@kanarie.example")
SDP = "v=0 a=candidate:1 1 udp 1 198.51.100.23 4711 typ host a=ice-pwd:kanariepassword"
SAID = "Kanarie sings in the lobby"
NOTE = "Kanarie owes me a coffee"
LINK = "kanarielink-0123456789-0123456789-0123456789"
STRANGER = "203.0.113.99"
VISITED_FROM = "127.0.0.77"
CANARIES = ("anari", "engt", "candidate", "ice-pwd", "198.51.100", STRANGER, VISITED_FROM, PASSWORD)
"""Parts of names, e-mails, what was said, session descriptions, links and addresses: none may be in a log."""
BANNER = 6
"""Lines for whoever starts the server; the one-time link of the first organiser is among them on purpose."""


@dataclass
class Seen:
    """What an evening left behind."""

    numbers: Counter[str]
    """Sums over the workers, before anything went wrong."""
    lines: list[str]
    tokens: list[str]
    data: Path


def a_free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
async def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    data, port, metrics = tmp_path_factory.mktemp("seen"), a_free_port(), a_free_port()
    flags = ("--no-demo", "--log-level", "debug", "--metrics-port", str(metrics))
    async with open_venue(data, port, *flags) as venue:
        evening = await organise(venue, "Seen evening", short_agenda(RoundsSegment(length_s=900)))
        door = (venue.url, evening.event.id)
        async with a_guest(*door, *ADA) as ada, a_guest(*door, *BEN) as ben:
            numbers = await everybody_meets(evening, ada, ben, metrics)
            await things_go_wrong(venue, evening, ada, ben)
        tokens = [ada.token, ben.token, evening.session, LINK]
        printed = venue.printed
    return Seen(numbers, printed, tokens, data)


async def everybody_meets(evening: Organising, ada: Guest, ben: Guest, metrics: int) -> Counter[str]:
    host = a_host(evening.venue.url, evening.event.id, evening.session)
    async with host as olga, ada.live() as one, ben.live() as other:
        for who in (olga, one, other):
            await who.wait_for(Welcome)
        await olga.ask(c.OpenEvent())
        await one.ask(c.SayChat(SAID))
        for who in (one, other):
            assert isinstance(await who.ask(c.SetReadiness(ready=True)), Settled)
        await one.ask(c.StartRound())
        assert isinstance(await olga.ask(c.StartRound()), Settled)
        room = (await one.wait_for(RoomChanged)).room.id
        for who in (one, other):
            await who.ask(c.TakeSeat(room))
        await one.send(Signal(to=ben.id, room=room, round=1, kind="offer", payload=SDP))
        assert (await other.wait_for(Signalled)).payload == SDP
        await ada.web.say(evening.event.id, ben.id, {"answer": "yes", "note": NOTE}, NOTE)
        async with asyncio.timeout(30):  # the matcher process tells how long it took when its rooms are known already
            while not matches(numbers := await scraped(metrics)):
                await asyncio.sleep(0.1)
        return numbers


def matches(numbers: Counter[str]) -> int:
    """Matches made, with whatever outcome: on a busy machine a solver may be late."""
    return sum(count for name, count in numbers.items() if name.startswith("rondo_match_seconds_count"))


async def scraped(port: int) -> Counter[str]:
    """Sums over the workers by name, with the first label if there is one."""
    async with httpx2.AsyncClient(trust_env=False) as browser:
        told = (await browser.get(f"http://127.0.0.1:{port}/metrics")).text
    sums: Counter[str] = Counter()
    for family in text_string_to_metric_families(told):
        for sample in family.samples:
            labels = [value for name, value in sample.labels.items() if name not in ("worker", "le")]
            sums[" ".join([sample.name, *labels])] += int(sample.value)
    return sums


async def things_go_wrong(venue: Venue, evening: Organising, ada: Guest, ben: Guest) -> None:
    """Whatever makes a server say something."""
    event = evening.event.id
    where = httpx2.AsyncHTTPTransport(local_address=VISITED_FROM)
    headers = {"x-forwarded-for": STRANGER, "origin": venue.url}
    async with httpx2.AsyncClient(transport=where, base_url=venue.url, headers=headers, trust_env=False) as stranger:
        await stranger.get(f"/e/{event}/me/{LINK}")
        await stranger.get(f"/setup/{LINK}")
        await stranger.post("/sign-in", data={"email": ADA[1], "password": PASSWORD})
        await stranger.post(f"/e/{event}/join", data={"name": ADA[0], "email": "canaria at nowhere"})
        await a_fault_of_ours(venue, stranger, event)
        await nonsense(venue, event, ada)
        async with ben.live() as left_behind:
            await left_behind.wait_for(Welcome)
            await redis_dies(venue, stranger, event, ben)
            os.kill(venue.workers()[0], signal.SIGKILL)
            await until(venue, "worker died")


async def a_fault_of_ours(venue: Venue, stranger: httpx2.AsyncClient, event: str) -> None:
    """The database refuses in a way nobody expects, and repeats what was written."""
    async with venue.records.begin() as connection:
        await connection.execute(
            text(
                "CREATE TRIGGER canary BEFORE INSERT ON registrations BEGIN "
                "SELECT RAISE(ABORT, 'Key (email)=(canaria@kanarie.example) is Kanarie''s'); END"
            )
        )
    form = {"name": "Canaria Again", "email": "again@kanarie.example", "consent": "on"}
    assert (await stranger.post(f"/e/{event}/join", data=form)).status_code == 500
    async with venue.records.begin() as connection:
        await connection.execute(text("DROP TRIGGER canary"))


async def nonsense(venue: Venue, event: str, ada: Guest) -> None:
    """Frames and requests that nobody should send."""
    for frame in ('[null,{"type":"canaria.sings","text":"Kanarie"}]', '[1,{"type":"Kanarie"}]', "Kanarie"):
        async with ada.web.socket(f"/e/{event}/ticket") as line:
            await line.send(frame)
            with pytest.raises(ConnectionClosed):
                await line.recv()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(venue.url.rpartition(":")[2]))
    writer.write(b"GET /Kanarie canaria@kanarie.example\r\n\r\n")
    await reader.read()
    writer.close()


async def redis_dies(venue: Venue, stranger: httpx2.AsyncClient, event: str, ben: Guest) -> None:
    """While a ticket is wanted."""
    ours = children(venue.process.pid)
    (redis,) = [pid for pid in ours if b"redis.sock" in command_line(pid) and b"worker" not in command_line(pid)][:1]
    os.kill(redis, signal.SIGSTOP)
    try:
        answer = await stranger.post(f"/e/{event}/ticket", headers={"cookie": f"rondo_seat_{event}={ben.token}"})
        assert answer.status_code == 503
        await until(venue, "Redis is away")
    finally:
        os.kill(redis, signal.SIGKILL)
    await until(venue, "Redis ended, starting it again")


async def until(venue: Venue, said: str) -> None:
    """Wait until the server has said so."""
    async with asyncio.timeout(30):
        while not any(said in line for line in venue.printed):
            await asyncio.sleep(0.05)


async def test_the_numbers_tell_what_happened(seen: Seen) -> None:
    told = {
        "rondo_joins_total attendee": 2,
        "rondo_joins_total organiser": 1,
        "rondo_sockets_opened_total": 3,
        "rondo_sockets_open": 3,
        "rondo_commands_total readiness.set": 2,
        "rondo_commands_total round.start": 2,
        "rondo_refusals_total not_allowed": 1,
        "rondo_signals_total passed": 1,
        "rondo_events_conducted": 1,
        "rondo_people": 2,
        "rondo_rooms": 1,
        "rondo_redis_up": 2,
        "rondo_worker_up": 2,
        "rondo_worker_starts_total": 2,
    }
    assert {name: seen.numbers[name] for name in told} == told
    assert matches(seen.numbers) == 1
    for name in ("commit", "fanout", "told", "conductor_lag", "loop_lag"):
        assert seen.numbers[f"rondo_{name}_seconds_count"] > 0, name
    assert not [name for name in seen.numbers if name.startswith("rondo_orphans")]


async def test_nothing_of_anybody_is_in_the_log(seen: Seen) -> None:
    files = [line for path in seen.data.rglob("*.log") for line in path.read_text().splitlines()]
    said = "\n".join([*seen.lines[BANNER:], *files])
    assert [canary for canary in (*CANARIES, *seen.tokens) if canary.lower() in said.lower()] == []


async def test_each_line_is_one_fact(seen: Seen) -> None:
    lines = [line for line in seen.lines[BANNER:] if line]
    assert len(lines) > 20
    fact = re.compile(r"timestamp=\S+Z level=(debug|info|warning|error) event=(\"[^\"]+\"|\S+) .*worker=(w\w+|parent)")
    assert [line for line in lines if not fact.match(line)] == []


async def test_what_went_wrong_can_be_found(seen: Seen) -> None:
    said = "\n".join(seen.lines)
    assert re.search(
        r'event="request broke".*route=/e/\{slug\}/join.*Traceback: .*server/.*IntegrityError"?$', said, re.MULTILINE
    )
    assert re.search(r'event="Redis is away".*route=/e/\{slug\}/ticket', said)
    assert re.search(r"event=farewell event_id=seen-evening\S* code=MALFORMED", said)
    assert "logger=uvicorn.error" in said
