"""The reads of GitHub, against a GitHub that is held to its own description."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from collectors.facts.change_requests import NOBODY
from collectors.trackers import NotNowError, NotVisibleError, person
from collectors.trackers.github_api import PATIENCE, TRIES, GitHubTracker
from tests.builders import at
from tests.github.fake import Answer, FakeGitHub, Fault, forbidden, not_found, serving
from tests.github.tracked import ROUTES, comment, issue, pull, review

SALT = b"salt"
TABLE = "| Metric | main | head |\n|---|---|---|\n| auc | 0.8 | 0.9 |"
LIMIT = {"message": "API rate limit exceeded for user ID 1.", "documentation_url": "https://docs.github.com"}


class Waits(list[float]):
    """Seconds that were slept, without sleeping."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def asking(fake: FakeGitHub, waits: Waits | None = None, token: str = "ghs_ours", **more: Any) -> GitHubTracker:  # noqa: S107
    sleep = Waits() if waits is None else waits
    return GitHubTracker(
        fake.address, fake.repository, token, SALT, sleep=sleep, clock=lambda: float(at(0)), between=0, **more
    )


@pytest.fixture(params=["", "/api/v3"])
def fake(request: pytest.FixtureRequest) -> Iterator[FakeGitHub]:
    with serving(FakeGitHub(ROUTES), request.param) as served:
        yield served
    assert served.violations == []
    assert served.written == []


def test_requests_come_newest_update_first_without_names(fake: FakeGitHub):
    pull(fake, 1, -30, merged=-2, by="Ada")
    pull(fake, 2, -20, by="dependabot[bot]")
    pull(fake, 3, -10, by="renovate-bot")["author_association"] = "MEMBER"
    pull(fake, 4, -9)["user"] = None
    rows = asking(fake).requests(1)
    assert [(row.request.number, row.updated) for row in rows] == [(1, at(-2)), (4, at(-9)), (3, at(-10)), (2, at(-20))]
    merged, ghost, named, bot = (row.request for row in rows)
    assert (merged.created, merged.merged, merged.closed, merged.author) == (
        at(-30),
        at(-2),
        at(-2),
        person("ada", SALT),
    )
    assert (ghost.author, ghost.is_open, bot.is_bot, named.is_bot, named.is_member) == (NOBODY, True, True, True, True)


def test_replies_are_comments_and_reviews_in_their_order(fake: FakeGitHub):
    pull(fake, 1, -9)
    comment(fake, 1, -7, "cy")
    comment(fake, 1, -8, "ci[bot]", TABLE)
    review(fake, 1, -8.5, "bo")
    review(fake, 1, -8.4, "bo", "COMMENTED")
    found = asking(fake).replies(1)
    bo, cy = person("bo", SALT), person("cy", SALT)
    said = [(row.at, row.person, row.is_bot, row.is_review, row.approves) for row in found.rows if not row.is_bot]
    assert said == [
        (at(-8.5), bo, False, True, True),
        (at(-8.4), bo, False, True, False),
        (at(-7), cy, False, False, False),
    ]
    assert found.tells_metrics


def test_a_table_that_a_person_pasted_is_no_machines_word(fake: FakeGitHub):
    pull(fake, 1, -9)
    comment(fake, 1, -7, "cy", TABLE)
    assert not asking(fake).replies(1).tells_metrics
    comment(fake, 1, -7, "cy", f"{TABLE}\n![CML watermark](https://x.example/iterative/cml/logo.svg)")
    assert asking(fake).replies(1).tells_metrics


def test_many_comments_are_read_page_by_page(fake: FakeGitHub):
    pull(fake, 1, -9)
    for number in range(120):
        comment(fake, 1, -8 + number / 100)
    assert len(asking(fake).replies(1).rows) == 120


def test_files_are_paths(fake: FakeGitHub):
    pull(fake, 1, -9, files=("a.py", "conf/b.yaml"))
    assert asking(fake).files(1) == ("a.py", "conf/b.yaml")


def test_issues_come_oldest_update_first_and_keep_only_labels_that_say_debt(fake: FakeGitHub):
    issue(fake, 1, -30, -2, "tech-debt", "for Ada")
    issue(fake, 2, -20)
    issue(fake, 3, -10)["pull_request"] = dict.fromkeys(("url", "html_url", "diff_url", "patch_url"))
    rows = asking(fake).issues(0, 1)
    assert [row.updated for row in rows] == [at(-20), at(-10), at(-2)]
    assert [row.issue and (row.issue.number, row.issue.closed, row.issue.labels) for row in rows] == [
        (2, None, ()),
        None,
        (1, at(-2), ("tech-debt",)),
    ]
    assert [row.updated for row in asking(fake).issues(at(-10), 1)] == [at(-10), at(-2)]


@pytest.mark.parametrize("answer", [forbidden(), not_found()])
def test_what_the_token_may_not_see_is_said_by_its_name(fake: FakeGitHub, answer: Answer):
    fake.faults.append(Fault("GET", "/pulls", answer))
    with pytest.raises(NotVisibleError, match="change requests are not visible with this permission"):
        asking(fake).requests(1)


def test_a_refused_token_is_said_without_it(fake: FakeGitHub):
    with pytest.raises(NotVisibleError, match="the token was refused") as raised:
        asking(fake, token="ghp_secret").requests(1)  # noqa: S106
    assert "ghp_secret" not in repr(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Retry-After": "2"}, 2),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(at(0) + 30)}, 31),
        ({}, 60),
    ],
)
@pytest.mark.parametrize("status", [403, 429])
def test_a_limit_that_ends_soon_is_waited_for(fake: FakeGitHub, status: int, headers: dict[str, str], waited: float):
    pull(fake, 1, -9)
    fake.faults.append(Fault("GET", "/pulls", Answer(status, LIMIT, headers)))
    waits = Waits()
    assert len(asking(fake, waits).requests(1)) == 1
    assert waits == [waited]


@pytest.mark.parametrize(
    "headers", [{"Retry-After": "3600"}, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(at(0) + 3_000)}]
)
def test_a_limit_that_lasts_is_told(fake: FakeGitHub, headers: dict[str, str]):
    fake.faults.append(Fault("GET", "/pulls", Answer(403, LIMIT, headers)))
    waits = Waits()
    with pytest.raises(NotNowError, match="scan again in an hour"):
        asking(fake, waits).requests(1)
    assert waits == []
    assert PATIENCE < 3_000


def test_a_host_in_trouble_is_asked_again_and_then_left(fake: FakeGitHub):
    pull(fake, 1, -9)
    fake.faults += [Fault("GET", "/pulls", Answer(502, {"message": "Bad Gateway"}))] * (TRIES - 1)
    waits = Waits()
    assert len(asking(fake, waits).requests(1)) == 1
    assert waits == [0.5, 1, 2]
    fake.faults += [Fault("GET", "/pulls", Answer(503, {"message": "Unavailable"}))] * TRIES
    with pytest.raises(NotNowError, match="did not answer"):
        asking(fake).requests(1)


def test_an_answer_of_another_shape_is_not_believed():
    with serving(FakeGitHub(ROUTES)) as fake:
        odd: tuple[list[Any], ...] = ([{"number": 1}], [None], ["x"], [[]])
        for value in odd:
            fake.faults.append(Fault("GET", "/pulls", Answer(200, value)))
            with pytest.raises(NotNowError, match="something else"):
                asking(fake).requests(1)


def test_what_is_no_list_is_asked_for_again():
    with serving(FakeGitHub(ROUTES)) as fake:
        pull(fake, 1, -9)
        fake.faults.append(Fault("GET", "/pulls", Answer(200, {"message": "hello"})))
        assert len(asking(fake).requests(1)) == 1


def test_a_renamed_repository_is_asked_by_its_new_name(fake: FakeGitHub):
    pull(fake, 1, -9, merged=-2)
    moved = Answer(301, {"message": "Moved Permanently", "url": "x", "documentation_url": "x"})
    where = {"Location": f"{fake.address}/repos/{fake.repository}"}
    fake.faults.append(Fault("GET", "/repos/old/name", moved._replace(headers=where)))
    tracker = GitHubTracker(fake.address, "old/name", fake.token, SALT, sleep=Waits(), between=0)
    assert [row.request.merged for row in tracker.requests(1)] == [at(-2)]
    assert tracker.source == asking(fake).source


def test_one_that_is_renamed_meanwhile_is_not_read_on(fake: FakeGitHub):
    pull(fake, 1, -9)
    tracker = asking(fake)
    assert tracker.source
    fake.pulls[1]["url"] = f"{fake.address}/repos/owner/other/pulls/1"
    with pytest.raises(NotNowError, match="renamed"):
        tracker.requests(1)


def test_a_host_that_sends_to_another_gets_no_further(fake: FakeGitHub):
    away = {"Location": "http://evil.example/repos/owner/name"}
    moved = Answer(301, {"message": "Moved Permanently", "url": "x", "documentation_url": "x"}, away)
    fake.faults.append(Fault("GET", "/repos/owner/name", moved))
    with pytest.raises(NotNowError, match="elsewhere"):
        asking(fake).requests(1)


@contextmanager
def saying(*answers: bytes) -> Iterator[str]:
    """A server that sends these bytes, one answer for each connection, and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for answer in answers:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(answer)
                if not answer:
                    connection.settimeout(5)
                    connection.recv(1)  # until the other side gives up

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()
        thread.join(20)


OURS = b'{"id": 1, "full_name": "o/n"}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
WELL = (HEAD + b"%d\r\n\r\n%s" % (len(OURS), OURS), HEAD + b"2\r\n\r\n[]")


@pytest.mark.parametrize("broken", [HEAD + b"900\r\n\r\n[{", HEAD + b"2\r\n\r\n[{", b"HTTP/1.1 200", b"\xff" * 99])
def test_a_broken_answer_is_asked_for_again(broken: bytes):
    with saying(broken, *WELL) as address:
        tracker = GitHubTracker(address, "o/n", "t", SALT, sleep=Waits(), between=0, timeout=4)
        assert tracker.requests(1) == []


def test_silence_ends():
    with saying(b"", *WELL) as address:
        tracker = GitHubTracker(address, "o/n", "t", SALT, sleep=Waits(), between=0, timeout=3)
        assert tracker.requests(1) == []


def test_only_owner_and_name_make_an_address():
    for name in ("", "name", "a/b/c", "a/b?x=1", "../b", "a/..", "a/b\n"):
        with pytest.raises(ValueError, match="owner/name"):
            GitHubTracker("http://127.0.0.1:1", name, "t", SALT)
