"""What is to be done about an event, by its name, its action and what it says. Pure.

What lacks something that is needed is ignored, with the reason.
https://docs.github.com/webhooks/webhook-events-and-payloads
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from github_app.commands import command_in
from github_app.payload import Payload, action_of, commit, dig, moment, number, repositories, repository_told, text
from github_app.todo import HERE, REMOVED, RESUMED, SUSPENDED, PullTold, Todo

_ASSESSED = frozenset({"opened", "synchronize", "reopened", "ready_for_review", "edited"})
_RENAMING = frozenset(
    {"renamed", "transferred", "archived", "unarchived", "privatized", "publicized", "edited", "created"}
)
_AGAIN = frozenset({"rerequested", "requested_action"})


class Own(NamedTuple):
    """Who this App is, so that it does not answer to itself."""

    app_id: int
    bot: str  # slug[bot]


class Decision(NamedTuple):
    says: str  # what is asked for, or noted; or "ignored because …"
    installation: int | None = None
    repository: int | None = None
    todo: Todo | None = None


class _Ignored(Exception):  # noqa: N818  it is an answer
    """Why."""


def decide(event: str, payload: Payload, own: Own) -> Decision:
    """Whatever `payload` holds. It is signed: nobody but GitHub wrote it, though people wrote texts in it."""
    installation, repository = number(payload, "installation", "id"), number(payload, "repository", "id")
    handler = _HANDLERS.get(event)
    try:
        if handler is None:
            why = _SILENT.get(event, f"mldebt does not act on {event}")
        elif installation is None and event not in _OF_PEOPLE:
            why = "it names no installation of the App"
        else:
            says, todo = handler(payload, action_of(payload) or "", Todo(installation or 0, repository), own)
            return Decision(says, installation, repository, todo)
    except _Ignored as ignored:
        why = str(ignored)
    return Decision(f"ignored because {why}", installation, repository)


def _pull_request(payload: Payload, action: str, todo: Todo, own: Own) -> tuple[str, Todo]:
    pull = dig(payload, "pull_request")
    if action not in _ASSESSED:
        raise _Ignored(f"a pull request that was {action.replace('_', ' ')} is not looked at anew")
    if action == "edited" and dig(payload, "changes", "base") is None:
        raise _Ignored("its words were edited, and not its base")
    if text(payload, "sender", "login") == own.bot:
        raise _Ignored("the App did it itself")
    if dig(pull, "state") == "closed":
        raise _Ignored("the pull request is closed")
    told = PullTold(
        _needed(number(pull, "number"), "number"),
        _needed(commit(pull, "head", "sha"), "head"),
        _needed(moment(pull, "updated_at"), "moment"),
        commit(payload, "before"),
    )
    return f"asked for an assessment of pull request {told.number}", _about(payload, todo)._replace(pulls=(told,))


def _check_run(payload: Payload, action: str, todo: Todo, own: Own) -> tuple[str, Todo]:
    return _again(payload, "check_run", action, todo, own)


def _check_suite(payload: Payload, action: str, todo: Todo, own: Own) -> tuple[str, Todo]:
    return _again(payload, "check_suite", action, todo, own)


def _again(payload: Payload, kind: str, action: str, todo: Todo, own: Own) -> tuple[str, Todo]:
    """Somebody pressed a button at our check. That it was made or ended we know: we did it."""
    check = dig(payload, kind)
    if action not in _AGAIN:
        raise _Ignored(f"a check that was {action} asks for nothing")
    if number(check, "app", "id") != own.app_id:
        raise _Ignored("it is about a check of another App")
    if text(payload, "sender", "login") == own.bot:
        raise _Ignored("the App did it itself")
    listed = dig(check, "pull_requests")
    pulls = listed if isinstance(listed, list) else []
    # A commit may also be the head of pull requests elsewhere.
    numbers = [number(pull, "number") for pull in pulls if number(pull, "base", "repo", "id") == todo.repository]
    head = commit(check, "head_sha")
    known = tuple(sorted({one for one in numbers if one is not None}))
    if not known and head is None:
        raise _Ignored("it names neither a pull request nor a commit")
    asked = _about(payload, todo)._replace(numbers=known, head=None if known else head)
    return "asked for another assessment, as somebody pressed at the check", asked


def _issue_comment(payload: Payload, action: str, todo: Todo, own: Own) -> tuple[str, Todo]:
    if action != "created":
        raise _Ignored(f"a comment that was {action} is not read: write a new one")
    for login, kind in ((("sender", "login"), ("sender", "type")), (_USER_LOGIN, _USER_TYPE)):
        name = text(payload, *login)
        if name == own.bot or (name or "").endswith("[bot]") or dig(payload, *kind) == "Bot":
            raise _Ignored("a bot wrote it")
    if not isinstance(dig(payload, "issue", "pull_request"), Mapping):
        raise _Ignored("it is not on a pull request")
    body = dig(payload, "comment", "body")
    if not isinstance(body, str) or command_in(body) is None:
        raise _Ignored("the comment holds no command")
    pull = _needed(number(payload, "issue", "number"), "number")
    comment = _needed(number(payload, "comment", "id"), "comment")
    asked = _about(payload, todo)._replace(numbers=(pull,), comment=comment)
    return f"asked to read a command on pull request {pull}", asked


_USER_LOGIN, _USER_TYPE = ("comment", "user", "login"), ("comment", "user", "type")


def _push(payload: Payload, _action: str, todo: Todo, _own: Own) -> tuple[str, Todo]:
    """Of tags and other branches nothing is measured; pull requests tell of their pushes themselves."""
    asked = _about(payload, todo)
    branch = asked.met[0].default_branch
    if branch is None or dig(payload, "ref") != f"refs/heads/{branch}":
        raise _Ignored("it is not to the default branch")
    if dig(payload, "deleted") is True:
        raise _Ignored("the branch was deleted")
    return "asked for a scan, as the default branch moved", asked._replace(pushed=True)


def _installation(payload: Payload, action: str, todo: Todo, _own: Own) -> tuple[str, Todo]:
    states = {
        "created": HERE,
        "new_permissions_accepted": HERE,
        "suspend": SUSPENDED,
        "unsuspend": RESUMED,
        "deleted": REMOVED,
    }
    if action not in states:
        raise _Ignored(f"mldebt does not act on installation.{action}")
    state = states[action]
    if state == SUSPENDED:
        todo = todo._replace(since=moment(payload, "installation", "suspended_at"))
    todo = _account(payload, "installation", todo)._replace(repository=None, state=state)
    if state != REMOVED:
        todo = todo._replace(added=repositories(payload, "repositories"))
    return f"noted: the installation was {_DONE[state]}", todo


_DONE = {HERE: "made or changed", SUSPENDED: "suspended", RESUMED: "resumed", REMOVED: "removed"}


def _installation_target(payload: Payload, action: str, todo: Todo, _own: Own) -> tuple[str, Todo]:
    return f"noted: the account was {action}", _account(payload, "", todo)._replace(repository=None, state=HERE)


def _installation_repositories(payload: Payload, action: str, todo: Todo, _own: Own) -> tuple[str, Todo]:
    if action not in {"added", "removed"}:
        raise _Ignored(f"mldebt does not act on installation_repositories.{action}")
    todo = _account(payload, "installation", todo)._replace(repository=None, state=HERE)
    added = repositories(payload, "repositories_added")
    removed = tuple(one.id for one in repositories(payload, "repositories_removed"))
    # GitHub lists in one event what came or what went; where both stood, going would win.
    said = f"noted: {len(added):,} repositories added, {len(removed):,} removed"
    return said, todo._replace(added=added, removed=removed)


def _repository(payload: Payload, action: str, todo: Todo, _own: Own) -> tuple[str, Todo]:
    if todo.repository is None:
        raise _Ignored("it names no repository")
    if action == "deleted":
        return "noted: the repository was deleted", todo._replace(removed=(todo.repository,))
    if action not in _RENAMING:
        raise _Ignored(f"mldebt does not act on repository.{action}")
    told = repository_told(dig(payload, "repository"))
    # GitHub tells of an archived repository what it was before, now and then.
    if told is not None and action in {"archived", "unarchived"}:
        told = told._replace(archived=action == "archived")
    if told is not None and action in {"privatized", "publicized"}:
        told = told._replace(private=action == "privatized")
    return f"noted: the repository was {action}", todo._replace(told=(told,) if told else ())


def _public(payload: Payload, _action: str, todo: Todo, own: Own) -> tuple[str, Todo]:
    return _repository(payload, "publicized", todo, own)


def _authorization(payload: Payload, action: str, todo: Todo, _own: Own) -> tuple[str, Todo]:
    person = number(payload, "sender", "id")
    if action != "revoked" or person is None:
        raise _Ignored("it tells of nobody who withdrew an authorization")
    return "noted: somebody is signed out everywhere", todo._replace(repository=None, withdrawn=(person,))


_OF_PEOPLE = frozenset({"github_app_authorization"})
_SILENT = {"ping": "a ping asks for nothing"}
_HANDLERS: Mapping[str, Callable[[Payload, str, Todo, Own], tuple[str, Todo]]] = {
    "check_run": _check_run,
    "check_suite": _check_suite,
    "github_app_authorization": _authorization,
    "installation": _installation,
    "installation_repositories": _installation_repositories,
    "installation_target": _installation_target,
    "issue_comment": _issue_comment,
    "public": _public,
    "pull_request": _pull_request,
    "push": _push,
    "repository": _repository,
}


def _about(payload: Payload, todo: Todo) -> Todo:
    """With the repository that the event is about, without which no job can be asked for."""
    told = repository_told(dig(payload, "repository"))
    if told is None:
        raise _Ignored("it names no repository")
    return todo._replace(title=told.full_name or "", met=(told,))


def _account(payload: Payload, under: str, todo: Todo) -> Todo:
    keys = (under, "account") if under else ("account",)
    return todo._replace(account=text(payload, *keys, "login"), account_id=number(payload, *keys, "id"))


def _needed(found: Any, what: str) -> Any:
    if found is None:
        raise _Ignored(f"its pull request has no {what}")
    return found
