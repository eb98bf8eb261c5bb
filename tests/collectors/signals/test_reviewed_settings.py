"""A question, with the settings to ask about."""

from collectors.signals.reviewed_settings import reviewed_settings
from scoring.signal import Signal, State
from tests.builders import change, history
from tests.collectors.signals.declared import seen

FILES = {"conf/a.yaml": "rate: 1\n", "conf/b.yaml": "rate: 2\n", "train.py": "x = 1\n"}


def test_it_is_asked_and_shows_what_changed_most():
    rows = [change(1, "conf/a.yaml", day=-20), change(2, "conf/a.yaml", "train.py", day=-10), change(1, "conf/b.yaml")]
    found = reviewed_settings(*seen(FILES), history(*rows, day=0))
    assert found.value is None
    assert [(row.subject, row.number) for row in found.evidence] == [("conf/a.yaml", 2), ("conf/b.yaml", 1)]
    signal = Signal(reviewed_settings.definition, found)
    assert signal.state is State.ASK
    assert "another person approve" in signal.sentence


def test_settings_that_rest_are_not_asked_about():
    assert reviewed_settings(*seen(FILES), history(change(1, "conf/a.yaml", day=-400), day=0)).evidence == ()
