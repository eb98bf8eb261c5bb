"""What is to be done about an event."""

from __future__ import annotations

from typing import Any

import pytest

from github_app.payload import dig, number
from github_app.routing import Decision, Own, decide
from github_app.todo import HERE, REMOVED, RESUMED, SUSPENDED, PullTold, RepositoryTold, Todo
from tests.github_app.webhooks_by_hand import OWN, REPOSITORY, about, comment, pull_request, real_payloads

TOLD = RepositoryTold(8, "shop/forecast", "main", True, False)
BOT = {"login": "mldebt[bot]", "type": "Bot"}
OTHER_BOT = {"login": "renovate[bot]", "type": "Bot"}


def todo_of(event: str, payload: Any) -> Todo:
    decision = decide(event, payload, OWN)
    assert decision.todo is not None, decision.says
    return decision.todo


def why(event: str, payload: Any) -> str:
    decision = decide(event, payload, OWN)
    assert decision.todo is None
    assert decision.says.startswith("ignored because ")
    return decision.says.removeprefix("ignored because ")


@pytest.mark.parametrize("action", ["opened", "synchronize", "reopened", "ready_for_review"])
def test_a_pull_request_that_comes_or_moves_is_assessed(action: str) -> None:
    payload = pull_request(action, second=9, before="0" * 40)
    assert decide("pull_request", payload, OWN) == Decision(
        "asked for an assessment of pull request 5",
        7,
        8,
        Todo(7, 8, "shop/forecast", met=(TOLD,), pulls=(PullTold(5, f"{9:040x}", 1_793_700_009, "0" * 40),)),
    )


def test_an_edited_pull_request_is_assessed_where_its_base_is_another() -> None:
    assert why("pull_request", pull_request("edited", changes={"title": {"from": "x"}})).startswith("its words")
    assert todo_of("pull_request", pull_request("edited", changes={"base": {"ref": {"from": "main"}}})).pulls


@pytest.mark.parametrize("source", [None, {"id": 99, "private": True}, {}])
def test_the_pull_request_of_a_fork_is_assessed_also_where_the_fork_is_gone(source: Any) -> None:
    payload = pull_request()
    payload["pull_request"]["head"]["repo"] = source
    asked = todo_of("pull_request", payload)
    assert (asked.repository, len(asked.pulls)) == (8, 1)


def test_a_draft_and_a_bots_pull_request_are_left_to_the_job() -> None:
    """The repository says whether it wants them assessed: in its configuration, which is not read here."""
    payload = pull_request(sender=OTHER_BOT)
    payload["pull_request"] |= {"draft": True, "user": OTHER_BOT}
    assert todo_of("pull_request", payload).pulls


@pytest.mark.parametrize("action", ["closed", "labeled", "converted_to_draft", "review_requested", "", "☃"])
def test_other_pull_request_events_ask_for_nothing(action: str) -> None:
    assert why("pull_request", pull_request(action))


def test_a_closed_pull_request_is_not_assessed() -> None:
    payload = pull_request("edited", changes={"base": {}})
    payload["pull_request"]["state"] = "closed"
    assert why("pull_request", payload) == "the pull request is closed"


@pytest.mark.parametrize(
    ("keys", "value", "said"),
    [
        (("pull_request",), None, "its pull request has no number"),
        (("pull_request", "number"), True, "its pull request has no number"),
        (("pull_request", "number"), 1 << 63, "its pull request has no number"),
        (("pull_request", "head"), [], "its pull request has no head"),
        (("pull_request", "head", "sha"), "main", "its pull request has no head"),
        (("pull_request", "head", "sha"), "--upload-pack=x", "its pull request has no head"),
        (("pull_request", "updated_at"), "soon", "its pull request has no moment"),
        (("pull_request", "updated_at"), 1_793_700_009, "its pull request has no moment"),
        (("repository",), None, "it names no repository"),
        (("repository", "id"), "8", "it names no repository"),
        (("installation",), None, "it names no installation of the App"),
        (("installation", "id"), 0, "it names no installation of the App"),
    ],
)
def test_what_lacks_something_is_ignored_with_the_reason(keys: tuple[str, ...], value: Any, said: str) -> None:
    payload = pull_request()
    payload["repository"] = dict(REPOSITORY)
    holder = dig(payload, *keys[:-1])
    holder[keys[-1]] = value
    assert why("pull_request", payload) == said


def test_the_app_does_not_answer_to_itself() -> None:
    assert why("pull_request", pull_request(sender=BOT)) == "the App did it itself"
    again = about("rerequested", check_run={"app": {"id": OWN.app_id}, "head_sha": "a" * 40}, sender=BOT)
    assert why("check_run", again) == "the App did it itself"
    assert why("issue_comment", comment("/mldebt rescan", sender=BOT)) == "a bot wrote it"


@pytest.mark.parametrize("kind", ["check_run", "check_suite"])
def test_a_button_at_our_own_check_asks_for_another_assessment(kind: str) -> None:
    mine, elsewhere = {"number": 5, "base": {"repo": {"id": 8}}}, {"number": 6, "base": {"repo": {"id": 99}}}
    check = {"app": {"id": OWN.app_id}, "head_sha": "a" * 40, "pull_requests": [mine, elsewhere, None, mine]}
    assert todo_of(kind, about("rerequested", **{kind: check})).numbers == (5,)
    of_a_fork = check | {"pull_requests": []}
    asked = todo_of(kind, about("rerequested", **{kind: of_a_fork}))
    assert (asked.numbers, asked.head) == ((), "a" * 40)
    other = check | {"app": {"id": 1}}
    assert why(kind, about("rerequested", **{kind: other})) == "it is about a check of another App"
    for action in ("created", "completed", "requested"):
        assert why(kind, about(action, **{kind: check})) == f"a check that was {action} asks for nothing"


def test_a_command_is_read_where_somebody_writes_one_on_a_pull_request() -> None:
    asked = todo_of("issue_comment", comment("/mldebt rescan\nplease"))
    assert (asked.numbers, asked.comment, asked.pulls) == ((5,), 77, ())
    assert "please" not in str(asked), "its text stays at GitHub"


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (comment("nice"), "the comment holds no command"),
        (comment("see\n/mldebt rescan"), "the comment holds no command"),
        (comment("/mldebt rescan", action="edited"), "a comment that was edited is not read: write a new one"),
        (comment("/mldebt rescan", sender=OTHER_BOT), "a bot wrote it"),
        (comment("/mldebt rescan", sender={"login": "x", "type": "Bot"}), "a bot wrote it"),
        (comment("/mldebt rescan") | {"issue": {"number": 5}}, "it is not on a pull request"),
        (comment("/mldebt rescan") | {"comment": None}, "the comment holds no command"),
    ],
)
def test_other_comments_ask_for_nothing(payload: Any, said: str) -> None:
    assert why("issue_comment", payload) == said


def installation(action: str, **more: Any) -> dict[str, Any]:
    account = {"login": "shop", "id": 3}
    return {"action": action, "installation": {"id": 7, "account": account}, "sender": {"login": "ada"}, **more}


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ("created", HERE),
        ("new_permissions_accepted", HERE),
        ("suspend", SUSPENDED),
        ("unsuspend", RESUMED),
        ("deleted", REMOVED),
    ],
)
def test_what_becomes_of_an_installation_is_noted(action: str, state: str) -> None:
    rows = [{"id": 8, "full_name": "shop/forecast", "private": True}, {"id": None}, "odd"]
    asked = todo_of("installation", installation(action, repositories=rows))
    assert (asked.installation, asked.state, asked.account, asked.account_id) == (7, state, "shop", 3)
    seen = () if state == REMOVED else (RepositoryTold(8, "shop/forecast", private=True),)
    assert asked.added == seen
    assert not asked.asks


def test_repositories_that_an_installation_may_see_come_and_go() -> None:
    came = todo_of("installation_repositories", installation("added", repositories_added=[{"id": 8}]))
    assert (came.added, came.removed) == ((RepositoryTold(8),), ())
    went = todo_of("installation_repositories", installation("removed", repositories_removed=[{"id": 8}, {"id": 9}]))
    assert (went.added, went.removed) == ((), (8, 9))


@pytest.mark.parametrize("action", ["renamed", "transferred", "edited", "created", "publicized"])
def test_a_repository_keeps_its_id_whatever_it_is_called(action: str) -> None:
    [told] = todo_of("repository", about(action)).told
    assert told == TOLD._replace(private=action != "publicized")


def test_archived_and_deleted_repositories_are_noted() -> None:
    assert [one.archived for one in todo_of("repository", about("archived")).told] == [True]
    assert [one.archived for one in todo_of("repository", about("unarchived")).told] == [False]
    assert [one.private for one in todo_of("public", about("")).told] == [False]
    assert todo_of("repository", about("deleted")).removed == (8,)


def test_an_account_is_renamed() -> None:
    payload = {"action": "renamed", "installation": {"id": 7}, "account": {"login": "new", "id": 3}}
    asked = todo_of("installation_target", payload)
    assert (asked.state, asked.account) == (HERE, "new")


def test_a_push_to_the_default_branch_asks_for_a_scan() -> None:
    asked = todo_of("push", about("", ref="refs/heads/main"))
    assert (asked.pushed, asked.asks, asked.repository) == (True, True, 8)
    assert why("push", about("", ref="refs/heads/topic")) == "it is not to the default branch"
    assert why("push", about("", ref="refs/tags/main")) == "it is not to the default branch"
    assert why("push", about("")) == "it is not to the default branch"
    assert why("push", about("", ref="refs/heads/main", deleted=True)) == "the branch was deleted"


def test_whoever_withdraws_an_authorization_is_signed_out() -> None:
    payload = {"action": "revoked", "sender": {"login": "ada", "id": 31}}
    asked = todo_of("github_app_authorization", payload)
    assert (asked.withdrawn, asked.asks, "ada" in str(asked)) == ((31,), False, False)
    assert why("github_app_authorization", payload | {"sender": None})


@pytest.mark.parametrize("event", ["ping", "star", "issues", "not_known_yet"])
def test_every_other_event_is_ignored_with_a_reason(event: str) -> None:
    assert why(event, about("created"))


# By event and action, as GitHub documents them; what is not listed is ignored.
JOBS = {
    *(("pull_request", action) for action in ("opened", "synchronize", "reopened", "ready_for_review")),
    *(("check_run", action) for action in ("rerequested", "requested_action")),
    ("check_suite", "rerequested"),
}
NOTED = {
    *(("installation", a) for a in ("created", "deleted", "suspend", "unsuspend", "new_permissions_accepted")),
    *(("installation_repositories", action) for action in ("added", "removed")),
    *(("repository", a) for a in ("created", "deleted", "edited", "renamed", "transferred", "privatized")),
    *(("repository", a) for a in ("publicized", "archived", "unarchived")),
    ("public", None),
    ("github_app_authorization", "revoked"),
}


def test_real_events_are_told_apart_by_their_name_and_action() -> None:
    wrong = {}
    for row in real_payloads():
        key = row.event, row.payload.get("action")
        own = Own(number(row.payload, row.event, "app", "id") or 1, "mldebt[bot]")  # as if the check were ours
        decision = decide(row.event, row.payload, own)
        found = "ignored" if decision.todo is None else "job" if decision.todo.asks else "noted"
        ref, branch = (dig(row.payload, *keys) for keys in (("ref",), ("repository", "default_branch")))
        moved = row.event == "push" and ref == f"refs/heads/{branch}" and not row.payload["deleted"]
        expected = "job" if key in JOBS or moved else "noted" if key in NOTED else "ignored"
        if row.payload.get("installation") is None and row.event != "github_app_authorization":
            expected = "ignored"
        if found != expected:
            wrong[row.name] = (key, found, decision.says) if not row.is_held_out else (found,)
    assert wrong == {}
