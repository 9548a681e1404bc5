"""A soft tone that swells and fades like somebody humming, as packets of Opus."""

import array
import math
from fractions import Fraction

from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame

from rooms.media.loop import Recording

RATE = 48_000
SAMPLE_BYTES = 2
PACKET_MS = 60
"""Opus allows up to 120 ms; at 60 a voice costs 17 packets a second instead of 50."""
SECONDS = 3
"""Length of the loop; a whole number of packets, swells and cycles fits, so it has no seam."""
SWELLS = 4
LOUDNESS = 0.05
"""Of full scale: to be heard, not to be listened to."""
BITS_PER_S = 16_000
PITCHES = (196, 220, 247, 294, 330, 392, 440, 494)
"""Whole Hertz of a pentatonic scale, so that four people humming at once sound friendly."""


def tone(pitch: int) -> Recording:
    """Somebody humming `PITCHES[pitch]`, counted round."""
    hertz = PITCHES[pitch % len(PITCHES)]
    step = RATE * PACKET_MS // 1000
    encoder = AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "mono", "s16"
    encoder.bit_rate = BITS_PER_S
    encoder.options = {"frame_duration": str(PACKET_MS), "application": "audio"}
    packets: list[bytes] = []
    samples = array.array("h", (_sample(hertz, index / RATE) for index in range(SECONDS * RATE))).tobytes()
    # Two rounds, of which the second is kept: the encoder has then heard what comes before the first sample.
    for number in range(2 * SECONDS * RATE // step):
        start = number * step * SAMPLE_BYTES % len(samples)
        frame = _frame(samples[start : start + step * SAMPLE_BYTES], number * step)
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return Recording("audio", packets[-SECONDS * 1000 // PACKET_MS :], RATE, step)


def swell(at_s: float) -> float:
    """How loud the humming is at this second, from 0 to 1; the picture's mouth follows it."""
    return (1 - math.cos(2 * math.pi * SWELLS * at_s / SECONDS)) / 2


def _frame(samples: bytes, start: int) -> AudioFrame:
    frame = AudioFrame(format="s16", layout="mono", samples=len(samples) // SAMPLE_BYTES)
    frame.planes[0].update(samples)
    frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
    return frame


def _sample(hertz: int, at_s: float) -> int:
    turn = 2 * math.pi * hertz * at_s
    voice = math.sin(turn) + 0.3 * math.sin(2 * turn) + 0.1 * math.sin(3 * turn)
    return int(32767 * LOUDNESS * swell(at_s) * voice)
