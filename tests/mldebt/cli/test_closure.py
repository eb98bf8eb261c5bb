"""`mldebt closure`: what it prints of the graph that a scan kept."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from collectors.facts.data_graph import Lineage
from mldebt.scan.stored import stored
from mldebt.store.engine import open_store
from mldebt.store.lineage import save_lineage
from mldebt.store.reading import repositories
from tests.collectors.signals.accesses import SHOP, access, pipeline
from tests.command import ROOT, Command
from tests.repos.histories import commit, empty_repository, git

SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas" / "closure-1.json").read_text()))
GRAPH = pipeline(
    *SHOP,
    access("prepare <= data/raw.csv", 4, version="md5:0a1b"),
    access("train < ?", 40, why="it is read from the environment"),
    "serve < s3://shop/prices.parquet",
    "serve > app.csv",
)


@pytest.fixture
def repository(tmp_path: Path, command: Command) -> Path:
    made = empty_repository(tmp_path / "shop")
    commit(made, {"src/train.py": b"x = 1\n"})
    git(made, "remote", "add", "origin", "https://github.com/owner/shop.git")
    assert command.scan(made).status == 0
    keep(command, made, GRAPH)
    return made


def keep(command: Command, made: Path, graph: Lineage) -> None:
    with closing(open_store(f"sqlite:///{command.home / 'mldebt.db'}")) as store:
        snapshot_id = stored(store, str(made), None).snapshot_id
        with store.writing() as connection:
            (row,) = repositories(connection)
            save_lineage(connection, row.id, snapshot_id, graph)


def test_what_a_model_rests_on_by_depth(command: Command, repository: Path) -> None:
    done = command("closure", "models/model.pkl", "--repo", repository)
    assert done.is_clean
    lines = done.out.splitlines()
    assert lines[0] == ("models/model.pkl (model) rests on 3 data sets, 2 of them roots, 1 pinned to a version.")
    assert lines[1] == "11 of 12 places that read or write data name it in full."
    assert "· data/raw.csv  (dataset, root, pinned to md5:0a1b)" in lines
    assert "    read by prepare  src/prepare.py:1  pandas.read_csv  (observed and declared)" in lines
    assert done.out.index("1 job away") < done.out.index("2 jobs away")
    assert "src/train.py:40  read by pandas.read_csv: it is read from the environment" in done.out


def test_what_rests_on_a_source(command: Command, repository: Path) -> None:
    done = command("closure", "data/raw.csv", "--downstream", "--repo", repository)
    assert done.out.startswith("4 data sets rest on data/raw.csv (dataset).")
    assert "· metrics.json  (metrics, end)" in done.out


def test_the_ends_and_roots_of_the_whole_graph(command: Command, repository: Path) -> None:
    done = command("closure", "--repo", repository)
    assert done.is_clean
    assert done.out.startswith("8 data sets known by name, read and written by 4 jobs.")
    assert "Roots: read, and written by nothing here: 3" in done.out
    assert "Written, and read by nothing here: 2" in done.out


def test_a_name_that_is_not_there_brings_the_nearest(command: Command, repository: Path) -> None:
    done = command("closure", "model.pkl", "--repo", repository)
    assert done.status == 2
    assert "has nothing called 'model.pkl': did you mean 'models/model.pkl'" in done.err


@pytest.mark.parametrize("args", [["models/model.pkl"], ["data/raw.csv", "--downstream"], ["train"], []])
def test_json_keeps_to_its_schema(command: Command, repository: Path, args: list[str]) -> None:
    done = command("closure", *args, "--repo", repository, "--format", "json")
    assert done.is_clean
    found = json.loads(done.out)
    SCHEMA.validate(found)
    assert found["repository"] == "owner/shop"
    assert found["completeness"]["named"] == 11
    ends = {row["name"] for row in found["data"]} | set(found["jobs"]) | {found["node"] and found["node"]["name"]}
    assert all({edge["source"], edge["target"]} <= ends for edge in found["edges"])


def test_json_tells_each_edge_with_its_place(command: Command, repository: Path) -> None:
    found = json.loads(command("closure", "train", "--repo", repository, "--format", "json").out)
    edge = next(one for one in found["edges"] if one["source"] == "data/raw.csv")
    assert edge == {
        "source": "data/raw.csv",
        "target": "prepare",
        "access": "read",
        "file": "src/prepare.py",
        "line": 1,
        "call": "pandas.read_csv",
        "stage": "prepare",
        "declared": True,
        "observed": True,
        "status": "resolved",
    }
    assert [row["why"] for row in found["unnamed"]] == ["it is read from the environment"]


def test_names_from_a_repository_steer_no_terminal(command: Command, repository: Path) -> None:
    keep(command, repository, pipeline("a\x1b[31m > x\u202e.csv", "a\x1b[31m < \udc80.csv"))
    for args in ([], ["a\x1b[31m"], ["--format", "json"], ["--format", "openlineage"]):
        done = command("closure", *args, "--repo", repository)
        assert done.status == 0
        assert "\x1b" not in done.out
        assert "\u202e" not in done.out


def test_a_scan_that_kept_no_graph_says_what_to_do(command: Command, tmp_path: Path) -> None:
    assert "was not scanned yet: run `mldebt scan" in command("closure", "--repo", tmp_path).err


def test_openlineage_is_told_of_the_whole_graph(command: Command, repository: Path) -> None:
    done = command("closure", "--repo", repository, "--format", "openlineage")
    assert done.is_clean
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["job"]["name"] for row in rows if "job" in row] == ["evaluate", "prepare", "serve", "train"]
    assert command("closure", "train", "--repo", repository, "--format", "openlineage").status == 2


STAGE = b"stages:\n  fit:\n    cmd: python fit.py\n    deps: [fit.py, data/rows.csv]\n    outs: [model.pkl]\n"
FIT = (
    b"import joblib\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\n\n"
    b"rows = pd.read_csv('data/rows.csv')\nextra = pd.read_csv('data/extra.csv')\n"
    b"joblib.dump(Ridge().fit(rows, extra), 'model.pkl')\n"
)


def test_a_scan_keeps_its_graph(command: Command, tmp_path: Path) -> None:
    made = empty_repository(tmp_path / "fitted")
    commit(made, {"dvc.yaml": STAGE, "fit.py": FIT})
    signals = command.scan(made).signals
    assert (signals["undeclared_reads"]["value"], signals["closure_completeness"]["value"]) == (1, 1)
    shown = command("closure", "model.pkl", "--repo", made).out
    assert shown.startswith("model.pkl (model) rests on 2 data sets, 2 of them roots, 0 pinned to a version.")
    assert "read by fit  fit.py:6  pandas.read_csv  (observed)" in shown
    assert "read by fit  fit.py:5  pandas.read_csv  (observed and declared)" in shown


# -- other repositories of the store -------------------------------------------------------------------


def add(command: Command, tmp_path: Path, name: str, graph: Lineage) -> Path:
    made = empty_repository(tmp_path / name)
    commit(made, {"src/send.py": b"x = 1\n"})
    assert command.scan(made).status == 0
    with closing(open_store(f"sqlite:///{command.home / 'mldebt.db'}")) as store:
        found = stored(store, str(made), None)
        with store.writing() as connection:
            save_lineage(connection, found.repository_id, found.snapshot_id, graph)
    return made


def test_a_single_repository_knows_of_no_reader_elsewhere(command: Command, repository: Path) -> None:
    assert "who else reads this data is not known" in command("closure", "--repo", repository).out
    card = json.loads(command("closure", "--repo", repository, "--format", "json").out)
    assert card["elsewhere"] == {"repositories": 0, "addresses": 0, "consumers": [], "sources": []}


def test_who_reads_elsewhere_what_this_one_writes(command: Command, repository: Path, tmp_path: Path) -> None:
    prices = pipeline("load > s3://shop/prices.parquet")
    writer = add(command, tmp_path, "prices", prices)
    said = command("closure", "--repo", writer)
    assert said.is_clean
    assert "1 of 1 other repository of this store reads data that this one writes." in said.out
    assert "· s3://shop/prices.parquet  read by owner/shop  src/serve.py:" in said.out
    assert "; no pipeline there says so" in said.out
    assert "Read here, written by another repository:" in command("closure", "--repo", repository).out
    card = json.loads(command("closure", "--repo", writer, "--format", "json").out)
    SCHEMA.validate(card)
    (one,) = card["elsewhere"]["consumers"]
    assert (one["reader"], one["written"]["file"], one["declared"]) == ("owner/shop", "src/load.py", False)


def test_of_a_node_only_what_belongs_to_its_closure(command: Command, repository: Path, tmp_path: Path) -> None:
    add(command, tmp_path, "prices", pipeline("load > s3://shop/prices.parquet"))
    for node, sources in (("app.csv", 1), ("models/model.pkl", 0)):
        card = json.loads(command("closure", node, "--repo", repository, "--format", "json").out)
        assert len(card["elsewhere"]["sources"]) == sources
        told = "written by another repository" in command("closure", node, "--repo", repository).out
        assert told is (sources == 1)


def test_where_no_address_is_written_it_is_said(command: Command, repository: Path, tmp_path: Path) -> None:
    made = add(command, tmp_path, "plain", pipeline("a > x.csv"))
    assert "cannot be seen to read its data" in " ".join(command("closure", "--repo", made).out.split())
