from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.report.links import permalink, web_base

WEB = "https://github.com/owner/name"


@pytest.mark.parametrize(
    "web",
    [
        None,
        "",
        "http://github.com/a/b",
        "javascript:alert(1)",
        "https://user:secret@github.com/a/b",
        "https:///a",
        "https://github.com/a?x=1",
        "https://github.com/a#x",
        "https://gith\u202eub.com/a",
        "https://[::1",
    ],
)
def test_only_a_plain_https_address_begins_a_link(web: str | None) -> None:
    assert web_base(web) is None


def test_a_file_links_to_its_line_at_the_commit() -> None:
    assert permalink(WEB, "file", "src/a b#c?.py", "abc", 7) == f"{WEB}/blob/abc/src/a%20b%23c%3F.py#L7"


def test_gitlab_has_a_dash_in_its_paths() -> None:
    assert permalink("https://gitlab.com/o/n/", "commit", "abc", "abc") == "https://gitlab.com/o/n/-/commit/abc"


def test_a_branch_is_percent_encoded() -> None:
    assert permalink(WEB, "branch", 'origin/"><script>', "abc") == f"{WEB}/tree/%22%3E%3Cscript%3E"


def test_a_request_and_an_issue_have_their_pages() -> None:
    assert permalink(WEB, "request", "pull/12", "abc") == f"{WEB}/pull/12"
    assert permalink(WEB, "issue", "issues/12", "abc") == f"{WEB}/issues/12"
    on_gitlab = permalink("https://gitlab.com/o/n", "request", "pull/12", "abc")
    assert on_gitlab == "https://gitlab.com/o/n/-/merge_requests/12"
    assert permalink(WEB, "request", "pull/x", "abc") is None


def test_bytes_that_are_not_utf8_come_back_in_a_link() -> None:
    assert permalink(WEB, "file", "caf\\xe9.py", "abc") == f"{WEB}/blob/abc/caf%E9.py"
    assert permalink(WEB, "file", "a\\x41.py", "abc") == f"{WEB}/blob/abc/a%5Cx41.py"  # a backslash that somebody typed


def test_a_language_or_cohort_has_no_page_of_its_own() -> None:
    assert permalink(WEB, "language", "Python", "abc") is None
    assert permalink(WEB, "file", "a.py", "") is None
    assert permalink(None, "file", "a.py", "abc") is None


@given(st.text(), st.sampled_from(["file", "branch", "commit", "folder", "request", "issue"]))
def test_a_link_never_leaves_its_repository(subject: str, kind: str) -> None:
    link = permalink(WEB, kind, subject, "abc")
    assert link is None or (link.startswith(WEB + "/") and not set(link) & set("<>\"' \n\\"))


def test_several_lines_are_linked_as_their_host_writes_them() -> None:
    assert permalink(WEB, "file", "a.py", "abc", 7, 9) == f"{WEB}/blob/abc/a.py#L7-L9"
    assert permalink(WEB, "file", "a.py", "abc", 7, 7) == f"{WEB}/blob/abc/a.py#L7"
    assert permalink("https://gitlab.com/o/n", "file", "a.py", "abc", 7, 9) == (
        "https://gitlab.com/o/n/-/blob/abc/a.py#L7-9"
    )
