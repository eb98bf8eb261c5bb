"""Settings that nothing reads."""

import pytest

from collectors.facts.declarations import Declarations, Declared, declarations
from collectors.facts.files import File, FileKind, Place
from collectors.readers.declarations import read_settings_file
from collectors.readers.reading import summarise
from collectors.signals.dead_settings import dead_settings
from scoring.signal import Measurement
from tests.builders import file, tree

READER = 'cfg = load("params.yaml")\nfit(cfg["train"]["depth"], cfg["train"]["trees"], cfg["train"]["rate"])\n'
SETTINGS = "train:\n  depth: 3\n  trees: 100\n  rate: 0.1\n  warmup: 50\n"
INI = "[train]\ndepth = 3\ntrees = 100\nrate = 0.1\nwarmup = 50\n"


def measured(settings: str, code: str = READER, path: str = "params.yaml", *others: tuple[str, str]) -> Measurement:
    texts = {path: settings, "train.py": code, **dict(others)}
    files: list[File] = []
    rows: list[Declared] = []
    for name, text in texts.items():
        is_settings = not name.endswith((".py", ".md"))
        kind = FileKind.CONFIGURATION if is_settings else FileKind.CODE
        kind = FileKind.DOCUMENTATION if name.endswith(".md") else kind
        plain = file(name, kind=kind, place=Place.CONFIGURATION if is_settings else None)
        files.append(plain._replace(summary=summarise(name, text.encode())))
        found = read_settings_file(name, text.encode())
        if is_settings and found:
            rows.append(Declared(name, found))
    return dead_settings(tree(*files), declarations(rows, texts))


def dead(settings: str, code: str = READER, path: str = "params.yaml", *others: tuple[str, str]) -> list[str]:
    return [spot.key for spot in measured(settings, code, path, *others).spots]


def test_the_share_is_of_settings_whose_use_can_be_told() -> None:
    found = measured(SETTINGS)
    assert (found.value, found.n, found.seen, found.total) == (0.25, 4, 4, 4)
    assert [(spot.path, spot.line, spot.snippet) for spot in found.spots] == [("params.yaml", 5, "warmup: 50")]


@pytest.mark.parametrize(
    "use", ["x = cfg.warmup", "f(warmup=1)", "# warmup", "WARM_UP = 1", "class C:\n    warmup: int"]
)
def test_a_name_that_occurs_in_code_counts_as_read(use: str) -> None:
    assert dead(SETTINGS, READER + use) == []


def test_a_name_in_a_test_counts_and_one_in_a_document_does_not() -> None:
    assert dead(SETTINGS, READER, "params.yaml", ("README.md", "set warmup to 10")) == ["train.warmup"]
    assert dead(SETTINGS, READER, "params.yaml", ("more.py", "cfg['train']['warmup']")) == []


@pytest.mark.parametrize(
    "handing",
    ['fit(**cfg["train"])', "fit(cfg.train)", 'for k, v in cfg["train"].items(): f(k)', 'x = cfg["train"]\nfit(x)'],
)
def test_tables_that_are_handed_over_are_unknown(handing: str) -> None:
    assert measured(SETTINGS, READER + handing).value is None


def test_roots_are_unknown_where_whole_files_are_unpacked() -> None:
    flat = "depth: 3\ntrees: 100\nrate: 0.1\nwarmup: 50\n"
    assert dead(flat) == ["warmup"]
    assert dead(flat, READER + "Model(**config)") == []


def test_what_another_setting_refers_to_is_read() -> None:
    assert dead(SETTINGS + "  rounds: ${train.warmup}\n", READER + "rounds = 1") == []


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        (SETTINGS, "mkdocs.yml"),
        (INI, "myenv/pyvenv.cfg"),
        ('{"train": {"depth": 3, "trees": 1, "rate": 1, "warmup": 1}}', "evidence/evaluate_output.json"),
        ('{"train": {"depth": 3, "trees": 1, "rate": 1, "warmup": 1}}', "metrics.json"),
        (INI, "native/multistrap_buster.ini"),
        (INI, "app/gradle/libs.ini"),
        ("formatters: {}\n" + SETTINGS, "params.yaml"),
        ("trainingInput: {}\n" + SETTINGS, "params.yaml"),
        ("nlp: {}\ncomponents: {}\ntraining: {}\n" + SETTINGS, "params.yaml"),
        (SETTINGS, ".github/a.yml"),
        (SETTINGS, "k8s/params.yaml"),
        ("apiVersion: v1\n" + SETTINGS, "params.yaml"),
        ("train:\n  _target_: a.B\n  depth: 3\n  trees: 1\n  rate: 1\n  warmup: 1\n", "params.yaml"),
        ("other:\n  alpha: 3\n  beta: 1\n  depth: 1\n  trees: 1\n", "params.yaml"),
        ("train:\n  - depth: 3\n    trees: 1\n    rate: 2\n    warmup: 1\n", "params.yaml"),
    ],
)
def test_what_others_may_read_is_not_claimed(settings: str, path: str) -> None:
    assert dead(settings, READER, path) == []


def test_a_package_that_parses_files_makes_all_unknown() -> None:
    found = measured(SETTINGS, READER + "from transformers import HfArgumentParser\n")
    assert found.value is None


def test_settings_that_a_package_declares_in_capitals_are_its_own() -> None:
    assert dead(INI, READER, "params.ini") == ["train.warmup"]
    assert dead('{"train": {"depth": 3, "trees": 1, "rate": 1, "warmup": 1}}', READER, "params.json") == [
        "train.warmup"
    ]
    assert dead(INI, READER + "options = dict(config.items(env))\n", "params.ini") == []
    capitals = SETTINGS.upper()
    assert dead(capitals) == ["TRAIN.WARMUP"]
    assert dead(capitals, "from detectron2.config import get_cfg\n" + READER) == []


def test_a_folder_that_looks_like_other_peoples_may_hold_the_reader() -> None:
    reads = file("train.py")
    reads = reads._replace(summary=summarise("train.py", READER.encode()))
    imports = reads._replace(summary=summarise("train.py", f"import dependencies.io\n{READER}".encode()))
    settings = file("params.yaml", kind=FileKind.CONFIGURATION, place=Place.CONFIGURATION)
    found = read_settings_file("params.yaml", SETTINGS.encode())
    assert found is not None
    declared = declarations([Declared("params.yaml", found)], ["params.yaml"])
    vendored = file("dependencies/io/push.py", kind=FileKind.VENDORED)
    assert dead_settings(tree(reads, settings, vendored), declared).value == 0.25
    assert dead_settings(tree(imports, settings, vendored), declared).value is None


def test_code_that_cannot_be_read_may_read_any() -> None:
    lost = file("big.py", unread="it is larger than 512 KiB")
    found = dead_settings(tree(lost), Declarations())
    assert "could not be read" in found.reason


def test_nothing_is_unknown() -> None:
    assert dead_settings(tree(), Declarations()).value is None
