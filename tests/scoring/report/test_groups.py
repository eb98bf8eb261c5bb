from dataclasses import replace

from scoring.finding import Effort, Severity
from scoring.report.groups import Groups, grouped, titles
from scoring.signal import ASK, IN_USE, LEVEL, NOT_SEEN, PRESENT, Signal, Trend
from tests.signals_by_hand import signal


def places(value: float, name: str, seen: int = 1, total: int = 1) -> Signal:
    made = signal(value, name=name, unit="places", severity=Severity.LOW, effort=Effort.S)
    return replace(made, measurement=replace(made.measurement, seen=seen, total=total))


def remedy(level: float, name: str) -> Signal:
    return signal(level, name=name, unit=LEVEL, better="higher", remedy=True)


def since(*some: Signal, **before: float) -> Groups:
    """Grouped, compared with the numbers of before."""

    def moved(one: Signal) -> Trend | None:
        then, now, definition = before.get(one.name), one.measurement.value, one.definition
        return None if then is None or now is None else Trend(then, now, definition.better, definition.unit)

    return grouped(some, moved)


def names(some: Groups) -> dict[str, str]:
    return {group.title: titles(group) for group in some.shared}


def test_what_got_worse_comes_first_and_the_rest_keeps_its_order() -> None:
    some = [signal(0.5, name=name) for name in ("new", "still", "better", "worse")]
    found = since(*some, still=0.5, better=0.9, worse=0.1)
    assert [one.name for one in found.lines] == ["worse", "better", "new", "still"]


def test_nothing_found_takes_one_line_unless_there_was_some_before() -> None:
    found = since(places(0, "never"), places(0, "paid"), places(0, "still"), paid=3, still=0)
    assert names(found) == {"None found": "Never; Still"}
    assert [one.name for one in found.lines] == ["paid"]


def test_nothing_found_in_a_part_is_no_nothing_found() -> None:
    found = since(places(0, "all"), places(0, "some", 1_300, 1_400))
    assert names(found) == {"None found": "All", "None found in the part that was seen": "Some (1,300 of 1,400)"}


def test_a_number_that_counts_no_places_has_its_line_though_it_is_zero() -> None:
    assert [one.name for one in since(signal(0, name="share")).lines] == ["share"]


def test_remedies_stand_together_by_their_level_unless_it_moved() -> None:
    found = since(
        remedy(NOT_SEEN, "lost"), remedy(NOT_SEEN, "no"), remedy(IN_USE, "yes"), remedy(PRESENT, "there"), lost=1
    )
    assert names(found) == {
        "Remedies in use": "Yes",
        "Remedies present, use not seen": "There",
        "Remedies not seen": "No",
    }
    assert [one.name for one in found.lines] == ["lost"]
    assert not any(group.is_debt for group in found.shared)


def test_what_is_unknown_or_asked_has_no_number() -> None:
    found = since(signal(None, name="blind"), signal(None, name="question", status=ASK))
    assert ([one.name for one in found.unknown], [one.name for one in found.asked]) == (["blind"], ["question"])
    assert (found.lines, found.shared) == ((), ())
