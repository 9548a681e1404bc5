"""The list of people met as a page and as files; the profile, all my data, and being forgotten."""

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import vobject

from rooms.language.cards import Traits
from rooms.language.errands import ChangeCard, MakeConnection
from server.pages import connections as pages
from server.pages import profile, registrations
from server.records import connections
from server.records import registrations as records_of_people
from server.records.connections import Word
from server.records.registrations import Registration
from tests.support.house import House, build, redis_at
from tests.support.seating import EVENT, add_event, meet, records_at, seat

LIST = f"/e/{EVENT}/connections"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with records_at(tmp_path) as records, redis_at(tmp_path) as store:
        await add_event(records)
        yield build(records, store, [*registrations.routes, *profile.routes, *pages.routes])


@pytest.fixture
async def pair(house: House) -> tuple[Registration, Registration]:
    ana, ben = await seat(house.records, "Ana", team="Care"), await seat(house.records, "Ben", team="Ops")
    await meet(house.records, 1, ana, ben)
    return ana, ben


async def test_the_plain_form_keeps_everything(house: House, pair: tuple[Registration, Registration]) -> None:
    ana, ben = pair
    form = {"answer": "yes", "note": "asks well", "kudos": "great_listener", "shared_email": "on"}
    answer = await house.visitor(ana).post(f"{LIST}/{ben.id}", data=form)
    assert answer.headers["location"] == f"{LIST}?person={ben.id}&saved=word"
    [row] = await connections.met(house.records, EVENT, ana.id)
    assert (row.answer, row.note, row.kudos, row.shared) == ("yes", "asks well", "great_listener", ("email",))
    await house.visitor(ben).post(f"{LIST}/{ana.id}", data={"answer": "yes"})
    assert house.inbox.wishes == [MakeConnection(ben.id, ana.id)]
    text = (await house.visitor(ben).get(LIST)).text
    assert "You met one person. One said yes back." in text
    assert "ana@contact.example" in text
    assert "+49 30 ana" not in text


@pytest.mark.parametrize(
    ("path", "form", "field"),
    [
        ("", {"note": "x" * 601}, "note"),
        ("/thanks", {"thanks": ""}, "thanks"),
        ("/thanks", {"thanks": "x" * 601}, "thanks"),
    ],
)
async def test_what_is_too_long_or_missing_comes_back(
    house: House, pair: tuple[Registration, Registration], path: str, form: dict[str, str], field: str
) -> None:
    ana, ben = pair
    answer = await house.visitor(ana).post(f"{LIST}/{ben.id}{path}", data=form)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


async def test_thanks_reach_the_other_when_both_said_yes(house: House, pair: tuple[Registration, Registration]) -> None:
    ana, ben = pair
    await house.visitor(ana).post(f"{LIST}/{ben.id}/thanks", data={"thanks": "A lovely talk", "do": "draft"})
    for one, other in ((ana, ben), (ben, ana)):
        await house.visitor(one).post(f"{LIST}/{other.id}", data={"answer": "yes"})
    assert "A lovely talk" not in (await house.visitor(ben).get(LIST)).text
    await house.visitor(ana).post(f"{LIST}/{ben.id}/thanks", data={"thanks": "A lovely talk", "do": "send"})
    assert "A lovely talk" in (await house.visitor(ben).get(LIST)).text


async def everything(house: House, ana: Registration, ben: Registration) -> list[bytes]:
    """All that Ben can open."""
    visitor = house.visitor(ben)
    pages = ("connections", f"connections?person={ana.id}", "connections?show=both", "profile")
    paths = (*pages, "connections.vcf", "connections.csv", f"connections/{ana.id}.vcf", "mine.json", "met.json")
    answers = [await visitor.get(f"/e/{EVENT}/{path}") for path in paths]
    return [answer.content + repr(sorted(answer.headers.items())).encode() for answer in answers]


@pytest.mark.parametrize("mine", [None, "no"])
async def test_no_page_and_no_file_shows_one_sided_interest(
    house: House, pair: tuple[Registration, Registration], mine: Any
) -> None:
    ana, ben = pair
    await connections.say(house.records, ben, ana.id, Word(answer=mine))
    before = await everything(house, ana, ben)
    word = Word(answer="yes", note="n", kudos="taught_me", shared=("email", "phone"))
    await connections.say(house.records, ana, ben.id, word)
    await connections.thank(house.records, ana, ben.id, "Thank you")
    assert await everything(house, ana, ben) == before
    await connections.say(house.records, ana, ben.id, Word(answer="no"))
    assert await everything(house, ana, ben) == before


async def test_files_hold_what_both_agreed_to(house: House, pair: tuple[Registration, Registration]) -> None:
    ana, ben = pair
    await connections.say(house.records, ana, ben.id, Word(answer="yes", shared=("email", "website")))
    await connections.say(house.records, ben, ana.id, Word(answer="yes", note="=1+1"))
    visitor = house.visitor(ben)
    for path in ("connections.vcf", f"connections/{ana.id}.vcf"):
        card = vobject.readOne((await visitor.get(f"/e/{EVENT}/{path}")).text)
        assert (card.fn.value, card.email.value, card.url.value) == (
            "Ana",
            "ana@contact.example",
            "https://ana.example",
        )
        assert "tel" not in card.contents
    rows = list(csv.DictReader(io.StringIO((await visitor.get(f"{LIST}.csv")).content.decode("utf-8-sig"))))
    assert (rows[0]["name"], rows[0]["email"], rows[0]["phone"], rows[0]["my note"]) == (
        "Ana",
        "ana@contact.example",
        "",
        "'=1+1",
    )


async def test_an_empty_list_and_an_unknown_person(house: House) -> None:
    ana = await seat(house.records, "Ana")
    assert "Nobody on your list yet" in (await house.visitor(ana).get(LIST)).text
    assert (await house.visitor(ana).get(f"{LIST}?person=nobody")).status_code == 404
    assert (await house.visitor(ana).post(f"{LIST}/nobody", data={"answer": "yes"})).status_code == 404
    assert (await house.visitor(ana).get(f"{LIST}/nobody.vcf")).status_code == 404


PROFILE = {
    "name": "Ana R",
    "interests": "tea, choir, tea",
    "ask_me": "sailing",
    "contact_linkedin": "linkedin.example/a",
}


async def test_a_profile_is_kept_and_told(house: House) -> None:
    ana = await seat(house.records, "Ana")
    answer = await house.visitor(ana).post(f"/e/{EVENT}/profile", data=PROFILE)
    assert answer.headers["location"] == f"/e/{EVENT}/profile?saved"
    found = await records_of_people.find(house.records, ana.id)
    assert found is not None
    assert (found.name, found.card.interests, found.card.ask_me) == ("Ana R", ("tea", "choir"), "sailing")
    assert found.contact.linkedin == "https://linkedin.example/a"
    assert house.inbox.wishes == [ChangeCard(found.card)]


ROUNDS = (
    '[{"kind":"rounds","rules":[{"type":"complementary","attr":"role","values":["mentor","mentee"]},'
    '{"type":"no_token","values":["Night shift","Apprentices"]}]}]'
)


async def test_what_only_the_seating_knows_is_kept_told_to_the_matcher_and_taken_out(house: House) -> None:
    event = await add_event(house.records, "mentoring", agenda=ROUNDS)
    ana = await seat(house.records, "Ana", event, groups=("Founders", "Apprentices"))
    visitor = house.visitor(ana)
    assert "Night shift" in (await visitor.get("/e/mentoring/profile")).text
    said = {"role": "mentee", "group_0": "on", "language_required": "on"}
    await visitor.post("/e/mentoring/profile", data=PROFILE | said)
    found = await records_of_people.find(house.records, ana.id)
    assert found
    # What a host wrote down and the agenda does not name stays; what it names is the guest's own word.
    assert found.traits == Traits("mentee", ("Founders", "Night shift"), True)
    assert house.inbox.wishes == [ChangeCard(found.card, found.traits)]
    mine = (await visitor.get("/e/mentoring/mine.json")).json()["registration"]
    assert (mine["role"], mine["groups"], mine["language_required"]) == ("mentee", ["Founders", "Night shift"], True)


async def test_a_guest_does_not_undo_the_role_that_a_host_gave(house: House) -> None:
    event = await add_event(house.records, "mentoring", agenda=ROUNDS)
    ana = await seat(house.records, "Ana", event, role="host")
    page = (await house.visitor(ana).get("/e/mentoring/profile")).text
    assert "You come as <b>host</b>" in page
    await house.visitor(ana).post("/e/mentoring/profile", data=PROFILE | {"role": "mentor"})
    found = await records_of_people.find(house.records, ana.id)
    assert found
    assert found.role == "host"
    ben = await seat(house.records, "Ben", event)
    answer = await house.visitor(ben).post("/e/mentoring/profile", data=PROFILE | {"role": "host"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"headline": "x" * 121}, "headline"),
        ({"ask_me": "x" * 601}, "ask_me"),
        ({"interests": ",".join("abcdefghijklm")}, "interests"),
        ({"interests": "x" * 121}, "interests"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"contact_email": "ana"}, "contact_email"),
        ({"contact_website": "javascript:alert(1)"}, "contact_website"),
        ({"contact_linkedin": "data://x y"}, "contact_linkedin"),
        ({"contact_phone": "1" * 41}, "contact_phone"),
    ],
)
async def test_a_profile_with_a_mistake_is_not_kept(house: House, change: dict[str, str], field: str) -> None:
    ana = await seat(house.records, "Ana")
    answer = await house.visitor(ana).post(f"/e/{EVENT}/profile", data=PROFILE | change)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert await records_of_people.find(house.records, ana.id) == ana


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": 1}, "name"),
        ({"name": "Ana", "admin": True}, "admin"),
        ({"name": "Ana", "groups": ["founders"]}, "groups"),
        ({"name": "Ana", "languageRequired": "perhaps"}, None),
        ({"name": "Ana", "interests": "tea"}, "interests"),
        ({"name": "Ana", "interests": list("abcdefghijklm")}, "interests"),
        ({"name": "Ana", "contact": {"website": "javascript:alert(1)"}}, "website"),
        ({"name": "Ana", "contact": {"password": "x"}}, "password"),
        ([], None),
    ],
)
async def test_a_bad_profile_in_json_is_refused_with_its_field(house: House, body: Any, field: str | None) -> None:
    ana = await seat(house.records, "Ana")
    answer = await house.visitor(ana).put(f"/e/{EVENT}/profile.json", json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert await records_of_people.find(house.records, ana.id) == ana


async def test_a_profile_in_json_keeps_the_contact_unless_given(house: House) -> None:
    ana = await seat(house.records, "Ana")
    answer = await house.visitor(ana).put(f"/e/{EVENT}/profile.json", json={"name": "Ana", "audioOnly": True})
    assert answer.json()["card"]["audioOnly"]
    assert answer.json()["contact"]["email"] == "ana@contact.example"
    await house.visitor(ana).put(f"/e/{EVENT}/profile.json", json={"name": "Ana", "languageRequired": True})
    await house.visitor(ana).put(f"/e/{EVENT}/profile.json", json={"name": "Anna"})
    found = await records_of_people.find(house.records, ana.id)
    assert found
    assert found.language_required


async def test_everything_can_be_taken_out_also_after_a_removal(
    house: House, pair: tuple[Registration, Registration]
) -> None:
    ana, ben = pair
    await connections.say(house.records, ana, ben.id, Word(note="mine"))
    await records_of_people.set_status(house.records, EVENT, ana.id, "removed")
    found = (await house.visitor(ana).get(f"/e/{EVENT}/mine.json")).json()
    assert found["card"]["name"] == "Ana"
    assert found["contact"]["email"] == "ana@contact.example"
    assert found["met"][0]["note"] == "mine"


async def test_people_are_forgotten_when_they_mean_it(house: House, pair: tuple[Registration, Registration]) -> None:
    ana, ben = pair
    assert (await house.visitor(ana).post(f"/e/{EVENT}/erase", data={"sent": "1"})).status_code == 422
    answer = await house.visitor(ana).post(f"/e/{EVENT}/erase", data={"sure": "on"})
    assert "You are forgotten here" in answer.text
    assert "Somebody who left" in (await house.visitor(ben).get(LIST)).text
    assert (await house.visitor(ana).get(LIST)).status_code == 303
