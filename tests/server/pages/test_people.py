"""The organiser's people: list, files, removal; and who may open which page."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from rooms.language.cards import Traits
from rooms.language.commands import ReadmitAttendee, RemoveAttendee
from rooms.language.errands import ChangeCard
from rooms.language.ids import Role
from server.files.rosters import ROSTER_BYTES
from server.pages import connections, people, profile, registrations, reports
from server.records import connections as answers
from server.records import listings
from server.records import registrations as records_of_people
from server.records.connections import Word
from server.records.schema import event_organisers, organisers, sessions
from tests.support.house import House, build, redis_at
from tests.support.seating import EVENT, add_event, meet, records_at, seat

ROUTES = [*registrations.routes, *profile.routes, *people.routes, *connections.routes, *reports.routes]
PEOPLE = f"/events/{EVENT}/people"


async def sign_in(house: House, name: str, *events: str) -> str:
    """An organiser of these events; the token of their login."""
    async with house.records.begin() as connection:
        row = {"id": name, "email": f"{name}@example.org", "name": name, "demo": False, "created_at": 1}
        await connection.execute(insert(organisers).values(row))
        for event in events:
            await connection.execute(insert(event_organisers).values(event=event, organiser=name, owner=True))
        token_hash = hashlib.sha256(name.encode()).hexdigest()
        login = {"token_hash": token_hash, "organiser": name, "created_at": 1, "expires_at": 10**14}
        await connection.execute(insert(sessions).values(login))
    return name


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with records_at(tmp_path) as records, redis_at(tmp_path) as store:
        await add_event(records)
        found = build(records, store, ROUTES)
        await sign_in(found, "noor", EVENT)
        yield found


async def names(house: House) -> list[str]:
    return [one.name for one in await listings.everyone(house.records, EVENT)]


def paths(about: str) -> list[tuple[str, str]]:
    """Every route of an organiser or attendee with its method."""
    found = []
    for route in ROUTES:
        path = route.path.replace("{slug}", EVENT).replace("{about}", about)
        found += [(method, path) for method in sorted((route.methods or set()) - {"HEAD"})]
    return found


OPEN = {("GET", f"/e/{EVENT}"), ("POST", f"/e/{EVENT}/join"), ("GET", f"/e/{EVENT}/event.ics")}


async def test_each_route_is_closed_to_those_whom_it_does_not_concern(house: House) -> None:
    ana = await seat(house.records, "Ana")
    other = await seat(house.records, "Olga", await add_event(house.records, "another"))
    foreign = await sign_in(house, "fay", "another")
    for method, path in paths(ana.id):
        if (method, path) in OPEN or "/me/" in path:
            continue
        hosts = path.startswith("/events/")
        outsiders = [house.visitor(), house.visitor(other), house.visitor(session=foreign)]
        outsiders.append(house.visitor(ana) if hosts else house.visitor(session="noor"))
        for outsider in outsiders:
            answer = await outsider.request(method, path)
            assert answer.status_code in {303, 401, 403, 404}, (method, path, answer.status_code)
            assert "ana@" not in answer.text
            if answer.status_code == 303:
                assert answer.headers["location"].startswith(("/sign-in", f"/e/{EVENT}"))
    assert await names(house) == ["Ana"]
    assert house.inbox.orders == []


async def test_organisers_read_no_note_no_answer_and_no_thanks(house: House) -> None:
    ana, ben = await seat(house.records, "Ana"), await seat(house.records, "Ben")
    await meet(house.records, 1, ana, ben)
    host = house.visitor(session="noor")
    pages = (PEOPLE, f"{PEOPLE}.csv", f"/events/{EVENT}/report", f"/events/{EVENT}/report.csv?table=pairs")
    before = [(await host.get(page)).text for page in pages]
    await answers.say(house.records, ana, ben.id, Word(answer="yes", note="CANARY", shared=("phone",)))
    await answers.thank(house.records, ana, ben.id, "CANARY")
    assert [(await host.get(page)).text for page in pages] == before


async def test_a_file_is_taken_as_a_whole(house: House) -> None:
    host = house.visitor(session="noor")
    data = "name,e-mail,team\nZoë,zoe@example.org,Care\n=Eve,,\n".encode()
    answer = await host.post(f"{PEOPLE}/import", files={"file": ("guests.csv", data, "text/csv")})
    assert answer.headers["location"] == f"{PEOPLE}?done=imported&people=2"
    assert await names(house) == ["Zoë", "=Eve"]
    text = (await host.get(answer.headers["location"])).text
    assert "2 people added" in text
    table = (await host.get(f"{PEOPLE}.csv")).text
    assert "'=Eve" in table
    assert f"/e/{EVENT}/me/" in table


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"name,email\nAna,a@example.org\n,b\n", "There is no name"),
        (b"name,email\nAna,KNOWN@example.org\n", "on the list already"),
        (b"name,email\nAna,a@example.org\nBen,A@example.org", "in row 2 already"),
        (b"<b>,x\n", "column called"),
        (b"\x81", "characters"),
        (b"x" * (ROSTER_BYTES + 1), "10 MB"),
        (b"x" * (ROSTER_BYTES + 100_000), "10 MB"),
    ],
)
async def test_a_file_with_a_mistake_adds_nobody(house: House, data: bytes, words: str) -> None:
    await seat(house.records, "Known")
    host = house.visitor(session="noor")
    answer = await host.post(f"{PEOPLE}/import", files={"file": ("<b>.csv", data, "text/csv")})
    assert answer.status_code == 422
    assert "Nobody was added" in answer.text
    assert words in answer.text
    assert "<b>" not in answer.text.split("Nobody was added", 1)[1].split("</section>")[0]
    assert await names(house) == ["Known"]


@pytest.mark.parametrize(
    "body", [{}, {"data": {"file": "text"}}, {"content": b"--x", "headers": {"content-type": "a/b"}}]
)
async def test_an_import_without_a_file_says_so(house: House, body: dict[str, object]) -> None:
    answer = await house.visitor(session="noor").post(f"{PEOPLE}/import", **body)  # type: ignore[arg-type]
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "Ana", "email": "x"}, "email"),
        ({"name": "Ana", "email": "KNOWN@example.org"}, "email"),
        ({"name": "Ana", "role": "x" * 41}, "role"),
        ({"name": "Ana", "team": "x" * 121}, "team"),
    ],
)
async def test_adding_one_with_a_mistake_adds_nobody(house: House, form: dict[str, str], field: str) -> None:
    await seat(house.records, "Known")
    answer = await house.visitor(session="noor").post(f"{PEOPLE}/add", data=form)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert await names(house) == ["Known"]


async def test_one_is_added_removed_readmitted_banned_and_deleted(house: House) -> None:
    host = house.visitor(session="noor")
    await host.post(f"{PEOPLE}/add", data={"name": "Ana", "email": "ana@example.org"})
    [ana] = await listings.everyone(house.records, EVENT)
    for deed, form, status in (
        ("remove", {"sent": "1"}, "removed"),
        ("readmit", {}, "invited"),
        ("remove", {"ban": "on"}, "banned"),
    ):
        answer = await host.post(f"{PEOPLE}/{ana.id}/{deed}", data=form)
        assert answer.status_code == 303
        found = await records_of_people.find(house.records, ana.id)
        assert found is not None
        assert found.status == status
    assert house.inbox.wishes == [RemoveAttendee(ana.id), ReadmitAttendee(ana.id), RemoveAttendee(ana.id, ban=True)]
    assert {order.role for _, order in house.inbox.orders} == {Role.ORGANISER}
    house.inbox.away = True
    assert (await host.post(f"{PEOPLE}/{ana.id}/delete", data={})).status_code == 303
    assert await names(house) == []


async def test_a_role_is_noted_and_told(house: House) -> None:
    ana = await seat(house.records, "Ana", groups=("night",))
    host = house.visitor(session="noor")
    answer = await host.post(f"{PEOPLE}/{ana.id}/role", data={"role": " Mentor "})
    assert answer.headers["location"] == f"{PEOPLE}?done=role"
    found = await records_of_people.find(house.records, ana.id)
    assert found
    assert found.role == "Mentor"
    assert house.inbox.wishes == [ChangeCard(ana.card, Traits("Mentor", ("night",)))]
    assert (await host.post(f"{PEOPLE}/{ana.id}/role", data={"role": "x" * 41})).status_code == 422


async def test_people_of_another_event_are_out_of_reach(house: House) -> None:
    stranger = await seat(house.records, "Stan", await add_event(house.records, "another"))
    host = house.visitor(session="noor")
    for deed in ("remove", "readmit", "delete"):
        assert (await host.post(f"{PEOPLE}/{stranger.id}/{deed}", data={})).status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "status=x", "q=%25'\"<"])
async def test_odd_addresses_show_the_list_all_the_same(house: House, query: str) -> None:
    await seat(house.records, "Ana")
    host = house.visitor(session="noor")
    assert (await host.get(f"{PEOPLE}?{query}")).status_code == 200
    assert (await host.get(f"/events/{EVENT}/report?{query}&people=x")).status_code == 200


async def test_the_report_tells_the_evening_in_a_sentence(house: House) -> None:
    host = house.visitor(session="noor")
    assert "Nobody has a seat yet" in (await host.get(f"/events/{EVENT}/report")).text
    ana, ben = await seat(house.records, "Ana"), await seat(house.records, "Ben")
    await meet(house.records, 1, ana, ben)
    text = (await host.get(f"/events/{EVENT}/report")).text
    assert "1 conversation" in text
    assert "shown from 5 pairs on" in text
    for table in ("people", "pairs", "teams"):
        assert (await host.get(f"/events/{EVENT}/report.csv?table={table}")).status_code == 200
    assert (await host.get(f"/events/{EVENT}/report.csv?table=notes")).status_code == 404
