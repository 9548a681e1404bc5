"""What is wrong with a request, by path and in words: `attendees[3].languages: expected a list`."""

import re
from collections.abc import Iterable
from typing import Any, get_args

import msgspec

from rooms.language.rules import Attribute, Hardness, OnInfeasible
from server.match_file.shape import Config, Constraint

KINDS = {
    "array": "a list",
    "object": "an object",
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
}
"""How a kind of value is called in JSON's words."""
CHOICES: dict[str, tuple[str, ...]] = {
    "odd_policy": get_args(Config.__annotations__["odd_policy"]),
    "repeat_policy": get_args(Config.__annotations__["repeat_policy"]),
    "attr": get_args(Attribute),
    "hardness": get_args(Hardness),
    "on_infeasible": get_args(OnInfeasible),
    "type": tuple(str(kind.__struct_config__.tag) for kind in get_args(Constraint)),
}
"""What may be chosen, by key."""

_PLACED = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?", re.DOTALL)
_BOUND = re.compile(r"`(?P<kind>\w+)` (?P<sign>>=|<=|>|<) (?P<limit>[-\d.]+)")
_LENGTH = re.compile(r"`(?P<kind>array|str)` of length (?:(?P<sign>>=|<=) )?(?P<length>\d+)")
_SIGNS = {">=": "at least", "<=": "at most"}


class RefusedError(ValueError):
    """A request that cannot be answered: where, and what is the matter there."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(f"{path}: {what}" if path else what)


def in_words(error: msgspec.ValidationError) -> RefusedError:
    """msgspec's refusal as ours."""
    placed = _PLACED.fullmatch(str(error))
    what, path = (placed["what"], placed["path"] or "") if placed else (str(error), "")
    if found := re.search(r"missing required field `(.*)`", what):
        return RefusedError(joined(path, found[1]), "missing")
    if found := re.search(r"unknown field `(.*)`", what):
        return RefusedError(joined(path, found[1]), "unknown key")
    if found := re.match(r"Invalid (?:enum )?value '(.*)'", what, re.DOTALL):
        return RefusedError(path, one_of(path, found[1]))
    return RefusedError(path or "request", _expected(what))


def joined(path: str, key: str) -> str:
    """The path of a key of the object at `path`."""
    return f"{path}.{key}" if path else key


def quoted(value: object) -> str:
    """A value as it stands in the file."""
    return msgspec.json.encode(value).decode()


def listed(words: Iterable[str]) -> str:
    """`a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def one_of(path: str, got: str) -> str:
    """What may be chosen at a path; where one key allows less than another of its name, what was got is left out."""
    choices = CHOICES.get(re.split(r"[.\]]", path)[-1], ())
    return f"expected {listed(choice for choice in choices if choice != got)}, got {quoted(got)}"


def not_json(error: msgspec.DecodeError) -> str:
    """Why bytes are no JSON."""
    what = str(error).removeprefix("JSON is malformed: ")
    return "it ends too early" if what == "Input data was truncated" else what


def is_count(value: Any) -> bool:
    """Whether a value is a whole number of 0 or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _expected(what: str) -> str:
    if found := _BOUND.search(what):
        limit = found["limit"].removesuffix(".0")
        return f"expected {KINDS[found['kind']]} of {_SIGNS[found['sign']]} {limit}"
    if found := _LENGTH.search(what):
        return f"expected {_long(found)}"
    if found := re.match(r"Expected `([^`]*)`", what):
        return f"expected {listed(KINDS.get(kind, kind) for kind in found[1].split(' | '))}"
    return what[:1].lower() + what[1:]


def _long(found: re.Match[str]) -> str:
    amount = " ".join([*([_SIGNS[found["sign"]]] if found["sign"] else ["exactly"]), found["length"]])
    unit = "item" if found["kind"] == "array" else "character"
    return f"{KINDS[found['kind']]} of {amount} {unit}{'' if found['length'] == '1' else 's'}"
