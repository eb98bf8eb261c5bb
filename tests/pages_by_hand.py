"""Every page that there is, and all that one sends to a browser."""

from __future__ import annotations

import re
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from app_pages import _door
from app_pages._cache import Kept

HERE = Path(_door.__file__).parent
PAGES = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def open_page(name: str, **query: str) -> AppTest:
    page = AppTest.from_file(str(HERE / "_main.py"), default_timeout=60)
    page.context = {"theme": "light", "locale": "en-US", "timezone": "UTC"}
    if name != "home":
        page.switch_page(f"{name}.py")
    page.query_params.update(query)
    page.run()
    assert not page.exception
    return page


def forget_kept() -> None:
    """What every visitor's pages are made from, as after a new start of the server."""
    for name in [name for name in sys.modules if name.startswith("app_pages.")]:
        for one in vars(sys.modules[name]).values():
            if isinstance(one, Kept):
                one.clear()


def sent(page: AppTest) -> str:
    """Texts, options, addresses and charts, without the places where a name may break: it is one word."""
    waiting, found = [page._tree], list[str]()
    while waiting:
        node: Any = waiting.pop()
        waiting += getattr(node, "children", {}).values()
        found.append(str(getattr(node, "proto", "")))
    pictures = [b64decode(one).decode("utf-8", "replace") for one in re.findall(r"base64,([\w+/=]+)", "".join(found))]
    return "\n".join([*found, *pictures, str(page.query_params)]).replace("<wbr>", "")


def without(page: str, name: str) -> str:
    """The page apart from the name that its own address holds."""
    owner, _, short = name.partition("/")
    for slash in ("/", "%2F", "%252F"):
        page = page.replace(f"{owner}{slash}{short}", "NAME")
    return page
