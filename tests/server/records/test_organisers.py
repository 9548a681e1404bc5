"""Accounts: passwords, logins and one-time links."""

import asyncio

import pytest
from sqlalchemy import select, update

from server.records import organisers
from server.records.engine import Records
from server.records.organisers import (
    DECOY,
    HASHES_WAITING,
    BusyError,
    EmailTakenError,
    LinkSpentError,
    by_email,
    by_password,
    by_session,
    claim,
    close_session,
    create,
    find,
    invite_link,
    link_is_good,
    open_session,
    setup_link,
)
from server.records.schema import one_time_links, sessions
from server.records.schema import organisers as accounts

PASSWORD = "three quiet herons"


async def test_the_right_password_opens_the_account_and_no_other_does(records: Records) -> None:
    noor = await create(records, "Noor@Example.org", "Noor Haddad", PASSWORD)
    assert await by_password(records, " noor@example.ORG ", PASSWORD) == noor
    assert await by_password(records, "noor@example.org", PASSWORD + " ") is None
    assert await by_password(records, "nobody@example.org", PASSWORD) is None
    assert await by_email(records, "NOOR@example.org") == await find(records, noor.id) == noor


async def test_the_password_is_kept_as_argon2id_only(records: Records) -> None:
    await create(records, "noor@example.org", "Noor", PASSWORD)
    async with records.connect() as connection:
        kept = (await connection.execute(select(accounts.c.password_hash))).scalar_one()
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


async def test_an_unknown_email_costs_the_same_work_as_a_wrong_password(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    noor = await create(records, "noor@example.org", "Noor", PASSWORD)
    compared: list[str] = []
    verify = organisers.verified

    def counting(hashed: str, password: str) -> bool:
        compared.append(hashed)
        return verify(hashed, password)

    monkeypatch.setattr(organisers, "verified", counting)
    for email in (noor.email, "nobody@example.org"):
        assert await by_password(records, email, "wrong") is None
    assert len(compared) == 2
    assert compared[1] == DECOY
    assert not organisers._hasher.check_needs_rehash(DECOY)


async def test_the_demos_organiser_has_no_password_that_fits(records: Records) -> None:
    await create(records, "demo@example.org", "Demo", None, demo=True)
    for guess in ("", "None", "demo"):
        assert await by_password(records, "demo@example.org", guess) is None


async def test_an_email_has_one_account(records: Records) -> None:
    await create(records, "noor@example.org", "Noor", PASSWORD)
    with pytest.raises(EmailTakenError):
        await create(records, "NOOR@example.org", "Another", PASSWORD)


async def test_a_login_lasts_until_it_is_closed(records: Records) -> None:
    noor = await create(records, "noor@example.org", "Noor", PASSWORD)
    token, other = await open_session(records, noor.id), await open_session(records, noor.id)
    assert token != other
    assert await by_session(records, token) == noor
    await close_session(records, token)
    assert await by_session(records, token) is None
    assert await by_session(records, other) == noor


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "0" * 5000, "é\0"])
async def test_an_invented_login_opens_nothing(records: Records, token: str) -> None:
    assert await by_session(records, token) is None


async def test_a_login_ends_by_itself_and_is_swept_out(records: Records) -> None:
    noor = await create(records, "noor@example.org", "Noor", PASSWORD)
    token = await open_session(records, noor.id)
    async with records.begin() as connection:
        await connection.execute(update(sessions).values(expires_at=1))
    assert await by_session(records, token) is None
    await open_session(records, noor.id)
    async with records.connect() as connection:
        assert len((await connection.execute(select(sessions))).all()) == 1


async def test_the_cookie_itself_is_nowhere_in_the_database(records: Records) -> None:
    noor = await create(records, "noor@example.org", "Noor", PASSWORD)
    token = await open_session(records, noor.id)
    async with records.connect() as connection:
        assert token not in str((await connection.execute(select(sessions))).all())


async def test_the_setup_link_makes_the_first_account_once(records: Records) -> None:
    token = await setup_link(records)
    assert token
    assert await link_is_good(records, token)
    noor = await claim(records, token, "noor@example.org", "Noor", PASSWORD)
    assert await by_password(records, "noor@example.org", PASSWORD) == noor
    assert not await link_is_good(records, token)
    with pytest.raises(LinkSpentError):
        await claim(records, token, "second@example.org", "Second", PASSWORD)
    assert await setup_link(records) is None


async def test_of_two_at_the_same_moment_one_gets_the_account(records: Records) -> None:
    token = await setup_link(records)
    assert token
    tries = (claim(records, token, f"{name}@example.org", name, PASSWORD) for name in ("one", "two"))
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["LinkSpentError", "Organiser"]


async def test_a_new_start_prints_a_new_link_and_the_old_one_is_void(records: Records) -> None:
    old, new = await setup_link(records), await setup_link(records)
    assert old
    assert new
    assert not await link_is_good(records, old)
    assert await link_is_good(records, new)


async def test_a_taken_email_leaves_the_link_good(records: Records) -> None:
    await create(records, "noor@example.org", "Noor", PASSWORD)
    token = await invite_link(records)
    with pytest.raises(EmailTakenError):
        await claim(records, token, "noor@example.org", "Noor", PASSWORD)
    assert await link_is_good(records, token)
    assert (await claim(records, token, "sam@example.org", "Sam", PASSWORD)).email == "sam@example.org"


async def test_a_link_ends_by_itself(records: Records) -> None:
    token = await invite_link(records)
    async with records.begin() as connection:
        await connection.execute(update(one_time_links).values(expires_at=1))
    assert not await link_is_good(records, token)


async def test_the_demos_organiser_is_not_the_first(records: Records) -> None:
    await create(records, "demo@example.org", "Demo", None, demo=True)
    assert await setup_link(records)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # the line is ours, whatever the database
async def test_the_line_for_hashing_has_an_end(records: Records) -> None:
    tries = (by_password(records, "nobody@example.org", "wrong") for _ in range(HASHES_WAITING + 3))
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, BusyError) for result in results) >= 1
    assert await by_password(records, "nobody@example.org", "wrong") is None
