"""The matcher against everything that could be: no seating of few people is better, level by level."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooms.language import rules as r
from rooms.language.ids import AttendeeId
from rooms.matching import GroupSize, Held, MatchRequest, Profile, match
from rooms.matching.request import Two
from tests.rooms.matching.audit import audit, without_companions
from tests.rooms.matching.oracle import Key, Oracle

EXAMPLES = 100
CLOSE = 1e-3
"""The matcher rounds gains to 2^-16 a pair."""

TEAMS, ROLES, GROUPS = ("", "red", "blue"), ("", "mentor", "mentee"), ("ada", "bob")
THINGS, TONGUES = ("choir", "chess", "go"), ("en", "de")
ATTRIBUTES: tuple[r.Attribute, ...] = ("team", "role", "groups", "interests", "languages")
SIZES = (GroupSize(), GroupSize(3, 3, 3), GroupSize(3, 2, 4), GroupSize(4, 3, 4), GroupSize(4, 4, 4))


def some(words: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), unique=True, max_size=2).map(tuple)


def people(names: str) -> st.SearchStrategy[tuple[Profile, ...]]:
    return st.tuples(
        *(
            st.builds(
                Profile,
                id=st.just(AttendeeId(name)),
                team=st.sampled_from(TEAMS),
                role=st.sampled_from(ROLES),
                groups=some(GROUPS),
                interests=some(THINGS),
                looking_for=some(THINGS),
                offering=some(THINGS),
                languages=some(TONGUES),
                language_required=st.sampled_from((False, False, False, True)),
                size=st.sampled_from((0, 0, 0, 2, 3)),
            )
            for name in names
        )
    )


def rule(names: str, round_: int) -> st.SearchStrategy[r.Rule]:
    attr = st.sampled_from(ATTRIBUTES)
    kept: dict[str, Any] = {
        "hardness": st.sampled_from(("hard", "hard", "soft")),
        "weight": st.sampled_from((0.25, 1.0)),
        "on_infeasible": st.sampled_from(("relax", "relax", "sit_out")),
    }
    role = st.sampled_from(("mentor", "mentee"))
    bounds = st.sampled_from(((0, 1), (1, 1), (1, 2), (1, 6)))
    links = st.lists(pair(names), max_size=2, unique=True).map(tuple)
    return st.one_of(
        st.builds(r.MustDiffer, attr=attr, **kept),
        st.builds(r.MustShare, attr=attr, **kept),
        st.builds(r.Complementary, attr=st.just("role"), values=st.just(("mentor", "mentee")), **kept),
        bounds.flatmap(
            lambda ends: st.builds(
                r.Quota, attr=st.just("role"), value=role, min=st.just(ends[0]), max=st.just(ends[1]), **kept
            )
        ),
        bounds.flatmap(
            lambda ends: st.builds(
                r.Anchor,
                attr=st.just("role"),
                value=role,
                visitors_min=st.just(ends[0]),
                visitors_max=st.just(ends[1]),
                **kept,
            )
        ),
        st.builds(r.MustLink, round=st.sampled_from((round_, round_, round_ + 1)), pairs=links, **kept),
        st.builds(r.Mix, attr=attr, weight=kept["weight"]),
        st.builds(r.NoToken, attr=st.just("groups"), values=some(GROUPS), weight=kept["weight"]),
    )


def pair(names: str) -> st.SearchStrategy[Two]:
    return st.permutations(names).map(lambda mixed: (AttendeeId(mixed[0]), AttendeeId(mixed[1])))


def pairs_held(number: int, mixed: list[str], rooms: int) -> Held:
    """The first people in so many pairs; the next one sat out."""
    ids = [AttendeeId(name) for name in mixed]
    return Held(
        number, tuple(zip(ids[0 : 2 * rooms : 2], ids[1 : 2 * rooms : 2], strict=True)), tuple(ids[2 * rooms :][:1])
    )


def a_round_held(names: str, number: int) -> st.SearchStrategy[Held]:
    return st.permutations(names).flatmap(
        lambda mixed: st.integers(0, len(mixed) // 2).map(lambda rooms: pairs_held(number, mixed, rooms))
    )


@st.composite
def requests(draw: st.DrawFn) -> MatchRequest:
    """Requests about up to seven people with everything the format knows."""
    names = "abcdefg"[: draw(st.integers(2, 7))]
    round_ = draw(st.integers(1, 4))
    held = tuple(draw(a_round_held(names, number)) for number in range(1, round_) if draw(st.booleans()))
    series = (draw(a_round_held(names, 0)),) if draw(st.booleans()) else ()
    present = draw(st.sets(st.sampled_from(names), min_size=min(4, len(names))))
    crowd = draw(people(names))
    counted = draw(st.sets(st.sampled_from(names), max_size=3))
    return MatchRequest(
        attendees=crowd,
        present=tuple(AttendeeId(name) for name in sorted(present)),
        round=round_,
        rounds_planned=round_,
        group=draw(st.sampled_from(SIZES)),
        odd=draw(st.sampled_from(("trio", "sit_out"))),
        repeat=draw(st.sampled_from(("repeat_over_idle", "repeat_over_idle", "idle_over_repeat"))),
        rules=tuple(draw(st.lists(rule(names, round_), max_size=3))),
        apart=frozenset(draw(st.lists(pair(names), max_size=4))),
        passed=frozenset(draw(st.lists(pair(names), max_size=1))),
        wishes=tuple(draw(st.lists(pair(names), max_size=2))),
        history=(*series, *held),
        sat_out=tuple((AttendeeId(name), draw(st.integers(0, 2))) for name in sorted(counted)),
        seed=str(draw(st.integers(0, 3))),
    )


def better(best: Key, found: Key) -> str:
    """The first level on which an answer is worse than the best; empty where it is as good."""
    for level, wanted, got in zip(Key._fields[:-1], best[:-1], found[:-1], strict=True):
        if got != wanted:
            return level
    return "loss" if found.loss > best.loss + CLOSE else ""


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(requests())
def test_no_seating_is_better_and_the_account_is_true(request: MatchRequest) -> None:
    result = match(request)
    audit(request, result)
    oracle = Oracle(request)
    found, best = oracle.key(without_companions(oracle, result.matches)), oracle.best()
    assert better(best, found) == "", f"best {best}\nfound {found}"
