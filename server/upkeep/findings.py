"""What a check finds: rows of what was looked at, how it is, and what to do about it."""

from collections.abc import Sequence
from typing import Literal

import msgspec

Level = Literal["ok", "attention", "wrong"]
"""`attention`: it works, but something will not go as expected. `wrong`: it will not work, or data will be lost."""
WHAT_CHARS, LEVEL_CHARS = 18, 11
"""Widths of the first two columns."""


class Finding(msgspec.Struct, frozen=True):
    """One row."""

    what: str
    level: Level
    said: str
    do: str = ""
    """What to do about it; empty where all is well."""


def ok(what: str, said: str) -> Finding:
    """All is well there."""
    return Finding(what, "ok", said)


def attention(what: str, said: str, do: str) -> Finding:
    """It works, but not as one would expect."""
    return Finding(what, "attention", said, do)


def wrong(what: str, said: str, do: str) -> Finding:
    """It does not work, or loses something."""
    return Finding(what, "wrong", said, do)


def exit_code(findings: Sequence[Finding]) -> int:
    """1 when something is wrong, else 0."""
    return int(any(finding.level == "wrong" for finding in findings))


def as_table(findings: Sequence[Finding]) -> str:
    """For people: a line each, what to do below it, and a last line that sums up."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.level:<{LEVEL_CHARS}}{finding.what:<{WHAT_CHARS}}{finding.said}")
        if finding.do:
            lines.append(f"{'':<{LEVEL_CHARS + WHAT_CHARS}}→ {finding.do}")
    return "\n".join([*lines, "", summary(findings)]) + "\n"


def summary(findings: Sequence[Finding]) -> str:
    """`1 wrong, 2 need attention.` or that all is well."""
    broken = sum(finding.level == "wrong" for finding in findings)
    doubtful = sum(finding.level == "attention" for finding in findings)
    parts = [f"{broken} wrong"] if broken else []
    if doubtful:
        parts.append(f"{doubtful} {'need' if doubtful > 1 else 'needs'} attention")
    return ", ".join(parts) + "." if parts else "All is well."


def as_json(findings: Sequence[Finding]) -> str:
    """For programs: a list of rows."""
    return msgspec.json.format(msgspec.json.encode(findings), indent=2).decode() + "\n"
