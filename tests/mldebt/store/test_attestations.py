"""Answers that were given in the dashboard, on both databases."""

from __future__ import annotations

from mldebt.store.attestations import give, given, together
from mldebt.store.engine import Store
from scoring.attestation import Attestation
from tests.snapshots_by_hand import snapshot, stored

ONE = Attestation("entanglement", "we watch\neach slice", "@ml", "2026-11-03", "2027-02-01")


def test_the_last_answer_about_something_counts(store: Store) -> None:
    with store.writing() as connection:
        mine, _ = stored(connection, "credit", snapshot())
        other, _ = stored(connection, "other", snapshot())
        for answer in (ONE, ONE._replace(about="cultural_debt"), ONE._replace(answer="no \ud800 token=abcdef123456")):
            give(connection, mine, answer, 1)
        assert [(one.about, one.source) for one in given(connection, mine)] == [
            ("cultural_debt", "dashboard"),
            ("entanglement", "dashboard"),
        ]
        assert given(connection, mine)[0].answer == "we watch each slice"
        assert "abcdef" not in given(connection, mine)[1].answer
        assert given(connection, other) == ()


def test_what_is_said_in_both_places_is_said_once() -> None:
    written, answered = ONE._replace(source="mldebt.yml:2"), ONE._replace(source="dashboard")
    assert together([written], [answered]) == (written,)
    assert together([written], [answered._replace(answer="no")]) == (written, answered._replace(answer="no"))
