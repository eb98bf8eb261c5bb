"""What is in one snapshot, on both databases."""

from __future__ import annotations

from collectors.facts.branches import BranchKind, Fate
from collectors.facts.files import Place
from collectors.registry import discover
from mldebt.store.contents import (
    NOT_YET,
    BranchCount,
    BranchRow,
    FileRow,
    attestations_of,
    boxes,
    branch_counts,
    branches_of,
    evidence_of,
    files_in,
    signals_of,
)
from mldebt.store.engine import Store
from mldebt.store.snapshots import boxes_of
from scoring.attestation import Attestation
from scoring.signal import Evidence, State
from tests.builders import branch, branches, file, tree
from tests.signals_by_hand import signal
from tests.snapshots_by_hand import snapshot, statements, stored

EVIDENCE = tuple(Evidence(f"{number}.py", "file", number) for number in range(12))


def test_signals_are_joined_with_what_this_program_knows(store: Store) -> None:
    """One that it no longer knows is left out; one that the snapshot lacks is unknown."""
    glue, gone, new = (signal(0.5, name=name) for name in ("glue", "gone", "new"))
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(signals=[glue, gone]))
        found = signals_of(connection, snapshot_id, [new.definition, glue.definition])
    assert [s.name for s in found] == ["glue", "new"]
    assert found[0] == glue
    assert (found[1].state, found[1].measurement.reason) == (State.UNKNOWN, NOT_YET)


def test_what_is_stated_reads_back_as_written(store: Store) -> None:
    said = [
        Attestation("entanglement", "we watch each slice", "@ml", "2026-11-03", "2027-02-01", "mldebt.yml:2"),
        Attestation("cultural_debt", "\ud800 \0 odd", "ops", "2026-11-04", "2027-02-02"),
    ]
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(attestations=said))
        first, second = attestations_of(connection, snapshot_id)
        assert attestations_of(connection, snapshot_id + 1) == ()
    assert first == said[0]
    assert (second.about, second.source) == ("cultural_debt", "")


def test_without_a_choice_all_registered_signals_are_read(store: Store) -> None:
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot())
        found = signals_of(connection, snapshot_id)
    assert [s.definition for s in found] == [collector.definition for collector in discover()]


def test_signals_with_evidence_are_two_queries_however_many_there_are(store: Store) -> None:
    many = [signal(0.5, name=f"s{number:02}", evidence=EVIDENCE) for number in range(30)]
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(signals=many))
        with statements(connection) as sent:
            assert signals_of(connection, snapshot_id, [s.definition for s in many]) == tuple(many)
    assert len(sent) == 2


def test_evidence_of_one_signal_is_in_its_own_order(store: Store) -> None:
    with store.writing() as connection:
        one = signal(0.5, evidence=EVIDENCE[::-1])
        _, [snapshot_id] = stored(
            connection, "credit", snapshot(signals=[one, signal(0.5, name="z", evidence=EVIDENCE)])
        )
        assert evidence_of(connection, snapshot_id, "glue") == EVIDENCE[::-1]
        assert evidence_of(connection, snapshot_id, "no\0ne") == ()


def test_boxes_come_in_the_order_of_the_figure(store: Store) -> None:
    files = tree(
        file("t.py", 3, place=Place.TESTS),
        file("a.py", 5, place=Place.ML_CODE),
        file("c.yml", 2, place=Place.CONFIGURATION),
    )
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(boxes=boxes_of(files)))
        assert list(boxes(connection, snapshot_id)) == [Place.CONFIGURATION, Place.ML_CODE, Place.TESTS]
        assert boxes(connection, snapshot_id) == boxes_of(files)


def test_the_files_of_a_box_are_paged_largest_first_without_gaps_or_repeats(store: Store) -> None:
    mine = [file(f"m{number:03}.py", number // 3, place=Place.ML_CODE) for number in range(120)]
    other = [file(f"t{number}.py", 7, place=Place.TESTS) for number in range(9)]
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(files=tree(*mine, *other, file("x.csv"))))
        seen: list[FileRow] = []
        after = None
        while page := files_in(connection, snapshot_id, Place.ML_CODE, after=after):
            assert len(page) <= 50
            seen += page
            after = page[-1].lines, page[-1].position
    wanted = sorted(mine, key=lambda f: (-f.lines, f.path))
    assert [(f.path, f.lines) for f in seen] == [(f.path, f.lines) for f in wanted]


def test_branches_come_longest_untouched_first_all_or_by_page(store: Store) -> None:
    many = branches(*(branch(f"exp/{number:03}", last=-(number // 4)) for number in range(500)))
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(branches=many))
        whole = branches_of(connection, snapshot_id)
        seen: list[BranchRow] = []
        after = None
        while page := branches_of(connection, snapshot_id, fate=Fate.ABANDONED, after=after, limit=50):
            seen += page
            after = page[-1].last_at, page[-1].position
    assert [b.name for b in whole] == [b.name for b in sorted(many, key=lambda b: (b.last_at, b.name))]
    assert seen == [b for b in whole if b.fate == Fate.ABANDONED]
    assert 50 < len(seen) < len(whole)


def test_a_stored_branch_says_all_that_was_seen_of_it(store: Store) -> None:
    one = branch("exp/a", last=-5, first=-9, ahead=4, kind=BranchKind.EXPERIMENT, squashed=-2, is_release=True)
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(branches=branches(one)))
        [row] = branches_of(connection, snapshot_id)
    assert one._asdict() == {name: value for name, value in row._asdict().items() if name not in {"fate", "position"}}
    assert row.fate == Fate.MERGED
    assert row.is_release is True


def test_branches_are_counted_by_kind_and_fate(store: Store) -> None:
    rows = branch("a", last=-200), branch("b", last=-200), branch("c"), branch("v1.x", is_release=True)
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(branches=branches(*rows)))
        assert branch_counts(connection, snapshot_id) == (
            BranchCount("branch", "abandoned", False, 2),
            BranchCount("branch", "active", False, 1),
            BranchCount("branch", "active", True, 1),
        )


def test_a_back_filled_snapshot_lists_no_files_and_no_branches(store: Store) -> None:
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(is_backfill=True))
        assert files_in(connection, snapshot_id, Place.ML_CODE) == ()
        assert branches_of(connection, snapshot_id) == ()
        assert branch_counts(connection, snapshot_id) == ()
