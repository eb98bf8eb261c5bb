"""Experiments that nothing uses."""

import pytest

from collectors.facts.changes import Changes
from collectors.facts.declarations import Declarations, Declared, declarations
from collectors.facts.files import File, FileKind
from collectors.facts.settings import SettingsSummary, Started, StartKind
from collectors.readers.words import words
from collectors.signals.dead_experiment_files import dead_experiment_files, is_experiment
from scoring.signal import Measurement
from tests.builders import change, file, history, tree


def module(
    path: str, lines: int = 10, *, reaches: tuple[str, ...] = (), text: str = "", kind: FileKind = FileKind.CODE
) -> File:
    plain = file(path, lines, kind=kind)
    return plain._replace(summary=plain.summary._replace(reaches=reaches, words=words(text.encode())))


def old(*files: File, day: float = 0) -> Changes:
    return history(*(change(1, row.path, status="A", day=day) for row in files), day=400)


def measured(*files: File, declared: Declarations | None = None, changes: Changes | None = None) -> Measurement:
    """Of these files and two modules of a line each."""
    all_files = (*files, module("a.py", 1), module("b.py", 1))
    return dead_experiment_files(tree(*all_files), changes or old(*all_files), declared or Declarations())


def dead(*files: File, declared: Declarations | None = None, changes: Changes | None = None) -> list[str]:
    return [spot.path for spot in measured(*files, declared=declared, changes=changes).spots]


TRIAL = module("experiments/trial.py", 30)
TRAIN = module("train.py", 90)


def test_the_value_is_the_share_of_lines() -> None:
    found = measured(TRIAL, module("train.py", 88), file("look.ipynb", 500))
    assert (found.value, found.n) == (0.25, 4)
    assert [spot.key for spot in found.spots] == ["trial.py"]
    assert found.spots[0].note == "nothing imports, starts or names it"


def test_the_newest_of_numbered_versions_is_the_one_in_use() -> None:
    assert dead(module("src/model_v1.py"), module("src/model_v2.py")) == ["src/model_v1.py"]
    assert dead(module("src/model.py"), module("src/model_v2.py")) == ["src/model_v2.py"]
    assert dead(module("src/model_v1.py")) == []
    assert dead(module("old/model_v1.py")) == ["old/model_v1.py"]


@pytest.mark.parametrize(
    ("path", "by_name"),
    [
        ("experiments/a.py", True),
        ("src/old/a.py", True),
        ("archive/a.py", True),
        ("exp_3.py", True),
        ("src/train_old.py", True),
        ("model_v2.py", True),
        ("threshold.py", False),
        ("tutorial/20_recipes/reuse_best_trial.py", False),
        ("src/backup_data.py", False),
        ("scripts/convert_to_tub_v2.py", False),
        ("src/data_backup.py", True),
        ("expand_dims.py", False),
        ("experiments/__init__.py", False),
        ("src/golden/a.py", False),
        ("exporter_new.py", False),
    ],
)
def test_an_experiment_is_known_by_its_name(path: str, by_name: bool) -> None:
    assert is_experiment(path) is by_name


def test_what_is_imported_is_used_and_what_only_the_dead_import_is_not() -> None:
    used = module("train.py", reaches=("experiments.trial:fit",))
    assert dead(TRIAL, used) == []
    helper = module("experiments/helper.py", 5)
    other = module("experiments/trial.py", 30, reaches=(".helper:f",))
    assert dead(other, helper, TRAIN) == ["experiments/trial.py", "experiments/helper.py"]
    test = module("tests/test_a.py", reaches=("experiments.helper:f",), kind=FileKind.TEST)
    assert dead(other, helper, test, TRAIN) == ["experiments/trial.py"]


def test_what_is_started_is_used() -> None:
    start = SettingsSummary("Makefile", started=(Started("experiments/trial.py", StartKind.FILE, 1),))
    assert dead(TRIAL, TRAIN, declared=declarations([Declared("Makefile", start)], [TRIAL.path])) == []


def test_a_document_that_names_file_and_folder_tells_people_to_run_it() -> None:
    readme = module("README.md", text="python experiments/trial.py", kind=FileKind.DOCUMENTATION)
    assert dead(TRIAL, TRAIN, readme) == []
    other = module("README.md", text="a clinical trial", kind=FileKind.DOCUMENTATION)
    assert dead(TRIAL, TRAIN, other) == ["experiments/trial.py"]


def test_a_name_of_its_own_in_any_text_is_a_use() -> None:
    trial = module("experiments/attention_trial.py")
    assert dead(trial, module("run.sh", text="python $HERE/attention_trial.py")) == []
    assert dead(trial, module("run.sh", text="true")) == [trial.path]


def test_half_a_year_must_have_passed_and_moves_of_everything_do_not_count() -> None:
    added = old(TRIAL, TRAIN, day=300)
    assert dead(TRIAL, TRAIN, changes=added) == []
    many = change(1, TRIAL.path, *(f"a{i}.py" for i in range(40)), day=399)
    reformatted = history(*old(TRIAL, TRAIN).rows, many, day=400)
    assert dead(TRIAL, TRAIN, changes=reformatted) == [TRIAL.path]
    touched = history(*old(TRIAL, TRAIN).rows, change(1, TRIAL.path, day=399), day=400)
    assert dead(TRIAL, TRAIN, changes=touched) == []


def test_a_file_whose_history_is_not_seen_is_not_claimed() -> None:
    assert dead(TRIAL, TRAIN, changes=history(change(1, TRAIN.path), day=400)) == []


def test_two_modules_are_too_few_for_a_share() -> None:
    assert dead_experiment_files(tree(TRIAL, TRAIN), old(TRIAL, TRAIN), Declarations()).value is None
    assert measured(TRAIN).value == 0
