"""The page at an address that no page has: that there is none, and the ways on. One file of HTML, without a script."""

from __future__ import annotations

from difflib import get_close_matches
from urllib.parse import parse_qsl, unquote, urlencode

from app_pages._text import safe, shortened

TITLE = "There is no such page"
CARRIED = ("repo", "at", "lang")
"""What an address says that every page understands."""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{title} · mldebt</title>
<link rel="icon" href="/favicon.png">
<style>
@font-face {{ font-family: Inter; src: url("/fonts/inter-latin.woff2") format("woff2"); font-weight: 100 900; }}
:root {{ color-scheme: light dark; --back: light-dark(#FFFFFF, #10161F); --panel: light-dark(#F3F5F8, #1A2330);
  --text: light-dark(#0E1621, #E6ECF3); --line: light-dark(#DCE2EA, #2C3848); --link: light-dark(#0F5E8C, #6CC3F5); }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--text);
  font: 15px/1.5 Inter, system-ui, "Noto Sans KR", sans-serif; }}
main {{ box-sizing: border-box; width: min(32rem, 100vw - 2rem); padding: 1.5rem 1.75rem; background: var(--panel);
  border: 1px solid var(--line); border-radius: 8px; overflow-wrap: anywhere; }}
p.name {{ margin: 0; font-weight: 650; }}
h1 {{ margin: .25rem 0 .5rem; font-size: 1.5rem; line-height: 1.25; }}
p {{ margin: .5rem 0; }}
a {{ color: var(--link); }}
ul {{ display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; margin: .75rem 0 0; padding: 0; list-style: none; }}
</style>
</head>
<body>
<main>
<p class="name"><a href="/{query}">mldebt</a></p>
<h1>{title}</h1>
<p>The address asks for <code>{asked}</code>, and no page is called that. {near}Nothing else is shown in its place.</p>
<nav aria-label="Pages"><ul>{links}</ul></nav>
</main>
</body>
</html>
"""


def html(path: str, query: str, pages: list[str]) -> str:
    """`path` and `query` as the address has them; `pages`: names of those that there are."""
    asked = shortened(unquote(path), 120)
    carried = [(name, value[:200]) for name, value in _fields(query) if name in CARRIED]
    after = f"?{urlencode(carried)}" if carried else ""
    near = get_close_matches(path.strip("/").partition("/")[0].lower()[:40], pages, 1)
    links = "".join(f"<li>{_link(page, after)}</li>" for page in pages)
    return _PAGE.format(
        title=TITLE,
        asked=safe(asked),
        query=safe(after),
        near=f"Is {_link(near[0], after)} meant? " if near else "",
        links=links,
    )


def _fields(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, max_num_fields=50)
    except ValueError:
        return []


def _link(page: str, after: str) -> str:
    return f'<a href="/{safe(page)}{safe(after)}">{safe(page.capitalize())}</a>'
