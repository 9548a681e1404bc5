"""Shapes to start an event from: agendas that have worked, each with what it is good for."""

from msgspec import Struct

from rooms.language.agenda import BreakSegment, ClosingSegment, LobbySegment, RoundsSegment, Segment
from rooms.language.rules import Complementary, Mix, MustDiffer, NoToken, Weights

ACROSS = (MustDiffer(attr="team"),)
"""Other teams for everybody, unless somebody would sit out."""
MENTORS = (Complementary(attr="role", values=("mentor", "mentee")), Mix(attr="team"))
WELCOME = (NoToken(), Mix(attr="team"))
"""Nobody is the only one of a group at a table, and teams mix as far as that goes."""


class Shape(Struct, frozen=True):
    """One agenda to begin with."""

    key: str
    name: str
    sentence: str
    """What it is good for, on its card."""
    event_name: str
    """What an event of this shape is called until somebody thinks of a better name."""
    description: str
    """What guests read, as a first draft."""
    agenda: tuple[Segment, ...]


SHAPES: tuple[Shape, ...] = (
    Shape(
        "speed",
        "Speed rounds",
        "Everyone meets many people, a few minutes each",
        "Speed rounds",
        "Short conversations, one after the other, with people you have not met yet. Bring a cup of something.",
        (
            LobbySegment(title="Doors open", length_s=300, hint="Say hello in the chat. We start together."),
            RoundsSegment(title="Speed rounds", rounds=5, length_s=240, changeover_s=12, rules=ACROSS),
            BreakSegment(title="Breather", length_s=300, hint="Stand up, look out of a window."),
            RoundsSegment(title="More speed rounds", rounds=5, length_s=240, changeover_s=12, rules=ACROSS),
            ClosingSegment(title="Wrap-up", length_s=300),
        ),
    ),
    Shape(
        "mentor",
        "Mentor match",
        "Mentors meet mentees, one to one",
        "Mentor match",
        "Say at the door whether you come as a mentor or a mentee, and on your card what you look for or offer.",
        (
            LobbySegment(title="Doors open", length_s=600, hint="Write on your card what you look for, or offer."),
            RoundsSegment(
                title="First talks",
                rounds=4,
                length_s=480,
                changeover_s=20,
                odd="trio",
                rules=MENTORS,
                weights=Weights(wishes=0.45),
            ),
            ClosingSegment(title="Who will you write to?", length_s=300),
        ),
    ),
    Shape(
        "buddies",
        "New-hire buddies",
        "Newcomers leave with names they know",
        "New-hire welcome",
        "For everyone who is new and everyone who remembers being new: unhurried talks, then tables of four.",
        (
            LobbySegment(title="Doors open", length_s=600, hint="New here? Write it on your card, people will ask."),
            RoundsSegment(title="One to one", rounds=4, length_s=420, changeover_s=15),
            BreakSegment(title="Breather", length_s=300),
            RoundsSegment(title="Tables of four", rounds=2, length_s=600, changeover_s=15, size=4),
            ClosingSegment(title="Wrap-up", length_s=300),
        ),
    ),
    Shape(
        "erg",
        "Group mixer",
        "A circle of colleagues, in threes and fours",
        "Group mixer",
        "An hour for our group and its friends: small tables, something in common, nobody left standing.",
        (
            LobbySegment(title="Doors open", length_s=600),
            RoundsSegment(
                title="Tables of three",
                rounds=3,
                length_s=480,
                changeover_s=15,
                size=3,
                rules=WELCOME,
            ),
            BreakSegment(title="Breather", length_s=300),
            RoundsSegment(title="Tables of four", rounds=2, length_s=720, changeover_s=15, size=4, rules=WELCOME),
            ClosingSegment(title="Wrap-up", length_s=300),
        ),
    ),
    Shape(
        "coffee",
        "Virtual coffee",
        "Two people, twenty minutes, no agenda",
        "Virtual coffee",
        "One unhurried talk with a colleague. Bring a cup.",
        (
            LobbySegment(title="Kettle on", length_s=300),
            RoundsSegment(
                title="Coffee",
                rounds=1,
                length_s=1200,
                changeover_s=20,
                rules=ACROSS,
                minute_more=True,
            ),
            ClosingSegment(title="Last sip", length_s=300),
        ),
    ),
    Shape(
        "mingle",
        "Mingle after a panel",
        "Tables of four that change, for after a talk",
        "Mingle after the panel",
        "You have heard the talk. Now sit down with others who did, three times, at three tables.",
        (
            LobbySegment(title="Come over from the talk", length_s=600, hint="Take your question with you."),
            RoundsSegment(title="Mingle", rounds=3, length_s=480, changeover_s=15, size=4),
            ClosingSegment(title="Wrap-up", length_s=300),
        ),
    ),
)
BY_KEY = {shape.key: shape for shape in SHAPES}
