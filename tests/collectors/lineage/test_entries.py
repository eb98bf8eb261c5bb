from __future__ import annotations

from collectors.facts.lineage import Origin, Resolution
from collectors.lineage.entries import Entry, observed

READ = "import pandas as pd\n"


def test_an_access_says_where_it_is_and_in_which_job():
    code = READ + "def load():\n    return pd.read_csv('a.csv')\nif __name__ == '__main__':\n    load()"
    (row,) = observed({"src/load.py": code}, entries=[Entry("src/load.py", (), "", "prepare")])
    assert (row.path, row.line, row.call, row.symbol, row.job) == (
        "src/load.py",
        3,
        "pandas.read_csv",
        "load",
        "prepare",
    )
    assert (row.origin, row.resolution) == (Origin.OBSERVED, Resolution.RESOLVED)


def test_without_entries_every_script_is_one():
    guarded = READ + "if __name__ == '__main__':\n    pd.read_csv('a.csv')"
    plain = READ + "pd.read_csv('b.csv')"
    rows = observed({"guarded.py": guarded, "plain.py": plain, "note.ipynb": "x = 1\n" + plain})
    assert {(row.job, row.name) for row in rows} == {
        ("guarded.py", "a.csv"), ("plain.py", "b.csv"), ("note.ipynb", "b.csv"),
    }  # fmt: skip


def test_a_function_that_nothing_calls_reads_what_its_callers_hand_over():
    (row,) = observed({"lib.py": READ + "def load(path):\n    return pd.read_csv(path)"})
    assert (row.name, row.resolution, row.job) == ("", Resolution.PARAMETER, "")
    assert row.why == "callers hand over path"


def test_the_same_holds_for_methods_and_what_instances_were_given():
    code = (
        READ + "class A:\n    def __init__(self, root):\n        self.root = root\n    def load(self):\n"
        "        return pd.read_csv(self.root)"
    )
    (row,) = observed({"lib.py": code})
    assert (row.resolution, row.symbol) == (Resolution.PARAMETER, "A.load")


def test_defaults_are_known_where_nobody_calls():
    (row,) = observed({"lib.py": READ + "def load(path='a.csv'):\n    return pd.read_csv(path)"})
    assert (row.name, row.resolution) == ("a.csv", Resolution.RESOLVED)


def test_what_an_entry_already_called_is_not_run_again_with_nothing():
    code = READ + "def load(path):\n    pd.read_csv(path)\nif __name__ == '__main__':\n    load('a.csv')"
    assert [row.name for row in observed({"a.py": code})] == ["a.csv"]


def test_a_console_script_is_a_function_of_a_module():
    code = READ + "import sys\ndef main():\n    pd.read_csv(sys.argv[1])"
    rows = observed(
        {"pkg/cli.py": code, "pkg/__init__.py": ""}, entries=[Entry("pkg/cli.py", ("a.csv",), "", "run", "main")]
    )
    assert [(row.name, row.job) for row in rows] == [("a.csv", "run")]


def test_an_entry_whose_script_is_not_there_gives_nothing():
    assert observed({}, entries=[Entry("gone.py")]) == ()


def test_the_order_of_entries_and_files_changes_nothing():
    sources = {f"{name}.py": f"{READ}import lib\nlib.load('{name}.csv')" for name in "abc"}
    sources["lib.py"] = READ + "def load(path):\n    return pd.read_csv(path)"
    entries = [Entry(f"{name}.py", (), "", name) for name in "abc"]
    whole = observed(sources, entries=entries)
    assert whole == observed(dict(reversed(sources.items())), entries=entries[::-1])
    assert {(row.job, row.name) for row in whole} == {("a", "a.csv"), ("b", "b.csv"), ("c", "c.csv")}


def test_without_a_command_paths_begin_at_the_root_of_the_project_that_holds_the_script():
    code = READ + "pd.read_csv('data/a.csv')"
    (row,) = observed({"one/src/a.py": code}, ["one/pyproject.toml", "other/pyproject.toml"])
    assert row.name == "one/data/a.csv"
    (row,) = observed({"src/a.py": code}, ["dvc.yaml", "src/requirements.txt"])
    assert row.name == "data/a.csv"


def test_without_a_command_paths_may_begin_beside_the_script_where_the_tree_has_them():
    code = READ + "pd.read_csv('a.csv')\npd.read_csv('../b.csv')"
    rows = observed({"lab/a.py": code}, ["lab/a.csv"])
    assert [row.name for row in rows] == ["b.csv", "lab/a.csv"]


def test_a_notebook_runs_in_its_folder():
    rows = observed({"lab/a.ipynb": READ + "pd.read_csv('../data/a.csv')\npd.read_csv('b.csv')"})
    assert [row.name for row in rows] == ["data/a.csv", "lab/b.csv"]


def test_a_path_that_names_its_project_begins_above_it():
    sources = {"proj/src/a.py": READ + "pd.read_csv('proj/data/a.csv')"}
    (row,) = observed(sources, ["proj/setup.py", "proj/data/.gitignore"])
    assert row.name == "proj/data/a.csv"


def test_a_path_from_the_place_of_the_file_is_where_it_says():
    code = READ + "from pathlib import Path\npd.read_csv(Path(__file__).parent.parent / 'data' / 'a.csv')"
    (row,) = observed({"src/a.py": code}, ["src/data/x.txt"])
    assert row.name == "data/a.csv"
