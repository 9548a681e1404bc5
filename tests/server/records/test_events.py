"""Events as they are kept, who may open them, and the plan the engine gets."""

import re

import pytest

from rooms.language.agenda import BreakSegment, ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.ids import EventId, Instant
from server.records import events
from server.records.engine import Records
from server.records.events import Draft, Event
from server.records.organisers import Organiser, create

AGENDA = (LobbySegment(), RoundsSegment(rounds=3, size=4, deck="none"), BreakSegment(hint="Stretch"), ClosingSegment())
DRAFT = Draft(
    name="Midsummer Mixer",
    description="Ten speed rounds",
    starts_at=Instant(1_800_000_000_000),
    timezone="Europe/Lisbon",
    capacity=60,
    entry="code",
    code="heron",
    conduct="Be kind.",
    unattended=True,
)


@pytest.fixture
async def noor(records: Records) -> Organiser:
    return await create(records, "noor@example.org", "Noor", None)


@pytest.fixture
async def mixer(records: Records, noor: Organiser) -> Event:
    return await events.create(records, DRAFT, AGENDA, noor.id, "speed")


async def test_an_event_comes_back_as_it_was_written(records: Records, mixer: Event) -> None:
    assert await events.find(records, mixer.id) == mixer
    assert (mixer.agenda, mixer.name, mixer.template, mixer.status, mixer.version) == (
        AGENDA,
        "Midsummer Mixer",
        "speed",
        "planned",
        0,
    )
    assert await events.find(records, "nowhere-2222") is None


async def test_the_engine_gets_the_plan(records: Records, mixer: Event) -> None:
    plan = await events.plan(records, mixer.id)
    assert plan
    assert (plan.id, plan.name, plan.starts_at, plan.agenda) == (mixer.id, mixer.name, mixer.starts_at, AGENDA)
    assert (plan.capacity, plan.unattended, plan.version) == (60, True, 0)
    assert await events.plan(records, EventId("nowhere-2222")) is None


async def test_each_edit_raises_the_version(records: Records, mixer: Event) -> None:
    renamed = await events.update_draft(records, mixer.id, Draft(**events.draft_row(DRAFT) | {"name": "Autumn"}))
    assert renamed
    assert (renamed.name, renamed.version, renamed.agenda) == ("Autumn", 1, AGENDA)
    shorter = await events.update_agenda(records, mixer.id, AGENDA[:2])
    assert shorter
    assert (shorter.name, shorter.version, shorter.agenda) == ("Autumn", 2, AGENDA[:2])


async def test_editing_an_event_that_is_gone_says_so(records: Records, mixer: Event) -> None:
    await events.remove(records, mixer.id)
    assert await events.update_draft(records, mixer.id, DRAFT) is None
    assert await events.update_agenda(records, mixer.id, AGENDA) is None


async def test_a_copy_has_everything_but_people_and_history(records: Records, mixer: Event, noor: Organiser) -> None:
    await events.set_status(records, mixer.id, "ended")
    copy = await events.duplicate(records, mixer, "Again", Instant(1_900_000_000_000), noor.id)
    assert copy.id != mixer.id
    assert (copy.name, copy.starts_at, copy.agenda) == ("Again", 1_900_000_000_000, AGENDA)
    assert (copy.code, copy.status, copy.ended_at) == ("heron", "planned", None)


async def test_only_organisers_of_an_event_may_open_it(records: Records, mixer: Event, noor: Organiser) -> None:
    sam = await create(records, "sam@example.org", "Sam", None)
    assert await events.organised_by(records, mixer.id, noor.id)
    assert not await events.organised_by(records, mixer.id, sam.id)
    for _ in range(2):
        await events.join_organisers(records, mixer.id, sam.id)
    assert await events.organised_by(records, mixer.id, sam.id)
    assert await events.organisers_of(records, mixer.id) == [(noor, True), (sam, False)]
    await events.leave_organisers(records, mixer.id, sam.id)
    assert not await events.organised_by(records, mixer.id, sam.id)


async def test_whoever_made_an_event_cannot_be_shut_out(records: Records, mixer: Event, noor: Organiser) -> None:
    await events.leave_organisers(records, mixer.id, noor.id)
    assert await events.organised_by(records, mixer.id, noor.id)


async def test_an_organiser_sees_their_own_events_only(records: Records, mixer: Event, noor: Organiser) -> None:
    sam = await create(records, "sam@example.org", "Sam", None)
    later = await events.create(records, Draft(**events.draft_row(DRAFT) | {"starts_at": 2**41}), AGENDA, noor.id)
    listed = await events.of_organiser(records, noor.id)
    assert [row.event.id for row in listed] == [later.id, mixer.id]
    assert [(row.seats, row.met) for row in listed] == [(0, 0), (0, 0)]
    assert await events.of_organiser(records, sam.id) == []


async def test_the_newest_demo_event_is_found(records: Records, mixer: Event, noor: Organiser) -> None:
    assert await events.newest_demo(records) is None
    demo = await events.create(records, DRAFT, AGENDA, noor.id, demo=True)
    assert await events.newest_demo(records) == demo


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("Midsummer Mixer", "midsummer-mixer"),
        ("  Été à Sète!  ", "ete-a-sete"),
        ("夏祭り", "event"),
        ("a" * 120, "a" * 48),
        ("--- / ---", "event"),
        ("<script>", "script"),
    ],
)
def test_an_address_comes_from_the_name(name: str, readable: str) -> None:
    slug = events.new_slug(name)
    assert slug.startswith(readable + "-")
    assert re.fullmatch(r"[a-z0-9-]{6,53}", slug)
    assert slug != events.new_slug(name)
