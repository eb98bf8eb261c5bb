from __future__ import annotations

from tests.lineage_by_hand import seen

READ = "import pandas as pd\n"


def test_constants_of_other_modules():
    code = {"src/main.py": READ + "from conf import DATA\nimport paths\npd.read_csv(f'{DATA}/{paths.NAME}')",
            "src/conf.py": "DATA = 'data'", "src/paths.py": "NAME = 'a.csv'"}  # fmt: skip
    assert seen(code) == ["r data/a.csv"]


def test_packages_and_relative_imports():
    code = {
        "main.py": "from pkg import run\nrun()",
        "pkg/__init__.py": "from .steps.load import run",
        "pkg/steps/__init__.py": "",
        "pkg/steps/load.py": READ
        + "from ..conf import DATA\nfrom .. import conf\ndef run():\n    pd.read_csv(DATA + conf.NAME)",
        "pkg/conf.py": "DATA = 'data/'\nNAME = 'a.csv'",
    }
    assert seen(code) == ["r data/a.csv"]


def test_a_folder_without_init_is_a_package_too():
    code = {"main.py": "from src.load import run\nrun()", "src/load.py": READ + "def run():\n    pd.read_csv('a.csv')"}
    assert seen(code) == ["r a.csv"]


def test_star_imports():
    code = {"main.py": READ + "from conf import *\npd.read_csv(DATA)", "conf.py": "DATA = 'a.csv'"}
    assert seen(code) == ["r a.csv"]
    assert seen("from pandas import *\nread_csv('a.csv')") == ["r a.csv"]


def test_modules_that_import_each_other_end():
    code = {
        "main.py": "import a\n",
        "a.py": "import b\nfrom b import B\nA = 'a'",
        "b.py": READ + "import a\nB = 'b'\npd.read_csv(B)",
    }
    assert seen(code) == ["r b"]


def test_a_module_of_the_tree_shadows_a_library_beside_the_script():
    code = {"main.py": "import pandas\npandas.read_csv('a.csv')", "pandas.py": "def read_csv(path):\n    pass"}
    assert seen(code) == []


def test_imports_under_try_are_any_of_both():
    code = (
        "try:\n    import cPickle as pickle\nexcept ImportError:\n    import pickle\npickle.load(open('a.pkl', 'rb'))"
    )
    assert seen(code) == ["r a.pkl"]


def test_what_a_module_reads_when_it_is_imported_belongs_to_every_job_that_imports_it():
    from collectors.lineage.entries import Entry, observed

    sources = {"a.py": "import shared", "b.py": "import shared", "shared.py": READ + "pd.read_csv('a.csv')"}
    found = observed(sources, entries=[Entry("a.py", (), "", "one"), Entry("b.py", (), "", "other")])
    assert {row.job for row in found} >= {"one", "other"}


def test_a_module_that_is_named_while_it_runs():
    code = {
        "main.py": "import importlib\nimportlib.import_module('steps.load').run()",
        "steps/load.py": READ + "def run():\n    pd.read_csv('a.csv')",
    }
    assert seen(code) == ["r a.csv"]
