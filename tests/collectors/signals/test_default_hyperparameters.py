from collectors.facts.sites import Site, SiteKind
from collectors.signals.default_hyperparameters import default_hyperparameters
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding

BARE = Site(SiteKind.DEFAULT_HYPERPARAMETERS, 3, 3, "train", "SVC()", "SVC as the library sets it")
CHOSEN = Site(SiteKind.CHOSEN_HYPERPARAMETERS, 5, 5)


def test_places_where_nothing_is_chosen_among_all_that_build():
    found = default_hyperparameters(tree(holding("a.py", BARE, CHOSEN), holding("b.ipynb", BARE), file("c.py")))
    assert (found.value, found.n, found.seen, found.total) == (2, 3, 3, 3)
    assert dict(found.details) == {"of them in notebooks": 1}
    assert [(spot.path, spot.line, spot.snippet, spot.note) for spot in found.spots] == [
        ("a.py", 3, "SVC()", "SVC as the library sets it"),
        ("b.ipynb", 3, "SVC()", "SVC as the library sets it"),
    ]


def test_where_all_is_chosen_the_number_is_zero():
    assert default_hyperparameters(tree(holding("a.py", CHOSEN))).value == 0


def test_where_nothing_is_built_it_is_unknown():
    assert default_hyperparameters(tree(file("a.py"))).value is None
