"""Where Apps are made: GitHub's page for the browser, and the exchange of its code for the App.

The page refuses what GitHub refuses: https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request as Asked
from urllib.request import urlopen

from tests.github.contract import made
from tests.github.fake import Answer, FakeGitHub, Request, Route, not_found, user
from tests.github.installed import APP, key
from tests.servers_by_hand import listening

SUPPORTS = {  # the permission without which GitHub takes no manifest with the event
    "pull_request": "pull_requests",
    "push": "contents",
    "issue_comment": "issues",
    "check_run": "checks",
    "check_suite": "checks",
    "repository": "metadata",
}
SECRETS = {"client_secret": "client-secret", "webhook_secret": "webhook-secret"}


def _convert(fake: FakeGitHub, request: Request) -> Answer:
    """Once for each code."""
    manifest, owner = fake.rows["codes"].pop(request.values["code"], (None, ""))
    if manifest is None:
        return not_found()
    slug = manifest["name"].lower().replace(" ", "-")
    told = made(
        "integration",
        id=APP,
        slug=slug,
        name=manifest["name"],
        owner=user(owner),
        client_id="Iv1.abc",
        html_url=f"{fake.rows['web']}/apps/{slug}",
        permissions=manifest["default_permissions"],
        events=manifest["default_events"],
    )
    return Answer(201, {**told, **SECRETS, "pem": key(), **fake.rows["otherwise"]})


REGISTERING: dict[str, Route] = {"POST /app-manifests/{code}/conversions": _convert}


@contextmanager
def web(fake: FakeGitHub) -> Iterator[str]:
    """The address of GitHub's pages; the fake has REGISTERING. `fake.rows["otherwise"]` changes what it tells."""
    fake.admits = lambda *_: None
    fake.rows |= {"codes": {}, "otherwise": {}, "refused": []}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            told = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            manifest = json.loads(told["manifest"][0])
            wrong = list(_wrong(manifest))
            fake.rows["refused"] += wrong
            names = parts.path.strip("/").split("/")
            if names[-3:] != ["settings", "apps", "new"] or wrong:
                self.send_error(404 if not wrong else 422, "; ".join(wrong))
                return
            code = f"code{fake.new_id()}"
            fake.rows["codes"][code] = manifest, names[1] if names[0] == "organizations" else "ada"
            back = urlencode({"code": code, "state": parse_qs(parts.query)["state"][0]})
            self.send_response(302)
            self.send_header("Location", f"{manifest['redirect_url']}?{back}")
            self.send_header("Content-Length", "0")
            self.end_headers()

    with listening(Handler) as port:
        fake.rows["web"] = f"http://localhost:{port}"
        yield fake.rows["web"]


def _wrong(manifest: dict[str, Any]) -> Iterator[str]:
    if not manifest.get("url") or not manifest.get("hook_attributes", {}).get("url"):
        yield "url is missing"
    if len(manifest.get("name", "")) > 34:
        yield "the name is too long"
    unknown = {*manifest} - {"name", "url", "hook_attributes", "redirect_url", "callback_urls", "setup_url"}
    unknown -= {"description", "public", "default_events", "default_permissions", "request_oauth_on_install"}
    yield from (f"{one} is not known" for one in unknown)
    for event in manifest["default_events"]:
        if SUPPORTS.get(event) not in manifest["default_permissions"]:
            yield f"Default events are not supported by permissions: {event}"


class Seen(NamedTuple):
    """A page, as a browser has it."""

    text: str
    action: str  # of its form
    fields: dict[str, str]
    links: list[str]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action, self.fields, self.links = "", dict[str, str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = told["action"]
        if tag == "input":
            self.fields[told["name"]] = told["value"]
        if tag == "a":
            self.links.append(told["href"])


def seen(text: str) -> Seen:
    parser = _Parser()
    parser.feed(text)
    return Seen(text, parser.action, parser.fields, parser.links)


def look(address: str, fields: dict[str, str] | None = None, **headers: str) -> Seen:
    """As a browser that follows redirects. Raises urllib.error.HTTPError."""
    data = urlencode(fields).encode() if fields is not None else None
    with urlopen(Asked(address, data, headers), timeout=30) as answer:  # noqa: S310
        return seen(answer.read().decode())
