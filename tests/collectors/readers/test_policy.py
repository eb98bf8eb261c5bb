"""mldebt.yml: what it may say, and what is said about what it may not."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.policy import OnPulls, Policy
from collectors.readers.policy import PolicyError, read_policy
from scoring.attestation import Attestation
from scoring.finding.acceptance import Acceptance, Reason

FULL = """\
accept:
  - rule: self_admitted_*
    path: tests/**
    reason: test-data
    owner: "@ml-team"
    until: 2027-03-31
    note: fixtures, on purpose
  - {rule: '*', reason: intended, owner: ML team, until: 2026-12-31}
components:
  ranking: [services/ranking/**]
  churn:
    - services/churn/
    - lib/churn_*.py
ignore: [examples/, "*.min.js"]
people: off
"""
SAID = "attestations:\n  - {about: undeclared_consumers, answer: nobody, by: ml, on: 2026-11-03}\n"
ENTRY = "accept:\n  - {rule: a, reason: intended, owner: o, until: 2027-01-01}\n"


def test_all_that_it_may_say():
    assert read_policy(FULL.encode(), ".github/mldebt.yml") == Policy(
        acceptances=(
            Acceptance(
                *("self_admitted_*", "tests/**", Reason.TEST_DATA, "@ml-team", "2027-03-31", "fixtures, on purpose"),
                source=".github/mldebt.yml:2",
            ),
            Acceptance("*", "**", Reason.INTENDED, "ML team", "2026-12-31", source=".github/mldebt.yml:8"),
        ),
        components=(("ranking", ("services/ranking/**",)), ("churn", ("services/churn/", "lib/churn_*.py"))),
        ignore=("examples/", "*.min.js"),
        shows_people=False,
    )


def test_what_people_state():
    more = "  - {about: notebook_share, answer: 'two\n\n    lines', by: '@ada', on: 2026-11-03, until: 2026-11-03}\n"
    policy = read_policy((SAID + more).encode(), "mldebt.yml")
    assert policy.attestations == (
        Attestation("undeclared_consumers", "nobody", "ml", "2026-11-03", "2027-02-03", "mldebt.yml:2"),
        Attestation("notebook_share", "two lines", "@ada", "2026-11-03", "2026-11-03", "mldebt.yml:3"),
    )
    assert policy.digest == ""  # it decides nothing


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "accept:\ncomponents:\nignore:\n", "people: on", "\ufeffpeople: yes"]
)
def test_what_decides_nothing_is_as_no_file(text: str):
    assert read_policy(text.encode(), "mldebt.yml") == Policy()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("acept: []", "line 1: 'acept' is no key here: did you mean accept?"),
        (
            "\n\nweights: {}",
            "line 3: 'weights' is no key here: there are accept, attestations, components, ignore, people",
        ),
        (SAID.replace("answer", "anwser"), "line 2: 'anwser' is no key here: did you mean answer?"),
        (SAID.replace(", by: ml", ""), "line 2: an attestation needs about, answer, by and on: add by"),
        (
            SAID.replace("undeclared_consumers", "undeclared_consumer"),
            "line 2: 'undeclared_consumer' is neither a kind of debt nor a signal: did you mean undeclared_consumers?",
        ),
        (SAID.replace("undeclared_consumers", "zzz"), "line 2: 'zzz' is neither a kind of debt nor a signal: `mldebt"),
        (SAID.replace("2026-11-03", "soon"), "line 2: 'soon' is no day: write YYYY-MM-DD"),
        (SAID.replace("}", ", until: 2026-11-02}"), "line 2: it ends before it begins"),
        (SAID.replace("nobody", "x" * 501), "line 2: a text of 1 to 500 characters is wanted here"),
        (ENTRY.replace("reason", "resaon"), "line 2: 'resaon' is no key here: did you mean reason?"),
        (ENTRY.replace("intended", "wontfix"), "line 2: 'wontfix' is no reason: there are test-data"),
        (ENTRY.replace("2027-01-01", "next year"), "line 2: 'next year' is no day: write YYYY-MM-DD"),
        (ENTRY.replace(", owner: o", ""), "line 2: an acceptance needs rule, reason, owner and until: add owner"),
        (ENTRY.replace("owner: o", "owner: [o]"), "line 2: a word or a text is wanted here"),
        (ENTRY.replace("owner: o", "owner:"), "line 2: a word or a text is wanted here"),
        (ENTRY.replace("rule: a", f"rule: {'a' * 201}"), "line 2: a pattern has 1 to 200 characters"),
        (ENTRY.replace("owner: o", "owner: a, owner: b"), "line 2: 'owner' stands here twice"),
        ("accept: all", "line 1: a list is wanted here"),
        ("accept: [all]", "line 1: keys and values are wanted here"),
        ("ignore: docs/", "line 1: a list is wanted here"),
        ("components: [a]", "line 1: keys and values are wanted here"),
        ("components:\n  a: b/", "line 2: a list is wanted here"),
        ("people: maybe", "line 1: people is on or off"),
        ("- a", "line 1: keys and values are wanted here"),
        ("just words", "line 1: keys and values are wanted here"),
        ("people: !!python/object:os.system off", "line 1: a word or a text is wanted here"),
        ("a: &x [1]\nb: *x", "line 1: anchors and aliases are not followed: write it out"),
        ("ignore: [[[[[[[[]]]]]]]]", "line 1: nothing here is nested so deep"),
        ("ignore: [a", "it is not valid YAML"),
        ("people: off\n---\npeople: on", "line 2: it is not valid YAML"),
        ("people: \x00", "it is not valid YAML"),
        ("ignore: [" + "a," * 201 + "]", "line 1: there are more than 200 entries"),
        ("#" * 70_000, "it is larger than 64 KiB"),
    ],
)
def test_what_it_may_not_say_is_told_with_its_line(text: str, says: str):
    with pytest.raises(PolicyError) as error:
        read_policy(text.encode(), "mldebt.yml")
    assert says in str(error.value)


def test_bytes_that_are_no_text_are_told():
    with pytest.raises(PolicyError, match="not UTF-8"):
        read_policy(b"people: \xff", "mldebt.yml")


@given(st.binary(max_size=60) | st.text("[]{}:,-&*!|>'\"# \n\tab<%@?", max_size=60).map(str.encode))
def test_no_bytes_break_the_reader(content: bytes):
    with suppress(PolicyError):
        assert isinstance(read_policy(content, "mldebt.yml"), Policy)


def test_the_first_component_that_claims_a_path_has_it():
    policy = read_policy(FULL.encode(), "mldebt.yml")
    assert policy.component_of("services/churn/train.py") == "churn"
    assert policy.component_of("lib/churn_rate.py") == "churn"
    assert policy.component_of("setup.py") == ""


def test_a_digest_is_of_what_is_decided_not_of_where_it_is_written():
    policy = read_policy(FULL.encode(), "mldebt.yml")
    assert policy.digest == read_policy(f"# moved down\n{FULL}".encode(), ".github/mldebt.yml").digest
    others = [FULL.replace("off", "on"), FULL.replace("2026-12-31", "2026-12-30"), FULL.replace("examples/", "docs/")]
    assert len({policy.digest, *(read_policy(other.encode(), "mldebt.yml").digest for other in others)}) == 4
    assert Policy().digest == ""


def test_rules_are_turned_on_and_off_by_their_names() -> None:
    found = read_policy(b"rules:\n  unset_columns: off\n  settings_outside_git: on\n", "mldebt.yml")
    assert found.rules == (("settings_outside_git", True), ("unset_columns", False))
    assert (found.lists("unset_columns", is_on=True), found.lists("clones", is_on=True)) == (False, True)
    assert found.digest != read_policy(b"", "mldebt.yml").digest
    with pytest.raises(PolicyError, match="unset_columns"):
        read_policy(b"rules:\n  unset_colums: off\n", "mldebt.yml")
    with pytest.raises(PolicyError, match="a rule is on or off"):
        read_policy(b"rules:\n  unset_columns: maybe\n", "mldebt.yml")


def test_what_is_muted_is_not_listed_unless_the_file_says_that_it_is_on() -> None:
    said = read_policy(b"rules: {unset_columns: on}", "mldebt.yml")
    found = said.muting(["unset_columns", "clones", "clones"])
    assert found.muted == ("clones",)
    assert [found.lists(rule, is_on=True) for rule in ("unset_columns", "clones", "local_paths")] == [True, False, True]
    assert found.digest not in ("", said.digest)
    assert said.muting([]) == said


def test_a_quarterly_issue_is_asked_for_and_decides_nothing_else() -> None:
    found = read_policy(b"quarterly_issue: on", "mldebt.yml")
    assert found.quarterly_issue
    assert not read_policy(b"people: on", "mldebt.yml").quarterly_issue
    assert found.digest == ""
    with pytest.raises(PolicyError, match="the quarterly issue is on or off"):
        read_policy(b"quarterly_issue: sometimes", "mldebt.yml")


def test_what_is_wanted_on_pull_requests_decides_nothing_that_is_measured() -> None:
    found = read_policy(
        b"pull_requests: {comment: off, drafts: on, bots: on, fail_on: ['local_*', scale_toggles]}", "mldebt.yml"
    )
    assert found.on_pulls == OnPulls(comments=False, drafts=True, bots=True, fail_on=("local_*", "scale_toggles"))
    assert found.digest == ""
    for silent in (b"pull_requests:", b"pull_requests: {}", b"pull_requests: {comment: new, fail_on: }"):
        assert read_policy(silent, "mldebt.yml").on_pulls == OnPulls()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"pull_requests: {comment: loud}", "line 1: comment is new or off"),
        (b"pull_requests: {drafts: maybe}", "line 1: drafts is on or off"),
        (b"pull_requests: {coment: off}", "line 1: 'coment' is no key here: did you mean comment"),
        (b"pull_requests: {fail_on: [clones]}", "'clones' means no rule that a change tells"),
        (b"pull_requests: {fail_on: [local_pathz]}", "'local_pathz' means no rule that a change tells"),
        (b"pull_requests: {fail_on: local_paths}", "a list is wanted here"),
        (b"pull_requests: off", "keys and values are wanted here"),
    ],
)
def test_what_is_not_understood_of_pull_requests_is_told(content: bytes, why: str) -> None:
    with pytest.raises(PolicyError, match=why):
        read_policy(content, "mldebt.yml")
