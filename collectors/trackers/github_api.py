"""GitHub's change requests and issues, by its REST API: the only module of collectors that knows PyGithub.

One object serves one job in one thread: PyGithub's connection is not safe to share.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from github import Auth, Consts, Github, GithubException

from collectors.facts.change_requests import ChangeRequest, Reply
from collectors.facts.issues import Issue, names_debt
from collectors.readers.bots import is_bot
from collectors.trackers import (
    PAGE_ROWS,
    ListedIssue,
    ListedRequest,
    NotNowError,
    NotVisibleError,
    Replies,
    person,
)
from collectors.trackers.metric_tables import has_metrics_table

TIMEOUT, TRIES = 15, 4
PATIENCE = 90.0
"""Seconds that a limit of the host is waited for; beyond them the scan goes on without."""
BETWEEN = 0.07
"""Seconds between two questions, so that a long list stays under the limits on bursts."""
MOST_PAGES = 3  # of the comments on one request
NAME = re.compile(r"[\w-][\w.-]*/(?!\.\.?$)[\w.-]+", re.ASCII)
_MEMBERS = {"OWNER", "MEMBER", "COLLABORATOR"}
_TOKEN = "the token was refused: make a new one"  # noqa: S105
_CML = "iterative/cml"
Json = Mapping[str, Any]


class GitHubTracker:
    """The reads of `Tracker`, of one repository."""

    def __init__(  # noqa: PLR0913
        self,
        api: str,
        repository: str,
        token: str,
        salt: bytes,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
        timeout: int = TIMEOUT,
        between: float = BETWEEN,
    ) -> None:
        """`api`: where the API begins, https://api.github.com or https://host/api/v3. Raises ValueError."""
        if not NAME.fullmatch(repository):
            raise ValueError("a repository on GitHub is owner/name")
        self._client = Github(
            auth=Auth.Token(token),
            base_url=api,
            timeout=timeout,
            retry=None,
            per_page=PAGE_ROWS,
            seconds_between_requests=between,
            user_agent="mldebt",
        )
        self._asked_for = repository
        self._api = api
        self._salt, self._sleep, self._clock = salt, sleep, clock

    @property
    def source(self) -> str:
        """By GitHub's own number, which a new name leaves as it is."""
        return f"{self._api} {self._found[1]}"

    @cached_property
    def _found(self) -> tuple[str, int]:
        """Its path and number by the name that it has now. Raises TrackerError.

        PyGithub follows a renamed repository without the query: lists would come in another order, and in part.
        """
        try:
            row = self._get(f"/repos/{self._asked_for}", {}, dict)
            name, number = str(row["full_name"]), int(row["id"])
        except NotVisibleError as error:
            raise NotVisibleError(
                str(error) or "the repository is not visible with this permission: give the token access to it"
            ) from None
        except (KeyError, TypeError, ValueError):
            raise NotNowError("the host answered with something else than a repository: scan again later") from None
        if not NAME.fullmatch(name):
            raise NotNowError("the host answered with something else than a repository: scan again later")
        return f"/repos/{name}", number

    def requests(self, page: int) -> Sequence[ListedRequest]:
        asked = {"state": "all", "sort": "updated", "direction": "desc", "page": page}
        return self._read("pulls", asked, "change requests", "pull requests", self._request)

    def issues(self, since: int, page: int) -> Sequence[ListedIssue]:
        asked = {"state": "all", "sort": "updated", "direction": "asc", "page": page, "since": _written(since)}
        return self._read("issues", asked, "issues", "issues", _issue)

    def replies(self, number: int) -> Replies:
        found: list[tuple[Reply | None, bool]] = []
        for page in range(1, MOST_PAGES + 1):
            said = self._read(
                f"issues/{number}/comments", {"page": page}, "comments", "pull requests and issues", self._comment
            )
            found += said
            if len(said) < PAGE_ROWS:
                break
        found += self._read(f"pulls/{number}/reviews", {"page": 1}, "reviews", "pull requests", self._review)
        rows = sorted((reply for reply, _ in found if reply is not None), key=lambda reply: reply.at)
        return Replies(tuple(rows), any(tells for _, tells in found))

    def files(self, number: int) -> tuple[str, ...]:
        return tuple(
            self._read(f"pulls/{number}/files", {"page": 1}, "files of change requests", "pull requests", _path)
        )

    def _read(self, path: str, asked: Json, what: str, permission: str, row: Callable[[Any], Any]) -> list[Any]:
        here = self._found[0]
        try:
            found = self._get(f"{here}/{path}", {**asked, "per_page": PAGE_ROWS}, list)
        except NotVisibleError as error:
            raise NotVisibleError(
                str(error) or f"{what} are not visible with this permission: give the token read access to {permission}"
            ) from None
        try:
            if any(_is_elsewhere(one, here) for one in found):
                raise NotNowError("the repository was renamed meanwhile: scan again, which goes on")
            return [row(one) for one in found]
        except (AttributeError, KeyError, TypeError, ValueError):
            raise NotNowError(f"the host answered with something else than {what}: scan again later") from None

    def _get(self, path: str, asked: Json, kind: type) -> Any:
        """What stands there, a list or an object; asked for again where the host was busy. Raises TrackerError."""
        for left in range(TRIES - 1, -1, -1):
            wait = 0.5 * 2 ** (TRIES - 1 - left)
            try:
                found = self._client.requester.requestJsonAndCheck("GET", path, parameters=dict(asked))[1]
                if isinstance(found, kind):
                    return found
            except GithubException as error:
                wait = max(wait, self._wait(error))
            except RuntimeError:
                raise NotNowError("the host sends its callers elsewhere: look at GITHUB_API_URL") from None
            except (OSError, ValueError):
                pass  # a broken connection or body
            if left:
                self._sleep(wait)
        raise NotNowError("the host did not answer: scan again later")

    def _wait(self, error: GithubException) -> float:
        """Seconds until it is worth asking again. Raises TrackerError where that is not soon."""
        headers = {name.lower(): str(value) for name, value in (error.headers or {}).items()}
        if error.status == 429 or (error.status == 403 and _is_limit(error, headers)):
            wait = self._until(headers)
            if wait > PATIENCE:
                raise NotNowError("the host wants no more questions for now: scan again in an hour, which goes on")
            return wait
        if error.status == 401:
            raise NotVisibleError(_TOKEN)
        if error.status < 500:
            raise NotVisibleError
        return 0.0

    def _until(self, headers: Mapping[str, str]) -> float:
        after, reset = headers.get("retry-after", ""), headers.get(Consts.headerRateReset, "")
        if after.isascii() and after.isdigit():
            return float(after)
        if headers.get(Consts.headerRateRemaining) == "0" and reset.isascii() and reset.isdigit():
            return max(0.0, float(reset) - self._clock()) + 1
        return 60.0

    def _request(self, row: Json) -> ListedRequest:
        author, bot = self._who(row["user"])
        return ListedRequest(
            _at(row["updated_at"]),
            ChangeRequest(
                number=int(row["number"]),
                created=_at(row["created_at"]),
                author=author,
                merged=_at(row["merged_at"]) if row.get("merged_at") else None,
                closed=_at(row["closed_at"]) if row.get("closed_at") else None,
                is_bot=bot,
                is_member=row.get("author_association") in _MEMBERS,
                is_draft=bool(row.get("draft")),
            ),
        )

    def _comment(self, row: Json) -> tuple[Reply | None, bool]:
        who, bot = self._who(row["user"])
        body = str(row.get("body") or "")
        by_program = bot or _CML in body
        return Reply(_at(row["created_at"]), who, bot), by_program and has_metrics_table(body)

    def _review(self, row: Json) -> tuple[Reply | None, bool]:
        if not row.get("submitted_at"):  # a draft of its author
            return None, False
        who, bot = self._who(row["user"])
        return Reply(_at(row["submitted_at"]), who, bot, is_review=True, approves=row["state"] == "APPROVED"), False

    def _who(self, user: Json | None) -> tuple[int, bool]:
        login = str(user["login"]) if user else None
        bot = bool(user) and (user.get("type") == "Bot" or is_bot("", str(login).lower())) if user else False
        return person(login, self._salt), bot


def _issue(row: Json) -> ListedIssue:
    updated = _at(row["updated_at"])
    if row.get("pull_request"):
        return ListedIssue(updated, None)
    user = row["user"]
    labels = (one if isinstance(one, str) else str(one.get("name") or "") for one in row["labels"])
    return ListedIssue(
        updated,
        Issue(
            int(row["number"]),
            _at(row["created_at"]),
            _at(row["closed_at"]) if row.get("closed_at") else None,
            bool(user) and (user.get("type") == "Bot" or is_bot("", str(user["login"]).lower())),
            tuple(sorted({label for label in labels if names_debt(label)})),
        ),
    )


def _path(row: Json) -> str:
    return str(row["filename"])


def _is_limit(error: GithubException, headers: Mapping[str, str]) -> bool:
    message = str(error.data.get("message", "")) if isinstance(error.data, dict) else ""
    return "retry-after" in headers or headers.get(Consts.headerRateRemaining) == "0" or "rate limit" in message.lower()


def _is_elsewhere(row: Json, here: str) -> bool:
    """Whether a row stands in a repository of another name."""
    addresses = (str(row.get(name) or "") for name in ("url", "issue_url", "pull_request_url"))
    return any("/repos/" in one and f"{here}/".lower() not in f"{one}/".lower() for one in addresses)


def _at(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())


def _written(at: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
