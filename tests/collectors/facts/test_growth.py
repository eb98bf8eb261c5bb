import pytest

from collectors.facts.changes import Change, FileChange
from collectors.facts.growth import Growth, growth
from tests.builders import file, tree

FILES = tree(file("train.py"), file("data.json", language="JSON"))


@pytest.mark.parametrize(
    ("path", "grew"),
    [
        ("train.py", Growth(code=3, touched=1)),
        ("gone/old.R", Growth(code=3, touched=1)),
        ("a.ipynb", Growth(code=3, touched=1)),
        ("params.yaml", Growth(settings=3, touched=1)),
        ("requirements-dev.txt", Growth(requirements=3, touched=1)),
        ("pyproject.toml", Growth(requirements=3, touched=1)),
        ("dvc.lock", Growth()),
        ("plots/roc.json", Growth()),
        ("metrics/score.py", Growth(code=3, touched=1)),
        ("README.md", Growth()),
        ("out.csv", Growth()),
    ],
)
def test_what_people_write_is_told_from_what_programs_write(path: str, grew: Growth):
    one = Change("1", 0, 1, (FileChange(path, added=5, deleted=2),))
    assert growth(one, FILES) == grew
    assert growth(one, FILES, frozenset({path})) == Growth()


def test_what_was_not_counted_adds_nothing():
    assert growth(Change("1", 0, 1, (FileChange("train.py"),)), FILES) == Growth(touched=1)
