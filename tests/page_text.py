"""What a page that AppTest ran has drawn, as one text."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest


def html(page: AppTest) -> str:
    """Without the places where a name may break: it is one word."""
    assert not page.exception
    return "\n".join(element.value for element in page.html).replace("<wbr>", "")


def words(page: AppTest) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html(page)))
