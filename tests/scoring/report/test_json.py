import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from jsonschema import Draft202012Validator

from scoring.answers import Identity, Scorecard, score
from scoring.debts import Debt
from scoring.finding import Effort, Finding, Rule, Severity, Spot, Tally, findings, judged
from scoring.finding.acceptance import Acceptance, Reason
from scoring.questions import question
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
    debts = question("new_algorithm").debts[:4]
    some = [signal(0.25, status=SCORE, name=debt.value, debt=debt, evidence=(row,)) for debt in debts]
    shown = json.loads(scorecard_json(score(some, HERE), "here"))
    assert shown["signals"][0]["evidence"] == [
        {"subject": "src/한글\n.py", "kind": "file", "number": 3.0, "note": "three", "line": 7}
    ]
    assert shown["answers"][0]["interval"] == ["C", "E"]
    assert shown["missing"] == ["the clone is shallow"]


def placed(total: int, *spots: Spot) -> tuple[Scorecard, list[Finding]]:
    one = signal(0.5)
    counted = replace(one, measurement=replace(one.measurement, tally=Tally(total, 1)))
    accepted = Acceptance("glue", "a.py", Reason.INTENDED, "@ml", "2027-01-01", "known", ".github/mldebt.yml:2")
    found = findings(Rule("glue", Debt.GLUE_CODE, Severity.HIGH, Effort.L), spots)
    return score([counted], HERE), judged(found, (accepted,), "2026-11-24", lambda _: 3, lambda _: "churn")


def test_findings_are_listed_with_their_place_and_what_accepts_them():
    card, found = placed(2, Spot("a.py", 7, "f(x)", "Model.fit", 9, "glue"), Spot("b.py", 1, "g(x)"))
    shown = json.loads(scorecard_json(card, "here", found, "https://github.com/o/n"))
    VALIDATOR.validate(shown)
    assert shown["findings"][0] == {
        "id": found[0].id,
        "rule": "glue",
        "debt": "glue_code",
        "path": "a.py",
        "line": 7,
        "end_line": 9,
        "symbol": "Model.fit",
        "snippet": "f(x)",
        "note": "glue",
        "severity": "high",
        "effort": "L",
        "interest": 3,
        "last_changed": None,
        "component": "churn",
        "accepted": {
            "reason": "intended",
            "owner": "@ml",
            "until": "2027-01-01",
            "note": "known",
            "source": ".github/mldebt.yml:2",
        },
        "lapsed": None,
        "link": f"https://github.com/o/n/blob/{HERE.commit}/a.py#L7-L9",
    }
    assert shown["findings_left_out"] == 0
    assert shown["signals"][0]["places"] == {"total": 2, "accepted": 1, "lapsed": 0}


def test_of_many_findings_a_thousand_are_listed_and_the_rest_counted():
    card, found = placed(1_500, *(Spot(f"{number}.py", 1, "x") for number in range(1_200)))
    shown = json.loads(scorecard_json(card, "here", found))
    VALIDATOR.validate(shown)
    assert (len(shown["findings"]), shown["findings_left_out"]) == (1_000, 500)
    assert shown["findings"][0]["link"] is None


def test_a_signal_without_places_has_none():
    assert json.loads(scorecard_json(score([signal(0.5)], HERE), "here"))["signals"][0]["places"] is None
