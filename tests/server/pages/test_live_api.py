"""Tickets for sockets, and servers for finding a way to each other."""

import base64
import hashlib
import hmac

import msgspec
import pytest

from rooms.language.ids import AttendeeId, EventId, Instant
from server.identity.cookies import SEAT, SESSION
from server.pages.live_api import ice_servers
from server.records import events, organisers, registrations
from server.settings import load
from tests.support.worker import Worker

TURN = load({"RONDO_TURN_URLS": "turn:turn.example.org:3478", "RONDO_TURN_SECRET": "s" * 20, "RONDO_TURN_TTL_S": "600"})


def test_a_turn_credential_is_what_coturn_checks_and_names_person_and_event() -> None:
    (server,) = ice_servers(TURN, EventId("mixer-7k2p"), AttendeeId("ada"), Instant(1_000_000))
    assert server["username"] == "1600:mixer-7k2p/ada"
    digest = hmac.new(b"s" * 20, b"1600:mixer-7k2p/ada", hashlib.sha1).digest()
    assert server["credential"] == base64.b64encode(digest).decode()
    assert server["urls"] == ["turn:turn.example.org:3478"]


def test_without_servers_there_are_none() -> None:
    assert ice_servers(load({}), EventId("mixer-7k2p"), AttendeeId("ada"), Instant(0)) == []
    stun = load({"RONDO_ICE_SERVERS": "stun:a.example:1"})
    assert ice_servers(stun, EventId("x"), AttendeeId("y"), Instant(0)) == [{"urls": ["stun:a.example:1"]}]


async def test_an_attendee_gets_a_ticket_that_opens_the_socket(worker: Worker) -> None:
    person = await worker.person()
    async with worker.browser() as browser:
        browser.cookies.set(SEAT + worker.event, person.token)
        response = await browser.post(f"/e/{worker.event}/ticket", headers={"Origin": worker.url})
        assert response.status_code == 200
        assert response.headers["cache-control"] == "no-store"
        about = response.json()
        assert about["ws"] == f"/ws/{worker.event}?ticket={about['ticket']}"
        assert (await browser.get(f"/e/{worker.event}/ice.json")).json()["iceServers"] == []
    taken = await worker.services.tickets.take(about["ticket"])
    assert taken is not None
    assert taken.id == person.id


async def test_an_organiser_gets_one_for_their_own_event_only(worker: Worker) -> None:
    records = worker.services.records
    owner = (await events.organisers_of(records, worker.event))[0][0]
    stranger = await organisers.create(records, "eve@example.org", "Eve", None, demo=True)
    for who, status in ((owner, 200), (stranger, 404)):
        token = await organisers.open_session(records, who.id)
        async with worker.browser() as browser:
            browser.cookies.set(SESSION, token)
            response = await browser.post(f"/events/{worker.event}/ticket", headers={"Origin": worker.url})
            assert response.status_code == status


@pytest.mark.parametrize("cookie", ["", "x", "x" * 43])
async def test_nobody_else_gets_a_ticket_or_servers(worker: Worker, cookie: str) -> None:
    async with worker.browser() as browser:
        browser.cookies.set(SEAT + worker.event, cookie)
        refused = await browser.post(f"/e/{worker.event}/ticket", headers={"Origin": worker.url})
        assert refused.status_code == 403
        assert set(msgspec.json.decode(refused.content)) == {"error", "field"}
        assert (await browser.get(f"/e/{worker.event}/ice.json")).status_code == 403


async def test_somebody_removed_gets_no_ticket(worker: Worker) -> None:
    person = await worker.person()
    await registrations.set_status(worker.services.records, worker.event, person.id, "removed")
    async with worker.browser() as browser:
        browser.cookies.set(SEAT + worker.event, person.token)
        assert (await browser.post(f"/e/{worker.event}/ticket", headers={"Origin": worker.url})).status_code == 403


async def test_another_site_gets_no_ticket_with_our_cookie(worker: Worker) -> None:
    person = await worker.person()
    async with worker.browser() as browser:
        browser.cookies.set(SEAT + worker.event, person.token)
        for headers in ({}, {"Origin": "https://evil.net"}, {"Origin": worker.url, "Sec-Fetch-Site": "cross-site"}):
            assert (await browser.post(f"/e/{worker.event}/ticket", headers=headers)).status_code == 403
