"""A review as files to take along."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import streamlit as st

from app_pages._repo import Repo
from app_pages._text import plain
from mldebt import access
from scoring.review.html import review_html
from scoring.review.json import review_json
from scoring.review.markdown import review_markdown
from scoring.review.record import Record


def exports(one: Record, repo: Repo, language: str, *, is_next: bool = False) -> None:
    """What is written for people is in the language of whoever asks for it; numbers have one form for all.

    `is_next`: that is what there is to do now.
    """
    forms: tuple[tuple[str, str, str, Callable[[Record], str]], ...] = (
        ("HTML, to print", "html", "text/html", partial(review_html, language=language)),
        ("Markdown", "md", "text/markdown", partial(review_markdown, language=language)),
        ("JSON", "json", "application/json", review_json),
    )
    about = re.sub(r"[^A-Za-z0-9]+", "-", plain(one.repository)).strip("-")[:60] or "repository"
    with st.popover("Export", icon=":material/download:", type="primary" if is_next else "secondary"):
        for title, ending, kind, write in forms:
            st.download_button(
                title,
                data=partial(_written, write, one, repo.id),
                file_name=f"debt-review-{about}-{one.closed or one.day}.{ending}",
                mime=kind,
                key=f"export_{ending}",
                on_click="ignore",
            )


def _written(write: Callable[[Record], str], one: Record, repository_id: int) -> bytes:
    return access.handed_out.note(write(one).encode("utf-8", "backslashreplace"), repository_id)
