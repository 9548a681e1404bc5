"""Answers in sentences and tables, for people at a terminal."""

from collections.abc import Sequence

from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId
from rooms.matching import Explanation, explain
from rooms.matching.request import Group
from rooms.matching.result import GivenUp, MatchResult
from server.match_file.answer import Explained
from server.match_file.evening import Played, Summary
from server.match_file.refusals import listed

WHY_NOT = {
    "unknown": "no attendee has one of these ids",
    "not_present": "not both are to be placed in this round",
    "kept_apart": "they are kept apart",
    "companion": "one of them accompanies somebody and takes no place",
}
GAP = "  "


def sentences(result: MatchResult) -> tuple[Explained, ...]:
    """One sentence for each room and for each who sits out."""
    rooms = tuple(
        Explained(room, "together", f"{both(room)}: {told}")
        for room, told in zip(result.matches, whys(result), strict=True)
    )
    idle = tuple(
        Explained(reason.members, "sits_out", f"{both(reason.members)} sits out: {of_reason(reason)}")
        for reason in result.sits_out
    )
    torn = tuple(
        Explained(each.members, "apart", f"{both(each.members)}: {of_concession(each)}") for each in across(result)
    )
    return (*rooms, *torn, *idle)


def sentence(result: MatchResult, one: AttendeeId, other: AttendeeId) -> Explained:
    """Why two did or did not meet."""
    found = explain(result, one, other)
    return Explained((one, other), found.why, f"{one} and {other}{_told(found)}")


def whys(result: MatchResult) -> list[str]:
    """For each room why these people, and what was given up for it."""
    where = places(result)
    found: list[dict[str, None]] = [{} for _ in result.matches]
    for reason in result.reasons:
        index = where[reason.members[0]]
        found[index][of_reason(reason, apart=len(result.matches[index]) > 2)] = None
    for entry in result.given_up:
        rooms = {where.get(who) for who in entry.members}
        if len(rooms) == 1 and (place := rooms.pop()) is not None:
            found[place][of_concession(entry, result.matches[place])] = None
    return ["; ".join(told) for told in found]


def places(result: MatchResult) -> dict[AttendeeId, int]:
    """The room of each, by its index."""
    return {who: index for index, room in enumerate(result.matches) for who in room}


def across(result: MatchResult) -> list[GivenUp]:
    """What was given up for people who are in no room together."""
    where = places(result)
    return [each for each in result.given_up if len({where.get(who, who) for who in each.members}) > 1]


def of_reason(reason: Reason, *, apart: bool = False) -> str:
    """One reason; with `apart` it says which two it is about."""
    what = both(reason.what)
    text = {
        "shared_interest": f"both: {', '.join(reason.what)}",
        "offer_meets_wish": f"{reason.members[0]} looks for {what}" if reason.members else "",
        "other_team": "other team",
        "first_time": "first time",
        "again": "met before",
        "must_meet": "both asked to meet",
        "pinned": "fixed by the organiser",
        "odd_number": "the number does not divide",
        "not_enough_people": "there are not enough people for a room",
        "kept_apart": "kept apart from those who are free",
        "repeat": "has met all those who are free",
        "companion": "accompanies somebody who sits out",
        "rule": f"{what} stands above a seat",
    }[reason.code]
    return f"{both(reason.members)} {text}" if apart and len(reason.members) == 2 else text


def of_concession(entry: GivenUp, among: Group = ()) -> str:
    """One rule given up; for whom is said where that is not everybody `among` whom it was."""
    whom = f" for {both(entry.members)}" if set(among) > set(entry.members) else ""
    return f"given up{whom}: {entry.rule}, because {entry.because}"


def both(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(listed(words).rsplit(" or ", 1)) if len(words) > 1 else "".join(words)


def table(played: Played) -> str:
    """One round: rooms with people and reasons, who sits out, what was given up, and what it is worth."""
    request, result = played.request, played.result
    parts = result.parts
    bound = "" if result.bound is None else f" of at most {result.bound:.2f}"
    people = counted(parts.seated + parts.sits_out, "person", "people")
    head = f"Round {request.round} of {request.rounds_planned}: {people}"
    head += f", {counted(len(result.matches), 'room', 'rooms')}, {counted(parts.sits_out, 'sits out', 'sit out')}"
    head += f", worth {parts.weight:.2f}{bound}"
    rooms = zip(result.matches, whys(result), strict=True)
    rows = [(str(number), ", ".join(room), told) for number, (room, told) in enumerate(rooms, 1)]
    rows += [("", ", ".join(each.members), of_concession(each)) for each in across(result)]
    rows += [("-", ", ".join(each.members), f"sits out: {of_reason(each)}") for each in result.sits_out]
    return "\n".join([f"{head} ({played.ms:.1f} ms)", *aligned([("room", "people", "why"), *rows])]) + "\n"


def closing(found: Summary) -> str:
    """What an evening amounts to, in one line."""
    idle = (
        f"sat out {counted(found.sat_out, 'time', 'times')}, at most {found.sat_out_most} the same person"
        if found.sat_out
        else "nobody sat out"
    )
    return (
        f"{counted(found.rounds, 'round', 'rounds')} of up to {counted(found.people, 'person', 'people')}:"
        f" {counted(found.repeats, 'repeat', 'repeats')}; {idle};"
        f" other rules given up {counted(found.given_up, 'time', 'times')};"
        f" a round was worth {found.mean:.3f} to a person, {found.worst:.3f} to the worst-served\n"
    )


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many}"


def aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows of a table, each column as wide as its longest cell."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _told(found: Explanation) -> str:
    before = f"; they met in round {both([str(number) for number in found.met_in])}" if found.met_in else ""
    match found.why:
        case "together":
            said = [*map(of_reason, found.reasons), *(of_concession(each) for each in found.given_up)]
            return f" meet: {'; '.join(dict.fromkeys(said))}"
        case "sits_out":
            said = [f"{both(each.members)} sits out: {of_reason(each)}" for each in found.reasons]
            return f" do not meet: {'; '.join(said)}{before}"
        case "rule":
            return f" do not meet: it would break {both(found.rules)}{before}"
        case "repeat":
            return f" do not meet{before}"
        case "better_elsewhere":
            mine, theirs = found.theirs
            return (
                f" do not meet: together they are worth {found.worth:.2f}, and the rooms they have"
                f" {mine:.2f} and {theirs:.2f}; all rooms together are better so"
            )
        case _:
            return f" do not meet: {WHY_NOT[found.why]}{before}"
