"""What each database says about itself."""

from server.records.engine import Records
from server.records.survey import survey


async def test_tables_that_are_up_to_date_say_so(records: Records, kind: str) -> None:
    found = await survey(records)
    assert found.kind == kind
    assert found.revision == found.newest
    assert found.known
    assert found.version


async def test_only_a_database_elsewhere_has_a_clock_of_its_own(records: Records, kind: str) -> None:
    found = await survey(records)
    if kind == "sqlite":
        assert found.ahead_ms is None
    else:
        assert found.ahead_ms is not None
        assert abs(found.ahead_ms) <= found.within_ms + 2


async def test_a_database_without_tables_is_known_to_have_none(empty: str) -> None:
    records = Records(empty)
    found = await survey(records)
    await records.close()
    assert found.revision is None
    assert found.known
    assert found.newest
