"""Places into findings: what changes an id, and what does not."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scoring.debts import Debt
from scoring.finding import LONGEST, Effort, Finding, Rule, Severity, Spot, Tally, findings, judged, tally
from scoring.finding.acceptance import Acceptance, Reason

RULE = Rule("seeds", Debt.REPRODUCIBILITY_DEBT, Severity.MEDIUM, Effort.S)
PATHS = ["a.py", "b/c.py", "b/d.ipynb"]

spots = st.lists(
    st.builds(
        Spot,
        path=st.sampled_from(PATHS),
        line=st.integers(1, 50),
        snippet=st.sampled_from(["split(x)", "shuffle(x, seed=1)", "fit(x)"]),
        symbol=st.sampled_from(["", "train", "Model.fit"]),
    ),
    max_size=12,
)


def ids(found: list[Finding]) -> list[str]:
    return [row.id for row in found]


def places(found: list[Finding]) -> set[tuple[str, str, int]]:
    return {(row.id, row.path, row.line) for row in found}


@given(spots)
def test_two_places_never_share_an_id(some: list[Spot]):
    assert len(set(ids(findings(RULE, some)))) == len(some)


@given(spots, st.randoms())
def test_the_order_of_the_spots_does_not_matter(some: list[Spot], chance: random.Random):
    mixed = list(some)
    chance.shuffle(mixed)
    assert findings(RULE, mixed) == findings(RULE, some)


@given(spots, st.integers(0, 100))
def test_lines_that_shift_keep_ids(some: list[Spot], by: int):
    shifted = [spot._replace(line=spot.line + by, end_line=spot.end_line and spot.end_line + by) for spot in some]
    assert ids(findings(RULE, shifted)) == ids(findings(RULE, some))


@given(spots)
def test_renames_keep_ids(some: list[Spot]):
    moved = [spot._replace(path=f"src/{spot.path}") for spot in some]
    assert ids(findings(RULE, moved)) == ids(findings(RULE, some))


@given(spots)
def test_moving_a_function_within_its_file_keeps_the_ids_of_its_places(some: list[Spot]):
    moved = [spot._replace(line=spot.line + 1_000 * (spot.symbol == "train")) for spot in some]
    before = {(row.id, row.path, row.symbol, row.line % 1_000) for row in findings(RULE, some)}
    assert {(row.id, row.path, row.symbol, row.line % 1_000) for row in findings(RULE, moved)} == before


@given(spots)
def test_reformatting_keeps_ids(some: list[Spot]):
    black = [spot._replace(snippet=spot.snippet.replace("(", "(\n    ").replace(")", ",\n)")) for spot in some]
    assert ids(findings(RULE, black)) == ids(findings(RULE, some))


@given(spots)
def test_another_finding_elsewhere_changes_no_id(some: list[Spot]):
    more = [*some, Spot("z.py", 1, "another(x)")]
    assert places(findings(RULE, some)) < places(findings(RULE, more))


@given(spots.filter(bool))
def test_paying_one_off_takes_one_id_away(some: list[Spot]):
    before, after = set(ids(findings(RULE, some))), set(ids(findings(RULE, some[1:])))
    assert after < before
    assert len(before - after) == 1


def one(**parts: Any) -> Finding:
    [found] = findings(RULE, [Spot(**{"path": "a.py", "line": 3, "snippet": "split(x)", **parts})])
    return found


def test_a_key_stands_for_the_snippet():
    assert one(snippet="LIMIT = 0.5", key="LIMIT").id == one(snippet="LIMIT = 0.6", key="LIMIT").id
    assert one(snippet="LIMIT = 0.5").id != one(snippet="LIMIT = 0.6").id


def test_another_secret_is_the_same_place():
    assert one(snippet="password='first1'").id == one(snippet="password='second2'").id


def test_texts_are_masked_put_on_one_line_and_cut():
    found = one(snippet="connect(\n    password='hunter2',\n" + "x" * 300, note="token=abcdef123")
    assert found.snippet.startswith("connect( password='***', xx")
    assert len(found.snippet) == LONGEST
    assert found.note == "token=***"


def test_a_secret_at_the_cut_is_not_shown_in_part():
    assert "hunter2" not in one(snippet="a" * 180 + " password='hunter2hunter2hunter2'").snippet


def test_long_snippets_that_differ_at_the_end_are_two():
    assert one(snippet="a " * 300 + "b").id != one(snippet="a " * 300 + "c").id


def test_severity_and_effort_are_the_rules_unless_the_place_says_otherwise():
    assert (one().severity, one().effort) == (Severity.MEDIUM, Effort.S)
    found = one(severity=Severity.HIGH, effort=Effort.L)
    assert (found.severity, found.effort) == (Severity.HIGH, Effort.L)


def test_the_last_line_is_never_before_the_first():
    assert one().end_line == 3
    assert one(end_line=8).end_line == 8
    assert one(end_line=1).end_line == 3


def test_the_heaviest_stand_first_then_by_path_and_line():
    some = [
        Spot("busy.py", 9, "a"),
        Spot("busy.py", 2, "b"),
        Spot("quiet.py", 1, "c", severity=Severity.HIGH),
        Spot("unknown.py", 1, "d"),
        Spot("busier.py", 1, "e"),
    ]
    touched = {"busy.py": 1, "quiet.py": 0, "busier.py": 40}
    found = judged(findings(RULE, some), (), "2026-11-24", touched.get, lambda _: "")
    assert [row.snippet for row in found] == ["e", "b", "a", "c", "d"]
    assert [row.interest for row in found] == [40, 1, 1, 0, None]


def test_accepted_findings_stay_counted():
    rows = findings(RULE, [Spot("a.py", 1, "a"), Spot("b.py", 1, "b"), Spot("c.py", 1, "c")])
    holds = Acceptance("seeds", "a.py", Reason.INTENDED, "@ml", "2027-01-01")
    ran_out = Acceptance("seeds", "b.py", Reason.INTENDED, "@ml", "2026-01-01")
    found = judged(rows, (holds, ran_out), "2026-11-24", lambda _: 0, lambda path: path[0])
    assert [(row.accepted, row.lapsed) for row in found] == [(holds, None), (None, ran_out), (None, None)]
    assert [row.component for row in found] == ["a", "b", "c"]
    assert tally(found) == Tally(3, 1, 1)


def test_a_tally_in_words():
    assert str(Tally(7, 2)) == "7 places, of which 2 accepted"
    assert str(Tally(1)) == "1 place"
    assert str(Tally(7, 0, 1)) == "7 places; the acceptance of 1 ran out"
