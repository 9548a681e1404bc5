"""Who sees what of whom: nothing one-sided, ever."""

import asyncio

import msgspec
import pytest

from rooms.language.ids import AttendeeId
from server.records import connections, registrations
from server.records.connections import Met, UnknownPersonError, Word
from server.records.engine import Records
from server.records.registrations import Registration
from tests.support.seating import EVENT, add_event, meet, seat


@pytest.fixture
async def records(records: Records) -> Records:
    await add_event(records)
    return records


@pytest.fixture
async def pair(records: Records) -> tuple[Registration, Registration]:
    ana, ben = await seat(records, "Ana", team="Care"), await seat(records, "Ben", team="Ops")
    await meet(records, 2, ana, ben)
    return ana, ben


async def row_of(records: Records, viewer: Registration) -> Met:
    [row] = await connections.met(records, EVENT, viewer.id)
    return row


async def test_meetings_of_several_rounds_are_one_row(
    records: Records, pair: tuple[Registration, Registration]
) -> None:
    ana, ben = pair
    await meet(records, 4, ana, ben, talked_ms=60_000)
    row = await row_of(records, ana)
    assert (row.id, row.name, row.team) == (ben.id, "Ben", "Ops")
    assert (row.rounds, row.talked_ms) == ((2, 4), 300_000)
    assert (row.answer, row.mutual, row.contact) == (None, False, None)


async def test_a_yes_is_mutual_only_with_the_second_one(
    records: Records, pair: tuple[Registration, Registration]
) -> None:
    ana, ben = pair
    first = await connections.say(records, ana, ben.id, Word(answer="yes", shared=("email", "phone")))
    assert (first.newly_mutual, first.row.mutual, first.row.answer) == (False, False, "yes")
    second = await connections.say(records, ben, ana.id, Word(answer="yes"))
    assert second.newly_mutual
    assert second.row.contact == {"email": "ana@contact.example", "phone": "+49 30 ana"}
    assert (await row_of(records, ana)).contact == {}
    again = await connections.say(records, ben, ana.id, Word(answer="yes"))
    assert (again.newly_mutual, again.row.mutual) == (False, True)


async def test_of_two_yeses_at_once_one_makes_it_mutual(
    records: Records, pair: tuple[Registration, Registration]
) -> None:
    ana, ben = pair
    said = await asyncio.gather(
        connections.say(records, ana, ben.id, Word(answer="yes")),
        connections.say(records, ben, ana.id, Word(answer="yes")),
    )
    assert sorted(one.newly_mutual for one in said) == [False, True]


async def test_fields_are_agreed_one_by_one_and_can_be_withdrawn(
    records: Records, pair: tuple[Registration, Registration]
) -> None:
    ana, ben = pair
    await connections.say(records, ana, ben.id, Word(answer="yes", shared=("email", "website")))
    await connections.say(records, ben, ana.id, Word(answer="yes"))
    await connections.say(records, ana, ben.id, Word(shared=("website",)))
    assert (await row_of(records, ben)).contact == {"website": "https://ana.example"}
    await connections.say(records, ana, ben.id, Word(answer="no"))
    row = await row_of(records, ben)
    assert (row.mutual, row.contact) == (False, None)


@pytest.mark.parametrize(
    "word",
    [
        Word(),
        Word(answer="yes"),
        Word(answer="yes", shared=("email", "phone", "other")),
        Word(answer="no"),
        Word(answer=None),
        Word(note="I liked them", kudos="great_listener"),
    ],
    ids=["nothing", "yes", "yes and fields", "no", "undecided", "note and kudos"],
)
@pytest.mark.parametrize("mine", [None, "yes", "no"])
async def test_what_one_says_changes_no_byte_for_the_other(
    records: Records, pair: tuple[Registration, Registration], word: Word, mine: connections.Answer | None
) -> None:
    ana, ben = pair
    if word.answer == "yes" and mine == "yes":
        return
    await connections.say(records, ben, ana.id, Word(answer=mine, note="mine"))
    before = msgspec.json.encode(await connections.met(records, EVENT, ben.id))
    await connections.say(records, ana, ben.id, word)
    await connections.thank(records, ana, ben.id, "Thank you for the talk")
    assert msgspec.json.encode(await connections.met(records, EVENT, ben.id)) == before


async def test_thanks_are_read_when_sent_and_mutual(records: Records, pair: tuple[Registration, Registration]) -> None:
    ana, ben = pair
    await connections.draft_thanks(records, ana, ben.id, "Dear Ben")
    await connections.say(records, ana, ben.id, Word(answer="yes", kudos="made_me_laugh"))
    await connections.say(records, ben, ana.id, Word(answer="yes"))
    assert (await row_of(records, ben)).thanks_received == ""
    sent = await connections.thank(records, ana, ben.id, "Dear Ben, thanks")
    assert sent.row.thanks_sent
    row = await row_of(records, ben)
    assert (row.thanks_received, row.kudos_received) == ("Dear Ben, thanks", "made_me_laugh")


@pytest.mark.parametrize("status", ["removed", "banned"])
async def test_with_a_removed_person_nothing_is_mutual(
    records: Records, pair: tuple[Registration, Registration], status: registrations.Status
) -> None:
    ana, ben = pair
    await connections.say(records, ana, ben.id, Word(answer="yes", shared=("email",)))
    await connections.say(records, ben, ana.id, Word(answer="yes"))
    await registrations.set_status(records, EVENT, ana.id, status)
    row = await row_of(records, ben)
    assert (row.name, row.mutual, row.contact) == ("Ana", False, None)


async def test_a_word_about_a_stranger_is_refused(records: Records, pair: tuple[Registration, Registration]) -> None:
    ana, _ = pair
    other = await add_event(records, "another")
    stranger = await seat(records, "Stan", other)
    for about in (AttendeeId("nobody"), stranger.id, ana.id):
        with pytest.raises(UnknownPersonError):
            await connections.say(records, ana, about, Word(answer="yes"))


async def test_a_word_said_during_the_talk_stands_on_the_list_already(records: Records) -> None:
    ana, ben = await seat(records, "Ana"), await seat(records, "Ben")
    said = await connections.say(records, ana, ben.id, Word(note="asks good questions"))
    assert said.row.rounds == ()
    assert (await row_of(records, ana)).note == "asks good questions"
    assert await connections.met(records, EVENT, ben.id) == []


async def test_what_is_not_said_stays(records: Records, pair: tuple[Registration, Registration]) -> None:
    ana, ben = pair
    await connections.say(records, ana, ben.id, Word(answer="yes", note="n", kudos="great_listener", shared=("other",)))
    row = (await connections.say(records, ana, ben.id, Word(note="m"))).row
    assert (row.answer, row.note, row.kudos, row.shared) == ("yes", "m", "great_listener", ("other",))
