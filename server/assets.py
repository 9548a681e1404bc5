"""The files under `static/`, served as `/static/<version>/…` so that browsers may keep them for ever."""

import gzip
import hashlib
import json
import re
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

FOLDER = Path(__file__).parent.parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
"""What is served at all; any other file in the folder does not exist for browsers."""
PACKED = {".css", ".js", ".json", ".svg", ".txt"}
VERSION_CHARS = 12
IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)
FOR_EVER = "public, max-age=31536000, immutable"

MODULES = {
    "@/": "js/",
    "preact": "vendor/preact.js",
    "preact/hooks": "vendor/preact-hooks.js",
    "htm": "vendor/htm.js",
    "@preact/signals-core": "vendor/signals-core.js",
}
"""Bare names that scripts import, and where they lead."""


@dataclass(frozen=True)
class Asset:
    """One file as it goes out."""

    content: bytes
    packed: bytes | None
    media_type: str


class Assets:
    """All files of the static tree, read once: the whole of it is smaller than one photograph."""

    def __init__(self, folder: Path = FOLDER) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.suffix in TYPES and path.is_file())
        self._files = {path.relative_to(folder).as_posix(): read(path) for path in paths}
        self.version = fingerprint(self._files)
        self.imports = {"imports": {name: self.path(path) for name, path in MODULES.items()}}

    @property
    def import_map_hash(self) -> str:
        """The source expression by which the content policy admits the inline import map."""
        text = json.dumps(self.imports, sort_keys=True)  # exactly what Jinja's `tojson` writes into the page
        return "'sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    def path(self, name: str) -> str:
        """Where browsers find a file: `css/app.css` → `/static/<version>/css/app.css`."""
        return f"/static/{self.version}/{name}"

    def find(self, name: str) -> Asset | None:
        """The file of that name; None if we do not serve it."""
        return self._files.get(name)


def read(path: Path) -> Asset:
    """One file with its compressed twin."""
    content = joined(path).encode() if path.suffix == ".css" else path.read_bytes()
    packed = gzip.compress(content, mtime=0) if path.suffix in PACKED else None
    return Asset(content, packed, TYPES[path.suffix])


def joined(sheet: Path) -> str:
    """A sheet with the sheets it imports in their places: one request instead of twenty before the first paint.

    Imported sheets name other files relative to the first one's folder.
    """
    return IMPORT.sub(lambda found: joined(sheet.parent / found[1]), sheet.read_text(encoding="utf-8"))


def fingerprint(files: dict[str, Asset]) -> str:
    """A short hash over names and contents of the whole tree."""
    digest = hashlib.sha256()
    for name, asset in files.items():
        digest.update(f"{name}\0{len(asset.content)}\0".encode())
        digest.update(asset.content)
    return digest.hexdigest()[:VERSION_CHARS]


async def serve(request: Request) -> Response:
    """GET /static/<version>/<name>: for ever if the version is ours, else one redirect to ours."""
    assets: Assets = request.app.state.services.assets
    name = request.path_params["name"]
    asset = assets.find(name)
    if asset is None:
        return Response(status_code=404, headers={"cache-control": "no-store"})
    if request.path_params["version"] != assets.version:
        # A page of another version, still open over an update: its modules must not mix with ours in one address.
        return RedirectResponse(assets.path(name), 302, headers={"cache-control": "no-store"})
    headers = {"cache-control": FOR_EVER, "vary": "accept-encoding", "x-content-type-options": "nosniff"}
    if asset.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.packed, media_type=asset.media_type, headers=headers | {"content-encoding": "gzip"})
    return Response(asset.content, media_type=asset.media_type, headers=headers)


async def icon(request: Request) -> Response:
    """GET /favicon.ico: browsers that ask without reading the page get our mark as well."""
    return RedirectResponse(request.app.state.services.assets.path("icons/mark.svg"), 302)


routes = [
    Route("/static/{version}/{name:path}", serve, methods=["GET"], name="static"),
    Route("/favicon.ico", icon, methods=["GET"]),
]
