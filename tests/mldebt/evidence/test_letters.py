"""Letters of every repository of a table, so that a change of the model is seen."""

import csv
import io

from mldebt.evidence.letters import differences, judged, letters
from tests.profiles_by_hand import profile, scale
from tests.signals_by_hand import signal
from tests.tables_by_hand import commit_of, row, table

DEFINITIONS = [signal(name="glue").definition, signal(name="other").definition]
SCALES = profile(scale())
TABLE = table(row("a/near", glue=0.29, other=3.0), row("a/good", glue=0.05), row("a/small", commits=3, glue=0.9))


def read(text: str) -> dict[str, dict[str, str]]:
    return {line["commit"]: line for line in csv.DictReader(io.StringIO(text))}


def test_each_repository_has_the_letters_that_a_scan_would_give_it_and_no_name() -> None:
    text = letters(TABLE, DEFINITIONS, SCALES)
    near, good, small = (read(text)[commit_of(name)[:12]] for name in ("a/near", "a/good", "a/small"))
    assert (near["signals"], good["signals"], small["signals"]) == ("glue:C (C to D)", "glue:A", "")
    assert near["new_algorithm"] == "–"
    assert small["none_because"] == "fewer than 100 commits: too small to compare"
    assert not any(name in text for name in ("near", "good", "small,"))


def test_what_was_seen_in_part_stays_open() -> None:
    (one,) = judged(row("a/b", coverage=0.5, glue=0.05), DEFINITIONS, SCALES).signals
    assert (one.letter, one.measurement.coverage) == ("A", 0.5)
    assert one.span == ("A", "E")


def test_how_many_have_other_letters_is_told() -> None:
    before, after = (
        letters(TABLE, DEFINITIONS, SCALES),
        letters(TABLE, DEFINITIONS, profile(scale(bounds=[0, 1, 2, 3]))),
    )
    assert differences(before, before) == ""
    assert differences(before, after) == "of 3 repositories 2 have other letters, 0 came and 0 went"
    fewer = letters(table(*TABLE.rows[:2]), DEFINITIONS, SCALES)
    assert differences(before, fewer).endswith("of 2 repositories 0 have other letters, 0 came and 1 went")
