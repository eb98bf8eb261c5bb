"""Laws of signals over a history: more of the same is the same."""

from __future__ import annotations

import random

import pytest

from collectors.facts.changes import Change, Changes
from collectors.registry import discover
from tests.builders import change, history
from tests.laws.trees import Numbers, example, numbers

DEFINITIONS = {one.definition.name: one.definition for one in discover()}

EVIDENCE_GROWS = {"change_coupling"}
"""Two files are coupled from five changes in common on: below that nothing is told, so more commits tell more."""


def story(seed: int) -> list[Change]:
    """Every file written once, then two hundred changes by nine people of a few files each."""
    chance, paths = random.Random(seed), sorted(example())
    rows = [
        change(1 + n % 6, path, day=-700 + n, lines=30, status="A", commit=f"{n:040x}") for n, path in enumerate(paths)
    ]
    for n in range(200):
        some = chance.sample(paths, chance.choice([1, 1, 2, 2, 3, 4]))
        person, lines = 1 + chance.randrange(9), chance.choice([1, 5, 20])
        rows.append(change(person, *some, day=-590 + 2.9 * n, lines=lines, commit=f"{1_000 + n:040x}"))
    return rows


def again(rows: list[Change], times: int) -> Changes:
    """Each change of a file, and the same a minute later by the same person, so many times in all."""
    return history(
        *(
            row._replace(
                at=row.at + 60 * n, authored=row.authored + 60 * n, commit=f"{int(row.commit, 16) + 10**9 * n:040x}"
            )
            for row in rows
            for n in range(times if row.files[0].status == "M" else 1)
        ),
        day=1,
    )


def worse(now: Numbers, before: Numbers) -> set[str]:
    found = set()
    for name, was in before.items():
        value, better = now[name], DEFINITIONS[name].better
        if was is not None and (
            value is None or (better != "neither" and value != was and (value > was) is (better == "lower"))
        ):
            found.add(name)
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("times", [2, 3])
def test_more_commits_of_the_same_kind_worsen_no_rate(seed: int, times: int) -> None:
    rows = story(seed)
    before = numbers(example(), history(*rows, day=1))
    assert before["multi_language_commits"] is not None
    assert worse(numbers(example(), again(rows, times)), before) <= EVIDENCE_GROWS


def test_who_of_several_people_is_which_number_does_not_matter() -> None:
    rows = story(1)
    other = [row._replace(author=10 - row.author if row.author < 10 else row.author) for row in rows]
    assert numbers(example(), history(*other, day=1)) == numbers(example(), history(*rows, day=1))


def test_the_same_history_a_year_later_moves_what_is_counted_over_time_alone() -> None:
    """The moment moves ages and windows: nothing that is seen in the tree, or of all changes."""
    rows = story(2)
    before, later = (numbers(example(), history(*rows, day=day)) for day in (1, 366))
    over_time = {one.definition.name for one in discover() if Changes in one.needs}
    assert {name for name in before if before[name] != later[name]} <= over_time
    assert later["truck_factor"] == before["truck_factor"]
