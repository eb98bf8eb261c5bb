"""What people state of the debts, as HTML: beside what was measured, and never mixed with it."""

from __future__ import annotations

from collections.abc import Iterable

from app_pages._html import wrapped
from app_pages._labels import spoken
from app_pages._ledger import NOT_NAMED
from app_pages._text import safe
from scoring.attestation import Stated
from scoring.debts import DEBTS


def section(rows: Iterable[Stated], slug: str | None, language: str) -> str:
    """Of one kind (its word in addresses), or of all. Empty where nobody says anything."""
    said = [row for row in rows if slug is None or slug == (row.debt.value if row.debt else NOT_NAMED)]
    if not said:
        return ""
    items = "".join(_item(row, language) for row in said)
    about = spoken(
        "An answer holds until its day, then it is to be asked again. None of them makes a number or a letter."
    )
    return wrapped(
        f'<section data-testid="stated"><h2>{spoken("Stated by the team")}</h2>'
        f'<p class="muted small">{about}</p><ol class="md-findings">{items}</ol></section>'
    )


def _item(row: Stated, language: str) -> str:
    one = row.attestation
    title = DEBTS[row.debt].title.in_language(language) if row.debt else one.about
    signal = f" <code>{safe(one.about)}</code>" if row.debt and one.about != row.debt.value else ""
    when = f"{row.when[:1].upper()}{row.when[1:]}."
    return (
        f"<li><strong>{safe(title)}</strong>{signal}<p><bdi>{safe(one.answer)}</bdi></p>"
        f'<p class="{"lapsed" if row.has_expired else "accepted"}">{safe(when)}</p></li>'
    )
