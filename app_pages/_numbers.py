"""Numbers as the visitor's locale writes them: what groups them, what parts the decimals, where "%" stands.

The form is asked for in each run, never kept: what is cached and holds numbers has the form in its key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import streamlit as st

from scoring.wording import ENGLISH, Counted, Numbers

LONGEST = 35  # characters of a language tag that a registry would take
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# Where four digits stand together and five do not: CLDR's minimumGroupingDigits, which Babel leaves out. As ICU 72
# writes them, and Chromium 156 where that knows the language.
FROM_FIVE = frozenset({"be", "bg", "et", "hu", "ia", "it", "ka", "lv", "pl", "sl", "sq"})  # languages
FROM_FIVE_IN = {  # others in some territories alone
    "es": frozenset({None, "EA", "ES", "GQ", "IC", "PH"}),
    "pt": frozenset({"CH", "CV", "GQ", "GW", "LU", "MO", "MZ", "PT", "ST", "TL"}),
    "ru": frozenset({"UA"}),
}
DIRECTION_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))


def numbers() -> Numbers:
    """The form of whoever looks. As in English where the browser names no locale, or one that nobody knows."""
    return of_locale((st.context.locale or "")[: LONGEST + 1])


def whole(number: int) -> str:
    return numbers().whole(number)


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 file", "1,204 files"."""
    return numbers().count(number, one, many)


def counted(number: int) -> Counted:
    """A number in a template, which words may go with: see `_labels.spoken`."""
    return Counted(number, whole(number))


def stored(text: str) -> str:
    """A sentence that is kept as English writes it, with its numbers in the visitor's form."""
    return numbers().within(text)


def stored_numbers(text: str) -> str:
    """The same of a text that holds numbers and their units alone."""
    return numbers().throughout(text)


@lru_cache(maxsize=200)
def of_locale(locale: str) -> Numbers:
    """The form of a language tag, as the Unicode CLDR has it; the digits are always 0 to 9.

    English keeps the space before "%" that all of mldebt writes.
    """
    from babel import Locale, UnknownLocaleError

    tag = locale.replace("_", "-")
    if len(tag) > LONGEST or not TAG.fullmatch(tag):
        return ENGLISH
    parts = re.split(r"-[A-Za-z0-9](?:-|$)", tag)[0].split("-")  # what follows a single letter is no part of the name
    for length in range(len(parts), 0, -1):
        try:
            return _form(Locale.parse("-".join(parts[:length]), sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return ENGLISH


def _form(known: Any) -> Numbers:
    """Of what Babel knows of a locale."""
    signs, (last, others) = known.number_symbols["latn"], known.decimal_formats[None].grouping
    percent = ENGLISH.percent
    if known.language != "en":
        percent = re.sub(r"[#,0]+", "{}", known.percent_formats[None].pattern.partition(";")[0]).translate(
            DIRECTION_MARKS
        )
    is_late = known.language in FROM_FIVE or known.territory in FROM_FIVE_IN.get(known.language, ())
    form = Numbers(signs["decimal"], signs["group"], last, others, percent, 2 if is_late else 1)
    return ENGLISH if form == ENGLISH else form


def chart(spec: Mapping[str, Any], says: str) -> None:
    """A chart whose axes and tooltips write numbers in the visitor's form."""
    st.vega_lite_chart({**spec, "config": config(numbers())}, width="stretch", alt=says)


def config(form: Numbers) -> dict[str, Any]:
    """Of a chart. Vega's form groups four digits or none: where they stand together, an axis takes its sign out."""
    told: dict[str, Any] = {"locale": vega(form)}
    if form.least > 1:
        fewer = f"abs(datum.value) < 1{'0' * (form.last + form.least - 1)}"
        without = f"replace(datum.label, {json.dumps(form.group)}, '')"
        told["axisQuantitative"] = {"labelExpr": f"{fewer} ? {without} : datum.label"}
    return told


def vega(form: Numbers) -> dict[str, Any]:
    """The form, as Vega takes it."""
    before, after = form.percent.split("{}")
    grouping = [form.last, *[form.others] * 5]
    signs = {"decimal": form.decimal, "thousands": form.group, "grouping": grouping, "currency": ["", ""]}
    return {"number": {**signs, "percent": after if not before else "%"}}
