"""Two visitors of different locales look at every page in turn: each sees numbers in the form of their own.

Pages are those that there are in the folder, so none can be forgotten. All that a store holds is large enough to be
grouped, and every sentence in it has such a number.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from app_pages import _door
from collectors.registry import discover
from mldebt.store.engine import Store
from mldebt.store.lineage import save_lineage
from scoring.debts import DEBTS
from scoring.questions import QUESTIONS
from scoring.rubric import RUBRIC
from scoring.signal import ASK
from tests.collectors.signals.accesses import pipeline
from tests.dashboard_by_hand import NOW, QUARTER, add_repository, empty_store
from tests.jobs_rows import add_job, jobs_database
from tests.pages_by_hand import forget_kept

HERE = Path(_door.__file__).parent
PAGES = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
RANKING = "northwind/ranking"
RICH = {"repo": RANKING, "q": "onboarding", "debt": "fixed_thresholds", "box": "tests", "fate": "abandoned"}
TOLD = "12,345 of 1,234,567 places"
ENLARGED = (
    f"UPDATE snapshot_signal SET n = 54321, seen = 112345, total = 123456, note = '{TOLD}'",
    "UPDATE snapshot_signal SET value = round(value * 1111) WHERE value >= 1.01",
    "UPDATE snapshot_signal SET details = '[[\"further\", 2345.0]]'",
    f"UPDATE snapshot_signal SET value = NULL, reason = '{TOLD} tell nothing' WHERE name = 'truck_factor'",
    f"UPDATE snapshot_evidence SET number = 23456, note = '{TOLD}' WHERE number IS NOT NULL",
    f"UPDATE snapshot_finding SET interest = 7654, note = '{TOLD}'",
    "UPDATE snapshot_signal SET findings = 45678, accepted = 2345 WHERE findings IS NOT NULL",
    "UPDATE snapshot_place SET files = files * 1111, lines = lines * 1111",
    "UPDATE snapshot_file SET lines = lines * 11",
    "UPDATE snapshot_branch SET ahead = 12345, behind = 54321",
    "UPDATE snapshot_answer SET value = round(value * 1111) WHERE value >= 1.01",
    f"UPDATE snapshot SET partial = '[\"{TOLD} could not be read.\"]', advice = '[\"{TOLD} match nothing\"]'",
)
ENGLISH_FORM = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?:,\d{3})+(?![\w,])|(?<![\w.,])\d+\.\d+ %")


@pytest.fixture(scope="module")
def _large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("two-locales")
    store, address = empty_store(folder)
    number, snapshots = add_repository(store, RANKING, quarters=3)
    add_repository(store, "northwind/ads", seed=2, quarters=2)
    rows = [f"train{i} < s3://shop/data{i}.csv" for i in range(40)] + [f"train{i} > models/{i}.pkl" for i in range(40)]
    with store.writing() as connection:
        save_lineage(connection, number, snapshots[-1], pipeline(*rows))
    enlarge(store)
    store.close()
    database = jobs_database(folder)
    add_job(database, "scan:1:ERROR", "ERROR", title=RANKING, error=f"it failed: {TOLD}")
    database.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLDEBT_HOME", str(folder))
        patch.setenv("DATABASE_URL", address)
        yield


def enlarge(store: Store) -> None:
    with store.writing() as connection:
        for statement in ENLARGED:
            connection.execute(text(statement.replace(":", r"\:")))


def look(name: str, locale: str, **query: str) -> str:
    """All that a page sends to a browser and that is read there: texts, labels, what charts show."""
    page = AppTest.from_file(str(HERE / "_main.py"), default_timeout=60)
    page.context = {"theme": "light", "locale": locale, "timezone": "UTC"}
    if name != "home":
        page.switch_page(f"{name}.py")
    page.query_params.update(query)
    page.run()
    assert not page.exception
    waiting, found = [page._tree], list[str]()
    while waiting:
        node: Any = waiting.pop()
        waiting += getattr(node, "children", {}).values()
        proto = getattr(node, "proto", None)
        found.append(str(getattr(proto, "body", "") or proto or ""))
    return re.sub(r"<style>.*?</style>|base64,[\w+/=]+", " ", "\n".join(found), flags=re.DOTALL)


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize("name", PAGES)
def test_each_sees_the_form_of_their_own_whoever_looked_before(name: str) -> None:
    first = look(name, "en-US", **RICH)
    german = look(name, "de-DE", **RICH)
    assert not ENGLISH_FORM.findall(german), name
    assert without_ids(look(name, "en-US", **RICH)) == without_ids(first), name
    indian = look(name, "hi-IN", **RICH)
    assert not re.search(r"(?<![\d,])\d{3},\d{3}(?![\d,])", indian), name
    past = look(name, "de-DE", repo=RANKING, at=f"{NOW - QUARTER:040x}", q="change_impact")
    assert not ENGLISH_FORM.findall(past), name
    _forget()
    assert without_ids(look(name, "de-DE", **RICH)) == without_ids(german), name


def without_ids(page: str) -> str:
    """Charts and buttons are named by a digest of what they are given, and moments pass."""
    return re.sub(r'(?:id|key|formatted_id): "[^"]*"|\d\d:\d\d', "", page)


def _forget() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()
    forget_kept()


LEDGER = {
    *(getattr(kind, field).en for kind in DEBTS.values() for field in ("sentence", "example", "remedy", "ask")),
    *(getattr(question, field).en for question in QUESTIONS for field in ("text", "sentence", "example")),
    *(test.ask.en for test in RUBRIC),
    *(collector.definition.ask for collector in discover() if collector.definition.status is ASK),
}


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize("name", ["scorecard", "debts", "data", "branches", "configuration", "onboarding", "review"])
def test_who_reads_korean_meets_no_text_of_the_ledger_in_english(name: str) -> None:
    shown = html.unescape(look(name, "ko-KR", **RICH))
    assert not [english for english in LEDGER if english in shown]
    assert '<span lang="ko">' in shown
    assert not re.search(
        r">[^<>\n]*[\uac00-\ud7a3][^<>\n]*<(?!/span>)", re.sub(r'<span lang="ko">[^<]*</span>', "", shown)
    )


@pytest.mark.usefixtures("_large")
def test_there_are_large_numbers_to_be_seen() -> None:
    seen = {name: look(name, "de-DE", **RICH) for name in ("scorecard", "debts", "branches", "portfolio", "review")}
    for name, page in seen.items():
        assert re.search(r"(?<![\d.])\d{1,3}(?:\.\d{3})+(?![\d.])", page), name
    assert "12.345 of 1.234.567 places" in seen["scorecard"]
    assert '"decimal": ",", "thousands": "."' in seen["branches"].replace("\\", "")
