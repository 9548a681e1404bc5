"""The static tree: versions, caching, what is never served, and that vendored files are what they claim to be."""

import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.assets import FOLDER, MODULES, Assets, routes
from server.templating import Templates


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets()


@pytest.fixture(scope="module")
def browser(assets: Assets) -> TestClient:
    app = Starlette(routes=routes)
    app.state.services = SimpleNamespace(assets=assets)
    return TestClient(app, follow_redirects=False)


def test_a_file_of_this_version_may_be_kept_for_ever(assets: Assets, browser: TestClient) -> None:
    answer = browser.get(assets.path("css/tokens.css"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == (FOLDER / "css/tokens.css").read_text()


def test_the_shared_sheets_come_in_one_piece_in_their_order(assets: Assets, browser: TestClient) -> None:
    text = browser.get(assets.path("css/app.css")).text
    assert "@import" not in text
    places = [text.index((FOLDER / "css" / name).read_text()) for name in ("fonts.css", "tokens.css", "utilities.css")]
    assert text.index("@layer reset, tokens, base") < places[0] < places[1] < places[2]


def test_a_browser_that_cannot_unpack_gets_it_plain(assets: Assets, browser: TestClient) -> None:
    answer = browser.get(assets.path("css/app.css"), headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers


def test_another_version_leads_to_ours_and_is_not_kept(assets: Assets, browser: TestClient) -> None:
    answer = browser.get("/static/0123456789ab/css/app.css")
    assert answer.status_code == 302
    assert answer.headers["location"] == assets.path("css/app.css")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "name",
    ["nothing.css", "..%2fpyproject.toml", "%2e%2e/pyproject.toml", "vendor/VENDOR.md", "css/", "", "css/%00.css"],
)
def test_what_is_not_in_the_tree_does_not_exist(assets: Assets, browser: TestClient, name: str) -> None:
    assert browser.get(f"/static/{assets.version}/{name}").status_code == 404


def test_the_version_changes_with_every_byte(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {}")
    before = Assets(tmp_path).version
    (tmp_path / "a.css").write_text("b {}")
    changed = Assets(tmp_path).version
    (tmp_path / "a.css").rename(tmp_path / "b.css")
    assert len({before, changed, Assets(tmp_path).version}) == 3


def test_the_import_map_leads_to_files_that_exist(assets: Assets) -> None:
    for name, path in MODULES.items():
        assert path.endswith("/") or assets.find(path), f"{name} leads nowhere"
    assert assets.imports["imports"]["preact"] == assets.path("vendor/preact.js")


def test_the_content_policy_admits_exactly_the_import_map_of_the_page(assets: Assets) -> None:
    page = Templates(assets).render("layouts/base.html", {})
    found = re.search(r'<script type="importmap">(.*?)</script>', page)
    assert found
    digest = b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    assert assets.import_map_hash == f"'sha256-{digest}'"


def test_vendored_files_are_those_that_were_looked_at() -> None:
    vendor = FOLDER / "vendor"
    listed = json.loads((vendor / "vendor.json").read_text())["files"]
    assert {row["file"] for row in listed} == {path.name for path in vendor.glob("*.js")}
    for row in listed:
        assert hashlib.sha256((vendor / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]
        assert (vendor / row["licence_text"]).is_file()
        assert f"| `{row['file']}` | {row['package']} | {row['version']} |" in (vendor / "VENDOR.md").read_text()


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (FOLDER / "icons/sprite.svg").read_text()
    templates = FOLDER.parent / "templates"
    named = {
        name for path in templates.rglob("*.html") for name in re.findall(r'icon\("([a-z0-9-]+)"', path.read_text())
    }
    assert not [name for name in named if f'id="i-{name}"' not in sprite]


def test_every_sheet_that_app_css_lists_exists() -> None:
    for name in re.findall(r'@import "([^"]+)"', (FOLDER / "css/app.css").read_text()):
        assert (FOLDER / "css" / name).is_file()
