"""A change that was written down is read again as it was; what does not fit is refused."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.report.change import Change, change_json, change_object
from scoring.report.change_read import LARGEST, Source, Unreadable, change_of
from scoring.report.comment import comment, correction, summary
from scoring.report.data_change import DataChange
from tests.scoring.report.changes_by_hand import CUTS, PATHS, WEB, change, cut_in, path_in, reads, writes
from tests.scoring.report.test_comment import GOLDENS, names, texts

SOURCE = Source("owner/name", WEB, {one.name: one for one in (PATHS, CUTS)})
DATA = DataChange((reads("raw/a.csv"), writes("models/m")), (reads("raw/b.csv"),))


def again(whole: Change) -> Change:
    return change_of(change_json(whole).encode("utf-8", "backslashreplace"), SOURCE._replace(web=whole.web))


@pytest.mark.parametrize("name", GOLDENS)
def test_the_comment_is_the_same(name: str) -> None:
    assert comment(again(GOLDENS[name]), 12) == comment(GOLDENS[name], 12)


def test_all_that_is_said_is_the_same() -> None:
    for whole in (change(), change([], [cut_in("a.py")]), change([path_in("accepted.py")], data=DATA)):
        assert (summary(again(whole)), correction(again(whole), 1)) == (summary(whole), correction(whole, 1))


@given(st.lists(st.tuples(names, texts), min_size=1, max_size=5))
def test_whatever_the_names(places: list[tuple[str, str]]) -> None:
    whole = change([path_in(path, n, snippet) for n, (path, snippet) in enumerate(places, 1)])
    assert comment(again(whole), 1) == comment(whole, 1)


def test_who_accepted_and_what_it_says_of_itself_are_not_taken() -> None:
    value = change_object(change([path_in("accepted.py")])) | {"repository": "evil/one", "sentence": "All is well."}
    found = change_of(json.dumps(value).encode(), SOURCE)
    assert found.repository == "owner/name"
    assert "somebody" not in repr(found)
    assert "All is well" not in summary(found)


def test_what_was_cut_off_is_said() -> None:
    value = change_object(change([cut_in("a.py")]))
    value["beyond"]["added"] = 500
    found = change_of(json.dumps(value).encode(), SOURCE)
    assert "**Partial:** 500 more rows are not counted here." in comment(found, 1)


def broken(**values: Any) -> dict[str, Any]:
    return {**change_object(change([cut_in("a.py")], [path_in("b.py")], data=DATA)), **values}


def with_row(**values: Any) -> dict[str, Any]:
    whole = broken()
    whole["added"][0] |= values
    return whole


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ([], "it is not an object"),
        (broken(schema_version=2), "it is not urn:mldebt:diff:1"),
        (broken(**{"$schema": "urn:mldebt:scorecard:1"}), "it is not urn:mldebt:diff:1"),
        (broken(rules=["local_paths", "made_up"]), "it names rules that are not known here: made_up"),
        (broken(rules=["local_paths"]), "added[0].rule was not compared"),
        (broken(head={"name": "x", "commit": "c" * 40 + "\n"}), "head.commit is not a commit"),
        (broken(merge_base="<!-- -->"), "merge_base is not a commit"),
        (broken(added=[broken()["added"][0]] * 1_001), "added is not a list of at most 1,000"),
        (broken(added={}), "added is not a list of at most 1,000"),
        (broken(paid=[7]), "paid[0] is not an object"),
        (broken(files=-1), "files is not a number that can be meant"),
        (broken(beyond={"added": 10**12, "accepted": 0, "paid": 0}), "beyond.added is not a number that can be meant"),
        (broken(data=None), "data is not an object"),
        (broken(data={**broken()["data"], "lost": [{"access": "x"}]}), "data.lost[0].access is neither read nor write"),
        (with_row(line=0), "added[0].line is not a number that can be meant"),
        (with_row(line=True), "added[0].line is not a number that can be meant"),
        (with_row(line=1.5), "added[0].line is not a number that can be meant"),
        (with_row(path=["a"]), "added[0].path is not a text of at most 4,096 characters"),
        (with_row(path="a\ud83d"), "added[0].path is not a path"),
        (with_row(path="a" * 5_000), "added[0].path is not a text of at most 4,096 characters"),
        (with_row(snippet="a" * 201), "added[0].snippet is not a text of at most 200 characters"),
    ],
)
def test_what_does_not_fit_is_refused(value: Any, why: str) -> None:
    with pytest.raises(Unreadable) as caught:
        change_of(json.dumps(value).encode(), SOURCE)
    assert str(caught.value) == why


@pytest.mark.parametrize("key", sorted(set(broken()) - {"repository", "sentence", "left_out"}))
def test_what_is_missing_is_refused(key: str) -> None:
    whole = broken()
    del whole[key]
    with pytest.raises(Unreadable, match="is missing"):
        change_of(json.dumps(whole).encode(), SOURCE)


@pytest.mark.parametrize("raw", [b"", b"\xff", b"{", b"[" * 1_000_000, b'{"a":' * 100_000, b"1" * 5_000])
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        change_of(raw, SOURCE)


def test_what_is_too_large_is_refused_unread() -> None:
    with pytest.raises(Unreadable, match="larger than 8,000,000 bytes"):
        change_of(b" " * (LARGEST + 1), SOURCE)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(broken())), json_values)
def test_any_other_value_is_read_or_refused(key: str, value: object) -> None:
    with suppress(Unreadable):
        comment(change_of(json.dumps(broken(**{key: value})).encode(), SOURCE), 1)
