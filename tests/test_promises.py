"""What is promised in words is what the code has: settings, protocol, vendored files, verbs, keys."""

import re
import subprocess
import sys
from pathlib import Path

from rooms.language import javascript, reference
from rooms.language.closing import MEANING, CloseCode
from rooms.language.refusals import SENTENCES, Refusal
from server.settings import SETTINGS, table

ROOT = Path(__file__).parent.parent


def test_the_readme_prints_the_settings_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text()
    (printed,) = re.findall(r"<!-- python -m server settings -->\n(.*?)<!-- end of settings -->", readme, re.DOTALL)
    assert printed.strip() == table().strip()


def test_the_help_lists_every_setting() -> None:
    command = [sys.executable, "-m", "server", "serve", "--help"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [setting.flag for setting in SETTINGS if setting.flag not in said] == []


def test_the_browsers_half_of_the_language_is_fresh() -> None:
    assert (ROOT / "static" / "js" / "protocol.js").read_text() == javascript.render()
    assert (ROOT / "docs" / "protocol.md").read_text() == reference.render()


def test_every_close_code_and_every_refusal_has_words() -> None:
    assert set(MEANING) == set(CloseCode)
    assert set(SENTENCES) == set(Refusal)


def test_every_verb_of_the_door_is_in_its_usage() -> None:
    said = subprocess.run([sys.executable, "go", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (verbs,) = re.findall(r"verbs = \{(.*?)\}", (ROOT / "go").read_text())
    assert [verb for verb in re.findall(r'"(\w+)":', verbs) if verb not in said] == []


def test_what_the_readme_points_to_is_there() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "docs/architecture.md"):
        text = (ROOT / page).read_text()
        links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
        assert [link for link in links if not ((ROOT / page).parent / link).exists()] == [], page


def test_the_changelog_has_a_place_for_what_comes() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text()
