"""Data that a change reads and writes, from two commits of a real repository."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from collectors.facts.files import File, FileKind
from collectors.facts.policy import Policy
from collectors.git.repository import open_repository
from mldebt.scan.data_change import Ends, data_change, touches
from mldebt.scan.diff import diff
from mldebt.scan.trees import Trees
from mldebt.settings import Settings
from mldebt.store.cache import Cache
from scoring.report.data_change import DataChange, DataEdge
from tests.repos.histories import Content, commit, damage, empty_repository, git

TRAIN = b"import joblib\nimport pandas as pd\n\ndf = pd.read_csv('data/a.csv')\njoblib.dump(df, 'model.pkl')\n"
DVC = b"stages:\n  train:\n    cmd: python train.py\n    deps: [train.py, data/a.csv]\n    outs: [model.pkl]\n"
Files = dict[str | bytes, Content]


@pytest.fixture
def where(tmp_path: Path) -> Path:
    made = empty_repository(tmp_path / "shop")
    commit(made, {"train.py": TRAIN, "dvc.yaml": DVC, "README.md": b"# Shop\n"})
    git(made, "update-ref", "refs/heads/topic", "main")
    return made


def change(home: Settings, where: Path, files: Files) -> DataChange:
    commit(where, files, ref="refs/heads/topic")
    return diff(str(where), "main..topic", home, lambda *_: None).data


def told(rows: tuple[DataEdge, ...]) -> list[tuple[str, str, str, str, int]]:
    return [(row.access, row.data, row.job, row.path, row.line) for row in rows]


def test_another_file_is_read(home: Settings, where: Path) -> None:
    seen = change(home, where, {"train.py": b"# more\n" + TRAIN + b"x = pd.read_csv('data/b.csv')\n"})
    assert told(seen.added) == [("read", "data/b.csv", "train", "train.py", 7)]
    assert (seen.lost, seen.why, seen.is_compared) == ((), "", True)
    (edge,) = seen.added
    assert (edge.observed, edge.declared, edge.status, edge.is_started) == (True, False, "resolved", True)


def test_what_only_a_pipeline_says_is_told_too(home: Settings, where: Path) -> None:
    seen = change(home, where, {"dvc.yaml": DVC.replace(b"data/a.csv]", b"data/a.csv, data/c.csv]")})
    assert told(seen.added) == [("read", "data/c.csv", "train", "dvc.yaml", 4)]
    assert seen.added[0].status == "declared_only"


def test_a_moved_script_reads_what_it_read(home: Settings, where: Path) -> None:
    alone = empty_repository(where.parent / "alone")
    commit(alone, {"train.py": TRAIN})
    git(alone, "update-ref", "refs/heads/topic", "main")
    seen = change(home, alone, {"train.py": None, "fit.py": TRAIN})
    assert (seen.added, seen.lost) == ((), ())


def test_a_setting_decides_which_file_is_read(home: Settings, where: Path) -> None:
    by_setting = b"import yaml\nimport pandas as pd\nP = yaml.safe_load(open('p.yaml'))\npd.read_csv(P['path'])\n"
    commit(where, {"load.py": by_setting, "p.yaml": b"path: data/a.csv\n"})
    git(where, "update-ref", "refs/heads/topic", "main")
    seen = change(home, where, {"p.yaml": b"path: data/b.csv\n"})
    assert [row.data for row in seen.added] == ["data/b.csv"]
    assert [row.data for row in seen.lost] == ["data/a.csv"]


def test_code_that_cannot_be_read_loses_nothing(home: Settings, where: Path) -> None:
    seen = change(home, where, {"train.py": TRAIN + b"def (:\n"})
    assert (seen.added, seen.lost) == ((), ())
    assert seen.why == "1 file could not be followed to the end"


def test_what_the_base_ignores_is_no_difference(home: Settings, where: Path) -> None:
    commit(where, {"mldebt.yml": b"ignore: [old/]\n"})
    git(where, "update-ref", "refs/heads/topic", "main")
    assert change(home, where, {"old/x.py": b"import pandas as pd\npd.read_csv('z.csv')\n"}).added == ()


def test_a_large_tree_is_followed_where_it_is_asked_for(home: Settings, where: Path) -> None:
    commit(where, {"big.py": b"# a long story\n" * 40_000, "x.py": b"open('x.csv')\n"}, ref="refs/heads/topic")
    seen = diff(str(where), "main..topic", home, lambda *_: None).data
    assert (seen.is_compared, seen.added) == (False, ())
    assert seen.why == "0.6 MB of Python and notebooks would have to be followed: --data follows them"
    asked = diff(str(where), "main..topic", home, lambda *_: None, whole=True).data
    assert [row.data for row in asked.added] == ["x.csv"]
    assert asked.is_compared


def test_no_tree_is_looked_at_where_nothing_can_decide_it(home: Settings, where: Path) -> None:
    """A folder is missing that the trees hold: whoever looked would say so."""
    commit(where, {"deep/more.py": b"x = 1\n"})
    git(where, "update-ref", "refs/heads/topic", "main")
    damage(where, git(where, "rev-parse", "main:deep").decode().strip())
    assert change(home, where, {"README.md": b"# Other\n"}) == DataChange()
    looked = change(home, where, {"dvc.yaml": DVC + b"# more\n"})
    assert (looked.is_compared, looked.why) == (False, "parts of the tree are missing")


def test_nothing_differs_between_a_tree_and_itself(home: Settings, where: Path) -> None:
    repository = open_repository(str(where), home.mirrors, lambda _: None)
    head = git(where, "rev-parse", "main").decode().strip()
    with closing(Cache(home.cache)) as cache:
        trees = Trees(repository, cache, lambda *_: None)
        pair = (None, file("train.py"))
        seen = data_change(trees, Ends(head, head, {}, ()), [pair], Policy(), whole=False)
    assert (seen.added, seen.lost, seen.is_compared) == ((), (), True)


def file(path: str, kind: FileKind = FileKind.CODE) -> File:
    return File(path, "0" * 40, 1, kind)


@pytest.mark.parametrize(
    ("before", "after", "decides"),
    [
        (file("a.py"), file("a.py"), True),
        (None, file("data/x.csv", FileKind.DATA), True),  # a name may be looked for in the tree
        (file("data/x.csv", FileKind.DATA), file("data/x.csv", FileKind.DATA), False),
        (file("data/x.csv", FileKind.DATA), file("data/y.csv", FileKind.DATA), True),
        (file("x.dvc", FileKind.DATA), file("x.dvc", FileKind.DATA), True),
        (file("README.md", FileKind.DOCUMENTATION), None, False),
        (file("tests/test_a.py", FileKind.TEST), file("tests/test_a.py", FileKind.TEST), False),
        (file("a.py", FileKind.TEST), file("src/a.py"), True),
    ],
)
def test_which_changed_files_can_decide_what_is_read(before: File | None, after: File | None, decides: bool) -> None:
    assert touches(before, after) is decides
