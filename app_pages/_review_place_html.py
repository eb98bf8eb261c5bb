"""Places of a review, and what is decided on, as HTML. Every word that is not written here goes through `safe`."""

from __future__ import annotations

from app_pages import _visitor
from app_pages._html import linked, name, wrapped
from app_pages._labels import spoken
from app_pages._numbers import stored
from app_pages._text import safe, shortened
from scoring.debts import DEBTS, Debt, DebtKind
from scoring.review import markup, words
from scoring.review.labels import Speech
from scoring.review.record import Place, Record

MOST_OF_FILE = 8


def _say() -> Speech:
    return Speech(_visitor.language())


def places_head(one: Record) -> str:
    say = _say()
    note = f'<p class="small muted">{safe(" ".join(filter(None, say.places_note(one))))}</p>' if one.places_why else ""
    none = '<p class="muted">No place is new.</p>' if not one.places else ""
    few = f"{words.ORDER} These are {len(one.places)}, at most three of a rule."
    more = f'<p class="small muted">{few}</p>'
    title = f'<h2 id="places">{safe(say.places(one))}</h2>'
    return wrapped(title, note, none, more if one.places_left else "")


def place(one: Place, *, is_first: bool) -> str:
    """Of those of a rule, which stand together, the `is_first` tells what they have in common."""
    head = ""
    if is_first:
        about = f"{one.severity} severity, effort {one.effort}"
        pay = f" · Pay it off: {markup.prose(one.pay_off)}" if one.pay_off else ""
        head = f'<h3>{safe(one.title)}</h3><p class="small muted">{safe(about)}{pay}</p>'
    note = f"<div>{safe(one.note)}</div>" if one.note else ""
    line = f"<pre><code><bdi>{safe(one.snippet)}</bdi></code></pre>"
    folded = f"<details><summary>{spoken('The line')}</summary>{line}</details>" if one.snippet else ""
    return wrapped(
        f'<div class="md-findings" data-testid="place-{safe(one.id)}">{head}'
        f"{linked(shortened(words.where(one), 160), one.link, is_code=True)} "
        f'<span class="small muted">{stored(words.changes(one))}</span>'
        f"{note}{folded}</div>"
    )


def one_place(one: Place, language: str) -> str:
    """All that is known of a place, for whoever decides on it."""
    note = f"<p>{safe(one.note)}</p>" if one.note else ""
    line = f"<pre><code><bdi>{safe(one.snippet)}</bdi></code></pre>" if one.snippet else ""
    where = linked(shortened(words.where(one), 160), one.link, is_code=True)
    weight = f"{one.severity} severity, effort {one.effort}, {stored(words.changes(one))}"
    return wrapped(
        f'<div class="md-findings"><h3>{safe(one.title)}</h3>{note}<p>{where} '
        f'<span class="small muted">{safe(weight)}</span></p>{line}{_remedy(one, language)}</div>'
    )


def _remedy(one: Place, language: str) -> str:
    """Whose debt it is, and how it is paid."""
    kind = _debt(DEBTS[Debt(one.debt)], language) if one.debt else ""
    return kind + (f"<p>Pay it off: {markup.prose(one.pay_off)}</p>" if one.pay_off else "")


def one_file(path: str, rows: list[Place], language: str) -> str:
    """A file with its heaviest places."""
    items = "".join(
        f"<p>{linked(f'line {row.line}', row.link)} <span class='small muted'>{safe(row.title)}</span></p>"
        for row in rows[:MOST_OF_FILE]
    )
    more = f"<p class='small muted'>and {len(rows) - MOST_OF_FILE} more</p>" if len(rows) > MOST_OF_FILE else ""
    kinds = dict.fromkeys(Debt(row.debt) for row in rows if row.debt)
    told = ", ".join(safe(DEBTS[kind].title.in_language(language)) for kind in kinds)
    kinds_of = f'<p class="small muted">{told}</p>' if told else ""
    return wrapped(f'<div class="md-findings"><h3><code>{name(path)}</code></h3>{kinds_of}{items}{more}</div>')


def one_debt(kind: DebtKind, language: str) -> str:
    told = (kind.sentence.in_language(language), kind.remedy.in_language(language))
    says = "".join(f"<p>{safe(text)}</p>" for text in told)
    return wrapped(f'<div class="md-findings"><h3>{safe(kind.title.in_language(language))}</h3>{says}</div>')


def _debt(kind: DebtKind, language: str) -> str:
    title, sentence = kind.title.in_language(language), kind.sentence.in_language(language)
    return f'<p><strong>{safe(title)}</strong> <span class="small muted">{safe(sentence)}</span></p>'
