"""Writing repositories and snapshots, on both databases."""

from __future__ import annotations

import signal as os_signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlmodel import SQLModel

from collectors.facts.data_graph import Lineage
from collectors.facts.files import Place
from collectors.facts.pictures import Pictures
from mldebt.store.contents import boxes, branches_of, files_in, signals_of
from mldebt.store.engine import Store, open_store
from mldebt.store.lineage import save_lineage
from mldebt.store.reading import answers_of, latest_snapshot, repositories, repository, snapshots
from mldebt.store.reviews import decide, open_review, save_field
from mldebt.store.snapshots import Box, NewSnapshot, boxes_of, ensure_repository, forget_repository, save_snapshot
from scoring.answers import Identity
from scoring.attestation import Attestation
from scoring.signal import Evidence, Letter, Measurement, Signal
from tests.builders import at, branch, branches, file, tree
from tests.reviews_by_hand import decision
from tests.signals_by_hand import signal
from tests.snapshots_by_hand import answer, finding, snapshot, statements, stored

GLUE = signal(0.25, evidence=(Evidence("train.py", "file", 12.0, "half of it", 3), Evidence("a.py", "file")))
ROOT = Path(__file__).parents[3]
# Not of one stored repository: they are forgotten in their own time, and with the repository the link to it alone.
ELSEWHERE = {"meta", "delivery", "installation", "hosted_repository", "pull_head", "session", "grant"}
ELSEWHERE |= {"doubted_rule", "quarterly_issue"}  # by GitHub's id, as those above


def rows(store: Store) -> dict[str, int]:
    """How many rows each table has, those without any left out."""
    with store.reading() as connection:
        tables = SQLModel.metadata.tables.values()
        counts = {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}
    return {name: count for name, count in counts.items() if count}


def full(day: float = 0) -> NewSnapshot:
    """One of everything."""
    said = Attestation("entanglement", "we watch each slice", "@ml", "2026-11-03", "2027-02-01")
    return snapshot(
        day,
        signals=[GLUE, signal(None, name="jungle", reason="the clone is shallow")],
        answers=[answer(0.25, letter=Letter.C)],
        findings=[finding()],
        boxes={Place.ML_CODE: Box(1, 12)},
        files=tree(file("train.py", 12, place=Place.ML_CODE), file("a.csv", 0)),
        branches=branches(branch("exp/a", last=-200), branch("exp/b", last=-1)),
        partial=["2 files could not be read"],
        attestations=[said],
        pictures=Pictures(has_metrics=True),
    )


def test_a_snapshot_is_read_back_as_it_was_written(store: Store) -> None:
    with store.writing() as connection:
        repository_id, [snapshot_id] = stored(connection, "credit", full())
    with store.reading() as connection:
        row = latest_snapshot(connection, repository_id)
        assert row is not None
        assert (row.id, row.as_of, row.partial) == (snapshot_id, at(0), ("2 files could not be read",))
        assert Identity.read(row.identity_parts) == full().identity
        assert row.identity == full().identity.digest
        known = [s.definition for s in full().signals]
        assert signals_of(connection, snapshot_id, known) == tuple(full().signals)
        assert answers_of(connection, snapshot_id) == tuple(full().answers)
        assert boxes(connection, snapshot_id) == {Place.ML_CODE: Box(1, 12)}
        assert [f.path for f in files_in(connection, snapshot_id, Place.ML_CODE)] == ["train.py"]
        assert [(b.name, b.fate) for b in branches_of(connection, snapshot_id)] == [
            ("exp/a", "abandoned"),
            ("exp/b", "active"),
        ]


def test_details_and_coverage_are_kept(store: Store) -> None:
    measured = Measurement(0.1, 7, seen=3, total=4, note="of 4 notebooks", details=(("median days", 12.5), ("п", 1.0)))
    with store.writing() as connection:
        one = Signal(GLUE.definition, measured)
        _, [snapshot_id] = stored(connection, "credit", snapshot(signals=[one]))
        assert signals_of(connection, snapshot_id, [one.definition]) == (one,)


def test_the_same_identity_again_writes_nothing(store: Store) -> None:
    with store.writing() as connection:
        repository_id, [first] = stored(connection, "credit", full())
    before = rows(store)
    with store.writing() as connection, statements(connection) as sent:
        assert save_snapshot(connection, repository_id, full()) == first
    assert rows(store) == before
    assert not [s for s in sent if s.startswith(("UPDATE", "DELETE"))]


def test_two_programs_that_save_one_identity_keep_one_snapshot(store: Store) -> None:
    with store.writing() as connection:
        repository_id = ensure_repository(connection, "/src/credit", "credit")
    found: list[int] = []

    def save() -> None:
        with store.writing() as connection:
            found.append(save_snapshot(connection, repository_id, full()))

    threads = [threading.Thread(target=save) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert rows(store)["snapshot"] == 1


def test_one_identity_in_two_repositories_is_two_snapshots(store: Store) -> None:
    with store.writing() as connection:
        _, [first] = stored(connection, "credit", full())
        _, [second] = stored(connection, "fork", full())
    assert first != second


def test_refs_that_come_and_go_bring_the_earlier_snapshot_back(store: Store) -> None:
    """The commit stays, a branch is pushed and deleted: the third scan comes to the first one's identity."""
    with store.writing() as connection:
        repository_id, ids = stored(
            connection,
            "credit",
            snapshot(value=0.1, refs="a", scanned_at=1),
            snapshot(value=0.2, refs="b", scanned_at=2),
            snapshot(value=0.1, refs="a", scanned_at=3),
        )
        assert ids[0] == ids[2] != ids[1]
        latest = latest_snapshot(connection, repository_id)
        assert latest is not None
        assert latest.id == ids[0]


def test_a_scan_of_a_back_filled_moment_takes_its_place(store: Store) -> None:
    with store.writing() as connection:
        past, now = snapshot(value=0.1, is_backfill=True, scanned_at=1), snapshot(value=0.1, scanned_at=2)
        repository_id, [_, own] = stored(connection, "credit", past, now)
        latest = latest_snapshot(connection, repository_id)
        assert latest is not None
        assert latest.id == own
        assert [row.is_backfill for row in snapshots(connection, repository_id)] == [False]
        assert stored(connection, "credit", past) == (repository_id, [own])


def test_a_program_killed_while_writing_leaves_nothing(store: Store) -> None:
    program = """
import sys, time
from mldebt.store.engine import open_store
from tests.mldebt.store.test_snapshots import full, stored
with open_store(sys.argv[1]).writing() as connection:
    stored(connection, "credit", full())
    print("written", flush=True)
    time.sleep(60)
"""
    url = store.engine.url.render_as_string(hide_password=False)
    with subprocess.Popen([sys.executable, "-c", program, url], stdout=subprocess.PIPE, cwd=ROOT) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"written\n"
        writer.send_signal(os_signal.SIGKILL)
    assert rows(store) == {}
    with store.writing() as connection:
        stored(connection, "credit", full())
    assert rows(store)["snapshot"] == 1


def test_texts_that_a_database_cannot_hold_become_visible(store: Store) -> None:
    odd = Evidence("a\0b\udce9.py", "file", note="\ud800")
    measured = Measurement(0.5, 1, (odd,), note="\0", details=(("\udcff", 1.0),))
    with store.writing() as connection:
        _, [snapshot_id] = stored(
            connection,
            "cre\0dit",
            NewSnapshot(
                Identity("", 0, missing=("a\0\udce9",)),
                0,
                signals=[Signal(GLUE.definition, measured)],
                files=tree(file(place=Place.TESTS, unread="\0")._replace(path="a\0\udce9.py")),
                branches=branches(branch("a\udce9")),
                partial=["\0\udce9"],
            ),
        )
        [one] = signals_of(connection, snapshot_id, [GLUE.definition])
        assert one.measurement.evidence == (Evidence("a\\x00b\\xe9.py", "file", note="\\ud800"),)
        assert one.measurement.details == (("\\xff", 1.0),)
        assert files_in(connection, snapshot_id, Place.TESTS)[0].path == "a\\x00\\xe9.py"
        assert branches_of(connection, snapshot_id)[0].name == "a\\xe9"
        [about] = snapshots(connection, repositories(connection)[0].id)
        assert about.partial == ("\\x00\\xe9",)
        assert Identity.read(about.identity_parts).missing == ("a\0\udce9",)
        assert repository(connection, "/src/cre\0dit") == repositories(connection)[0]


def test_long_paths_and_dates_far_away(store: Store) -> None:
    path = "".join(chr(97 + i * i % 26) for i in range(4096))
    old = branch("exp/old")._replace(last_at=-(2**40), first_at=2**40)
    with store.writing() as connection:
        about = Identity("", 2**40)
        new = NewSnapshot(about, 2**40, files=tree(file(path, place=Place.TESTS)), branches=branches(old))
        _, [snapshot_id] = stored(connection, "credit", new)
        assert files_in(connection, snapshot_id, Place.TESTS)[0].path == path
        assert branches_of(connection, snapshot_id)[0].last_at == -(2**40)


def test_a_repository_scanned_again_keeps_its_id_and_is_shown_as_it_is_now(store: Store) -> None:
    with store.writing() as connection:
        first = ensure_repository(connection, "/src/credit", "credit", default_branch="master")
        again = ensure_repository(
            connection, "/src/credit", "me/credit", web="https://x.example", default_branch="main"
        )
        assert first == again
        [row] = repositories(connection)
        assert row[1:] == ("/src/credit", "me/credit", False, "https://x.example", "main")


def test_a_forgotten_repository_leaves_no_row_and_others_keep_theirs(store: Store) -> None:
    with store.writing() as connection:
        kept, [here] = stored(connection, "kept", full())
        save_lineage(connection, kept, here, Lineage())
    before = rows(store)
    with store.writing() as connection:
        gone, [oldest, newest] = stored(connection, "gone", full(), full(1))
        review = open_review(connection, gone, oldest, newest, "2026-01-01", 0)
        decided = decide(connection, review, decision())
        save_field(connection, review, "decision.words", "wrap it", 0)
        save_lineage(connection, gone, newest, Lineage())
        for table, columns, values in (
            ("person", "id, repository_id, digest, is_bot", f"7, {gone}, 'x', false"),
            ("path", "id, repository_id, name", f"7, {gone}, 'a.py'"),
            (
                "commit",
                "id, repository_id, oid, parents, at, authored, person_id, coauthors",
                f"7, {gone}, 'x', '', 0, 0, 7, ''",
            ),
            ("file_change", "commit_id, path_id, status", "7, 7, 'M'"),
            ("tip", "repository_id, oid", f"{gone}, 'x'"),
            (
                "attestation",
                'repository_id, about, answer, "by", "on", until, given_at',
                f"{gone}, 'entanglement', 'no', 'ml', '2026-01-01', '2026-04-01', 0",
            ),
            ("tracker_state", "repository_id, kind, source", f"{gone}, 'issues', 'github.com/a/b'"),
            ("tracker_request", "repository_id, number, updated_at, body", f"{gone}, 1, 0, '{{}}'"),
            ("tracker_issue", "repository_id, number, body", f"{gone}, 1, '{{}}'"),
            ("settlement", "decision_id, review_id, word, note", f"{decided}, {review}, 'done', ''"),
        ):
            connection.execute(text(f'INSERT INTO "{table}" ({columns}) VALUES ({values})'))
    assert set(rows(store)) == set(SQLModel.metadata.tables) - ELSEWHERE, "a table that forgetting is not tested with"
    with store.writing() as connection:
        forget_repository(connection, gone)
    assert rows(store) == before
    with store.reading() as connection:
        assert latest_snapshot(connection, kept) is not None


def test_boxes_of_files() -> None:
    files = tree(
        file("a.py", 10, place=Place.ML_CODE),
        file("b.py", 5, place=Place.ML_CODE),
        file("t.py", 1, place=Place.TESTS),
        file("x.csv"),
    )
    assert boxes_of(files) == {Place.ML_CODE: Box(2, 15), Place.TESTS: Box(1, 1)}


def test_a_snapshot_of_twenty_thousand_branches_is_a_handful_of_statements(store: Store) -> None:
    many = branches(*(branch(f"exp/{number}") for number in range(20_000)))
    with store.writing() as connection, statements(connection) as sent:
        stored(connection, "credit", snapshot(branches=many))
    assert len(sent) < 10
    assert rows(store)["snapshot_branch"] == 20_000


@pytest.mark.postgres
def test_the_same_rows_come_out_of_both_databases(empty_postgresql: str, tmp_path: Path) -> None:
    read = []
    for url in (f"sqlite:///{tmp_path / 'a.db'}", empty_postgresql):
        opened = open_store(url)
        with opened.writing() as connection:
            stored(connection, "credit", full(), full(1))
        with opened.reading() as connection:
            tables = SQLModel.metadata.sorted_tables
            read.append([connection.execute(select(t).order_by(*t.primary_key)).all() for t in tables])
        opened.close()
    assert read[0] == read[1]


def test_an_id_is_given_once(store: Store) -> None:
    """What a page keeps in memory by an id is never another repository's."""
    with store.writing() as connection:
        mine, [first] = stored(connection, "forecast", snapshot())
        forget_repository(connection, mine)
        other, [second] = stored(connection, "mails", snapshot())
        assert other > mine
        assert second > first
