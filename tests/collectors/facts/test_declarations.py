"""What the files of one commit declare."""

from __future__ import annotations

from collectors.facts.declarations import Declared, declarations
from collectors.facts.settings import (
    ConfigKey,
    Image,
    PinnedData,
    Requirement,
    SettingsSummary,
    Stage,
    Started,
    StartKind,
    ValueKind,
)

KEY = ConfigKey(("model", "depth"), 3, ValueKind.INTEGER, 1)
STAGE = Stage("fit", 1, deps=("data.csv",))
IMAGE = Image("python", "3.11", is_pinned=False, line=1)
PINNED = PinnedData("data.csv", "md5", "0" * 32, 1)
NEED = Requirement("numpy", "==2.0", is_pinned=True, group="", line=1)
FIT = Started("src/fit.py", StartKind.FILE, 2)
FOUND = declarations(
    [
        Declared("dvc.yaml", SettingsSummary("dvc.yaml", stages=(STAGE,), started=(FIT,))),
        Declared("Makefile", SettingsSummary("Makefile", started=(FIT,))),
        Declared("data.csv.dvc", SettingsSummary(".dvc", data=(PINNED,))),
        Declared("Dockerfile", SettingsSummary("Dockerfile", images=(IMAGE,))),
        Declared("params.yaml", SettingsSummary("YAML", keys=(KEY,))),
        Declared("requirements.txt", SettingsSummary("requirements", requirements=(NEED,))),
        Declared("broken.yaml", SettingsSummary("YAML", unread="it is not valid YAML (line 1)")),
    ],
    ["src/fit.py", "src/old.py", "dvc.yaml"],
)  # fmt: skip


def test_rows_stand_by_path_and_can_be_asked_for() -> None:
    assert [row.path for row in FOUND][:3] == ["Dockerfile", "Makefile", "broken.yaml"]
    assert len(FOUND) == 7
    assert FOUND.by_path["params.yaml"].keys == (KEY,)
    assert [row.path for row in FOUND.unread] == ["broken.yaml"]


def test_each_sort_comes_with_its_path() -> None:
    assert list(FOUND.keys) == [("params.yaml", KEY)]
    assert list(FOUND.stages) == [("dvc.yaml", STAGE)]
    assert list(FOUND.images) == [("Dockerfile", IMAGE)]
    assert list(FOUND.data) == [("data.csv.dvc", PINNED)]
    assert list(FOUND.requirements) == [("requirements.txt", NEED)]


def test_what_is_started_names_who_starts_it() -> None:
    assert FOUND.started == {"src/fit.py": ("Makefile", "dvc.yaml")}
