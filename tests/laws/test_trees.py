"""Laws of signals over a whole tree: what changes nothing moves nothing, and good practice never costs.

What a law leaves out is a property of the number itself, and stands here with its reason.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.facts.changes import Changes
from collectors.facts.declarations import declarations
from collectors.facts.files import OWN, Files
from collectors.facts.policy import Policy
from collectors.facts.practices import practices
from collectors.registry import discover, measure
from mldebt.scan.policies import without_ignored
from scoring.signal import Definition
from tests.builders import START
from tests.collectors.signals.test_practice_signals import USED
from tests.laws.trees import NOT_HERE, Numbers, Texts, example, files, lived, numbers, signals, traced

DEFINITIONS: dict[str, Definition] = {one.definition.name: one.definition for one in discover()}
BASE = numbers(example(), lived(example()))
MODULES = tuple(
    path for path in example() if path.startswith("src/") and path.endswith(".py") and "__init__" not in path
)

SHARES_OF_LINES = {"config_to_code_ratio", "dead_experiment_files", "ml_code_share", "clones"}
"""Each further line is in the denominator, whatever it does: they move by that line and no more."""

SHARES_OF_FILES = {"notebook_share", "package_spread"}
"""A file is their unit: two files are two."""

BY_BOX = {"untyped_interfaces"}
"""Looks at the files of two boxes of the paper's figure 1; which box a file is in depends on all that stands in it."""

few = settings(max_examples=8, deadline=None)


def moved(now: Numbers, before: Numbers = BASE) -> set[str]:
    return {name for name in before if now[name] != before[name]}


def worse(now: Numbers, before: Numbers = BASE) -> set[str]:
    """Signals that got worse by their own direction, or that became unknown."""
    found = set()
    for name in moved(now, before):
        better, was, value = DEFINITIONS[name].better, before[name], now[name]
        if was is not None and (value is None or (better != "neither" and (value > was) is (better == "lower"))):
            found.add(name)
    return found


def test_the_example_measures_most_of_what_a_tree_can_show() -> None:
    assert sum(value is not None for value in BASE.values()) >= 60
    assert len(MODULES) > 30


# -- files that do nothing --------------------------------------------------------------------------------------------

NO_OP: dict[str, str] = {
    "poetry.lock": "",
    "package-lock.json": "{}\n",
    "requirements-lock.txt": "",
    "tests/test_nothing.py": "",
    "tests/test_pass.py": "def test_nothing():\n    pass\n",
    "conftest.py": "",
    ".github/workflows/empty.yml": "",
    ".github/workflows/no_jobs.yml": "name: ci\non: push\njobs: {}\n",
    "MODEL_CARD.md": "# Model card\n",
    "deploy/Dockerfile": "",
    "great_expectations/great_expectations.yml": "",
    "monitoring/alerts.yml": "",
    "CODEOWNERS": "",
    "dvc.lock": "",
    "MLproject": "",
    "feature_store.yaml": "",
    "src/__init__.py": "",
}


@pytest.mark.parametrize("path", NO_OP)
def test_a_file_that_does_nothing_moves_nothing(path: str) -> None:
    assert path not in example()
    assert moved(numbers({**example(), path: NO_OP[path]}, lived(example()))) <= SHARES_OF_LINES


def test_all_files_that_do_nothing_together_move_nothing() -> None:
    assert moved(numbers({**example(), **NO_OP}, lived(example()))) <= SHARES_OF_LINES


def test_an_unused_import_is_no_practice() -> None:
    train = "src/shelfcast/train.py"
    inside = {**example(), train: "import mlflow\n" + example()[train]}
    beside = {**example(), "src/shelfcast/tracking.py": "import mlflow\n"}
    assert moved(numbers(inside, lived(example()))) <= SHARES_OF_LINES
    assert moved(numbers(beside, lived(example()))) <= SHARES_OF_LINES


@pytest.mark.parametrize("path", ["src/shelfcast/train.py", "src/shelfcast/evaluate.py"])
def test_a_line_more_moves_a_share_of_lines_by_that_line(path: str) -> None:
    other = signals({**example(), path: "import os\n" + example()[path]}, lived(example()))
    for name in SHARES_OF_LINES:
        value, was = other[name].measurement.value, BASE[name]
        assert value is not None
        assert was is not None
        assert abs(value - was) <= 1 / 1000, name


# -- the same, laid out otherwise -------------------------------------------------------------------------------------


def airy(text: str) -> str:
    """An empty line before every statement of the module."""
    lines, out = text.splitlines(), []
    starts = {one.lineno - 1 for one in ast.parse(text).body if not getattr(one, "decorator_list", [])}
    for number, line in enumerate(lines):
        commented = number > 0 and lines[number - 1].lstrip().startswith("#")
        out += ["", line] if number in starts and not commented else [line]
    return "\n".join(out) + "\n"


LAYOUTS: dict[str, Callable[[str], str]] = {
    "more empty lines": airy,
    "Windows' line ends": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "spaces at the ends of the file": lambda text: text + "\n\n   \n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_reformatting_moves_nothing(layout: str) -> None:
    other = {path: LAYOUTS[layout](text) if path.endswith(".py") else text for path, text in example().items()}
    assert moved(numbers(other, lived(example()))) == set()


def test_lines_wrapped_otherwise_move_shares_of_lines_alone() -> None:
    """What `ast.unparse` writes: other quotes, brackets and breaks. Comments, which it drops, keep their files out."""
    other = {
        path: ast.unparse(ast.parse(text)) + "\n" if path.endswith(".py") and "#" not in text else text
        for path, text in example().items()
    }
    assert moved(numbers(other, lived(example()))) <= SHARES_OF_LINES


@few
@given(st.permutations(sorted(example())))
def test_the_order_of_files_does_not_matter(paths: list[str]) -> None:
    assert numbers({path: example()[path] for path in paths}, lived(example())) == BASE


# -- the same, elsewhere ----------------------------------------------------------------------------------------------


def dotted(path: str) -> str:
    return path.removesuffix(".py").removeprefix("src/").replace("/", ".")


def elsewhere(path: str) -> Texts:
    """A module under another name, with all that names it."""
    stem = path.rsplit("/", 1)[-1].removesuffix(".py")
    name, package = dotted(path), dotted(path).rpartition(".")[0]
    found = {}
    for other, text in example().items():
        new = re.sub(rf"(?<![\w/]){re.escape(path)}(?!\w)", f"{path[:-3]}_moved.py", text)
        new = re.sub(rf"(?<![\w.]){re.escape(name)}(?!\w)", f"{name}_moved", new)
        if other.endswith(".py"):
            before = rf"(from {re.escape(package)} import (?:[\w, ]*, )?)"
            new = re.sub(rf"{before}{stem}\b(?! as)", rf"\1{stem}_moved as {stem}", new)
        found[f"{path[:-3]}_moved.py" if other == path else other] = new
    return found


def renamed(changes: Changes, path: str, *new: str) -> Changes:
    """As git tells it once renames are followed."""
    return Changes(
        tuple(
            row._replace(
                files=tuple(
                    sorted(
                        one._replace(path=name)
                        for one in row.files
                        for name in (new if one.path == path else (one.path,))
                    )
                )
            )
            for row in changes
        ),
        changes.as_of,
    )


@few
@given(st.sampled_from(MODULES))
def test_a_module_that_moves_with_its_references_moves_nothing(path: str) -> None:
    changes = renamed(lived(example()), path, f"{path[:-3]}_moved.py")
    assert moved(numbers(elsewhere(path), changes)) == set()


def splits() -> dict[tuple[str, str], Texts]:
    """Every function that needs nothing but imports, in a module of its own."""
    functions = ((path, one) for path in MODULES for one in ast.parse(example()[path]).body if lone(path, one))
    return {(path, one.name): apart(path, one) for path, one in functions if isinstance(one, ast.FunctionDef)}


def lone(path: str, one: ast.stmt) -> bool:
    if not isinstance(one, ast.FunctionDef) or one.decorator_list:
        return False
    names = [node for node in ast.walk(one) if isinstance(node, ast.Name)]
    bound = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    bound |= {node.arg for node in ast.walk(one) if isinstance(node, ast.arg)} | {
        alias.asname or alias.name.split(".")[0] for line in imports(path) for alias in line.names
    }
    return not {node.id for node in names} - bound - set(dir(builtins))


def imports(path: str) -> list[ast.Import | ast.ImportFrom]:
    return [line for line in ast.parse(example()[path]).body if isinstance(line, (ast.Import, ast.ImportFrom))]


def apart(path: str, one: ast.FunctionDef) -> Texts:
    assert one.end_lineno is not None
    lines, part = example()[path].splitlines(keepends=True), f"{path[:-3]}_part.py"
    head = "".join("".join(lines[line.lineno - 1 : line.end_lineno]) for line in imports(path))
    rest = lines[: one.lineno - 1] + lines[one.end_lineno :]
    rest.insert(
        max((line.end_lineno or 0 for line in imports(path)), default=0), f"from {dotted(part)} import {one.name}\n"
    )
    body = "".join(lines[one.lineno - 1 : one.end_lineno])
    return {**example(), path: "".join(rest), part: f"{head}\n\n{body}"}


SPLITS = splits()


@few
@given(st.sampled_from(sorted(SPLITS)))
def test_splitting_a_module_and_merging_its_parts_moves_what_counts_files_and_lines_alone(of: tuple[str, str]) -> None:
    """Both ways at once: the parts are the whole, merged."""
    path, _ = of
    changes = renamed(lived(example()), path, path, f"{path[:-3]}_part.py")
    assert moved(numbers(SPLITS[of], changes)) <= SHARES_OF_LINES | SHARES_OF_FILES | BY_BOX


def test_there_is_enough_to_split() -> None:
    assert len(SPLITS) >= 20


# -- good practice ----------------------------------------------------------------------------------------------------


def practising(name: str) -> Texts:
    """The example with one practice more, in use: its sample, and the job that runs it."""
    there, running = USED[name]
    return {**example(), **{path.replace("ci.yml", "further.yml"): text for path, text in {**there, **running}.items()}}


@pytest.mark.parametrize("name", USED)
def test_a_good_practice_in_use_makes_nothing_worse(name: str) -> None:
    own = {"package_spread"} if "sklearn" in str(USED[name]) else set()  # the sample is a file more that imports it
    now = numbers(practising(name), lived(example()))
    assert worse(now) <= own
    assert now[name] == 1


# -- a narrower scope -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["not Python (", "\0\1\2binary"])
def test_what_cannot_be_read_improves_nothing_in_silence(content: str) -> None:
    """Every module in turn: a law that is tried here and there is broken elsewhere."""
    before = signals(example(), lived(example()))
    for path in MODULES:
        for name, signal in signals({**example(), path: content}, lived(example())).items():
            was, found = before[name].measurement.value, signal.measurement
            better = DEFINITIONS[name].better
            if was is None or found.value in (None, was) or better == "neither":
                continue
            if (found.value > was) is (better == "higher"):
                assert found.coverage < 1, f"{name}, without {path}"


def test_of_an_empty_tree_everything_is_unknown() -> None:
    """Nothing is 0, which would be good, and nothing is not in use, which would be bad."""
    assert {name for name, signal in signals({}).items() if signal.measurement.value is not None} == set()


def test_what_a_team_ignores_is_not_seen() -> None:
    """The planted notebooks go, and no number that is better for it says that it saw everything."""
    rows = files(example())
    kept = without_ignored(rows.rows, Policy(ignore=("notebooks/**",)))
    gone = sum(row.kind in OWN for row in rows) - sum(row.kind in OWN for row in kept)
    assert gone == 5
    facts = [Files(kept, rows.commit, rows.as_of, ignored=gone), declarations((), example())]
    missing = {need: NOT_HERE for one in discover() for need in one.needs if need not in map(type, facts)}
    now = {one.name: one.measurement for one in measure(facts, missing, discover())}
    assert now["notebook_share"].value == 0
    assert now["notebook_share"].coverage < 1
    assert now["notebook_share"].note == "files that the team ignores: 5; what they hold is not in this number"
    for one in discover():
        found = now[one.definition.name]
        assert found.value is None or found.coverage < 1 or Files not in one.needs


def test_a_moment_moves_nothing_of_a_tree() -> None:
    told = []
    for later in (0, 400 * 86_400):
        rows = files(example())
        moment = Files(rows.rows, rows.commit, START + later)
        declared = declarations((), example(), "a" * 40, START + later)
        facts: list[object] = [moment, declared, practices(moment, declared), traced(example(), moment)]
        missing = {need: NOT_HERE for one in discover() for need in one.needs if need not in map(type, facts)}
        told.append({one.name: one.measurement.value for one in measure(facts, missing, discover())})
    assert told[0] == told[1]
