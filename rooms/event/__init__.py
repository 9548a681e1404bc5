"""The rules of an event, pure functions: `decide` judges, `evolve` folds, `announce` and `snapshot` tell."""

from rooms.event.agenda import Preview, next_deadline, preview
from rooms.event.announce import (
    Announcement,
    Attendees,
    Audience,
    Everyone,
    Hearers,
    InRoom,
    Organisers,
    Person,
    announce,
    announce_apart,
)
from rooms.event.decide import decide, judge
from rooms.event.evolve import evolve
from rooms.event.explain import match_request
from rooms.event.questions import idle, initial, is_current, match_due_ms, may_signal, over, removed
from rooms.event.snapshot import Viewer, snapshot
from rooms.event.state import Event, room_people
from rooms.event.stored import decode_event, encode_event

__all__ = [
    "Announcement",
    "Attendees",
    "Audience",
    "Event",
    "Everyone",
    "Hearers",
    "InRoom",
    "Organisers",
    "Person",
    "Preview",
    "Viewer",
    "announce",
    "announce_apart",
    "decide",
    "decode_event",
    "encode_event",
    "evolve",
    "idle",
    "initial",
    "is_current",
    "judge",
    "match_due_ms",
    "match_request",
    "may_signal",
    "next_deadline",
    "over",
    "preview",
    "removed",
    "room_people",
    "snapshot",
]
