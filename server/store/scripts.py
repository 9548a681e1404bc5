"""The Lua scripts: loaded from `lua/`, their headers compared with the calls when modules are imported."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "lua"
REST = "..."
"""Ends the list of arguments of a script that takes any number more."""


class ScriptError(Exception):
    """A script's header and its call do not agree; found on import, not at night."""


@dataclass(frozen=True)
class Script:
    """One script as its header describes it."""

    name: str
    text: str
    purpose: str
    keys: tuple[str, ...]
    args: tuple[str, ...]
    returns: str

    @property
    def sha(self) -> str:
        """By what Redis knows it."""
        return hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


def parse(name: str, text: str) -> Script:
    """Read the header: a sentence, then `KEYS`, `ARGV` and `RETURNS`, one comment line each.

    Raises:
        ScriptError: when a part is missing.
    """
    lines = [line.removeprefix("--").strip() for line in text.splitlines() if line.startswith("--")]
    parts = {
        word: line.removeprefix(word).strip()
        for line in lines
        for word in ("KEYS", "ARGV", "RETURNS")
        if line.startswith(word)
    }
    if len(parts) < 3 or not lines[0].endswith("."):
        raise ScriptError(f"{name}.lua: the header needs a sentence, KEYS, ARGV and RETURNS")
    return Script(name, text, lines[0], tuple(parts["KEYS"].split()), tuple(parts["ARGV"].split()), parts["RETURNS"])


def script(name: str, keys: str, args: str = "") -> Script:
    """The script of that name, to be called with these keys and arguments.

    Raises:
        ScriptError: when its header says otherwise.
    """
    found = parse(name, (FOLDER / f"{name}.lua").read_text(encoding="utf-8"))
    if found.keys != tuple(keys.split()) or found.args != tuple(args.split()):
        raise ScriptError(f"{name}.lua takes {found.keys} and {found.args}, it is called with {keys} and {args}")
    return found
