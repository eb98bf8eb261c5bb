from typing import Any

import pytest

from scoring.finding.acceptance import Acceptance, NotAcceptedError, Reason, idle, inline, matching, near

DAY = "2026-11-24"


def accepted(rule: str = "*", path: str = "**", until: str = "2027-01-01", **rest: Any) -> Acceptance:
    return Acceptance(rule, path, Reason.INTENDED, "@ml", until, **rest)


def answer(*acceptances: Acceptance, rule: str = "seeds", path: str = "src/a.py", line: int = 7, end: int = 9) -> Any:
    [found] = matching(acceptances, [(rule, path, line, end)], DAY)
    return found


def test_nothing_is_accepted_by_itself():
    assert answer() == (None, None)


def test_rule_and_path_must_both_match():
    one = accepted("seed*", "src/**")
    assert answer(one) == (one, None)
    assert answer(one, rule="thresholds") == (None, None)
    assert answer(one, path="lib/a.py") == (None, None)


def test_it_holds_through_its_last_day_and_then_is_told():
    assert answer(accepted(until=DAY))[0] is not None
    old = accepted(until="2026-11-23")
    assert answer(old) == (None, old)


def test_one_that_holds_stands_before_one_that_ran_out():
    new = accepted(until="2026-12-01")
    assert answer(accepted(until="2026-11-01"), new) == (new, None)


@pytest.mark.parametrize(("line", "is_meant"), [(5, False), (6, True), (7, True), (9, True), (10, False)])
def test_a_comment_accepts_its_own_line_and_what_begins_on_the_next(line: int, is_meant: bool):
    one = accepted(path="src/a.py", line=line)
    assert answer(one) == ((one, None) if is_meant else (None, None))


def test_the_path_of_a_comment_is_no_pattern():
    assert answer(accepted(path="src/*.py", line=7)) == (None, None)


def test_a_comment_says_rule_reason_owner_and_day_then_a_note():
    text = "# mldebt: accept seed* test-data @ml-team until 2027-03-31 fixtures, on purpose"
    assert inline(text, "tests/a.py", 3) == Acceptance(
        "seed*", "tests/a.py", Reason.TEST_DATA, "@ml-team", "2027-03-31", "fixtures, on purpose", "tests/a.py:3", 3
    )


@pytest.mark.parametrize("text", ["# TODO", "# mldebt: acceptable", "accept all", "# mldebt rocks: accept"])
def test_other_comments_accept_nothing(text: str):
    assert inline(text, "a.py", 1) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# mldebt: accept", "write: mldebt: accept RULE REASON OWNER until YYYY-MM-DD"),
        ("# mldebt: accept seeds intended @ml", "write: mldebt: accept"),
        (
            "# mldebt: accept seeds intnded @ml until 2027-01-01",
            "'intnded' is no reason: did you mean intended?",
        ),
        ("# mldebt: accept seeds x @ml until 2027-01-01", "there are test-data, remediated"),
        ("# mldebt: accept seeds intended @ml until 2027-02-30", "'2027-02-30' is no day: write YYYY-MM-DD"),
        ("# mldebt: accept seeds intended @ml until 20270101", "is no day"),
        (f"# mldebt: accept {'x' * 201} intended @ml until 2027-01-01", "a pattern has 1 to 200 characters"),
    ],
)
def test_what_means_to_accept_and_does_not_says_what_to_write(text: str, says: str):
    with pytest.raises(NotAcceptedError) as error:
        inline(text, "a.py", 1)
    assert says in str(error.value)


def test_the_nearest_known_word_is_asked_for():
    assert near("resaon", ["reason", "rule"]) == "did you mean reason?"
    assert near("zzz", ["reason", "rule"]) == "there are reason, rule"


def test_what_means_no_finding_is_idle_whether_it_holds_or_not():
    file, rule, inline_one, expired = (
        Acceptance("local_*", "a/", Reason.INTENDED, "@ml", "2099-12-31"),
        Acceptance("scale_toggles", "**", Reason.INTENDED, "@ml", "2099-12-31"),
        Acceptance("local_paths", "a/x.py", Reason.INTENDED, "@ml", "2099-12-31", line=7),
        Acceptance("*", "**/x.py", Reason.INTENDED, "@ml", "2020-12-31"),
    )
    some = [file, rule, inline_one, expired]
    assert idle(some, [("local_paths", "a/x.py", 9, 9)]) == [rule, inline_one]
    assert idle(some, [("local_paths", "b/x.py", 7, 7)]) == [file, rule, inline_one]
    assert idle(some, []) == some
