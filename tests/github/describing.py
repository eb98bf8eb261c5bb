"""What GitHub tells an App about itself: `fake.rows["app"]`, `["hook"]` and `["deliveries"]`."""

from __future__ import annotations

from typing import Any

from github_app.manifest import EVENTS, asked
from mldebt.app_access import AppAccess
from tests.github.contract import made
from tests.github.fake import Answer, FakeGitHub, Request, Route, not_found, user
from tests.github.installed import APP, INSTALLATION, INSTALLED, install, key

URL = "https://debt.example.com"


def access_to(fake: FakeGitHub, **values: Any) -> AppAccess:
    told: dict[str, Any] = {
        "app_id": APP,
        "private_key": key(),
        "webhook_secrets": ("hook-secret",),
        "client_id": "Iv1.abc",
        "client_secret": "client-secret",
        "slug": "mldebt",
        "server": "https://github.invalid",
        "api": fake.address,
        "public_url": URL,
    }
    return AppAccess(**{**told, **values})


def describe(fake: FakeGitHub) -> FakeGitHub:
    install(fake)
    permissions = asked(quarterly_issue=False)
    fake.rows["app"] = made(
        "integration",
        id=APP,
        slug="mldebt",
        owner=user("Acme"),
        html_url="https://github.invalid/apps/mldebt",
        permissions=permissions,
        events=[one.name for one in EVENTS],
        installations_count=1,
    )
    hook = {"url": f"{URL}/github/webhook", "content_type": "json", "secret": "********", "insecure_ssl": "0"}
    fake.rows |= {"hook": hook, "deliveries": []}
    return fake


def deliver(fake: FakeGitHub, event: str, code: int = 202, at: str = "2026-11-28T10:00:00Z") -> None:
    status = "OK" if code < 300 else "Invalid HTTP Response"
    row = made("hook-delivery-item", id=fake.new_id(), event=event, status_code=code, status=status, delivered_at=at)
    fake.rows["deliveries"].insert(0, row)


def _installed_on(fake: FakeGitHub, _: Request) -> Answer:
    return Answer(200, made("installation", id=INSTALLATION)) if not fake.rows.get("absent") else not_found()


DESCRIBING: dict[str, Route] = {
    **INSTALLED,
    "GET /app": lambda fake, _: Answer(200, fake.rows["app"]),
    "GET /app/hook/config": lambda fake, _: Answer(200, fake.rows["hook"]),
    "GET /app/hook/deliveries": lambda fake, _: Answer(200, fake.rows["deliveries"]),
    "GET /repos/{owner}/{repo}/installation": _installed_on,
}
