"""The page that every address of the dashboard begins with: Streamlit's own, told beforehand what it would ask for.

Left to itself it asks, before it connects, whether the server is at the page's address and then whether it is at the
root, and loads a font that no page uses.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

HERE = Path(__file__).resolve().parent
HOME = "home"
# Where the server is, and that nobody but this very site may speak to the page.
TOLD = (
    "window.__streamlit = {BACKEND_BASE_URL: location.origin, "
    "HOST_CONFIG: {allowedOrigins: [location.origin], useExternalAuthToken: false}}"
)
FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>')
OUR_FONT = '<link rel="preload" href="/fonts/inter-latin.woff2" as="font" type="font/woff2" crossorigin>'
# The pulse of a placeholder draws the whole window sixty times a second while there is better to do.
STILL = (
    '<style>[data-testid="stAppSkeleton"] *, [data-testid="stSkeleton"], [data-testid="stSkeleton"] * '
    "{ animation: none !important; }</style>"
)
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
NEEDS = re.compile(r'(?:from|import)\s*"\./([^"]+\.js)"')
DRAWN = ("Html", "Button", "Selectbox", "ButtonGroup", "PageLink")
"""Parts of Streamlit's program that nearly every page draws with: else asked for when the first of each arrives."""


@cache
def html() -> str:
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    page = FONT.sub(OUR_FONT, page, count=1).replace("<title>Streamlit</title>", "<title>mldebt</title>")
    page = page.replace("<head>", f"<head><script>{TOLD}</script>{STILL}", 1)
    links = "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in _ahead(page))
    return page.replace("</head>", f"{links}</head>", 1)


def _ahead(page: str) -> list[str]:
    """The files of what is drawn with, and all that they need beyond what the page itself names."""
    folder = Path(st.__file__).parent / "static" / "static" / "js"
    waiting = [path.name for name in DRAWN for path in sorted(folder.glob(f"{name}.*.js"))]
    found: list[str] = []
    while waiting:
        name = waiting.pop(0)
        if name not in found and f'/{name}"' not in page:
            found.append(name)
            waiting += NEEDS.findall((folder / name).read_text(encoding="utf-8"))
    return found


def scripts() -> list[str]:
    """The text of the scripts that stand in the page."""
    return SCRIPT.findall(html())


def routes() -> list[Route]:
    """Of each page. Other addresses get Streamlit's own page, which then says that there is no such one."""
    names = sorted(path.stem for path in HERE.glob("[!_]*.py"))
    return [Route("/" if name == HOME else f"/{name}", _page) for name in names]


async def _page(_request: Request) -> HTMLResponse:
    return HTMLResponse(html(), headers={"Cache-Control": "no-cache"})
