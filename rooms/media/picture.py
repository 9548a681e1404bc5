"""A drawn person who nods, blinks and hums, with the name above, as packets of VP8."""

import math
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame
from PIL import Image, ImageDraw, ImageFont

from rooms.media.loop import Recording
from rooms.media.tone import SECONDS, swell

SIZE = 480
"""Pixels a side; square, because tiles are round."""
FINE = 2
"""Drawn this much larger, then shrunk: that makes the edges smooth."""
FRAMES_PER_S = 10
WEIGHT = 640
"""Of the letters of the name."""
RATE = 90_000
"""Ticks a second of RTP video."""
BITS_PER_S = 250_000


class Portrait(NamedTuple):
    """How somebody looks. Colours are `#rrggbb`."""

    name: str
    wall: str
    frame: str
    """Of the picture on the wall."""
    shirt: str
    skin: str
    hair: str
    long_hair: bool = False


def picture(portrait: Portrait, font: Path) -> Recording:
    """Draw and encode one loop; takes some tenths of a second of one core, so do it in a thread."""
    count = SECONDS * FRAMES_PER_S
    encoder = VideoCodecContext.create("libvpx", "w")
    encoder.width = encoder.height = SIZE
    encoder.pix_fmt, encoder.bit_rate, encoder.gop_size = "yuv420p", BITS_PER_S, count
    encoder.framerate, encoder.time_base = Fraction(FRAMES_PER_S), Fraction(1, FRAMES_PER_S)
    encoder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "auto-alt-ref": "0"}
    packets: list[bytes] = []
    for number in range(count):
        frame = _frame(draw(portrait, number / FRAMES_PER_S, font))
        frame.pts, frame.time_base = number, encoder.time_base
        frame.pict_type = PictureType.I if number == 0 else PictureType.NONE
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return Recording("video", packets, RATE, RATE // FRAMES_PER_S)


def _frame(image: Image.Image) -> VideoFrame:
    frame = VideoFrame(SIZE, SIZE, "rgb24")
    frame.planes[0].update(image.tobytes())
    return frame.reformat(format="yuv420p")


def draw(portrait: Portrait, at_s: float, font: Path) -> Image.Image:
    """The person at one moment of the loop."""
    image = Image.new("RGB", (SIZE * FINE, SIZE * FINE), portrait.wall)
    pen = Pen(ImageDraw.Draw(image), 0, 0)
    _wall(pen, portrait, at_s)
    _name(pen, portrait, font)
    turn = 2 * math.pi * at_s / SECONDS
    body = pen.moved(0, 3 * math.sin(2 * turn))
    head = body.moved(6 * math.sin(turn), 4 * math.cos(2 * turn))
    _hair_behind(head, portrait)
    _body(body, portrait)
    _head(head, portrait, at_s)
    return image.resize((SIZE, SIZE), Image.Resampling.BOX)


class Pen(NamedTuple):
    """Draws in a square of 480 units whose origin has moved."""

    canvas: ImageDraw.ImageDraw
    x: float
    y: float

    def moved(self, x: float, y: float) -> "Pen":
        """The same pen, a bit to the side."""
        return Pen(self.canvas, self.x + x, self.y + y)

    def oval(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """An ellipse around a point, by its half axes."""
        self.canvas.ellipse(self._box(x - wide, y - high, x + wide, y + high), fill=colour)

    def plate(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """A rectangle with soft corners around a point, by its half sides."""
        box = self._box(x - wide, y - high, x + wide, y + high)
        self.canvas.rounded_rectangle(box, radius=min(wide, high) * FINE * 0.6, fill=colour)

    def bow(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """A thick curved stroke: a brow or a closed eye."""
        box = self._box(x - wide, y - high, x + wide, y + high)
        self.canvas.arc(box, 200, 340, fill=colour, width=6 * FINE)

    def smile(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """The lower half of an ellipse."""
        self.canvas.chord(self._box(x - wide, y - high, x + wide, y + high), 0, 180, fill=colour)

    def _box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        x, y = self.x, self.y
        return (left + x) * FINE, (top + y) * FINE, (right + x) * FINE, (bottom + y) * FINE


def _wall(pen: Pen, portrait: Portrait, at_s: float) -> None:
    """Something on the wall, and a lamp that swings, so that one sees at once whether the picture moves."""
    pen.plate(92, 196, 54, 66, portrait.frame)
    pen.plate(92, 196, 42, 54, portrait.wall)
    pen.oval(92, 214, 26, 20, portrait.shirt)
    swing = 10 * math.sin(2 * math.pi * at_s / SECONDS)
    pen.plate(416, 60, 2, 90, portrait.frame)
    pen.oval(416 + swing, 172, 34, 34, portrait.frame)
    pen.oval(416 + swing, 172, 24, 24, "#ffd98a")


def _name(pen: Pen, portrait: Portrait, font: Path) -> None:
    """The name above the head, where a round tile still shows it."""
    size, room = 42 * FINE, 300 * FINE
    letters = _letters(font, size)
    if (width := pen.canvas.textlength(portrait.name, font=letters)) > room:
        letters = _letters(font, size * room / width)
    pen.canvas.text((SIZE * FINE / 2, 66 * FINE), portrait.name, font=letters, fill="#ffffff", anchor="mm")


def _letters(font: Path, size: float) -> ImageFont.FreeTypeFont:
    letters = ImageFont.truetype(font, size)
    letters.set_variation_by_axes([WEIGHT])
    return letters


def _hair_behind(pen: Pen, portrait: Portrait) -> None:
    if portrait.long_hair:
        pen.plate(240, 290, 106, 130, portrait.hair)
    pen.oval(240, 214, 102, 106, portrait.hair)


def _body(pen: Pen, portrait: Portrait) -> None:
    pen.plate(240, 356, 34, 60, _darker(portrait.skin))
    pen.plate(240, 470, 172, 92, portrait.shirt)
    pen.oval(240, 384, 46, 24, _darker(portrait.shirt))
    pen.oval(240, 376, 38, 22, _darker(portrait.skin))


def _head(pen: Pen, portrait: Portrait, at_s: float) -> None:
    for side in (-1, 1):
        pen.oval(240 + side * 84, 246, 15, 22, _darker(portrait.skin))
    pen.oval(240, 240, 82, 104, portrait.skin)
    pen.oval(240, 150, 66, 36, portrait.hair)
    for side in (-1, 1):
        if portrait.long_hair:
            pen.oval(240 + side * 46, 172, 44, 40, portrait.hair)
        pen.bow(240 + side * 36, 226, 22, 16, portrait.hair)
        _eye(pen.moved(240 + side * 36, 240), portrait, at_s)
    pen.oval(240, 270, 8, 8, _darker(portrait.skin))
    _mouth(pen, swell(at_s))


def _eye(pen: Pen, portrait: Portrait, at_s: float) -> None:
    if at_s < 1 / FRAMES_PER_S:
        pen.bow(0, 4, 11, 6, _darker(portrait.skin))
        return
    pen.oval(0, 0, 9, 10, "#20140f")
    pen.oval(3, -4, 3, 3, "#ffffff")


def _mouth(pen: Pen, loud: float) -> None:
    """A smile that opens while the tone is loud."""
    pen.smile(240, 296, 32 - 4 * loud, 14 + 20 * loud, "#7a2e2a")
    pen.smile(240, 296, 27 - 4 * loud, 7 + 5 * loud, "#ffffff")


def _darker(colour: str) -> str:
    """The same colour in the shade."""
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{int(part * 0.82):02x}" for part in parts)
