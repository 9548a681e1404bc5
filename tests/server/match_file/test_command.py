"""The command: one answer to a file, one to each line, nothing on standard output for what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from server.__main__ import main
from tests.server.match_file.test_decode import EXAMPLE

SMALL = {"attendees": [{"id": name} for name in "abcd"]}


def run(*words: str, lines: str = "") -> Result:
    return CliRunner().invoke(main, ["match", *words], input=lines)


@pytest.fixture
def case(tmp_path: Path) -> str:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(EXAMPLE))
    return str(file)


def test_a_file_is_answered_with_one_object_and_nothing_else(case: str) -> None:
    outcome = run(case)
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert outcome.stdout.count("\n") == 1
    answer = json.loads(outcome.stdout)
    assert list(answer) == ["rooms", "sat_out", "relaxed", "reasons", "weight", "bound", "ms", "digest"]
    assert answer["rooms"] == [["p00", "p01"]]
    assert {"constraint": "repeat", "members": ["p00", "p01"]}.items() <= answer["relaxed"][0].items()


def test_each_line_is_answered_by_a_line_and_empty_ones_are_passed_over() -> None:
    outcome = run("-", lines=f"{json.dumps(SMALL)}\n\n{json.dumps(EXAMPLE)}\n")
    assert outcome.exit_code == 0
    assert [len(json.loads(line)["rooms"]) for line in outcome.stdout.splitlines()] == [2, 1]


def test_a_wrong_line_is_named_by_number_after_the_answers_before_it() -> None:
    wrong = json.dumps(SMALL | {"seed": []})
    outcome = run("-", lines=f"{json.dumps(SMALL)}\n\n{wrong}\n{json.dumps(SMALL)}\n")
    assert outcome.exit_code == 2
    assert outcome.stderr == "line 3: seed: expected a whole number or text\n"
    assert len(outcome.stdout.splitlines()) == 1


def test_what_is_refused_leaves_standard_output_empty(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps({"attendees": [{"id": "a", "languages": "en"}]}))
    outcome = run(str(file))
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr == "attendees[0].languages: expected a list\n"


@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_file_and_an_empty_input_are_one_clear_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "case.json"
    file.write_text(content)
    assert (run(str(file)).exit_code, run(str(file)).stderr) == (2, f"{file}: empty\n")
    outcome = run("-", lines=content)
    assert (outcome.exit_code, outcome.stdout, outcome.stderr) == (2, "", "standard input is empty\n")


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    file = tmp_path / "nothing.json"
    outcome = run(str(file))
    assert (outcome.exit_code, outcome.stderr) == (2, f"{file}: cannot be read: No such file or directory\n")


def test_explain_says_a_sentence_for_every_room_and_everybody_who_sits_out(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps({"attendees": [{"id": name, "interests": ["choir"]} for name in "ab"]}))
    explained = json.loads(run(str(file), "--explain").stdout)["explained"]
    assert explained == [
        {"members": ["a", "b"], "why": "together", "sentence": "a and b: both: choir; first time"}
    ]  # fmt: skip


def test_explain_says_why_two_do_not_meet(case: str) -> None:
    (told,) = json.loads(run(case, "--explain", "p00", "p07").stdout)["explained"]
    assert (told["members"], told["why"]) == (["p00", "p07"], "not_present")
    assert run(case, "--explain", "p00", "x").stderr == '--explain: expected the ids of two attendees, got "x"\n'


@pytest.mark.parametrize("words", [("p00",), ("p00", "p01"), ("--explain", "p00"), ("--rounds", "0")])
def test_a_wrong_use_is_code_2(case: str, words: tuple[str, ...]) -> None:
    outcome = run(case, *words)
    assert (outcome.exit_code, outcome.stdout) == (2, "")


def test_a_table_has_a_line_for_every_room_and_everybody_who_sits_out(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    asked: dict[str, Any] = {"config": {"odd_policy": "sit_out"}, "attendees": [{"id": name} for name in "abc"]}
    file.write_text(json.dumps(asked))
    head, columns, *rows = run(str(file), "--table").stdout.splitlines()
    assert head.startswith("Round 1 of 1: 3 people, 1 room, 1 sits out, worth 0.00")
    assert columns == "room  people  why"
    assert [row[:6].strip() for row in rows] == ["1", "-"]


def test_rounds_know_of_those_before(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(SMALL))
    outcome = run(str(file), "--rounds", "3")
    answers = json.loads(outcome.stdout)
    assert [answer["round"] for answer in answers] == [1, 2, 3]
    assert len({frozenset(room) for answer in answers for room in answer["rooms"]}) == 6
    assert outcome.stderr.startswith("3 rounds of up to 4 people: 0 repeats; nobody sat out;")
    assert run(str(file), "--rounds", "3", "--table").stdout.count("Round ") == 3


def test_a_link_given_up_is_told_though_it_is_no_rooms(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    link = {"type": "must_link", "round": 1, "pairs": [["a", "b"]]}
    file.write_text(json.dumps(SMALL | {"config": {"constraints": [link]}, "blocks": [["a", "b"]]}))
    told = json.loads(run(str(file), "--explain").stdout)["explained"]
    assert [line["members"] for line in told if line["why"] == "apart"] == [["a", "b"]]
    assert "given up: must_link, because" in run(str(file), "--table").stdout
