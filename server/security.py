"""What protects people's browsers: response headers, and the check that a request comes from our own pages."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
NOWHERE = "()"
PERMISSIONS = {
    "camera": "(self)",
    "microphone": "(self)",
    "autoplay": "(self)",
    "speaker-selection": "(self)",
    "fullscreen": "(self)",
    "picture-in-picture": "(self)",
    "display-capture": NOWHERE,
    "geolocation": NOWHERE,
    "payment": NOWHERE,
    "usb": NOWHERE,
    "serial": NOWHERE,
    "midi": NOWHERE,
    "browsing-topics": NOWHERE,
}


def content_policy(settings: Settings, import_map_hash: str) -> str:
    """What a page may load: nothing but our own files, and one inline import map known by its hash."""
    sockets = _sockets(settings)
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' {import_map_hash}",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "media-src": "'self' blob:",
        "manifest-src": "'self'",
        "connect-src": f"'self' {sockets}".strip(),
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "require-trusted-types-for": "'script'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def page_headers(settings: Settings, import_map_hash: str) -> dict[str, str]:
    """The headers of every response."""
    headers = {
        "content-security-policy": content_policy(settings, import_map_hash),
        "permissions-policy": ", ".join(f"{name}={value}" for name, value in PERMISSIONS.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    if settings.secure:
        headers["strict-transport-security"] = "max-age=31536000"
    return headers


def is_our_origin(settings: Settings, origin: str | None, host: str | None) -> bool:
    """Whether an `Origin` header names exactly our own site.

    With a public address it must be that one. Without, whoever runs the server visits it by many names (localhost,
    127.0.0.1, the name of the machine), so it must be the very host the request was sent to.
    """
    if settings.public_url:
        return origin == settings.public_url
    return bool(host) and origin == f"http://{host}"


class SecurityHeaders:
    """Puts the headers on every response that does not have them already."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and dress what comes back."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, dressed if scope["type"] == "http" else send)


class OwnPagesOnly:
    """Refuses every request that changes something and was not sent by a page of ours."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and not self._ours(Headers(scope=scope)):
            sentence = "That came from a page that is not ours. Open Rondo by its own address and try again."
            await JSONResponse({"error": sentence, "field": None}, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _ours(self, headers: Headers) -> bool:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None:
            # The browser's own word; it cannot be forged by a page. `none` is a person's doing and has no origin.
            return site == "same-origin" or (site == "none" and origin is None)
        return is_our_origin(self._settings, origin, headers.get("host"))


def _sockets(settings: Settings) -> str:
    """The WebSocket address for browsers that do not count it to 'self'."""
    if not settings.public_url:
        return ""
    parts = urlsplit(settings.public_url)
    return f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"
