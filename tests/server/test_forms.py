"""Forms: what was typed and one sentence for each field that needs a change."""

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from server.forms import FORM_BYTES, FORM_FIELDS, Form, typed


def request(body: bytes, kind: str = "application/x-www-form-urlencoded") -> Request:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", kind.encode())]
    return Request({"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}, receive)


async def test_fields_come_tidied() -> None:
    body = b"name=%20Ana%00%07%20&text=a%0D%0Ab&odd=%ff&name2=%F0%9F%8C%BF&name=Last"
    assert await typed(request(body)) == {"name": "Last", "text": "a\nb", "odd": "\ufffd", "name2": "🌿"}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"a=" + b"x" * FORM_BYTES, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a=1" for _ in range(FORM_FIELDS + 1)), "application/x-www-form-urlencoded; charset=utf-8", 413),
        (b"{}", "application/json", 400),
        (b"", "", 400),
        (b"--x--", "multipart/form-data; boundary=x", 400),
    ],
)
async def test_what_is_no_form_of_ours_is_refused(body: bytes, kind: str, status: int) -> None:
    with pytest.raises(HTTPException) as refusal:
        await typed(request(body, kind))
    assert refusal.value.status_code == status


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Say where."),
        ("noor", "Add the part from the @ on, like @example.org."),
        ("@example.org", "Add the name before the @."),
        ("noor@northlight", "Add the part after the dot, like .coop."),
        ("noor@ex ample.org", "Check this address"),
        ("a@b@c.org", "Check this address"),
        ("<script>@example.org", "Check this address"),
        ("x" * 250 + "@example.org", "Shorten this to 254 characters"),
    ],
)
def test_an_email_that_cannot_exist_is_explained(text: str, sentence: str) -> None:
    form = Form({"email": text})
    form.email("email", "Say where.")
    assert form.errors["email"].startswith(sentence)


@pytest.mark.parametrize("text", ["noor@example.org", "Noor.Haddad+x@Mail.Example.coop", "nöör@example.org"])
def test_an_email_that_could_exist_is_taken(text: str) -> None:
    form = Form({"email": text})
    form.email("email")
    assert not form.errors


@pytest.mark.parametrize(
    "text", ["", "-1", "0", "11", "1e3", "٣", "1.5", "9" * 30, "NaN", "0x5", " ", "5;DROP TABLE events"]
)
def test_nonsense_numbers_are_refused(text: str) -> None:
    form = Form({"n": text})
    form.number("n", 1, 10)
    assert form.errors == {"n": "Write a whole number from 1 to 10."}


def test_the_first_sentence_about_a_field_stays() -> None:
    form = Form({})
    form.wrong("a", "First.")
    form.wrong("a", "Second.")
    assert form.errors == {"a": "First."}


def test_choices_lines_and_boxes() -> None:
    form = Form({"pick": "other", "line": "a\nb", "box": ""})
    assert form.choice("pick", ("one", "two")) == "one"
    assert form.line("line", 10) == "a b"
    assert form.ticked("box")
    assert not form.ticked("other")
    form.text("line", 2)
    assert form.errors == {"pick": "Choose one of these.", "line": "Shorten this to 2 characters; it has 3."}
