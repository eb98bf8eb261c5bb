"""What a check run says of a change, and what it can never say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_app.verdicts import MOST, is_unmeasured, same_annotations, still_failed, together, unmeasured, verdict
from scoring.report.markdown import JOINER
from tests.scoring.report.changes_by_hand import change, cut_in, path_in


def test_nothing_new_is_neutral_and_has_no_annotation() -> None:
    said = verdict(change(), ["*"])
    assert (said.conclusion, said.title, said.annotations) == ("neutral", "This change adds no finding.", ())


def test_each_new_place_is_an_annotation() -> None:
    said = verdict(change([cut_in("src/train.py", 12), path_in("accepted.py"), path_in("a.py", 3)]), [])
    assert {(one.path, one.start) for one in said.annotations} == {("src/train.py", 12), ("a.py", 3)}
    assert all(one.end >= one.start and one.title and one.message for one in said.annotations)


@pytest.mark.parametrize(
    ("fail_on", "conclusion"),
    [
        ([], "neutral"),
        (["clones"], "neutral"),
        (["local_paths"], "failure"),
        (["local_*"], "failure"),
        (["*"], "failure"),
    ],
)
def test_it_fails_for_what_is_gated_and_only_then(fail_on: list[str], conclusion: str) -> None:
    said = verdict(change([path_in("a.py")]), fail_on)
    assert said.conclusion == conclusion
    assert ("wants no new local paths" in said.summary) is (conclusion == "failure")


def test_what_is_accepted_fails_nothing() -> None:
    assert verdict(change([path_in("accepted.py")]), ["*"]).conclusion == "neutral"


def test_a_gate_that_cannot_be_checked_says_so_and_fails_nothing() -> None:
    made = change([cut_in("a.py")])
    left = next(one.rule for one in made.left_out)
    said = verdict(made, [left])
    assert said.conclusion == "neutral"
    assert "could not be checked" in said.summary


def test_together_the_order_does_not_matter_and_one_gate_is_enough() -> None:
    one, gated = verdict(change([cut_in("a.py", 3)]), []), verdict(change([path_in("b.py", 9)]), ["*"])
    both = together({8: ("release", gated), 7: ("main", one)})
    assert both == together({7: ("main", one), 8: ("release", gated)})
    assert (both.conclusion, len(both.annotations)) == ("failure", 2)
    assert both.title.startswith("Into main: This change adds 1 ")
    assert together({7: ("main", one)}) == one
    assert together({7: ("main", one), 8: ("release", one)}).conclusion == "neutral"


def test_what_failed_stands_while_one_of_them_is_unread() -> None:
    one, gated = verdict(change([cut_in("a.py", 3)]), []), verdict(change([path_in("b.py", 9)]), ["*"])
    stands = still_failed(one, [12, 9])
    assert (stands.conclusion, stands.title, stands.annotations) == ("failure", one.title, one.annotations)
    assert "that stands: #9, #12 with the same head" in stands.summary
    assert stands.external_id != one.external_id
    assert (still_failed(one, []), still_failed(gated, [9])) == (one, gated)


def test_the_same_words_have_the_same_digest_and_others_another() -> None:
    one, same = verdict(change([cut_in("a.py")]), []), verdict(change([cut_in("a.py")]), [])
    gated, other = verdict(change([cut_in("a.py")]), ["*"]), verdict(change([cut_in("b.py")]), [])
    assert one.external_id == same.external_id
    assert len({one.external_id, gated.external_id, other.external_id}) == 3
    assert same_annotations(one.external_id, gated.external_id)
    assert not same_annotations(one.external_id, other.external_id)
    assert not is_unmeasured(one.external_id)


def test_what_was_not_measured_blocks_nothing() -> None:
    said = unmeasured("`rm` @ada could not be fetched")
    assert (said.conclusion, said.title) == ("neutral", "This change was not measured")
    assert said.summary.endswith("That does not block the merge.")
    assert "@ada" not in said.summary
    assert "`" not in said.summary.replace("\\`", "")
    assert is_unmeasured(said.external_id)


def test_a_long_list_is_bounded() -> None:
    said = verdict(
        change([path_in(f"{'p' * 150}{n}.py", n, "'/home/" + "ü" * 200 + "'") for n in range(1, 2_000)]), ["*"]
    )
    assert len(said.annotations) == MOST
    assert len(said.summary) < 65_535
    assert all(len(one.title) < 255 and len(one.message) < 2_000 for one in said.annotations)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=40), st.text(max_size=60)), min_size=1, max_size=4))
def test_no_name_calls_anybody_or_names_another_file(places: list[tuple[str, str]]) -> None:
    made = change([path_in(f"{path}@ada", n + 1, f"{snippet}@ada") for n, (path, snippet) in enumerate(places)])
    said = verdict(made, ["*"])
    told = [said.title, said.summary, *(text for one in said.annotations for text in (one.title, one.message))]
    assert all("@" not in text.replace(f"@{JOINER}", "") for text in told)
    real = {row.path for row in made.added}
    for one in said.annotations:
        assert one.path in real
        one.path.encode()
