import json
from pathlib import Path

from hypothesis import given
from jsonschema import Draft202012Validator

from scoring.answers import Identity, score
from scoring.report.json import SCHEMA, scorecard_json
from scoring.signal import SCORE, Evidence
from tests.signals_by_hand import signal, signals

HERE = Identity(commit="c0ffee" * 7, as_of=1_700_000_000, missing=("the clone is shallow",))
WRITTEN = json.loads(Path("schemas/scorecard-1.json").read_text())
VALIDATOR = Draft202012Validator(WRITTEN)


@given(signals())
def test_every_scorecard_holds_to_its_schema(some):
    VALIDATOR.validate(json.loads(scorecard_json(score(some, HERE), "owner/name")))


def test_the_schema_is_the_one_that_is_named():
    assert WRITTEN["$id"] == SCHEMA
    Draft202012Validator.check_schema(WRITTEN)


def test_an_empty_repository_has_no_commit():
    assert json.loads(scorecard_json(score([], Identity("", 0)), "empty"))["commit"] is None


STEERING = "\x1b[31m\x07\x7f\x9b2J\u202e\u200b\ufeff\u2028\udcff"


def test_what_would_steer_a_terminal_is_spelled_out_and_reads_back_as_it_was():
    row = Evidence(f"한글 \U0001f600 {STEERING}", "file", note="\U000e0001 tag")
    text = scorecard_json(score([signal(0.25, evidence=(row,))], HERE), STEERING)
    assert not set(STEERING) - set("[31m2J") & set(text)
    assert "한글 \U0001f600" in text
    assert json.loads(text)["repository"] == STEERING
    assert json.loads(text)["signals"][0]["evidence"][0]["subject"] == row.subject
    assert json.loads(text)["signals"][0]["evidence"][0]["note"] == row.note


def test_numbers_reasons_and_evidence_are_there():
    row = Evidence("src/한글\n.py", "file", 3.0, "three", 7)
    shown = json.loads(scorecard_json(score([signal(0.25, status=SCORE, evidence=(row,))], HERE), "here"))
    assert shown["signals"][0]["evidence"] == [
        {"subject": "src/한글\n.py", "kind": "file", "number": 3.0, "note": "three", "line": 7}
    ]
    assert shown["answers"][0]["interval"] == ["C", "E"]
    assert shown["missing"] == ["the clone is shallow"]
