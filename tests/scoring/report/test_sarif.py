"""SARIF, against the part of the standard that is written (sarif_subset.json), and GitHub's limits."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from scoring.answers import Identity, Scorecard, score
from scoring.finding import Effort, Finding, Rule, Severity, Spot, Tally, findings, judged
from scoring.finding.acceptance import Acceptance, Reason
from scoring.report.sarif import sarif_json, sarif_object
from scoring.signal import Signal
from tests.signals_by_hand import signal

SUBSET = json.loads(Path(__file__).with_name("sarif_subset.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SUBSET)
HERE = Identity(commit="c0ffee" * 7, as_of=1_700_000_000)
WEB = "https://github.com/owner/name"


def rule(name: str, total: int = 0, severity: Severity = Severity.MEDIUM) -> Signal:
    one = signal(0.5, name=name)
    definition = replace(one.definition, severity=severity, effort=Effort.S)
    return Signal(definition, replace(one.measurement, tally=Tally(total)))


def card(*signals: Signal, **identity: Any) -> Scorecard:
    return score(signals or [rule("glue"), rule("seeds"), signal(0.1, name="languages")], replace(HERE, **identity))


def placed(name: str, *spots: Spot, acceptances: tuple[Acceptance, ...] = ()) -> list[Finding]:
    found = findings(Rule(name, None, Severity.MEDIUM, Effort.S), spots)
    return judged(found, acceptances, "2026-11-24", lambda _: 3, lambda _: "churn")


def run(where: Scorecard, some: list[Finding], web: str | None = WEB) -> Any:
    made = sarif_object(where, some, web)
    VALIDATOR.validate(made)
    return made["runs"][0]


spots = st.lists(
    st.builds(
        Spot,
        path=st.text(min_size=1, max_size=12),
        line=st.integers(1, 99),
        snippet=st.text(max_size=30),
        symbol=st.text(max_size=8),
        note=st.text(max_size=20),
        severity=st.none() | st.sampled_from(Severity),
    ),
    max_size=6,
)


@given(spots)
def test_any_places_make_a_valid_log(some: list[Spot]):
    text = sarif_json(card(), placed("glue", *some), WEB)
    VALIDATOR.validate(json.loads(text))
    assert text.isprintable() or set(filter(lambda c: not c.isprintable(), text)) == {"\n"}


def test_the_subset_is_a_schema():
    Draft202012Validator.check_schema(SUBSET)


def test_a_result_says_where_and_carries_the_findings_id():
    [row] = placed("seeds", Spot("src/a b.py", 7, "split(x)", "Model.fit", 9, "no seed", severity=Severity.LOW))
    [result] = run(card(), [row])["results"]
    [location] = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "src/a%20b.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7, "endLine": 9, "snippet": {"text": "split(x)"}},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": "Model.fit"}]
    assert result["partialFingerprints"] == {"mldebtFinding/v1": row.id}
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("seeds", 1, "note")
    assert result["message"]["text"] == "Seeds: no seed"
    assert result["properties"] == {"severity": "low", "effort": "S", "interest": 3, "component": "churn"}


def test_rules_are_the_signals_that_know_places_each_once():
    rules = run(card(), [])["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == ["glue", "seeds"]
    assert rules[0]["properties"]["tags"] == ["technical-debt", "machine-learning", "glue_code"]
    assert all("helpUri" not in one for one in rules)


def test_nothing_is_an_error_that_would_fail_a_pull_request():
    levels = [
        one["defaultConfiguration"]["level"]
        for one in run(card(rule("a", severity=Severity.HIGH)), [])["tool"]["driver"]["rules"]
    ]
    assert levels == ["warning"]


def test_what_is_accepted_is_suppressed_stands_last_and_names_no_owner():
    by_file = Acceptance("glue", "a.py", Reason.INTENDED, "@ada", "2027-01-01", "until the rewrite")
    inline = Acceptance("glue", "b.py", Reason.TEST_DATA, "@bo", "2027-01-01", line=1)
    some = placed(
        "glue", Spot("a.py", 1, "a"), Spot("b.py", 1, "b"), Spot("c.py", 1, "c"), acceptances=(by_file, inline)
    )
    results = run(card(), some)["results"]
    assert [row.get("suppressions") for row in results] == [
        None,
        [{"kind": "external", "status": "accepted", "justification": "intended until 2027-01-01: until the rewrite"}],
        [{"kind": "inSource", "status": "accepted", "justification": "test-data until 2027-01-01"}],
    ]
    assert "@ada" not in json.dumps(results)


def test_of_many_the_heaviest_five_thousand_are_kept_and_the_rest_counted():
    some = placed("glue", *(Spot(f"{number:05}.py", 1, f"x{number}") for number in range(5_200)))
    made = run(card(rule("glue", 7_000)), some)
    assert [row["partialFingerprints"]["mldebtFinding/v1"] for row in made["results"]] == [
        row.id for row in some[:5_000]
    ]
    [notice] = made["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == "2,000 findings are left out: the heaviest 5,000 are here"


def test_what_could_not_be_seen_is_told():
    made = run(card(missing=("the clone is shallow [really]",)), [])
    [notice] = made["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == r"partial: the clone is shallow \[really\]"


def test_where_it_comes_from_is_said_if_it_is_known():
    assert run(card(), [])["versionControlProvenance"] == [{"repositoryUri": WEB, "revisionId": "c0ffee" * 7}]
    assert "versionControlProvenance" not in run(card(), [], "javascript:alert(1)")
    assert "versionControlProvenance" not in run(card(commit=""), [])


def test_brackets_make_no_links_and_braces_no_places():
    [row] = placed("glue", Spot("a.py", 1, "x", note="see [this](https://evil.example) {0}"))
    [result] = run(card(), [row])["results"]
    assert result["message"]["text"] == r"Glue: see \[this\](https://evil.example) {{0}}"


def test_findings_of_a_signal_that_is_no_more_are_left_out():
    assert run(card(), placed("gone", Spot("a.py", 1, "x")))["results"] == []
