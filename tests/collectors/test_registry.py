"""How many files there are."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from collectors.facts.changes import Changes
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.missing import Missing
from collectors.registry import SignalFunction, discover, measure, signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SCORE, SHOW, Measurement, State, Status
from tests.builders import file, history, tree

DOC = """How many files there are, 0 and up.

More text
on two lines.

Why it matters: because.
Pay it off: delete
    some.
Cannot see: other files.
Ask: Why?
Source: nobody 2026, section 1.
"""


def declared(function: Callable[..., Measurement], **changed: Any) -> SignalFunction:
    function.__doc__ = changed.pop("doc", DOC)
    return signal(**{"debt": Debt.GLUE_CODE, "unit": "files", "status": SHOW, "says": "{value}.", **changed})(function)


def count_files(files: Files) -> Measurement:
    return Measurement(len(files))


def point_at_files(files: Files) -> Measurement:
    return Measurement(len(files), spots=(Spot("a.py", 1, "x"),))


def fail_always(files: Files) -> Measurement:
    raise ZeroDivisionError


def test_a_docstring_becomes_the_definition():
    definition = declared(count_files).definition
    assert definition.summary == "How many files there are, 0 and up."
    assert definition.pay_off == "delete some."
    assert definition.text == "More text on two lines."
    assert definition.source == "nobody 2026, section 1."
    assert definition.name == "count_files"


def test_a_docstring_without_a_source_is_refused():
    with pytest.raises(ValueError, match="lacks: Source"):
        declared(count_files, doc=DOC.replace("Source", "Sauce"))


def test_a_score_without_a_scale_is_refused():
    with pytest.raises(ValueError, match="only on a scale"):
        declared(count_files, status=SCORE)


def test_parameters_name_the_facts_by_type():
    found = measure([Files(), Changes()], {}, [declared(count_files)])
    assert found[0].measurement.value == 0


def test_a_missing_fact_makes_its_signals_unknown_with_its_reason():
    found = measure([], {Files: Missing("the tree could not be read")}, [declared(count_files)])
    assert found[0].state is State.UNKNOWN
    assert found[0].measurement.reason == "the tree could not be read"


def looked_at_each(files: Files) -> Measurement:
    return Measurement(1, seen=2, total=len(files), note="noted")


def declared_in_files(found: Declarations) -> Measurement:
    return Measurement(1, seen=4, total=4)


def count_changes_only(changes: Changes) -> Measurement:
    return Measurement(len(changes))


@pytest.mark.parametrize(
    ("function", "seen", "total", "note"),
    [
        (count_files, 3, 5, ""),
        (looked_at_each, 2, 5, "noted; "),
        (declared_in_files, 4, 6, ""),
        (count_changes_only, 1, 1, None),
    ],
)
def test_lost_folders_lower_the_coverage_of_whatever_looks_at_files(
    function: Callable[..., Measurement], seen: int, total: int, note: str | None
) -> None:
    files, others = tree(file("a.py"), file("b.py"), file("c.py")), (Declarations(), history())
    [whole] = measure([files, *others], {}, [declared(function)])
    [found] = measure([replace(files, lost=2), *others], {}, [declared(function)])
    assert (found.measurement.seen, found.measurement.total) == (seen, total)
    if note is None:
        assert found == whole
    else:
        assert (
            found.measurement.note == f"{note}folders that could not be listed: 2; what they hold is not in this number"
        )


def test_one_failing_signal_does_not_take_the_others_with_it(caplog):
    failing, working = measure([Files()], {}, [declared(fail_always), declared(count_files)])
    assert failing.measurement.reason == "the signal itself failed (ZeroDivisionError): please report it"
    assert working.measurement.value == 0
    assert "ZeroDivisionError" in caplog.text


def test_every_signal_is_discovered_once_by_name():
    names = [collector.definition.name for collector in discover()]
    assert names == sorted(set(names))
    assert "notebook_share" in names


def test_a_signal_that_hands_over_places_says_what_they_weigh():
    weighed = declared(point_at_files, severity=Severity.HIGH, effort=Effort.S)
    assert weighed.definition.rule == ("point_at_files", Debt.GLUE_CODE, Severity.HIGH, Effort.S)
    assert len(weighed(Files()).spots) == 1
    with pytest.raises(ValueError, match="declare a severity and an effort"):
        declared(point_at_files)(Files())


def test_places_have_both_a_severity_and_an_effort():
    with pytest.raises(ValueError, match="both a severity and an effort"):
        declared(point_at_files, severity=Severity.HIGH)


def test_places_that_a_change_tells_have_a_name_and_a_weight():
    weighed = {"severity": Severity.HIGH, "effort": Effort.S}
    names = ("file that is pointed at", "files that are pointed at")
    told = declared(point_at_files, per_file=True, places=names, **weighed).definition
    assert [told.counted(number) for number in (1, 1_200)] == [f"1 {names[0]}", f"1,200 {names[1]}"]
    assert declared(point_at_files, **weighed).definition.counted(2) == "2 findings of point_at_files"
    for lacking in ({"places": names}, weighed):
        with pytest.raises(ValueError, match="say what they are called, and weigh them"):
            declared(point_at_files, per_file=True, **lacking)


def test_every_kind_of_debt_has_a_signal():
    assert {signal.definition.debt for signal in discover()} >= set(Debt)


def test_a_signal_that_asks_looks_at_nothing_and_puts_its_question():
    asking = [signal for signal in discover() if signal.definition.status is Status.ASK]
    assert asking
    for asked in measure([], {}, asking):
        assert (asked.state, asked.measurement.value, asked.letter) == (State.ASK, None, None)
        assert asked.sentence == asked.definition.ask
        assert asked.sentence.endswith("?")
