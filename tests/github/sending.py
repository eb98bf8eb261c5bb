"""What GitHub tried to deliver to an App, what it still holds of that, and where the App is installed."""

from __future__ import annotations

import json
import time
from typing import Any

from github_app.signature import signed
from tests.github.contract import made
from tests.github.fake import Answer, FakeGitHub, Request, Route, not_found, user
from tests.github.installed import INSTALLATION, INSTALLED

NOW = 1_795_000_000.0
"""In November 2026."""


def sent(
    fake: FakeGitHub,
    guid: str,
    event: str,
    payload: dict[str, Any],
    *,
    code: int = 502,
    ago: float = 60,
    secret: str = "",
) -> int:
    """An attempt, so many seconds ago; its id. Without a secret it has no signature."""
    body = json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode()
    headers = {"X-GitHub-Event": event} | ({"X-Hub-Signature-256": signed(body, secret)} if secret else {})
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(NOW - ago))
    about: dict[str, Any] = {"id": fake.new_id(), "guid": guid, "event": event, "status_code": code, "delivered_at": at}
    about |= {"status": "OK" if code < 300 else "failed"}
    row = made("hook-delivery", **about)
    row["request"] = {"headers": headers, "payload": payload}
    fake.rows.setdefault("sent", []).insert(0, row)
    return int(about["id"])


def _list(fake: FakeGitHub, request: Request) -> Answer:
    failed = request.query.get("status")
    names = made("hook-delivery-item").keys()
    return Answer(
        200,
        [
            {name: row[name] for name in names}
            for row in fake.rows.get("sent", [])
            if failed is None or (row["status_code"] >= 400) is (failed == "failure")
        ],
    )


def _row(fake: FakeGitHub, request: Request) -> dict[str, Any] | None:
    wanted = request.number("delivery_id")
    return next((row for row in fake.rows.get("sent", []) if row["id"] == wanted), None)


def _get(fake: FakeGitHub, request: Request) -> Answer:
    row = _row(fake, request)
    return not_found() if row is None else Answer(200, row)


def _again(fake: FakeGitHub, request: Request) -> Answer:
    row = _row(fake, request)
    if row is None:
        return not_found()
    fake.rows.setdefault("again", []).append(row["guid"])
    return Answer(202, {})


def _installations(fake: FakeGitHub, _: Request) -> Answer:
    rows = fake.rows.get("installations", {INSTALLATION: {}})
    return Answer(
        200,
        [
            made("installation", id=id_, **{"account": user("owner"), "suspended_at": None, **more})
            for id_, more in rows.items()
        ],
    )


SENDING: dict[str, Route] = {
    **INSTALLED,
    "GET /app/hook/deliveries": _list,
    "GET /app/hook/deliveries/{delivery_id}": _get,
    "POST /app/hook/deliveries/{delivery_id}/attempts": _again,
    "GET /app/installations": _installations,
}
