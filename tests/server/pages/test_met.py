"""The JSON of the connection list: strict towards what comes in, silent about what is one-sided."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from rooms.language.errands import FileReport, KeepApart, MakeConnection
from server.pages import met
from server.records import connections, registrations, reports
from server.records.connections import Word
from server.records.registrations import Registration
from tests.support.house import House, build, redis_at
from tests.support.seating import EVENT, add_event, meet, records_at, seat


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with records_at(tmp_path) as records, redis_at(tmp_path) as store:
        await add_event(records)
        yield build(records, store, met.routes)


@pytest.fixture
async def pair(house: House) -> tuple[Registration, Registration]:
    ana, ben = await seat(house.records, "Ana"), await seat(house.records, "Ben")
    await meet(house.records, 1, ana, ben)
    return ana, ben


async def test_the_list_names_people_and_my_own_fields(house: House, pair: tuple[Registration, Registration]) -> None:
    ana, ben = pair
    answer = await house.visitor(ana).get(f"/e/{EVENT}/met.json")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    [row] = answer.json()["met"]
    assert row["id"] == ben.id
    assert row["rounds"] == [1]
    assert row["talkedMs"] == 240_000
    assert row["answer"] is None
    assert row["contact"] is None
    assert answer.json()["contactFields"]["email"] == "ana@contact.example"


async def test_a_yes_on_both_sides_makes_a_connection_once(
    house: House, pair: tuple[Registration, Registration]
) -> None:
    ana, ben = pair
    first = await house.visitor(ana).put(f"/e/{EVENT}/met/{ben.id}.json", json={"answer": "yes", "shared": ["email"]})
    assert (first.status_code, first.json()["mutual"]) == (200, False)
    assert house.inbox.wishes == []
    for _ in range(2):
        second = await house.visitor(ben).put(f"/e/{EVENT}/met/{ana.id}.json", json={"answer": "yes"})
        assert second.json()["contact"] == {"email": "ana@contact.example"}
    assert house.inbox.wishes == [MakeConnection(ben.id, ana.id)]


async def test_a_yes_is_kept_while_redis_is_away(house: House, pair: tuple[Registration, Registration]) -> None:
    ana, ben = pair
    house.inbox.away = True
    for one, other in ((ana, ben), (ben, ana)):
        answer = await house.visitor(one).put(f"/e/{EVENT}/met/{other.id}.json", json={"answer": "yes"})
        assert answer.status_code == 200
    assert (await house.visitor(ana).get(f"/e/{EVENT}/met.json")).json()["met"][0]["mutual"]


BAD: list[tuple[bytes, int, str | None]] = [
    (b"", 400, None),
    (b"{", 400, None),
    (b"\xff\xfe", 400, None),
    (b"[" * 5000, 422, None),
    (b"[]", 422, None),
    (b'{"answer": "maybe"}', 422, "answer"),
    (b'{"answer": 1}', 422, "answer"),
    (b'{"note": null}', 422, "note"),
    (b'{"note": "' + b"x" * 601 + b'"}', 422, "note"),
    (b'{"note": "' + b"x" * 20_000 + b'"}', 413, None),
    (b'{"kudos": "<script>"}', 422, "kudos"),
    (b'{"shared": ["password"]}', 422, "shared"),
    (b'{"shared": "email"}', 422, "shared"),
    (b'{"shared": ["email","email","email","email","email","email"]}', 422, "shared"),
    (b'{"contact": {}}', 422, "contact"),
]


@pytest.mark.parametrize(("body", "status", "field"), BAD)
async def test_a_bad_answer_is_refused_with_its_field(
    house: House, pair: tuple[Registration, Registration], body: bytes, status: int, field: str | None
) -> None:
    ana, ben = pair
    answer = await house.visitor(ana).put(f"/e/{EVENT}/met/{ben.id}.json", content=body)
    assert answer.status_code in {status, 400}
    assert answer.json()["field"] == field
    assert answer.json()["error"]
    [row] = await connections.met(house.records, EVENT, ana.id)
    assert (row.answer, row.note, row.shared) == (None, "", ())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "met.json"),
        ("PUT", "met/x.json"),
        ("POST", "met/x/thanks.json"),
        ("POST", "reports.json"),
    ],
)
@pytest.mark.parametrize("who", ["stranger", "of another event", "removed", "banned", "erased"])
async def test_without_a_seat_there_is_nothing(house: House, method: str, path: str, who: str) -> None:
    person = await seat(house.records, "Ana")
    if who == "stranger":
        visitor = house.visitor()
    elif who == "of another event":
        other = await seat(house.records, "Olga", await add_event(house.records, "another"))
        visitor = house.visitor()
        visitor.cookies.set(f"rondo_seat_{EVENT}", other.token)
    else:
        visitor = house.visitor(person)
        if who == "erased":
            await registrations.erase(house.records, person.id)
        else:
            await registrations.set_status(house.records, EVENT, person.id, "banned" if who == "banned" else "removed")
    answer = await visitor.request(method, f"/e/{EVENT}/{path}", content=b"{}" if method != "GET" else None)
    assert answer.status_code == 401
    assert set(answer.json()) == {"error", "field"}


async def test_an_unknown_event_and_an_unknown_person_are_not_found(house: House) -> None:
    ana = await seat(house.records, "Ana")
    assert (await house.visitor(ana).get("/e/nowhere/met.json")).status_code == 404
    for about in ("nobody", ana.id):
        answer = await house.visitor(ana).put(f"/e/{EVENT}/met/{about}.json", json={"answer": "yes"})
        assert (answer.status_code, answer.json()["field"]) == (404, None)


async def world(house: House, words: dict[str, Any], mine: dict[str, Any]) -> list[bytes]:
    """All that Ben can get after Ana has said something and he has said his own."""
    ana, ben = await seat(house.records, "Ana"), await seat(house.records, "Ben")
    await meet(house.records, 1, ana, ben)
    a, b = house.visitor(ana), house.visitor(ben)
    await a.put(f"/e/{EVENT}/met/{ben.id}.json", json=words)
    if words:
        await a.post(f"/e/{EVENT}/met/{ben.id}/thanks.json", json={"text": "Thank you"})
    answers = [
        await b.put(f"/e/{EVENT}/met/{ana.id}.json", json=mine),
        await b.get(f"/e/{EVENT}/met.json"),
        await b.post(f"/e/{EVENT}/met/{ana.id}/thanks.json", json={"text": "Thanks"}),
    ]
    blank = {ana.id.encode(): b"ANA", ben.id.encode(): b"BEN"}
    bodies = []
    for answer in answers:
        body = answer.content + repr(sorted(answer.headers.items())).encode()
        for old, new in blank.items():
            body = body.replace(old, new)
        bodies.append(body)
    return bodies


@pytest.mark.parametrize("mine", [{}, {"answer": "no"}, {"answer": None}, {"note": "n"}])
async def test_two_worlds_look_the_same_to_the_other(house: House, mine: dict[str, Any]) -> None:
    said = await world(house, {"answer": "yes", "shared": ["email"], "kudos": "great_listener"}, mine)
    refused = await world(house, {"answer": "no", "note": "dull"}, mine)
    nothing = await world(house, {}, mine)
    assert said == refused == nothing


async def test_thanks_are_kept_as_draft_or_sent(house: House, pair: tuple[Registration, Registration]) -> None:
    ana, ben = pair
    path = f"/e/{EVENT}/met/{ben.id}/thanks.json"
    draft = (await house.visitor(ana).post(path, json={"text": "Dear", "draft": True})).json()
    assert (draft["thanks"], draft["thanksSent"]) == ("Dear", False)
    sent = (await house.visitor(ana).post(path, json={"text": "Dear Ben"})).json()
    assert (sent["thanks"], sent["thanksSent"]) == ("Dear Ben", True)
    for body in ({}, {"text": 1}, {"text": "x" * 601}, {"text": "a", "to": "all"}):
        assert (await house.visitor(ana).post(path, json=body)).status_code == 422


async def test_a_report_is_kept_and_told(house: House, pair: tuple[Registration, Registration]) -> None:
    ana, ben = pair
    body = {"about": ben.id, "kind": "unkind", "text": "He\x00shouted", "never_again": True}
    answer = await house.visitor(ana).post(f"/e/{EVENT}/reports.json", json=body)
    assert answer.status_code == 201
    assert house.inbox.wishes == [
        KeepApart(((ana.id, ben.id),)),
        FileReport(ana.id, ben.id, "unkind", "He shouted"),
    ]
    assert len(await reports.filed(house.records, EVENT)) == 1
    assert await reports.apart(house.records, EVENT) == [(ana.id, ben.id)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "about"),
        ({"about": "nobody", "kind": "other"}, "about"),
        ({"about": 1, "kind": "other"}, "about"),
        ({"about": "BEN", "kind": "Not A Code"}, "kind"),
        ({"about": "BEN", "kind": "other", "text": "x" * 601}, "text"),
        ({"about": "BEN", "kind": "other", "never_again": "yes"}, "never_again"),
        ({"about": "BEN", "kind": "other", "x": 1}, "x"),
    ],
)
async def test_a_bad_report_is_refused_with_its_field(
    house: House, pair: tuple[Registration, Registration], body: dict[str, Any], field: str
) -> None:
    ana, ben = pair
    body = {key: ben.id if value == "BEN" else value for key, value in body.items()}
    answer = await house.visitor(ana).post(f"/e/{EVENT}/reports.json", json=body)
    assert answer.status_code in {404, 422}
    assert answer.json()["field"] == field
    assert house.inbox.orders == []


async def test_a_report_is_kept_while_redis_is_away(house: House, pair: tuple[Registration, Registration]) -> None:
    ana, ben = pair
    house.inbox.away = True
    answer = await house.visitor(ana).post(f"/e/{EVENT}/reports.json", json={"about": ben.id, "kind": "other"})
    assert answer.status_code == 201


async def test_a_note_said_during_the_talk_is_on_the_list(house: House) -> None:
    ana, ben = await seat(house.records, "Ana"), await seat(house.records, "Ben")
    await connections.say(house.records, ana, ben.id, Word(note="kind"))
    [row] = (await house.visitor(ana).get(f"/e/{EVENT}/met.json")).json()["met"]
    assert (row["note"], row["rounds"]) == ("kind", [])
