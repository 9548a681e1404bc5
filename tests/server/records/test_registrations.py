"""Seats, cards, contact fields and how they are forgotten."""

import asyncio
from typing import Any

import msgspec
import pytest
from sqlalchemy.exc import IntegrityError

from rooms.language.cards import Traits
from rooms.language.ids import AttendeeId
from server.records import connections, listings, registrations
from server.records.connections import Word
from server.records.engine import Records
from server.records.registrations import TOMBSTONE_NAME, Newcomer
from tests.support.seating import EVENT, add_event, meet, seat


@pytest.fixture
async def records(records: Records) -> Records:
    await add_event(records)
    return records


async def test_somebody_who_joins_has_a_card_a_link_and_a_contact(records: Records) -> None:
    newcomer = Newcomer("Zoë Ángström", "zoe@example.org", "Field ops", interests=("tea",), conduct_hash="x")
    person = await registrations.join(records, EVENT, newcomer, 0)
    assert person is not None
    assert person.status == "joined"
    assert person.welcome
    assert len(person.token) >= 43
    assert (person.name, person.card.team, person.card.interests) == ("Zoë Ángström", "Field ops", ("tea",))
    assert person.contact.email == "zoe@example.org"
    assert await registrations.by_token(records, person.token) == person


@pytest.mark.parametrize("token", ["", "nobody", "' OR 1=1 --", "x" * 5000])
async def test_an_unknown_token_opens_nothing(records: Records, token: str) -> None:
    await seat(records, "Ana")
    assert await registrations.by_token(records, token) is None


async def test_many_who_come_at_once_are_found_by_few_statements(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [await seat(records, f"P{number}") for number in range(12)]
    opened, connect = 0, records.connect

    def counted() -> Any:
        nonlocal opened
        opened += 1
        return connect()

    monkeypatch.setattr(records, "connect", counted)
    wanted = [registrations.find(records, person.id) for person in people]
    unknown = [registrations.find(records, AttendeeId(f"nobody {number}")) for number in range(12)]
    found = await asyncio.gather(*wanted, *unknown)
    assert found == [*people, *[None] * 12]
    assert opened <= 3


async def test_the_last_seat_is_given_once(records: Records) -> None:
    tries = [registrations.join(records, EVENT, Newcomer(f"P{n}"), capacity=3) for n in range(8)]
    seated = [person for person in await asyncio.gather(*tries) if person]
    assert len(seated) == 3


async def test_a_removed_person_frees_the_seat(records: Records) -> None:
    person = await registrations.join(records, EVENT, Newcomer("One"), capacity=1)
    assert person is not None
    assert await registrations.join(records, EVENT, Newcomer("Two"), capacity=1) is None
    assert await registrations.set_status(records, EVENT, person.id, "removed")
    assert await registrations.join(records, EVENT, Newcomer("Two"), capacity=1) is not None


async def test_many_are_added_all_or_none(records: Records) -> None:
    people = await registrations.add(records, EVENT, [Newcomer("A", source="import"), Newcomer("B", source="import")])
    assert [person.status for person in people] == ["invited", "invited"]
    with pytest.raises(IntegrityError, match=r"(?i)check"):
        await registrations.add(
            records,
            EVENT,
            [Newcomer("C", source="import"), Newcomer("D", source="wrong")],  # type: ignore[arg-type]
        )
    assert [person.name for person in await listings.everyone(records, EVENT)] == ["A", "B"]


async def test_an_invited_person_joins_by_consent(records: Records) -> None:
    [person] = await registrations.add(records, EVENT, [Newcomer("A", source="import")])
    await registrations.consent(records, person.id, "hash")
    found = await registrations.find(records, person.id)
    assert found is not None
    assert found.status == "joined"
    assert found.consented_at


async def test_a_saved_profile_keeps_what_the_matcher_knows(records: Records) -> None:
    [person] = await registrations.add(records, EVENT, [Newcomer("A", groups=("night",), source="import")])
    traits = Traits("mentor", person.groups, True)
    card = msgspec.structs.replace(person.card, name="Ada", ask_me="sailing", looking_for=("a mentor",))
    await registrations.save(records, person, card, registrations.Contact(website="https://ada.example"), traits)
    found = await registrations.find(records, person.id)
    assert found is not None
    assert found.card == card
    assert found.traits == traits == Traits("mentor", ("night",), True)
    assert found.contact.website == "https://ada.example"


@pytest.mark.parametrize("status", ["removed", "banned", "joined"])
async def test_a_status_is_set_only_in_its_own_event(records: Records, status: registrations.Status) -> None:
    person = await seat(records, "Ana")
    other = await add_event(records, "another")
    assert not await registrations.set_status(records, other, person.id, status)
    assert not await registrations.set_status(records, EVENT, AttendeeId("nobody"), status)
    assert await registrations.set_status(records, EVENT, person.id, status)


async def test_a_ban_holds_for_the_address_in_any_case(records: Records) -> None:
    person = await seat(records, "Ana")
    assert not await registrations.banned(records, EVENT, "ana@example.org")
    await registrations.set_status(records, EVENT, person.id, "banned")
    assert await registrations.banned(records, EVENT, "ANA@example.org")
    assert not await registrations.banned(records, EVENT, "")


async def test_the_list_is_searched_filtered_and_paged(records: Records) -> None:
    people = [Newcomer(f"Person {n:03}", team="Care" if n % 2 else "Ops") for n in range(120)]
    await registrations.add(records, EVENT, people)
    first = await listings.listing(records, EVENT, "", "", 1)
    last = await listings.listing(records, EVENT, "", "", 3)
    assert (first.total, len(first.rows), len(last.rows)) == (120, 50, 20)
    assert first.rows[0].name == "Person 000"
    assert (await listings.listing(records, EVENT, "person 11", "", 1)).total == 10
    assert (await listings.listing(records, EVENT, "%", "", 1)).total == 0
    assert (await listings.listing(records, EVENT, "", "banned", 1)).total == 0
    assert (await listings.listing(records, EVENT, "", "joined", 1)).total == 120


async def test_counts_name_teams_by_size(records: Records) -> None:
    await seat(records, "Ana", team="Care")
    await seat(records, "Ben", team="Care")
    await seat(records, "Cem", team="Ops")
    gone = await seat(records, "Dee", team="Ops")
    await registrations.set_status(records, EVENT, gone.id, "removed")
    counts = await listings.count(records, EVENT)
    assert (counts.seated, counts.came, counts.removed) == (3, 0, 1)
    assert counts.teams == (("Care", 2), ("Ops", 1))


async def test_nothing_of_an_erased_person_is_left(records: Records) -> None:
    private: dict[str, Any] = {"role": "canary keeper", "groups": ("canary club",)}
    ana, ben = await seat(records, "Ana Canary", **private), await seat(records, "Ben")
    await meet(records, 1, ana, ben)
    await connections.say(records, ana, ben.id, Word(answer="yes", note="Canary note"))
    await connections.say(records, ben, ana.id, Word(answer="yes", note="Canary is nice"))
    await registrations.erase(records, ana.id)
    [row] = await connections.met(records, EVENT, ben.id)
    assert (row.name, row.mutual, row.contact, row.note) == (TOMBSTONE_NAME, False, None, "")
    assert await registrations.by_token(records, ana.token) is None
    gone = await registrations.find(records, ana.id)
    assert gone
    assert gone.traits == Traits()
    assert not await registrations.set_status(records, EVENT, ana.id, "joined")
    async with records.connect() as connection:
        everything = b""
        for table in ("registrations", "answers", "reports"):
            found = await connection.exec_driver_sql(f"SELECT * FROM {table}")
            everything += repr(found.all()).encode()
    assert b"anary" not in everything
    assert b"ana@" not in everything


async def test_the_last_seat_is_given_once_however_many_ask_at_once(records: Records) -> None:
    asked = (registrations.join(records, EVENT, Newcomer(f"Guest {number}"), capacity=3) for number in range(8))
    seats = [seat for seat in await asyncio.gather(*asked) if seat is not None]
    assert len(seats) == 3


async def test_only_somebody_who_never_came_is_deleted(records: Records) -> None:
    person = await seat(records, "Ana")
    assert not await registrations.remove_row(records, await add_event(records, "another"), person.id)
    assert await registrations.remove_row(records, EVENT, person.id)
    assert await registrations.find(records, person.id) is None
