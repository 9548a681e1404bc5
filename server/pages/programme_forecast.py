"""What the rounds of a programme will come to with those who have a seat: reckoned beside the loop, told in words."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import structlog
from msgspec.structs import replace

from rooms.language.agenda import RoundsSegment, Segment
from rooms.language.ids import AttendeeId
from rooms.language.rules import Complementary, rule_name
from rooms.matching import MatchRequest, Profile
from rooms.matching.crowd import plain
from rooms.matching.forecast import Caution, Forecast, forecast
from rooms.matching.sizes import usual_group
from server.pages.programme_rules import RULE_KINDS, worded
from server.records.registrations import Registration

log = structlog.get_logger("forecast")

ANSWER_S = 1.5
"""Longest wait for a forecast; then the page shows what can be told without."""
KNOWN = 32
"""Forecasts remembered: most edits of a programme leave them as they are."""
LED_IN_PAIRS = 30
"""People up to whom rounds of pairs are really made: a tenth of a second. Tables are counted, in a hundredth."""
TWO = 2

# One thread, so that however many hosts move the slider, most of a core stays with the rooms.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="forecast")


@dataclass(frozen=True)
class Foreseen:
    """What rounds that are alike will come to."""

    request: MatchRequest
    told: Forecast


def crowd(registered: Sequence[Registration], people: int) -> tuple[Profile, ...]:
    """So many people as those who have a seat: the first of them, or all with likenesses of them as often as needed.

    Empty if fewer than two have a seat: nobody can tell then what people will be like.
    """
    if len(registered) < TWO:
        return ()
    known = [profile(person) for person in registered[:people]]
    more = (known[index % len(known)] for index in range(people - len(known)))
    return (*known, *(replace(one, id=AttendeeId(f"likeness-{index}")) for index, one in enumerate(more)))


def profile(person: Registration) -> Profile:
    """What counts of one person when rounds are made."""
    card = person.card
    return Profile(
        id=person.id,
        team=card.team,
        role=person.role,
        groups=person.groups,
        interests=card.interests,
        looking_for=card.looking_for,
        offering=card.offering,
        languages=card.languages,
        language_required=person.language_required,
    )


def anybody(people: int) -> tuple[Profile, ...]:
    """So many people of whom nothing is known."""
    return tuple(Profile(AttendeeId(f"likeness-{index}")) for index in range(people))


def questions(agenda: Iterable[Segment], known: tuple[Profile, ...], people: int) -> list[tuple[MatchRequest, int]]:
    """What to ask: parts that are alike go together, as their rounds follow each other."""
    found: dict[MatchRequest, int] = {}
    for part in agenda:
        if isinstance(part, RoundsSegment):
            question = MatchRequest(
                attendees=known or anybody(people),
                group=usual_group(part.size),
                odd=part.odd,
                repeat=part.repeat,
                # Of people of whom nothing is known no rule could be kept.
                rules=part.rules if known else (),
                weights=part.weights,
            )
            found[question] = found.get(question, 0) + part.rounds
    return list(found.items())


@lru_cache(KNOWN)
def _foreseen(question: MatchRequest, rounds: int) -> Forecast:
    return forecast(question, rounds, LED_IN_PAIRS if question.group.target == TWO else 0)


async def foresee(agenda: Sequence[Segment], registered: Sequence[Registration], people: int) -> list[Foreseen]:
    """What each kind of rounds will come to; nothing if that takes too long."""
    asked = questions(agenda, crowd(registered, people), people)
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(ANSWER_S):
            return [Foreseen(one, await loop.run_in_executor(_thread, _foreseen, one, rounds)) for one, rounds in asked]
    except TimeoutError:
        return []
    except Exception:
        # A page to write a programme on is worth more than a look ahead.
        log.exception("no forecast")
        return []


def met_words(told: Forecast) -> str:
    """`Each meets 10 others; 2 sit out once.`"""
    least, most = told.meets
    everybody = "all " if least == most == told.people - 1 > 1 else ""
    whom = others(most) if least == most else f"{least} to {most} others"
    return f"Each meets {everybody}{whom}{sits_words(told)}."


def others(count: int) -> str:
    """`one other`, `10 others`."""
    return "one other" if count == 1 else f"{count} others"


def sits_words(told: Forecast) -> str:
    """`; 2 sit out once`: nothing if nobody does."""
    (least, most), idle = told.sits_out, sum(told.idle)
    if not idle:
        return ""
    if most == 1 and idle < told.people:
        return f"; {idle} {'sits' if idle == 1 else 'sit'} out once"
    return f"; each sits out {times(least) if least == most else f'{least} to {most} times'}"


def times(count: int) -> str:
    """`once`, `3 times`."""
    return "once" if count == 1 else f"{count} times"


def cautions(foreseen: Iterable[Foreseen], names: Mapping[AttendeeId, str]) -> list[str]:
    """What the organiser had better know in advance, in sentences."""
    found = [caution_words(one, caution, names) for one in foreseen for caution in pressing(one.told.cautions)]
    return list(dict.fromkeys(found))


def pressing(cautions_: Sequence[Caution]) -> list[Caution]:
    """All but those that say with other words what a rule that is given up says already."""
    given_up = any(caution.code == "rule" for caution in cautions_)
    return [caution for caution in cautions_ if not (given_up and caution.code == "nobody_new" and not caution.round)]


def caution_words(one: Foreseen, caution: Caution, names: Mapping[AttendeeId, str]) -> str:
    """One caution as a sentence."""
    count = caution.count
    match caution.code:
        case "nobody":
            return f"With these rules {people_words(count)} may meet nobody{named(caution, names)}."
        case "nobody_new":
            return (
                f"With these rules {people_words(count)} {has(count)} nobody new to meet after round {caution.round}."
            )
        case "waits":
            return f"{sides(one.request)}{count} wait in each round, in turn."
        case "rule":
            since = f" from round {caution.round} on" if caution.round > 1 else ""
            kept = f"“{rule_words(one.request, caution.rule)}” cannot always be kept{since}"
            return f"{sides(one.request, caution.rule)}{kept}: it is given up for {people_words(count)} or more."


def people_words(count: int) -> str:
    """`1 person`, `14 people`."""
    return "1 person" if count == 1 else f"{count} people"


def has(count: int) -> str:
    """The verb to so many people."""
    return "has" if count == 1 else "have"


def named(caution: Caution, names: Mapping[AttendeeId, str]) -> str:
    """Who it is, if it is one or two whom the organiser knows."""
    known = [names[who] for who in caution.people if who in names]
    return f": {' and '.join(known)}" if caution.count == len(known) <= TWO else ""


def sides(request: MatchRequest, rule: str = "complementary:role") -> str:
    """`30 with “mentor” and 70 with “mentee”: `, where that is what makes people wait."""
    pairs = next((one for one in request.rules if isinstance(one, Complementary) and rule_name(one) == rule), None)
    if pairs is None or pairs.attr != "role":
        return ""
    roles = [plain(person.role) for person in request.attendees]
    first, second = (f"{roles.count(plain(value))} with “{value}”" for value in pairs.values)
    return f"{first} and {second}: "


def rule_words(request: MatchRequest, name: str) -> str:
    """What the organiser calls a rule; `room_size` and a needed language have no rule of their own."""
    rule = next((one for one in request.rules if rule_name(one) == name), None)
    kind = worded(rule)[0] if rule is not None else ""
    if kind in RULE_KINDS:
        return RULE_KINDS[kind].name
    return {"room_size": "The size of the rooms", "must_share:languages": "A shared language"}.get(
        name, name.replace("_", " ").replace(":", ", ")
    )
