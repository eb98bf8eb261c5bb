"""The fake is a GitHub as GitHub describes it, and tells who does not keep to the description."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.github.contract import DESCRIPTION, Exchange, made, operation, violations
from tests.github.fake import ROUTES, FakeGitHub, serving
from tests.github.trim_openapi import OPERATIONS


def ask(fake: FakeGitHub, method: str, target: str, sent: Any = None, token: str = "ghs_ours") -> tuple[int, Any]:  # noqa: S107
    request = urllib.request.Request(  # noqa: S310
        f"{fake.address}{target}",
        json.dumps(sent).encode() if sent is not None else None,
        {"Authorization": f"Bearer {token}"},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, json.loads(answer.read() or "null")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_the_description_holds_the_operations_that_are_listed() -> None:
    held = {f"{method.upper()} {path}" for path, methods in DESCRIPTION["paths"].items() for method in methods}
    assert held == set(OPERATIONS)
    assert set(ROUTES) <= held


def test_a_comment_is_kept_edited_and_gone() -> None:
    with serving(FakeGitHub()) as fake:
        fake.open_pull(7, "c" * 40, fork="ada/name")
        status, row = ask(fake, "POST", "/repos/owner/name/issues/7/comments", {"body": "one"})
        assert (status, row["body"], row["user"]["login"]) == (201, "one", "github-actions[bot]")
        assert ask(fake, "PATCH", f"/repos/owner/name/issues/comments/{row['id']}", {"body": "two"})[1]["body"] == "two"
        assert [one["body"] for one in ask(fake, "GET", "/repos/owner/name/issues/7/comments")[1]] == ["two"]
        assert ask(fake, "DELETE", f"/repos/owner/name/issues/comments/{row['id']}")[0] == 204
        assert ask(fake, "GET", "/repos/owner/name/issues/7/comments")[1] == []
        assert ask(fake, "GET", "/repos/owner/name/pulls/7")[1]["head"]["repo"]["full_name"] == "ada/name"
        assert len(ask(fake, "GET", "/repos/owner/name/pulls?head=ada:topic&state=open")[1]) == 1
        assert fake.violations == []


def test_lists_come_in_pages() -> None:
    with serving(FakeGitHub()) as fake:
        fake.open_pull(7, "c" * 40)
        for n in range(5):
            fake.write_comment(7, str(n), "ada")
        pages = [ask(fake, "GET", f"/repos/owner/name/issues/7/comments?per_page=2&page={n}")[1] for n in (1, 2, 3)]
    assert [[row["body"] for row in page] for page in pages] == [["0", "1"], ["2", "3"], ["4"]]


@pytest.mark.parametrize(
    ("exchange", "says"),
    [
        (Exchange("POST", "/repos/o/n/issues/1/comments", {"bdy": "x"}, 201, made("issue-comment")), "unknown key bdy"),
        (Exchange("POST", "/repos/o/n/issues/1/comments", {"body": 1}, 201, made("issue-comment")), "not of type"),
        (Exchange("GET", "/repos/o/n/pulls?stat=open", None, 200, []), "unknown query parameter stat"),
        (Exchange("GET", "/repos/o/n/pulls?state=opened", None, 200, []), "is not one of"),
        (Exchange("GET", "/repos/o/n/pulls?page=x", None, 200, []), "not of type"),
        (Exchange("GET", "/repos/o/n/pulls/seven", None, 200, made("pull-request")), "path pull_number"),
        (Exchange("GET", "/repos/o/n/pulls/7", None, 200, {"number": 7}), "is a required property"),
        (Exchange("GET", "/repos/o/n/pulls/7", None, 201, made("pull-request")), "status 201"),
        (Exchange("GET", "/repos/o/n/pull/7", None, 200, {}), "no such operation"),
    ],
)
def test_what_breaks_the_description_is_told(exchange: Exchange, says: str) -> None:
    assert any(says in found for found in violations(exchange))


def test_who_may_not_is_refused() -> None:
    with serving(FakeGitHub()) as fake:
        fake.open_pull(7, "c" * 40)
        fake.may_write = False
        assert ask(fake, "POST", "/repos/owner/name/issues/7/comments", {"body": "x"})[0] == 403
        assert ask(fake, "GET", "/repos/owner/name/pulls/7", token="another")[0] == 401  # noqa: S106
        assert ask(fake, "GET", "/repos/owner/other/pulls/7")[0] == 404
        assert fake.comments[7] == []


def test_a_path_without_parameters_goes_first() -> None:
    found = operation("GET", "/repos/o/n/issues/comments")
    assert found is not None
    assert found.path.endswith("/issues/comments")
