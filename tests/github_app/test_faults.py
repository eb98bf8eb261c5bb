"""GitHub fails, in each way and at each step: a sentence says so, and after the next run there is one comment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from github_app.port import GitHubFailed
from tests.github.fake import CUT, DROPPED, Answer, FakeGitHub, Fault, serving
from tests.github_app.test_comments import NEW, OTHER
from tests.github_app.test_speaking import HEAD, bodies, say

SECONDARY = {"message": "You have exceeded a secondary rate limit.", "documentation_url": "https://docs.github.com"}
PRIMARY = {"message": "API rate limit exceeded for installation ID 1.", "documentation_url": "https://docs.github.com"}
ANSWERS = {
    "500": Answer(500),
    "502": Answer(502, raw=b"<html>Bad Gateway</html>"),
    "503": Answer(503, {"message": "Service Unavailable"}, {"Retry-After": "0"}),
    "429": Answer(429, {"message": "Too many requests"}),
    "429 with a time": Answer(429, {"message": "Too many requests"}, {"Retry-After": "0"}),
    "403 secondary": Answer(403, SECONDARY, {"Retry-After": "0"}),
    "403 primary": Answer(403, PRIMARY, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "4102444800"}),
    "403": Answer(403, {"message": "Resource not accessible by integration"}),
    "401": Answer(401, {"message": "Bad credentials"}),
    "404": Answer(404, {"message": "Not Found"}),
    "410": Answer(410, {"message": "Gone"}),
    "422": Answer(422, {"message": "Validation Failed", "errors": []}),
    "301": Answer(301, {"message": "Moved Permanently", "url": "/x"}, {"Location": "/repositories/1/nothing"}),
    "307": Answer(307, {"message": "Temporary Redirect", "url": "/x"}, {"Location": "/repositories/1/nothing"}),
    "no answer": Answer(DROPPED),
    "cut": Answer(CUT, [{"id": 1}]),
    "no JSON": Answer(200, raw=b"<html>Unicorn</html>"),
    "other JSON": Answer(200, raw=b'"unicorn"'),
    "empty": Answer(200, raw=b""),
    "null": Answer(200, raw=b"null"),
    "rows of nothing": Answer(200, raw=b"[{}]"),
    "nothing in it": Answer(200, raw=b"{}"),
}
STEPS = {
    "head": ("GET", "/pulls/7"),
    "list": ("GET", "/comments"),
    "post": ("POST", "/comments"),
    "edit": ("PATCH", "/comments/"),
}


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with serving(FakeGitHub()) as there:
        there.open_pull(7, HEAD)
        yield there


@pytest.mark.parametrize(("times", "is_done"), [(1, False), (1, True), (9, False)])
@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("step", STEPS)
def test_one_comment_in_the_end(fake: FakeGitHub, step: str, answer: str, times: int, is_done: bool) -> None:
    if step == "edit":
        fake.write_comment(7, OTHER)
    method, part = STEPS[step]
    fake.faults = [Fault(method, part, ANSWERS[answer], is_done=is_done) for _ in range(times)]
    told = failure(fake)
    assert told == "" or told.startswith("GitHub ")
    assert "ghs_" not in told
    fake.faults.clear()
    assert failure(fake) == ""
    assert bodies(fake) == [NEW]


def failure(fake: FakeGitHub) -> str:
    """In words; anything else that is raised fails the test."""
    try:
        say(fake, NEW)
    except GitHubFailed as error:
        return str(error)
    return ""
