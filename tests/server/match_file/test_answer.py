"""The answer speaks the format's language, whatever the matcher calls things."""

from typing import get_args

import msgspec
import pytest

from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId
from rooms.matching.result import GivenUp, MatchResult, Parts
from server.match_file.answer import answer, said

A, B, C = (AttendeeId(name) for name in "abc")


def test_the_keys_are_those_of_the_format_and_no_others() -> None:
    result = MatchResult(
        matches=((A, B),),
        reasons=(Reason(code="shared_interest", members=(A, B), what=("choir",)),),
        sits_out=(Reason(code="odd_number", members=(C,)),),
        given_up=(GivenUp("must_differ:team", (A, B), "only one team is present"),),
        parts=Parts(weight=0.55),
        bound=0.55,
        digest="00ff",
    )
    assert msgspec.json.decode(msgspec.json.encode(answer(result, 0.41234))) == {
        "rooms": [["a", "b"]],
        "sat_out": ["c"],
        "relaxed": [
            {"constraint": "must_differ:team", "members": ["a", "b"], "because": "only one team is present"}
        ],
        "reasons": [
            {"code": "odd_number", "members": ["c"]},
            {"code": "shared:interests", "members": ["a", "b"], "what": ["choir"]},
        ],
        "weight": 0.55,
        "bound": 0.55,
        "ms": 0.412,
        "digest": "00ff",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (Reason(code="kept_apart", members=(A,)), "block"),
        (Reason(code="odd_number", members=(A,)), "odd_number"),
        (Reason(code="not_enough_people", members=(A,)), "not_enough_people"),
        (Reason(code="rule", members=(A,), what=("complementary:role",)), "complementary:role"),
        (Reason(code="repeat", members=(A,)), "repeat"),
    ],
)
def test_who_sits_out_is_told_by_the_formats_codes(reason: Reason, code: str) -> None:
    found = said(reason)
    assert (found.code, found.members, found.what) == (code, (A,), msgspec.UNSET)


def test_every_code_has_a_word_in_the_format() -> None:
    codes = get_args(Reason.__annotations__["code"])
    assert all(said(Reason(code=code, what=("x",))).code for code in codes)
