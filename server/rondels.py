"""Rondels: the drawing that stands for a person, computed from their id; static/js/lib/rondel.js draws the same."""

import math
from dataclasses import dataclass

HUES = 8


def fnv1a(text: str) -> int:
    """FNV-1a, 32 bits, of the UTF-8 bytes: the same in every language we draw in."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


@dataclass(frozen=True)
class Rondel:
    """What the template needs to draw one person."""

    hue: int
    outer: str
    inner: str
    initials: str


def rondel(identity: str, name: str, team: str = "") -> Rondel:
    """The arcs, hue and initials of a person."""
    value = fnv1a(identity)
    first, first_length = value % 360, 40 + (value >> 9) % 70
    second, second_length = first + first_length + 30 + (value >> 16) % 40, 30 + (value >> 20) % 60
    outer = arc(46, first, first_length) + arc(46, second, second_length)
    inner = arc(36, (value >> 4) % 360, 60 + (value >> 12) % 90)
    return Rondel(hue(team or identity), outer, inner, initials(name))


def hue(text: str) -> int:
    """Which of the eight hues belongs to a team, or to a person without one."""
    return 1 + fnv1a(text) % HUES


def arc(radius: int, start: int, length: int) -> str:
    """SVG path of an arc in a box of 100, in degrees clockwise from the top."""
    x1, y1 = point(radius, start)
    x2, y2 = point(radius, start + length)
    return f"M{x1} {y1}A{radius} {radius} 0 {int(length > 180)} 1 {x2} {y2}"


def point(radius: int, degrees: int) -> tuple[str, str]:
    """A place on the circle, to one decimal."""
    angle = math.radians(degrees - 90)
    return f"{50 + radius * math.cos(angle):.1f}", f"{50 + radius * math.sin(angle):.1f}"


def initials(name: str) -> str:
    """First letters of the first and the last word."""
    words = name.split()
    letters = [word[0] for word in (words[0], words[-1])] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper()
