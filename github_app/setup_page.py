"""What a browser is shown while the App is made. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from github_app.manifest import EVENTS, wanted_permissions
from github_app.registering import Registered, Wanted

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#0E1621;"
    "background:#fff}table{border-collapse:collapse}td{padding:.35rem .8rem .35rem 0;vertical-align:top;border-top:1px "
    "solid #DCE2EA}code{background:#F3F5F8;padding:.1rem .3rem;border-radius:4px}p code{"
    "overflow-wrap:anywhere}td:first-child code{white-space:nowrap}button{"
    "font:inherit;font-weight:600;padding:.6rem 1.2rem;border:0;border-radius:6px;background:#0F5E8C;color:#fff;"
    "cursor:pointer}"
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
"""Without a rule for forms: some servers send who is not signed in on to another host."""


def page(title: str, body: str) -> str:
    """A whole page; `body` is HTML."""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style><h1>{escape(title)}</h1>{body}</html>"
    )


def form(wanted: Wanted, back: str, state: str) -> str:
    permissions = wanted_permissions(quarterly_issue=wanted.quarterly_issue)
    told = escape(json.dumps(wanted.manifest(back)))
    whose = f"the organization <strong>{escape(wanted.organization)}</strong>" if wanted.organization else "you"
    return (
        f"<p>It will belong to {whose}, and can be installed there alone. GitHub will call "
        f"<code>{escape(wanted.url)}</code>, and asks you for the name: "
        f"<code>{escape(wanted.name)}</code>, unless you change it.</p>"
        f'<form method="post" action="{escape(wanted.form(state))}">'
        f'<input type="hidden" name="manifest" value="{told}">'
        f"<button>Make it at {escape(urlsplit(wanted.server).netloc)}</button></form>"
        f"<h2>What it may do</h2>{_table((f'{one.name}: {one.level}', one.why) for one in permissions)}"
        f"<h2>What it is told of</h2>{_table(EVENTS)}"
    )


def made(found: Registered) -> str:
    return (
        f"<p><strong>{escape(found.access.slug)}</strong> belongs to {escape(found.owner)}. Its key is kept on the "
        f'machine where <code>mldebt setup</code> ran.</p><p><a href="{escape(found.install)}">Install it</a> on the '
        "repositories that it may read; what comes next stands in the terminal.</p>"
    )


def sentence(text: str) -> str:
    return f"<p>{_coded(text)}.</p>"


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(f"<tr><td><code>{escape(name)}</code></td><td>{_coded(why)}</td></tr>" for name, why in rows)
    return f"<table>{cells}</table>"


def _coded(text: str) -> str:
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if n % 2 else part for n, part in enumerate(parts))
