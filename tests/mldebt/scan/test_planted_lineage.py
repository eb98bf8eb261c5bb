"""What hardly occurs by itself, planted: predictions that come back, models on models, readers in another repository.

Generated repositories, scanned whole: code and pipelines alone say what is found.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import Command
from tests.repos.histories import Content, commit, empty_repository

Files = dict[str | bytes, Content]

TRAIN = b"""import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression

rows = pd.read_csv(%s)
model = LogisticRegression(max_iter=300)
model.fit(rows.drop(columns="y"), rows["y"])
joblib.dump(model, "models/%s.pkl")
"""
PREDICT = b"""import joblib
import pandas as pd

model = joblib.load("models/%s.pkl")
rows = pd.read_csv("data/today.csv")
rows["y"] = model.predict(rows)
rows.to_csv(%s, index=False)
"""
MAKE = b"all: train predict\n\ntrain:\n\tpython train.py\n\npredict:\n\tpython predict.py\n"
LOOP: Files = {
    "Makefile": MAKE,
    "train.py": TRAIN % (b'"data/log.csv"', b"model"),
    "predict.py": PREDICT % (b"model", b'"data/log.csv"'),
}
"""What is predicted is what is trained on."""
LONG_LOOP: Files = {
    **LOOP,
    "predict.py": PREDICT % (b"model", b'"data/shown.csv"'),
    "merge.py": b"import pandas as pd\n\npd.read_csv('data/shown.csv').to_csv('data/log.csv')\n",
    "Makefile": MAKE.replace(b"train predict", b"train predict merge") + b"\nmerge:\n\tpython merge.py\n",
}
"""The same, by way of a third job."""
CASCADE: Files = {
    "Makefile": MAKE.replace(b"train predict", b"train predict correct") + b"\ncorrect:\n\tpython correct.py\n",
    "train.py": TRAIN % (b'"data/log.csv"', b"base"),
    "predict.py": PREDICT % (b"base", b'"data/base_predictions.csv"'),
    "correct.py": TRAIN % (b'"data/base_predictions.csv"', b"correction"),
}
"""A model that is trained on what another one predicts."""
PLAIN: Files = {**LOOP, "predict.py": PREDICT % (b"model", b'"data/out.csv"')}
"""Neither."""


def made(command: Command, folder: Path, files: Files) -> Path:
    where = empty_repository(folder)
    commit(where, files)
    assert command.scan(where).status == 0
    return where


def number(command: Command, where: Path, name: str) -> float | None:
    card = json.loads(command("show", "--repo", where, "--format", "json").out)
    found = {signal["name"]: signal for signal in card["signals"]}[name]
    return float(found["value"]) if found["value"] is not None else None


@pytest.mark.parametrize(
    ("files", "loops", "cascades"), [(LOOP, 1, 0), (LONG_LOOP, 1, 0), (CASCADE, 0, 1), (PLAIN, 0, 0)]
)
def test_loops_and_cascades(command: Command, tmp_path: Path, files: Files, loops: int, cascades: int) -> None:
    where = made(command, tmp_path / "shop", files)
    assert number(command, where, "feedback_loops") == loops
    assert number(command, where, "correction_cascades") == cascades


def test_a_reader_in_another_repository(command: Command, tmp_path: Path) -> None:
    bucket = (
        b"import os\n\nBUCKET = os.environ.get('BUCKET', 's3://shop-data')\nSCORES = f'{BUCKET}/scores/daily.parquet'\n"
    )
    score = b"import pandas as pd\nfrom paths import SCORES\n\npd.read_csv('data/x.csv').to_parquet(SCORES)\n"
    send = b"import pandas as pd\n\nrows = pd.read_parquet('s3a://shop-data/scores/daily.parquet')\nrows.to_csv('out.csv')\n"
    writer = made(command, tmp_path / "forecast", {"paths.py": bucket, "score.py": score})
    reader = made(command, tmp_path / "mails", {"send.py": send})
    made(command, tmp_path / "other", {"read.py": send.replace(b"daily", b"weekly")})
    told = json.loads(command("closure", "--repo", writer, "--format", "json").out)["elsewhere"]
    (one,) = told["consumers"]
    assert (told["repositories"], one["name"], one["reader"]) == (2, "s3://shop-data/scores/daily.parquet", "mails")
    assert (one["written"]["file"], one["read"]["file"], one["declared"]) == ("score.py", "send.py", False)
    theirs = json.loads(command("closure", "--repo", reader, "--format", "json").out)["elsewhere"]
    assert [row["writer"] for row in theirs["sources"]] == ["forecast"]


def test_of_a_library_it_is_said_that_its_data_is_its_callers_business(command: Command, tmp_path: Path) -> None:
    body = b"""import joblib
import pandas as pd
import torch


class Trainer:
    def __init__(self, folder):
        self.folder = folder

    def save(self, state):
        torch.save(state, f"{self.folder}/best.th")

    def load(self):
        return torch.load(f"{self.folder}/best.th")


def read(path):
    return pd.read_csv(path)


def dump(model, path):
    joblib.dump(model, path)
"""
    where = made(command, tmp_path / "lib", {"lib/__init__.py": b"", "lib/trainer.py": body})
    assert number(command, where, "closure_completeness") is None
    said = " ".join(command("closure", "--repo", where).out.split())
    assert "stand in functions that nothing here starts: their data is their callers' business" in said
    assert "callers' business" in " ".join(command("explain", "closure_completeness", "--repo", where).out.split())
