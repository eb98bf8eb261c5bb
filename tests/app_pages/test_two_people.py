"""Two people look at every page in turn: nothing of what one may see alone ever reaches the other.

Pages are those that there are in the folder, so none can be forgotten. What is looked through is all that a page sends:
texts, options, addresses, charts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text

from mldebt.access import NotChecked, NotSignedIn
from mldebt.store.engine import Store
from mldebt.store.lineage import save_lineage
from tests.collectors.signals.accesses import pipeline
from tests.dashboard_by_hand import NOW, QUARTER, add_repository, empty_store
from tests.jobs_rows import add_job, jobs_database
from tests.pages_by_hand import HERE, PAGES, open_page, sent, without
from tests.viewers_by_hand import Seat, person, seated

MINE, THEIRS, BOTH = "northwind/zqada", "eastwind/zqbo", "common/shared"
MARKED = {
    "snapshot_evidence": ("subject", "note"),
    "snapshot_finding": ("path", "symbol", "snippet", "note"),
    "snapshot_file": ("path",),
    "snapshot_branch": ("name",),
    "snapshot_signal": ("note",),
    "snapshot_attestation": ("answer",),
    "snapshot": ("partial",),
}
"""Texts of a repository's own, into which its mark is written."""
RICH = {"q": "onboarding", "debt": "fixed_thresholds", "box": "tests"}


class People(NamedTuple):
    seat: Seat
    ada: Any
    bo: Any


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    folder = tmp_path_factory.mktemp("two-people")
    store, address = empty_store(folder)
    ids = {}
    for seed, (name, mark) in enumerate(((MINE, "zqada"), (THEIRS, "zqbo"), (BOTH, "both"))):
        ids[name], snapshots = add_repository(store, name, seed=seed, quarters=2, web=f"https://github.com/{name}")
        written = "reads < s3://shop/scores" if name != BOTH else "score > s3://shop/scores"
        with store.writing() as connection:
            save_lineage(connection, ids[name], snapshots[-1], pipeline(f"{written}.parquet"))
        mark_texts(store, snapshots, mark)
    store.close()
    database = jobs_database(folder)
    for name in (MINE, THEIRS, BOTH):
        for status in ("SUCCESS", "ENQUEUED", "ERROR"):
            told = f"it failed in {name}" if status == "ERROR" else None
            add_job(database, f"scan:{ids[name]}:{status}", status, title=name, error=told)
    database.close()
    with pytest.MonkeyPatch.context() as patch, seated(NotSignedIn("sign in")) as seat:
        patch.setenv("MLDEBT_HOME", str(folder))
        patch.setenv("DATABASE_URL", address)
        ada = person(1, ids[MINE], ids[BOTH], decides=(ids[MINE], ids[BOTH]))
        yield People(seat, ada, person(2, ids[THEIRS], ids[BOTH], decides=(ids[THEIRS],)))


def mark_texts(store: Store, snapshots: list[int], mark: str) -> None:
    with store.writing() as connection:
        for table, columns in MARKED.items():
            key = "id" if table == "snapshot" else "snapshot_id"
            for column in columns:
                # Parts of paths, names and sentences alike.
                put = f"'[\"{mark} could not be read.\"]'" if column == "partial" else f"'{mark}/' || \"{column}\""
                where = f"{key} IN ({', '.join(map(str, snapshots))})"
                connection.execute(text(f'UPDATE {table} SET "{column}" = {put} WHERE {where}'))


def look(name: str, **query: str) -> str:
    """All that a page sends to a browser."""
    return sent(open_page(name, **query))


def test_every_page_is_in_the_navigation_and_the_other_way_round() -> None:
    source = (HERE / "_main.py").read_text("utf-8")
    named = {*re.findall(r'_page\(\s*"(\w+)"', source), *re.findall(r'HERE / "(\w+)\.py"', source)}
    assert named == set(PAGES)
    assert len(PAGES) >= 10


@pytest.mark.parametrize("name", PAGES)
def test_nothing_of_one_persons_reaches_the_other(people: People, name: str) -> None:
    at = f"{NOW - QUARTER:040x}"
    addresses: list[dict[str, str]] = [{}, {"repo": BOTH, **RICH}, {"repo": BOTH, "at": at, **RICH}]
    for query in addresses:
        for viewer, other, mark in ((people.ada, "zqbo", "zqada"), (people.bo, "zqada", "zqbo")):
            people.seat.now = viewer
            shown = look(name, **query)
            assert other not in shown, f"{name} {query}"
            if not query and name in ("activity", "portfolio"):
                assert mark in shown  # there is something to be seen


@pytest.mark.parametrize("name", PAGES)
def test_what_is_forbidden_is_answered_as_what_is_not_there(people: People, name: str) -> None:
    for viewer, forbidden in ((people.ada, THEIRS), (people.bo, MINE)):
        people.seat.now = viewer
        unknown = "nobody/nothing"
        told = [without(look(name, repo=each, **RICH), each) for each in (forbidden, unknown)]
        assert told[0] == told[1], name
        assert forbidden.rpartition("/")[2] not in told[0]


@pytest.mark.parametrize("name", PAGES)
def test_without_a_session_or_a_check_nothing_is_shown(people: People, name: str) -> None:
    for refusal, says in ((NotSignedIn("your session ended"), "not signed in"), (NotChecked("later"), "asked for now")):
        people.seat.now = refusal
        shown = look(name, repo=MINE)
        assert "zq" not in without(shown, MINE)
        if name != "settings":
            assert says in shown


def test_who_sees_nothing_yet_is_shown_what_an_address_opens(people: People) -> None:
    (both,) = people.ada.sees & people.bo.sees
    for before in (person(3), people.ada):
        people.seat.now = before
        people.seat.opens = {BOTH: person(3, both), THEIRS: people.bo}
        shown = look("scorecard", repo=BOTH if before.user == 3 else THEIRS)
        assert "five questions" in shown
        assert ("zqbo" in shown) == (before.user != 3)
        people.seat.now = person(3)
        assert "GitHub App is installed on" in look("scorecard", repo="nobody/nothing")
    people.seat.opens = {}


def test_a_portfolio_counts_what_is_seen(people: People) -> None:
    people.seat.now = person(3)
    assert "No repository yet" in look("portfolio")
    for viewer in (people.ada, people.bo):
        people.seat.now = viewer
        assert "2 repositories" in look("portfolio")


def test_who_meets_whom_is_told_of_what_is_seen(people: People) -> None:
    for viewer, own, other in ((people.ada, MINE, THEIRS), (people.bo, THEIRS, MINE)):
        people.seat.now = viewer
        shown = look("data", repo=BOTH)
        assert own in shown
        assert other not in shown


def test_who_may_look_is_shown_no_form(people: People) -> None:
    for viewer, may in ((people.ada, True), (people.bo, False)):
        people.seat.now = viewer
        assert ("answer_keep" in look("debts", repo=BOTH, debt="fixed_thresholds")) == may
        assert ("open_review" in look("review", repo=BOTH)) == may
