"""What is reached by imports."""

from __future__ import annotations

from collectors.facts.files import File, Files
from collectors.facts.reach import reached
from tests.builders import file, tree


def holding(path: str, *imports: str, reaches: tuple[str, ...] = ()) -> File:
    plain = file(path)
    return plain._replace(summary=plain.summary._replace(imports=imports, reaches=reaches))


FILES: Files = tree(
    holding("run.py", "shop.train"),
    holding("src/shop/__init__.py"),
    holding("src/shop/train.py", reaches=(".parts:log,nothing",)),
    holding("src/shop/parts/__init__.py"),
    holding("src/shop/parts/log.py", reaches=("..far:deep",)),
    holding("src/shop/far/__init__.py"),
    holding("src/shop/far/deep.py", "shop.train"),
    holding("src/shop/idle.py", "shop.train", reaches=("?shop.plugins*",)),
    holding("src/shop/plugins/one.py"),
)


def test_imports_are_followed_as_far_as_they_go_and_in_circles():
    assert reached(FILES, ["run.py"]) == {
        "run.py",
        "src/shop/__init__.py",
        "src/shop/train.py",
        "src/shop/parts/__init__.py",
        "src/shop/parts/log.py",
        "src/shop/far/__init__.py",
        "src/shop/far/deep.py",
    }


def test_what_nobody_starts_reaches_nothing():
    assert reached(FILES, []) == frozenset()
    assert reached(FILES, ["not/there.py"]) == frozenset()


def test_modules_that_are_named_when_the_program_runs_are_left_out():
    assert "src/shop/plugins/one.py" not in reached(FILES, ["src/shop/idle.py"])
