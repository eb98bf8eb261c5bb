"""Branches that no settings turn on."""

import pytest

from collectors.facts.declarations import Declarations, Declared, declarations
from collectors.facts.files import File, FileKind, Place
from collectors.readers.declarations import read_settings_file
from collectors.readers.reading import summarise
from collectors.signals.stale_flags import stale_flags
from scoring.signal import Measurement
from tests.builders import file, tree

ASKS = "def fit(cfg):\n    if cfg.two_stage:\n        again()\n"


def measured(*texts: tuple[str, str]) -> Measurement:
    files: list[File] = []
    rows: list[Declared] = []
    for name, text in texts:
        is_settings = not name.endswith(".py")
        kind = FileKind.CONFIGURATION if is_settings else FileKind.TEST if "tests/" in name else FileKind.CODE
        plain = file(name, kind=kind, place=Place.CONFIGURATION if is_settings else None)
        files.append(plain._replace(summary=summarise(name, text.encode())))
        found = read_settings_file(name, text.encode())
        if is_settings and found:
            rows.append(Declared(name, found))
    return stale_flags(tree(*files), declarations(rows, (name for name, _ in texts)))


def test_a_branch_under_a_setting_that_is_false_in_every_file() -> None:
    found = measured(("fit.py", ASKS), ("a.yaml", "two_stage: false\n"), ("b.yaml", "model:\n  two_stage: false\n"))
    assert (found.value, found.n) == (1, 1)
    (spot,) = found.spots
    assert (spot.path, spot.line, spot.snippet, spot.symbol) == ("fit.py", 2, "if two_stage", "fit")
    assert spot.note == "two_stage is false in each of 2 files, and no code turns it on"


@pytest.mark.parametrize(
    "other",
    [
        ("b.yaml", "two_stage: true\n"),
        ("k8s/b.yaml", "two_stage: true\n"),
        ("b.py", "fit(two_stage=True)"),
        ("b.py", "def run(two_stage: bool = True): pass"),
        ("b.py", 'cfg = {"two_stage": True}'),
        ("b.py", 'cfg["two_stage"] = True'),
        ("b.py", 'parser.add_argument("--two-stage", action="store_true")'),
        ("b.py", 'parser.add_argument("--two_stage", type=bool, default=False)'),
        ("b.py", "parser.add_argument('-t', '--two-stage', type=str2bool)"),
        ("b.py", 'parser.add_argument("--two_stage", help="x", action=argparse.BooleanOptionalAction)'),
    ],
)
def test_what_is_turned_on_anywhere_is_in_use(other: tuple[str, str]) -> None:
    found = measured(("fit.py", ASKS), ("a.yaml", "two_stage: false\n"), other)
    assert (found.value, found.n) == (0, 1)


def test_a_test_that_turns_it_on_runs_it_for_nobody() -> None:
    found = measured(("fit.py", ASKS), ("a.yaml", "two_stage: false\n"), ("tests/test_a.py", "fit(two_stage=True)"))
    assert found.value == 1


@pytest.mark.parametrize(
    "line",
    [
        *("import hydra", "cfg = OmegaConf.from_cli()", 'parser.add_argument(f"--{name}")', "fire.Fire(main)"),
        *("from jsonargparse import CLI", "import tyro", "HfArgumentParser(Arguments)"),
    ],
)
def test_a_command_line_that_sets_anything_makes_it_unknown(line: str) -> None:
    assert measured(("fit.py", f"{line}\n{ASKS}"), ("a.yaml", "two_stage: false\n")).value is None


@pytest.mark.parametrize(
    ("condition", "setting"),
    [
        ("if not cfg.two_stage:", "two_stage: false"),
        ("if fast or cfg.two_stage:", "two_stage: false"),
        ("if cfg.two_stage:", "two_stage: 0"),
        ("if cfg.dry_run:", "dry_run: false"),
        ("if cfg.verbose:", "verbose: false"),
        ("if cfg.pseudo_vis_opt:", "pseudo_vis_opt: false"),
        ("if cfg.output_hidden_states:", "output_hidden_states: false"),
        ("if cfg.prompt_for_labels:", "prompt_for_labels: false"),
    ],
)
def test_what_runs_or_is_turned_on_by_hand_is_none(condition: str, setting: str) -> None:
    found = measured(("fit.py", f"{condition}\n    again()\n"), ("a.yaml", f"{setting}\n"))
    assert not found.spots


def test_what_a_product_ships_for_its_users_to_set_is_none() -> None:
    assert not measured(("fit.py", ASKS), ("shop/defaults.toml", "two_stage = false\n")).spots
    assert measured(("fit.py", ASKS), ("conf/default.toml", "two_stage = false\n")).spots


def test_a_condition_that_refuses_a_setting_is_no_branch() -> None:
    refuses = "if cfg.two_stage and workers == 0:\n    raise ValueError(workers)\n"
    assert not measured(("fit.py", refuses), ("a.yaml", "two_stage: false\n")).spots


def test_no_condition_that_asks_is_unknown() -> None:
    assert measured(("fit.py", "fit()"), ("a.yaml", "two_stage: false\n")).value is None
    assert stale_flags(tree(), Declarations()).value is None
