"""What a check says, for people and for programs."""

import json

from server.upkeep.findings import as_json, as_table, attention, exit_code, ok, summary, wrong

GOOD = ok("port", "8000 is free")
DOUBTFUL = attention("disk", "12 MiB are free", "free some.")
BAD = wrong("redis", "does not answer", "start it.")


def test_only_what_is_wrong_is_a_failure() -> None:
    assert exit_code([GOOD, DOUBTFUL]) == 0
    assert exit_code([GOOD, DOUBTFUL, BAD]) == 1


def test_people_read_what_to_do_below_each_row() -> None:
    assert as_table([GOOD, BAD]) == (
        "ok         port              8000 is free\n"
        "wrong      redis             does not answer\n"
        "                             → start it.\n"
        "\n"
        "1 wrong.\n"
    )


def test_the_last_line_sums_up() -> None:
    assert summary([GOOD]) == "All is well."
    assert summary([DOUBTFUL]) == "1 needs attention."
    assert summary([BAD, DOUBTFUL, DOUBTFUL]) == "1 wrong, 2 need attention."


def test_programs_read_the_same() -> None:
    assert json.loads(as_json([DOUBTFUL])) == [
        {"what": "disk", "level": "attention", "said": "12 MiB are free", "do": "free some."}
    ]
