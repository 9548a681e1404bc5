"""What a part of the agenda will come to with these people and rules: for the preview, before anything is made.

Few people are led through all rounds exactly as the event will be. For many it is counted: whom each may meet at all,
how many seats the sizes leave, who has met everybody when.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from rooms.language.ids import AttendeeId
from rooms.language.message import Value
from rooms.matching.forecast_count import Counted, count
from rooms.matching.matcher import match
from rooms.matching.prepare import prepare
from rooms.matching.request import Group, Held, MatchRequest

LED_MOST = 60
"""People up to whom every round is made: ten rounds take a fifth of a second."""
LED_ROUNDS = 64
"""Rounds up to which that is done: more than there are others to meet for so many people in pairs."""
NAMED_MOST = 50
"""People named in one caution; `count` has all."""
CAUTIONS_MOST = 8
"""Cautions in all: more than anybody reads."""
REPEAT = "repeat"


class Caution(Value, frozen=True):
    """Something the organiser had better know in advance."""

    code: Literal["nobody", "rule", "waits", "nobody_new"]
    """`nobody`: may never meet anybody. `rule`: cannot be kept, from that round on. `waits`: so many sit out in every
    round. `nobody_new`: have met all whom they may meet after that round."""
    count: int
    """People it is about; those for whom a rule is given up, at least so many."""
    people: Group = ()
    """The first of them, where it is certain who."""
    round: int = 0
    rule: str = ""


class Forecast(Value, frozen=True):
    """What rounds will come to. Of two numbers, the least and the most."""

    people: int
    rounds: int
    meets: tuple[int, int]
    """How many others each meets."""
    sits_out: tuple[int, int]
    """How often each sits out."""
    idle: tuple[int, ...]
    """How many sit out in each round."""
    repeats: tuple[int, ...]
    """Rounds in which somebody meets somebody again."""
    exact: bool
    """Whether every round was made, not only counted."""
    cautions: tuple[Caution, ...] = ()


def forecast(request: MatchRequest, rounds: int, led_most: int = LED_MOST) -> Forecast:
    """What so many rounds, from the request's on, will come to if nobody comes or goes.

    Up to `led_most` people every round is made, which tells more and takes longer.

    Raises:
        RangeError: as `match` does.
    """
    planned = max(request.round + rounds - 1, request.rounds_planned)
    request = msgspec.structs.replace(request, rounds_planned=planned, pinned=(), shown=None)
    counted = count(request, rounds)
    if counted.people <= led_most and rounds <= LED_ROUNDS:
        return _led(request, rounds, counted)
    first = min(counted.runs_out, default=planned) + 1
    rules = [Caution(code="rule", count=many, round=request.round, rule=rule) for rule, many in counted.rules.items()]
    return Forecast(
        people=counted.people,
        rounds=rounds,
        meets=counted.meets,
        sits_out=counted.sits_out,
        idle=(counted.idle,) * rounds,
        repeats=tuple(range(first, request.round + rounds)) if request.repeat == "repeat_over_idle" else (),
        exact=False,
        cautions=_cautions(counted, rules),
    )


def _led(request: MatchRequest, rounds: int, counted: Counted) -> Forecast:
    """Every round as it will be made."""
    led = _Led(request)
    for number in range(request.round, request.round + rounds):
        led.go_on(number)
    meets = [len(others) for others in led.met.values()] or [0]
    times = list(led.times.values()) or [0]
    return Forecast(
        people=counted.people,
        rounds=rounds,
        meets=(min(meets), max(meets)),
        sits_out=(min(times), max(times)),
        idle=tuple(led.idle),
        repeats=tuple(led.repeats),
        exact=True,
        cautions=_cautions(counted, list(led.rules.values())),
    )


class _Led:
    """People led through round after round."""

    def __init__(self, request: MatchRequest) -> None:
        self._request = request
        case = prepare(request).case
        self.met: dict[AttendeeId, set[AttendeeId]] = {case.person(index).id: set() for index in range(case.n)}
        self.times = dict.fromkeys(self.met, 0)
        self.idle: list[int] = []
        self.repeats: list[int] = []
        self.rules: dict[str, Caution] = {}

    def go_on(self, number: int) -> None:
        """Hold one more round."""
        result = match(msgspec.structs.replace(self._request, round=number))
        sitting = tuple(who for reason in result.sits_out for who in reason.members if who in self.met)
        self.idle.append(len(sitting))
        for who in sitting:
            self.times[who] += 1
        for room in result.matches:
            inside = self.met.keys() & set(room)
            for who in inside:
                self.met[who] |= inside - {who}
        touched: dict[str, set[AttendeeId]] = {}
        for entry in result.given_up:
            touched.setdefault(entry.rule, set()).update(entry.members)
        if touched.pop(REPEAT, None):
            self.repeats.append(number)
        for rule, people in touched.items():
            self.rules.setdefault(rule, _caution("rule", sorted(people), number, rule))
        held = Held(round=number, rooms=result.matches, sat_out=sitting)
        self._request = msgspec.structs.replace(
            self._request, history=(*self._request.history, held), passed=frozenset()
        )


def _cautions(counted: Counted, rules: list[Caution]) -> tuple[Caution, ...]:
    """All there is to say, the most pressing first."""
    found = [_caution("nobody", counted.nobody, 0)] if counted.nobody else []
    found += rules
    if (waiting := counted.idle - len(counted.nobody)) > 1:
        found.append(Caution(code="waits", count=waiting))
    found += [_caution("nobody_new", people, after) for after, people in sorted(counted.runs_out.items())]
    return tuple(found[:CAUTIONS_MOST])


def _caution(
    code: Literal["nobody", "rule", "nobody_new"], people: Sequence[AttendeeId], round_: int, rule: str = ""
) -> Caution:
    return Caution(code=code, count=len(people), people=tuple(people[:NAMED_MOST]), round=round_, rule=rule)
