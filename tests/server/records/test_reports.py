"""Reports and blocks."""

import pytest

from rooms.language.ids import AttendeeId
from server.records import connections, reports
from server.records.connections import UnknownPersonError, Word
from server.records.engine import Records
from server.records.reports import REPORTS_PER_PERSON, Complaint, TooManyReportsError
from tests.support.seating import EVENT, add_event, meet, seat


@pytest.fixture
async def records(records: Records) -> Records:
    await add_event(records)
    return records


async def test_a_report_is_kept_and_a_block_undoes_the_yes(records: Records) -> None:
    ana, ben = await seat(records, "Ana"), await seat(records, "Ben")
    await meet(records, 1, ana, ben)
    await connections.say(records, ana, ben.id, Word(answer="yes", shared=("email",)))
    await connections.say(records, ben, ana.id, Word(answer="yes"))
    await reports.file(records, ana, Complaint(ben.id, "unkind", "He would not stop", never_again=True))
    [filed] = await reports.filed(records, EVENT)
    assert (filed.by, filed.about, filed.kind, filed.text) == (ana.id, ben.id, "unkind", "He would not stop")
    assert await reports.apart(records, EVENT) == [(ana.id, ben.id)]
    [row] = await connections.met(records, EVENT, ben.id)
    assert (row.mutual, row.contact) == (False, None)


async def test_a_report_alone_blocks_nobody(records: Records) -> None:
    ana, ben = await seat(records, "Ana"), await seat(records, "Ben")
    await reports.file(records, ana, Complaint(ben.id, "other"))
    assert await reports.apart(records, EVENT) == []


async def test_nobody_reports_strangers_or_themselves(records: Records) -> None:
    ana = await seat(records, "Ana")
    stranger = await seat(records, "Stan", await add_event(records, "another"))
    for about in (ana.id, stranger.id, AttendeeId("nobody")):
        with pytest.raises(UnknownPersonError):
            await reports.file(records, ana, Complaint(about, "other"))


async def test_reports_of_one_person_are_bounded(records: Records) -> None:
    ana, ben = await seat(records, "Ana"), await seat(records, "Ben")
    for _ in range(REPORTS_PER_PERSON):
        await reports.file(records, ana, Complaint(ben.id, "other"))
    with pytest.raises(TooManyReportsError):
        await reports.file(records, ana, Complaint(ben.id, "other"))
