import time

import pytest

from collectors.facts.admitted import debt_named
from collectors.facts.files import ACCEPT, DebtNote
from scoring.debts import Debt

DEAD = Debt.DEAD_EXPERIMENTAL_CODEPATHS


@pytest.mark.parametrize(
    "text",
    [
        "TODO remove this",
        "TODO(ada): we should remove this branch",
        "@todo: get rid of the shim",
        "FIXME: to be deleted with the next release",
        "XXX can only be removed when dropout is batch first",
        "TODO deprecate?",
        "TODO: the flag is not used",
        "HACK, probably not needed",
        "todo: needed?",
        "TODO: do we still need this",
        "TODO removal",
    ],
)
def test_code_that_is_to_go_is_named(text: str):
    assert debt_named(text) is DEAD


@pytest.mark.parametrize(
    "text",
    [
        "TODO tune",
        "TODO: remove NaN values",
        "TODO remove duplicates",
        "TODO remove all rows of the pilot",
        "TODO: remove hard-coded sizes",
        "FIXME: remove this restriction",
        "TODO: remove the skip of this test",
        "TODO not used to it",
        "the remover, TODO",
        "TODO: unused arguments are told",
    ],
)
def test_other_removals_name_no_kind(text: str):
    assert debt_named(text) is None


def test_what_accepts_names_nothing():
    assert DebtNote(ACCEPT, "mldebt: accept x, TODO remove this", 1).debt is None
    assert DebtNote("TODO", "TODO remove this", 1).debt is DEAD


def test_the_time_is_bounded_whatever_the_text():
    start = time.process_time()
    for text in ("todo" + " we" * 160, "todo(" + "(" * 400, "todo " * 100, "not really " * 45, "to only " * 60):
        debt_named(text[:500])
    assert time.process_time() - start < 0.1
