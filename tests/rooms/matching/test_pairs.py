"""Pairs with a look at the rounds to come."""

from itertools import combinations

from rooms.language.ids import AttendeeId
from rooms.matching.pairs import pairs
from rooms.matching.request import MatchRequest, Profile
from rooms.matching.score import Scores


def test_a_pairing_that_would_spoil_the_next_round_is_not_chosen() -> None:
    # Six people, two rounds held. Of the pairings left some lead to two triangles of strangers: no third round.
    ids = [AttendeeId(f"p{number}") for number in range(6)]
    held = [[(0, 1), (2, 3), (4, 5)], [(1, 2), (3, 4), (5, 0)]]
    for seed in range(12):
        met: dict[AttendeeId, dict[AttendeeId, tuple[int, ...]]] = {}
        for number, round_held in enumerate(held, 1):
            for one, other in round_held:
                met.setdefault(ids[one], {})[ids[other]] = (number,)
                met.setdefault(ids[other], {})[ids[one]] = (number,)
        for number in (3, 4, 5):
            request = MatchRequest(
                attendees=tuple(Profile(id=who) for who in ids),
                round=number,
                rounds_left=5 - number,
                met=met,
                seed=f"{seed}/{number}",
            )
            groups, out = pairs(Scores(request))
            assert out == []
            for group in groups:
                for one, other in combinations(group, 2):
                    assert ids[other] not in met.get(ids[one], {})
                    met.setdefault(ids[one], {})[ids[other]] = (number,)
                    met.setdefault(ids[other], {})[ids[one]] = (number,)


def test_with_many_people_the_turn_to_sit_out_goes_to_who_sat_out_least() -> None:
    attendees = tuple(Profile(id=AttendeeId(f"p{n:02}"), sat_out=0 if n == 7 else 1) for n in range(13))
    groups, out = pairs(Scores(MatchRequest(attendees=attendees, odd="sit_out", seed="a")))

    assert out == [7]
    assert len(groups) == 6
