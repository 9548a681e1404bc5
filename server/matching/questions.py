"""What a worker and its matcher process say to each other: one line of JSON each."""

from typing import Literal

import msgspec

from rooms.language.ids import EventId

How = Literal["found", "greedy", "overtaken", "failed"]
"""`overtaken`: the event does not want this answer any more. `failed`: greedy rooms could not be made either."""


class Question(msgspec.Struct, frozen=True):
    """Who is to meet whom in the next round of this event?"""

    event: EventId
    request: int
    """The number of the `match.wanted` change."""
    within_ms: int
    """From now until greedy rooms are better than none."""


class Outcome(msgspec.Struct, frozen=True):
    """What has become of a question. The rooms themselves are in the event's inbox."""

    event: EventId
    request: int
    how: How
    took_ms: int
    """From the first fork to the end of the last."""
    why: str = ""
    """Why it is not `found`: `late`, `signal 11`, `exit 1`."""


_encoder = msgspec.json.Encoder()
_question_decoder = msgspec.json.Decoder(Question)
_outcome_decoder = msgspec.json.Decoder(Outcome)


def encode_line(message: Question | Outcome) -> bytes:
    """One line, its end included."""
    return _encoder.encode(message) + b"\n"


def decode_question(line: bytes) -> Question:
    """What the worker asked."""
    return _question_decoder.decode(line)


def decode_outcome(line: bytes) -> Outcome:
    """What the matcher process says."""
    return _outcome_decoder.decode(line)
