"""Getting in and out: the set-up link, signing in, signing out; bad input and guessing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.routing import Route

from server.identity.attempts import TRIES_PER_ACCOUNT, Attempts
from server.identity.cookies import SESSION
from server.pages import events, home, sign_in
from server.records import organisers
from tests.support.organising import PASSWORD, House, open_house

ROUTES: list[Route] = [*home.routes, *sign_in.routes, *events.routes]


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(sign_in, "attempts", Attempts())
    async with open_house(tmp_path, ROUTES) as opened:
        yield opened


async def test_the_first_organiser_sets_up_an_account_and_is_in(house: House) -> None:
    token = await organisers.setup_link(house.records)
    browser = house.visitor()
    assert (await browser.get(f"/setup/{token}")).status_code == 200
    form = {"name": "Noor Haddad", "email": "noor@example.org", "password": PASSWORD}
    answer = await browser.post(f"/setup/{token}", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/events")
    assert "Good to see you, Noor" in (await browser.get("/events")).text
    again = await house.visitor().post(f"/setup/{token}", data=form | {"email": "other@example.org"})
    assert again.status_code == 410
    assert "This link has done its work" in again.text


@pytest.mark.parametrize("token", ["x", "0" * 500, "%00", "..%2F..", "<script>alert(1)</script>"])
async def test_an_invented_setup_link_opens_nothing(house: House, token: str) -> None:
    assert (await house.visitor().get(f"/setup/{token}")).status_code in (404, 410)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Write your name as people call you."),
        ({"name": "x" * 81}, "Shorten this to 80 characters; it has 81."),
        ({"email": ""}, "Write your e-mail; you sign in with it."),
        ({"email": "noor@northlight"}, "Add the part after the dot, like .coop."),
        ({"password": ""}, "Think of a password of 10 characters or more."),
        ({"password": "short"}, "Make it 10 characters or more; a few words are fine."),
        ({"password": "x" * 201}, "Shorten this to 200 characters; it has 201."),
        ({"name": '"><script>alert(1)</script>', "password": "short"}, "Make it 10 characters or more"),
    ],
)
async def test_a_setup_form_says_what_it_needs(house: House, change: dict[str, str], sentence: str) -> None:
    token = await organisers.setup_link(house.records)
    form = {"name": "Noor", "email": "noor@example.org", "password": PASSWORD} | change
    answer = await house.visitor().post(f"/setup/{token}", data=form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "<script>alert" not in answer.text
    assert form["password"] == "" or f'value="{form["password"]}"' not in answer.text
    assert await organisers.link_is_good(house.records, str(token))


async def test_a_taken_email_is_said_on_the_setup_page_only(house: House) -> None:
    await house.organiser("Noor Haddad")
    token = await organisers.invite_link(house.records)
    answer = await house.visitor().post(
        f"/setup/{token}", data={"name": "Noor", "email": "noor@example.org", "password": PASSWORD}
    )
    assert answer.status_code == 422
    assert "There is an account with this e-mail." in answer.text


async def test_signing_in_and_out(house: House) -> None:
    await house.organiser("Noor Haddad", PASSWORD)
    browser = house.visitor()
    answer = await browser.post("/sign-in", data={"email": "NOOR@example.org", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/events")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert (await browser.get("/")).headers["location"] == "/events"
    token = browser.cookies[SESSION]
    assert (await browser.post("/sign-out")).headers["location"] == "/"
    assert (await house.visitor(token).get("/events")).status_code == 303


async def test_over_https_the_cookie_insists_on_it(tmp_path: Path) -> None:
    async with open_house(tmp_path, ROUTES, RONDO_PUBLIC_URL="https://meet.example.org") as house:
        await house.organiser("Noor Haddad", PASSWORD)
        answer = await house.visitor().post("/sign-in", data={"email": "noor@example.org", "password": PASSWORD})
        assert "Secure" in answer.headers["set-cookie"]


async def test_an_unknown_email_and_a_wrong_password_get_the_same_page(house: House) -> None:
    await house.organiser("Noor Haddad", PASSWORD)
    pages = []
    for email in ("noor@example.org", "nobody@example.org"):
        answer = await house.visitor().post("/sign-in", data={"email": email, "password": "wrong password"})
        assert answer.status_code == 422
        assert "set-cookie" not in answer.headers
        pages.append(answer.text.replace(email, ""))
    assert pages[0] == pages[1]
    assert "do not belong together" in pages[0]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Write the e-mail of your account."),
        ({"email": "noor@example.org"}, "Write your password."),
        ({"email": "noor", "password": "x"}, "Add the part from the @ on"),
        ({"email": "<svg/onload=alert(1)>@example.org", "password": "x"}, "Check this address"),
        ({"email": "noor@example.org", "password": "x" * 201}, "Shorten this to 200 characters"),
    ],
)
async def test_a_sign_in_form_says_what_it_needs(house: House, form: dict[str, str], sentence: str) -> None:
    answer = await house.visitor().post("/sign-in", data=form or {"x": "y"})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<svg/onload" not in answer.text


async def test_guessing_ends_after_a_few_tries_whether_or_not_there_is_an_account(house: House) -> None:
    for email in ("noor@example.org", "nobody@example.org"):
        form = {"email": email, "password": "wrong password"}
        answers = [
            (await house.visitor().post("/sign-in", data=form)).status_code for _ in range(TRIES_PER_ACCOUNT + 1)
        ]
        assert answers == [422] * TRIES_PER_ACCOUNT + [429]


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/events/abc/agenda?part=1", "/events/abc/agenda?part=1"),
        ("https://evil.example", "/events"),
        ("//evil.example", "/events"),
        ("/\\evil.example", "/events"),
        ("javascript:alert(1)", "/events"),
        ("/a\r\nset-cookie: x", "/events"),
        ("", "/events"),
    ],
)
async def test_after_signing_in_nobody_is_sent_elsewhere(house: House, asked: str, leads_to: str) -> None:
    await house.organiser("Noor Haddad", PASSWORD)
    form = {"email": "noor@example.org", "password": PASSWORD, "next": asked}
    answer = await house.visitor().post("/sign-in", data=form)
    assert answer.headers["location"] == leads_to


async def test_a_stranger_is_led_to_the_sign_in_page_and_back(house: House) -> None:
    answer = await house.visitor().get("/events/new?template=mentor")
    assert answer.headers["location"] == "/sign-in?next=%2Fevents%2Fnew%3Ftemplate%3Dmentor"
    page = await house.visitor().get(answer.headers["location"])
    assert 'name="next" value="/events/new?template=mentor"' in page.text
