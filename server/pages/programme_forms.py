"""The programme as a form: each part a group of fields with a key of its own, in an order that people change."""

from dataclasses import dataclass, field

from rooms.event.decks import DECKS
from rooms.language.agenda import BreakSegment, ClosingSegment, LobbySegment, RoundsSegment, Segment
from rooms.language.limits import AGENDA_SEGMENTS, ROUNDS_PER_SEGMENT, SHORT_TEXT_CHARS
from rooms.language.rules import RULES, Rule, Weights
from server.forms import Form
from server.pages import programme_rule_rows as rule_rows
from server.pages.programme_rule_rows import RuleRow
from server.pages.programme_rules import PAIR, Tables

KINDS: dict[str, Segment] = {
    "lobby": LobbySegment(),
    "rounds": RoundsSegment(),
    "break": BreakSegment(),
    "closing": ClosingSegment(),
}
"""Each kind of part as it begins when somebody adds one."""
SIZES = {"2": "Pairs", "3": "Threes", "4": "Fours"}
ODD = {"trio": "Make a three", "sit_out": "One rests, in turn"}
REPEAT = {"repeat_over_idle": "Meet again", "idle_over_repeat": "Sit out, in turn"}
MUCH = {"none": "Not at all", "little": "A little", "usual": "Some", "much": "Much"}
WEIGHED = {
    "interests": {"none": 0.0, "little": 0.2, "usual": Weights().interests, "much": 0.9},
    "wishes": {"none": 0.0, "little": 0.1, "usual": Weights().wishes, "much": 0.45},
    "language": {"none": 0.0, "little": 0.05, "usual": Weights().language, "much": 0.3},
}
"""What our words say about each part of what two people are worth to each other."""
NO_DECK = "none"
WAIT_MOST_S = 6 * 3600
TALK_MOST_S = 3600
LEAST_S = 10
CHANGEOVER_S = (3, 120)
KEY_CHARS = 8
MINUTES = "minutes"
NO_PARTS = "A programme needs one part at least."
TOO_MANY = f"A programme has {AGENDA_SEGMENTS} parts at most."
CLOSING_LAST = "The wrap-up comes last: the event ends with it."


@dataclass
class Part:
    """One part as it was typed."""

    key: str
    """Names its fields, `p<key>-title`, wherever it stands in the order."""
    kind: str
    values: dict[str, str]
    segment: Segment | None = None
    """What the fields mean; None as long as one of them needs a change."""
    rules: list[RuleRow] = field(default_factory=list)
    """Who meets whom, where the part has rounds."""
    errors: dict[str, str] = field(default_factory=dict)

    def name(self, field_name: str) -> str:
        """The name of one of its fields in the form."""
        return f"p{self.key}-{field_name}"


def deck_words() -> dict[str, str]:
    """The decks of prompt cards with their names for people."""
    named = {key: f"{key.replace('_', ' ').capitalize()}, {len(cards)} cards" for key, cards in DECKS.items()}
    return {**named, NO_DECK: "No cards on the table"}


def parts_of(agenda: tuple[Segment, ...]) -> list[Part]:
    """An agenda as parts with their fields filled in."""
    return [part_of(str(index), segment) for index, segment in enumerate(agenda)]


def part_of(key: str, segment: Segment) -> Part:
    """One segment with its fields filled in."""
    values = {"title": segment.title, MINUTES: minutes_words(segment.length_s)}
    if not isinstance(segment, RoundsSegment):
        return Part(key, kind_of(segment), values | {"hint": segment.hint}, segment)
    values |= {
        "rounds": str(segment.rounds),
        "changeover": str(segment.changeover_s),
        "size": str(segment.size),
        "odd": segment.odd,
        "deck": segment.deck,
        "repeat": segment.repeat,
        **{name: much(name, getattr(segment.weights, name)) for name in WEIGHED},
    }
    values |= {"minute_more": "yes"} if segment.minute_more else {}
    rules = rule_rows.rows_of(segment.rules, Tables(segment.size, segment.odd))
    return Part(key, "rounds", with_rules(values, rules), segment, rules)


def with_rules(values: dict[str, str], rules: list[RuleRow]) -> dict[str, str]:
    """The fields of a part with those of its rules."""
    rest = {name: value for name, value in values.items() if not name.startswith(rule_rows.PREFIX)}
    for row in rules:
        rest |= {row.name("kind"): row.kind} | {row.name(name): value for name, value in row.values.items()}
    return rest | {"rules": ",".join(row.key for row in rules)}


def much(name: str, weight: float) -> str:
    """The word that is nearest to a weight."""
    return min(MUCH, key=lambda word: abs(WEIGHED[name][word] - weight))


def kind_of(segment: Segment) -> str:
    """Which of the four kinds a segment is."""
    return next(kind for kind, example in KINDS.items() if type(example) is type(segment))


def minutes_words(length_s: int) -> str:
    """Seconds as minutes with at most two decimals: `4`, `0.5`; read back to the same second."""
    return f"{length_s / 60:.2f}".rstrip("0").rstrip(".")


def read_parts(values: dict[str, str]) -> list[Part]:
    """The parts of a form in their order, each with its segment or what is wrong with it."""
    keys = dict.fromkeys(key for key in values.get("order", "").split(",") if key.isalnum() and len(key) <= KEY_CHARS)
    parts = []
    for key in list(keys)[: AGENDA_SEGMENTS + 1]:
        prefix = f"p{key}-"
        own = {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}
        if own.get("kind") in KINDS:
            parts.append(read_part(key, own))
    return parts


def read_part(key: str, values: dict[str, str]) -> Part:
    """One part of a form."""
    form = Form(values)
    kind = values["kind"]
    title = form.line("title", SHORT_TEXT_CHARS, "Give this part a name.")
    if kind != "rounds":
        wait = read_wait(form, kind, title)
        return Part(key, kind, values, None if form.errors else wait, errors=form.errors)
    rules = rule_rows.read_rows(values, tables_of(values))
    for row in rules:
        form.errors |= {row.name(name): sentence for name, sentence in row.errors.items()}
    if len(rules) > RULES:
        form.wrong("rules", rule_rows.TOO_MANY)
    rounds = read_rounds(form, title, tuple(row.rule for row in rules if row.rule)[:RULES])
    return Part(key, kind, values, None if form.errors else rounds, rules, form.errors)


def tables_of(values: dict[str, str]) -> Tables:
    """What the rules of a part must know of it, whatever else is wrong."""
    return Tables(int(values["size"]) if values.get("size") in SIZES else PAIR, values.get("odd", ""))


def read_wait(form: Form, kind: str, title: str) -> Segment:
    """The fields of a part in which people are in the lobby."""
    length_s, hint = read_minutes(form, WAIT_MOST_S), form.line("hint", SHORT_TEXT_CHARS)
    if kind == "lobby":
        return LobbySegment(title=title, length_s=length_s, hint=hint)
    if kind == "break":
        return BreakSegment(title=title, length_s=length_s, hint=hint)
    return ClosingSegment(title=title, length_s=length_s, hint=hint)


def read_rounds(form: Form, title: str, rules: tuple[Rule, ...]) -> RoundsSegment:
    """The fields of rounds; they mean something only if the form has no errors afterwards."""
    decks = deck_words()
    return RoundsSegment(
        title=title,
        rounds=form.number("rounds", 1, ROUNDS_PER_SEGMENT),
        length_s=read_minutes(form, TALK_MOST_S),
        changeover_s=form.number("changeover", *CHANGEOVER_S),
        size=int(form.choice("size", SIZES)),
        odd="sit_out" if form.choice("odd", ODD) == "sit_out" else "trio",
        deck=form.choice("deck", decks),
        rules=rules,
        weights=Weights(**{name: table[form.choice(name, table)] for name, table in WEIGHED.items()}),
        repeat="idle_over_repeat" if form.choice("repeat", REPEAT) == "idle_over_repeat" else "repeat_over_idle",
        minute_more=form.ticked("minute_more"),
    )


def read_minutes(form: Form, most_s: int) -> int:
    """A length in minutes, halves and hundredths allowed, as seconds."""
    text = form.values.get(MINUTES, "").replace(",", ".")
    units, _, part = text.partition(".")
    if units.isascii() and units.isdigit() and len(units) < 5 and (not part or (part.isascii() and part.isdigit())):
        length_s = round(float(f"{units}.{part or '0'}") * 60)
        if LEAST_S <= length_s <= most_s:
            return length_s
    form.wrong(MINUTES, f"Write minutes, from {minutes_words(LEAST_S)} to {most_s // 60}; 0.5 is half a minute.")
    return LEAST_S


def whole(parts: list[Part]) -> str | None:
    """What is wrong with the programme as a whole; None if nothing is."""
    if not parts:
        return NO_PARTS
    if len(parts) > AGENDA_SEGMENTS:
        return TOO_MANY
    return CLOSING_LAST if any(part.kind == "closing" for part in parts[:-1]) else None


def rearranged(parts: list[Part], action: str) -> tuple[list[Part], str | None]:
    """The parts after `add-rounds`, `up-3`, `down-3`, `remove-3`; and the key of the part to open, if it changes.

    With `rule-` before them and the key of a part behind that (`rule-3-add-teams`) it is the rules of that part.
    """
    verb, _, what = action.partition("-")
    if verb == "rule":
        return with_rule(parts, what), None
    if verb == "add" and what in KINDS and len(parts) < AGENDA_SEGMENTS:
        return added(parts, what)
    index = next((index for index, part in enumerate(parts) if part.key == what), None)
    if index is None:
        return parts, None
    if verb == "remove":
        rest = parts[:index] + parts[index + 1 :]
        return rest, rest[min(index, len(rest) - 1)].key if rest else ""
    if verb in ("up", "down"):
        other = index + (1 if verb == "down" else -1)
        if 0 <= other < len(parts):
            parts = [*parts]
            parts[index], parts[other] = parts[other], parts[index]
    return parts, what


def with_rule(parts: list[Part], action: str) -> list[Part]:
    """The parts after `3-add-teams` or `3-up-0`: the rules of one part are others, or in another order."""
    key, _, change = action.partition("-")
    verb, _, what = change.partition("-")
    return [ruled(part, verb, what) if part.key == key and part.kind == "rounds" else part for part in parts]


def ruled(part: Part, verb: str, what: str) -> Part:
    """One part with its rules changed, read again."""
    rules = rule_rows.rearranged(part.rules, verb, what, tables_of(part.values))
    return read_part(part.key, with_rules(part.values, rules))


def added(parts: list[Part], kind: str) -> tuple[list[Part], str]:
    """The parts with a new one: last, but before a wrap-up."""
    used = {part.key for part in parts}
    key = next(str(number) for number in range(len(parts), 10_000) if str(number) not in used)
    place = len(parts) - 1 if kind != "closing" and parts and parts[-1].kind == "closing" else len(parts)
    return [*parts[:place], part_of(key, KINDS[kind]), *parts[place:]], key
