"""Seeds, over a tree."""

from collectors.facts.files import FileKind
from collectors.facts.sites import SiteKind
from collectors.signals.unseeded_randomness import unseeded_randomness
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding, site

BARE, SEEDED, GLOBAL = SiteKind.UNSEEDED, SiteKind.SEEDED, SiteKind.GLOBAL_SEED
SPLIT = "train_test_split draws from numpy"


def test_calls_without_a_seed_among_all():
    found = unseeded_randomness(tree(holding("a.py", BARE, SEEDED, SEEDED), holding("b.ipynb", BARE)))
    assert (found.value, found.n) == (0.5, 4)
    assert found.details[:2] == (("calls without a seed", 2), ("of them in notebooks", 1))
    assert [(spot.path, spot.line) for spot in found.spots] == [("a.py", 1), ("b.ipynb", 1)]


def test_a_function_may_be_called_by_who_sets_the_seed():
    inside = [site(BARE, line=line, symbol="split", detail=SPLIT) for line in (1, 2, 3)]
    seeding = holding("main.py", site(GLOBAL, detail="numpy"))
    assert unseeded_randomness(tree(holding("a.py", *inside), seeding)).value == 0
    assert unseeded_randomness(tree(holding("a.py", *inside), holding("b.py", site(GLOBAL, detail="all")))).value == 0
    assert unseeded_randomness(tree(holding("a.py", *inside), holding("b.py", site(GLOBAL, detail="torch")))).value == 1


def test_scripts_and_notebooks_are_on_their_own():
    seeding = holding("main.py", site(GLOBAL, detail="numpy"))
    notebook = holding("a.ipynb", *(site(BARE, line=line, symbol="split", detail=SPLIT) for line in (1, 2)))
    script = holding("a.py", site(BARE, detail=SPLIT))
    assert unseeded_randomness(tree(notebook, script, seeding)).value == 1
    in_notebook = holding("b.ipynb", site(GLOBAL, detail="numpy"))
    inside = [site(BARE, line=line, symbol="f", detail=SPLIT) for line in (1, 2, 3)]
    assert unseeded_randomness(tree(holding("a.py", *inside), in_notebook)).value == 1


def test_of_two_calls_no_share_is_told_but_each_is_a_place():
    found = unseeded_randomness(tree(holding("a.py", BARE), holding("b.py", SEEDED)))
    assert found.value is None
    assert "(2)" in found.reason
    assert [(row.subject, row.note) for row in found.evidence] == [("a.py", "no seed in sight"), ("b.py", "seeded")]
    assert [spot.path for spot in found.spots] == ["a.py"]


def test_nothing_random_is_unknown_not_zero():
    found = unseeded_randomness(tree(file("a.py"), holding("tests/test_a.py", BARE, kind=FileKind.TEST)))
    assert found.value is None


def test_plain_numbers_are_told_as_a_detail_only():
    found = unseeded_randomness(tree(holding("a.py", SEEDED, SEEDED, SEEDED, SiteKind.UNSEEDED_DRAW)))
    assert (found.value, found.n, found.spots) == (0, 3, ())
    assert dict(found.details)["other numbers drawn outside functions, without a seed"] == 1
