"""How organisers get in and out: the first account, signing in, signing out."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rooms.language.limits import NAME_CHARS
from server.forms import EMAIL_CHARS, Form, typed
from server.identity import current_organiser, forget_session, remember_session
from server.identity.attempts import Attempts
from server.identity.cookies import session_token
from server.identity.organisers import local
from server.pages.asking import records_of
from server.records import organisers
from server.records.organisers import BusyError, EmailTakenError, LinkSpentError, Organiser
from server.templating import page

PASSWORD_LEAST = 10
PASSWORD_CHARS = 200
"""Longer ones only cost time to hash."""
TOKEN_CHARS = 64
BUSY = "Many people are coming in at once. Wait a moment, then try again."
UNKNOWN = "This e-mail and this password do not belong together. Check both."
TOO_OFTEN = "That was a lot of tries. Wait ten minutes, then try again."

attempts = Attempts()


async def show_sign_in(request: Request) -> Response:
    """GET /sign-in."""
    if await current_organiser(request):
        return RedirectResponse(local(request.query_params.get("next", "")), 303)
    return sign_in_page(request, Form({"next": request.query_params.get("next", "")}))


async def sign_in(request: Request) -> Response:
    """POST /sign-in: the same words and the same time for an unknown e-mail and a wrong password."""
    form = Form(await typed(request))
    email = form.email("email", "Write the e-mail of your account.")
    password = form.text("password", PASSWORD_CHARS, "Write your password.")
    if form.errors:
        return sign_in_page(request, form, 422)
    address = request.client.host if request.client else ""
    if not attempts.allow(address, email):
        form.wrong("password", TOO_OFTEN)
        return sign_in_page(request, form, 429)
    try:
        organiser = await organisers.by_password(records_of(request), email, password)
    except BusyError:
        form.wrong("password", BUSY)
        return sign_in_page(request, form, 503)
    if organiser is None:
        form.wrong("password", UNKNOWN)
        return sign_in_page(request, form, 422)
    attempts.forget(address, email)
    return await let_in(request, organiser, local(form.values.get("next", "")))


def sign_in_page(request: Request, form: Form, status: int = 200) -> Response:
    """The page with what was typed, never with the password."""
    context = {"form": form, "email_chars": EMAIL_CHARS, "password_chars": PASSWORD_CHARS}
    return page(request, "pages/sign_in.html", context, status)


async def sign_out(request: Request) -> Response:
    """POST /sign-out."""
    await organisers.close_session(records_of(request), session_token(request))
    response = RedirectResponse("/", 303)
    forget_session(request, response)
    return response


async def show_setup(request: Request) -> Response:
    """GET /setup/{token}: where an account begins, as long as the link is good."""
    token = link_token(request)
    if not await organisers.link_is_good(records_of(request), token):
        return spent(request)
    return setup_page(request, Form({}))


async def set_up(request: Request) -> Response:
    """POST /setup/{token}: make the account and come in."""
    form = Form(await typed(request))
    name = form.line("name", NAME_CHARS, "Write your name as people call you.")
    email = form.email("email", "Write your e-mail; you sign in with it.")
    password = form.text("password", PASSWORD_CHARS, f"Think of a password of {PASSWORD_LEAST} characters or more.")
    if len(password) < PASSWORD_LEAST:
        form.wrong("password", f"Make it {PASSWORD_LEAST} characters or more; a few words are fine.")
    if form.errors:
        return setup_page(request, form, 422)
    try:
        organiser = await organisers.claim(records_of(request), link_token(request), email, name, password)
    except LinkSpentError:
        return spent(request)
    except EmailTakenError:
        form.wrong("email", "There is an account with this e-mail. Sign in with it.")
        return setup_page(request, form, 422)
    except BusyError:
        form.wrong("password", BUSY)
        return setup_page(request, form, 503)
    return await let_in(request, organiser, "/events")


def setup_page(request: Request, form: Form, status: int = 200) -> Response:
    """The page with what was typed, never with the password."""
    context = {
        "form": form,
        "name_chars": NAME_CHARS,
        "email_chars": EMAIL_CHARS,
        "password_least": PASSWORD_LEAST,
        "password_chars": PASSWORD_CHARS,
    }
    return page(request, "pages/setup.html", context, status)


def spent(request: Request) -> Response:
    """The page for a link that has done its work."""
    return page(request, "pages/setup_spent.html", status=410)


async def let_in(request: Request, organiser: Organiser, to: str) -> Response:
    """Open a new login: a token that was in the browser before is not made good by signing in."""
    response = RedirectResponse(to, 303)
    remember_session(request, response, await organisers.open_session(records_of(request), organiser.id))
    return response


def link_token(request: Request) -> str:
    """The token of the address, unless it is longer than any of ours."""
    token: str = request.path_params["token"]
    return token if len(token) <= TOKEN_CHARS else ""


routes = [
    Route("/sign-in", show_sign_in, methods=["GET"]),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
    Route("/setup/{token}", show_setup, methods=["GET"]),
    Route("/setup/{token}", set_up, methods=["POST"]),
]
