"""The picture and the tone can be decoded and are what they claim to be."""

from pathlib import Path

import pytest
from av.audio.codeccontext import AudioCodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

from rooms.media.loop import Recording
from rooms.media.picture import FRAMES_PER_S, SIZE, Portrait, draw, picture
from rooms.media.tone import PACKET_MS, PITCHES, RATE, SECONDS, swell, tone

FONT = Path(__file__).parents[3] / "static" / "fonts" / "funnel-display-latin-wght-normal.woff2"
NOEMIE = Portrait("Noémie Laurent-Vandenberghe", "#c79a8b", "#8c5a4c", "#7e3f86", "#7c4b30", "#1a110d", long_hair=True)


@pytest.fixture(scope="module")
def portrait() -> Recording:
    return picture(NOEMIE, FONT)


def test_a_picture_starts_with_a_whole_frame_and_lasts_as_long_as_the_tone(portrait: Recording) -> None:
    assert len(portrait.packets) == SECONDS * FRAMES_PER_S
    # Bit 0 of a VP8 frame is clear in a key frame (RFC 6386, 9.1).
    assert [packet[0] & 1 for packet in portrait.packets] == [0] + [1] * (len(portrait.packets) - 1)


def test_every_frame_of_a_picture_can_be_decoded(portrait: Recording) -> None:
    decoder = VideoCodecContext.create("vp8", "r")
    frames = [frame for packet in portrait.packets for frame in decoder.decode(Packet(packet))]
    assert [(frame.width, frame.height) for frame in frames] == [(SIZE, SIZE)] * len(portrait.packets)


def test_a_picture_moves() -> None:
    assert draw(NOEMIE, 0.2, FONT).tobytes() != draw(NOEMIE, 0.3, FONT).tobytes()


def test_a_picture_is_small_enough_for_a_thin_line(portrait: Recording) -> None:
    assert sum(map(len, portrait.packets)) * 8 / SECONDS < 300_000


@pytest.mark.parametrize("pitch", [0, 3, len(PITCHES), 1000])
def test_a_tone_is_soft_and_not_silent(pitch: int) -> None:
    decoder = AudioCodecContext.create("libopus", "r")
    frames = [frame for packet in tone(pitch).packets for frame in decoder.decode(Packet(packet))]
    loudest = max(abs(sample) for frame in frames for sample in memoryview(frame.planes[0]).cast("B").cast("h"))
    assert 500 < loudest < 6000


def test_a_tone_fills_its_loop() -> None:
    recording = tone(0)
    assert len(recording.packets) * PACKET_MS == SECONDS * 1000
    assert len(recording.packets) * recording.step == SECONDS * RATE


def test_swells_begin_and_end_in_silence() -> None:
    assert swell(0) == pytest.approx(0)
    assert swell(SECONDS) == pytest.approx(0)
    assert max(swell(at / 100) for at in range(100 * SECONDS)) > 0.99
