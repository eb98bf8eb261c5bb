"""`mldebt doctor` on an App: one sentence for each trouble, with what to do."""

from __future__ import annotations

import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from mldebt.app_access import keep_app
from mldebt.cli.checks import Check
from mldebt.cli.doctor_app import app_checks
from mldebt.cli.doctor_live import live_checks
from mldebt.settings import read_settings
from tests.command import Command
from tests.github.describing import DESCRIBING, access_to, deliver, describe
from tests.github.fake import Answer, FakeGitHub, Fault, serving
from tests.servers_by_hand import listening


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with serving(describe(FakeGitHub(DESCRIBING)), "/api/v3") as there, outside(there) as address:
        there.rows["outside"], there.rows["hook"]["url"] = address, f"{address}/github/webhook"
        yield there
    assert there.violations == []


@contextmanager
def outside(fake: FakeGitHub) -> Iterator[str]:
    """What stands before mldebt, which answers `fake.rows["healthz"]`; and what a git host answers first, to who has a
    token that holds."""
    fake.rows["healthz"] = 200, '{"status":"ok"}'

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, text = fake.rows["healthz"] if self.path == "/healthz" else (self._of_git(), "")
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def _of_git(self) -> int:
            named, _, token = b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode().partition(":")
            may = named == "x-access-token" and "contents" in fake.rows["tokens"][token].permissions
            return 200 if may and self.path == "/owner/name.git/info/refs?service=git-upload-pack" else 403

    with listening(Handler) as port:
        yield f"http://localhost:{port}"


def keep(fake: FakeGitHub, home: Path, **values: Any) -> None:
    keep_app(access_to(fake, **{"public_url": fake.rows["outside"], **values}), home)


def checks(fake: FakeGitHub, home: Path, ahead: float = 0, **values: Any) -> dict[str, Check]:
    if not (home / "app").exists():
        keep(fake, home, **values)
    settings = read_settings({"MLDEBT_HOME": str(home)})
    return {check.name: check for check in app_checks(settings, {}, lambda: time.time() + ahead)}


def test_an_app_that_works(fake: FakeGitHub, tmp_path: Path) -> None:
    deliver(fake, "ping")
    deliver(fake, "pull_request")
    found = checks(fake, tmp_path)
    assert [check.says for check in found.values() if check.passed is False] == []
    assert list(found) == ["app", "key", "clock", "inbox", "github", "rights", "webhook", "address", "deliveries"]
    assert found["app"].says == f"mldebt (4711) at https://github.invalid, from {tmp_path / 'app'}"
    assert found["github"].says == "answers as mldebt, of Acme, installed 1x"
    assert found["deliveries"].says == "pull_request was taken at 2026-11-28 10:00 UTC, as were the last 2"
    assert fake.written == []


def test_without_an_app_nothing_is_looked_at(tmp_path: Path) -> None:
    assert list(app_checks(read_settings({"MLDEBT_HOME": str(tmp_path)}), {})) == []


def test_an_app_that_is_told_in_part(tmp_path: Path) -> None:
    settings = read_settings({"MLDEBT_HOME": str(tmp_path)})
    (check,) = app_checks(settings, {"MLDEBT_APP_ID": "12"})
    assert not check.passed
    assert "MLDEBT_WEBHOOK_SECRET" in check.says


def test_a_key_that_others_can_read(fake: FakeGitHub, tmp_path: Path) -> None:
    keep(fake, tmp_path)
    key = tmp_path / "app" / "private-key.pem"
    key.chmod(0o640)
    found = checks(fake, tmp_path)["key"]
    assert (found.passed, found.says) == (False, f"others on this machine may read it: chmod go= {key}")


@pytest.mark.parametrize(("ahead", "says"), [(90, "s ahead of GitHub's"), (-4_000, "s behind GitHub's"), (20, "")])
def test_a_clock_that_is_wrong(fake: FakeGitHub, tmp_path: Path, ahead: float, says: str) -> None:
    found = checks(fake, tmp_path, ahead)["clock"]
    assert found.passed is not bool(says)
    assert says in found.says


def test_a_github_that_is_not_there(fake: FakeGitHub, tmp_path: Path) -> None:
    found = checks(fake, tmp_path, api="http://localhost:9/api/v3")
    assert list(found) == ["app", "key", "clock", "inbox", "github"]
    assert "cannot be reached" in found["clock"].says
    assert "could not be reached" in found["github"].says


def test_a_key_of_another_app(fake: FakeGitHub, tmp_path: Path) -> None:
    found = checks(fake, tmp_path, app_id=12)["github"]
    assert not found.passed
    assert "(401): the key is none of App 12 at https://github.invalid, or the App was deleted" in found.says


def test_a_key_that_is_none(fake: FakeGitHub, tmp_path: Path) -> None:
    key = "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----\n"
    found = checks(fake, tmp_path, private_key=key)["github"]
    assert "private key cannot be used" in found.says
    assert "c2VjcmV0" not in found.says


def test_an_app_that_was_renamed(fake: FakeGitHub, tmp_path: Path) -> None:
    fake.rows["app"]["slug"] = "renamed"
    found = checks(fake, tmp_path)["github"]
    assert not found.passed
    assert "called renamed there, and mldebt here: set MLDEBT_APP_SLUG" in found.says


def test_an_app_that_is_installed_nowhere(fake: FakeGitHub, tmp_path: Path) -> None:
    fake.rows["app"]["installations_count"] = 0
    found = checks(fake, tmp_path)["github"]
    assert found.says == "it is installed nowhere: open https://github.invalid/apps/mldebt/installations/new"


@pytest.mark.parametrize(
    ("permissions", "events", "says"),
    [
        ({"contents": "write"}, [], "more than it needs: contents: write;"),
        ({"secrets": "read"}, ["member"], "more than it needs: secrets: read, member;"),
        ({"checks": "read"}, [], "it lacks checks: write ("),
        ({"issues": "write"}, [], ""),
    ],
)
def test_rights_that_are_not_those_asked_for(
    fake: FakeGitHub, tmp_path: Path, permissions: dict[str, str], events: list[str], says: str
) -> None:
    fake.rows["app"]["permissions"] |= permissions
    fake.rows["app"]["events"] += events
    found = checks(fake, tmp_path)["rights"]
    assert found.passed is not bool(says)
    assert says in found.says


def test_an_event_that_is_switched_off(fake: FakeGitHub, tmp_path: Path) -> None:
    fake.rows["app"]["events"].remove("push")
    assert "it lacks the event push (" in checks(fake, tmp_path)["rights"].says


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"url": "https://old.example/github/webhook"}, "GitHub calls https://old.example/github/webhook, and not"),
        ({"secret": ""}, "GitHub does not sign"),
        ({"content_type": "form"}, "GitHub sends forms"),
        ({"insecure_ssl": "1"}, "does not look at this server's certificate"),
    ],
)
def test_a_webhook_that_leads_elsewhere(fake: FakeGitHub, tmp_path: Path, changed: dict[str, str], says: str) -> None:
    fake.rows["hook"] |= changed
    found = checks(fake, tmp_path)["webhook"]
    assert not found.passed
    assert says in found.says


@pytest.mark.parametrize(
    ("healthz", "says"),
    [
        ((403, "mldebt answers under https://x.example only.\n"), "only. Let what stands in front hand on the host"),
        ((404, "nothing here"), "is not answered by mldebt (404): let it lead there"),
        ((200, "<h1>It works</h1>"), "is not answered by mldebt (200)"),
        ((502, ""), "is not answered by mldebt (502)"),
    ],
)
def test_an_address_that_leads_elsewhere(fake: FakeGitHub, tmp_path: Path, healthz: tuple[int, str], says: str) -> None:
    fake.rows["healthz"] = healthz
    found = checks(fake, tmp_path)["address"]
    assert (found.passed, says in found.says) == (False, True)


def test_an_address_that_cannot_be_seen_from_here_is_unknown(fake: FakeGitHub, tmp_path: Path) -> None:
    found = checks(fake, tmp_path, public_url="http://localhost:9")["address"]
    assert (found.passed, "cannot be reached from here" in found.says) == (None, True)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (0, "see that `mldebt serve` runs"),
        (502, "see that `mldebt serve` runs"),
        (401, "the webhook's secret at GitHub is another than here"),
        (404, "something before mldebt refuses it"),
    ],
)
def test_deliveries_that_do_not_arrive(fake: FakeGitHub, tmp_path: Path, code: int, says: str) -> None:
    deliver(fake, "ping")
    deliver(fake, "push", code)
    found = checks(fake, tmp_path)["deliveries"]
    assert not found.passed
    assert found.says.startswith("push of 2026-11-28 10:00 UTC did not arrive (")
    assert says in found.says


def test_deliveries_of_which_some_were_lost_before(fake: FakeGitHub, tmp_path: Path) -> None:
    deliver(fake, "push", 502)
    deliver(fake, "ping")
    found = checks(fake, tmp_path)["deliveries"]
    assert (found.passed, found.says.endswith("UTC, 1 of the last 2 were not")) == (True, True)
    fake.rows["deliveries"] = []
    assert "none in the last days" in checks(fake, tmp_path)["deliveries"].says


def test_github_that_fails_in_between_is_told_where_it_does(fake: FakeGitHub, tmp_path: Path) -> None:
    fake.faults = [Fault("GET", "/app/hook/config", Answer(403, {"message": "no"}))]
    found = checks(fake, tmp_path)
    assert (found["webhook"].passed, found["deliveries"].passed) == (False, None)


# -- --live ---------------------------------------------------------------------------------------


@pytest.fixture
def pulled(fake: FakeGitHub, monkeypatch: pytest.MonkeyPatch) -> FakeGitHub:
    monkeypatch.setattr("mldebt.cli.doctor_live.PAUSE", 0.001)
    fake.open_pull(7, "c" * 40)
    fake.write_comment(7, "of somebody else", "ada")
    deliver(fake, "issue_comment", at="2099-01-01T00:00:00Z")
    return fake


def live(fake: FakeGitHub, home: Path, pull: str = "owner/name#7", **values: Any) -> list[Check]:
    keep(fake, home, **{"server": fake.rows["outside"], **values})
    return list(live_checks(pull, read_settings({"MLDEBT_HOME": str(home)}), {}, lambda _: None))


def left(fake: FakeGitHub) -> list[str]:
    return [row["body"] for row in fake.comments[7]]


def test_live_writes_and_takes_it_away_again(pulled: FakeGitHub, tmp_path: Path) -> None:
    found = live(pulled, tmp_path)
    assert [check.name for check in found if check.passed] == ["token", "git", "pull", "comment", "check", "delivery"]
    assert len(found) == 6
    assert left(pulled) == ["of somebody else"]
    assert [(row["name"], row["conclusion"]) for row in pulled.rows["checks"]] == [("mldebt doctor", "skipped")]


def test_live_where_the_app_is_not_installed(pulled: FakeGitHub, tmp_path: Path) -> None:
    pulled.rows["absent"] = True
    (found,) = live(pulled, tmp_path)
    assert (found.passed, "find the App on owner/name (404" in found.says) == (False, True)


def test_live_leaves_no_comment_whose_answer_was_lost(pulled: FakeGitHub, tmp_path: Path) -> None:
    pulled.faults = [Fault("POST", "/comments", Answer(502, {"message": "x"}), is_done=True)]
    *_, found = live(pulled, tmp_path)
    assert (found.name, found.passed) == ("live", False)
    assert left(pulled) == ["of somebody else"]


def test_live_leaves_no_comment_that_could_not_be_edited(pulled: FakeGitHub, tmp_path: Path) -> None:
    pulled.faults = [Fault("PATCH", "/comments", Answer(403, {"message": "no"}))]
    *_, found = live(pulled, tmp_path)
    assert "edit the comment (403" in found.says
    assert left(pulled) == ["of somebody else"]


def test_live_under_another_name(pulled: FakeGitHub, tmp_path: Path) -> None:
    found = {check.name: check for check in live(pulled, tmp_path, slug="other")}
    assert "it was by mldebt[bot], not by other[bot]: is MLDEBT_APP_SLUG right?" in found["comment"].says
    assert left(pulled) == ["of somebody else"]


def test_live_without_a_right(pulled: FakeGitHub, tmp_path: Path) -> None:
    pulled.rows["granted"]["checks"] = "read"
    *_, found = live(pulled, tmp_path)
    assert (found.passed, "not granted to this installation" in found.says) == (False, True)


def test_live_where_git_is_elsewhere(pulled: FakeGitHub, tmp_path: Path) -> None:
    found = {check.name: check for check in live(pulled, tmp_path, server="http://localhost:9")}
    assert (found["git"].passed, "cannot be reached" in found["git"].says) == (False, True)
    assert found["comment"].passed


@pytest.mark.parametrize(("code", "says"), [(502, "it answered 502"), (None, "told nobody of the comment within 45 s")])
def test_live_where_the_server_is_not_reached(pulled: FakeGitHub, tmp_path: Path, code: int | None, says: str) -> None:
    pulled.rows["deliveries"] = []
    if code is not None:
        deliver(pulled, "issue_comment", code, at="2099-01-01T00:00:00Z")
    *_, found = live(pulled, tmp_path)
    assert (found.name, found.passed, says in found.says) == ("delivery", False, True)


def test_live_is_one_sentence_where_it_cannot_be(tmp_path: Path) -> None:
    for pull, says in (("owner/name", "name a pull request as OWNER/NAME#NUMBER"), ("o/n#1", "no App is configured")):
        done = Command(tmp_path)("doctor", "--live", pull)
        assert done.status == 2
        assert says in done.err
        assert done.err.count("\n") == 1
