"""Ablations, and how long ago one of their files changed."""

from collectors.signals.ablation_runs import ablation_runs
from scoring.signal import NOT_SEEN, PRESENT
from tests.builders import change, history
from tests.collectors.facts.practices_by_hand import MODEL, practised

LOFO = {"a.py": MODEL, "lofo.py": "from lofo import LOFOImportance\nLOFOImportance().get_importance()\n"}


def test_the_newest_change_of_what_testifies_is_told():
    changes = history(change(1, "lofo.py", day=0), change(1, "lofo.py", day=10), change(1, "a.py", day=50), day=60)
    found = ablation_runs(practised(LOFO), changes)
    assert found.value == PRESENT
    assert dict(found.details) == {"days since such a file changed": 50}


def test_where_nothing_testifies_no_day_is_told():
    found = ablation_runs(practised({"a.py": MODEL}), history(change(1, "a.py", day=0), day=60))
    assert (found.value, found.details) == (NOT_SEEN, ())


def test_a_change_after_the_moment_does_not_count():
    changes = history(change(1, "lofo.py", day=0), change(1, "lofo.py", day=90), day=60)
    assert dict(ablation_runs(practised(LOFO), changes).details) == {"days since such a file changed": 60}
