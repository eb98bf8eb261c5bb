"""Findings of a snapshot, on both databases."""

from __future__ import annotations

from dataclasses import replace

from mldebt.store.contents import signals_of
from mldebt.store.engine import Store
from mldebt.store.findings import PAGE, Listed, finding_by_id, finding_count, findings_of
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Tally
from tests.signals_by_hand import signal
from tests.snapshots_by_hand import accepting, finding, plans, snapshot, statements, stored

FULL = finding(
    "src/train.py",
    7,
    symbol="Model.fit",
    end_line=9,
    note="no seed",
    severity=Severity.HIGH,
    effort=Effort.L,
    interest=12,
    last_changed="2025-03-01",
    component="churn",
    accepted=accepting(note="known", source=".github/mldebt.yml:2"),
)


def test_a_finding_is_read_back_as_it_was_written(store: Store) -> None:
    lapsed = finding("b.py", lapsed=accepting(until="2020-01-01", line=4), debt=None, rule="unnamed")
    plain = finding("c.py")
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(findings=[FULL, lapsed, plain]))
    with store.reading() as connection:
        assert findings_of(connection, snapshot_id) == (Listed(0, FULL), Listed(1, lapsed), Listed(2, plain))
        assert finding_by_id(connection, snapshot_id, FULL.id) == FULL
        assert finding_by_id(connection, snapshot_id, "no\0ne") is None


def test_findings_are_paged_in_their_order_without_gaps_or_repeats(store: Store) -> None:
    many = [finding(f"{number:03}.py", interest=500 - number) for number in range(120)]
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(findings=many))
        seen: list[Listed] = []
        while page := findings_of(connection, snapshot_id, after=seen[-1].position if seen else -1):
            assert len(page) <= PAGE
            seen += page
        assert [row.finding for row in seen] == many
        assert findings_of(connection, snapshot_id, limit=None) == tuple(seen)


def test_findings_are_narrowed_by_debt_rule_and_acceptance(store: Store) -> None:
    rows = [
        finding("a.py"),
        finding("b.py", accepted=accepting()),
        finding("c.py", rule="seeds", debt=Debt.REPRODUCIBILITY_DEBT),
        finding("d.py", lapsed=accepting(until="2020-01-01"), severity=Severity.HIGH),
    ]
    with store.writing() as connection:
        _, [snapshot_id, other] = stored(connection, "credit", snapshot(findings=rows), snapshot(1, findings=rows[:1]))

        def paths(**narrowed: object) -> list[str]:
            found = findings_of(connection, snapshot_id, **narrowed)  # type: ignore[arg-type]
            assert finding_count(connection, snapshot_id, **narrowed) == len(found)  # type: ignore[arg-type]
            return [row.finding.path for row in found]

        assert paths(debt=Debt.GLUE_CODE) == ["a.py", "b.py", "d.py"]
        assert paths(rule="seeds") == ["c.py"]
        assert paths(accepted=True) == ["b.py"]
        assert paths(severity=Severity.HIGH) == ["d.py"]
        assert paths(severity=Severity.MEDIUM, accepted=False) == ["a.py", "c.py"]
        assert paths(severity=Severity.LOW) == []
        assert paths(accepted=False) == ["a.py", "c.py", "d.py"]
        assert paths(accepted=False, rule="glue") == ["a.py", "d.py"]
        assert finding_count(connection, other) == 1


def test_a_page_begins_where_the_last_one_ended(store: Store) -> None:
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(findings=[finding()]))
        if connection.dialect.name == "sqlite":
            [step] = plans(connection, lambda: findings_of(connection, snapshot_id, after=5))
            assert "PRIMARY KEY (snapshot_id=? AND position>?)" in step


def test_a_signal_keeps_how_many_places_it_has_and_how_many_are_accepted(store: Store) -> None:
    one = signal(0.5)
    one = replace(one, measurement=replace(one.measurement, tally=Tally(7, 2, 1)))
    without = signal(0.5, name="languages")
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(signals=[one, without]))
        assert signals_of(connection, snapshot_id, [one.definition, without.definition]) == (one, without)


def test_texts_that_a_database_cannot_hold_become_visible(store: Store) -> None:
    odd = finding("a\0.py", snippet="\ud800", note="\0", symbol="\udce9", accepted=accepting(note="\0"))
    with store.writing() as connection:
        _, [snapshot_id] = stored(connection, "credit", snapshot(findings=[odd]))
        [(_, found)] = findings_of(connection, snapshot_id)
    assert found.accepted is not None
    assert (found.path, found.snippet, found.note, found.symbol) == ("a\\x00.py", "\\ud800", "\\x00", "\\xe9")
    assert found.accepted.note == "\\x00"


def test_ten_thousand_findings_are_a_handful_of_statements(store: Store) -> None:
    many = [finding(f"{number}.py") for number in range(10_000)]
    with store.writing() as connection, statements(connection) as sent:
        stored(connection, "credit", snapshot(findings=many))
    assert len(sent) < 10
