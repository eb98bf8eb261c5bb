from __future__ import annotations

import pytest

from collectors.facts.lineage import DataAccess, Resolution
from collectors.lineage.entries import observed
from tests.lineage_by_hand import rows, seen

HEAD = "import os, glob\nimport pandas as pd\nfrom pathlib import Path\n"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("pd.read_csv(os.path.join('a', 'b', 'c.csv'))", "a/b/c.csv"),
        ("pd.read_csv(Path('a') / 'b' / 'c.csv')", "a/b/c.csv"),
        ("pd.read_csv('a' / Path('c.csv'))", "a/c.csv"),
        ("pd.read_csv(Path('a', 'c.csv'))", "a/c.csv"),
        ("pd.read_csv(Path('a').joinpath('c.csv').as_posix())", "a/c.csv"),
        ("pd.read_csv(Path('a/c.txt').with_suffix('.csv'))", "a/c.csv"),
        ("pd.read_csv(Path('a/x.csv').with_name('c.csv'))", "a/c.csv"),
        ("pd.read_csv(Path('a/b.csv').parent / 'c.csv')", "a/c.csv"),
        ("pd.read_csv(Path('z/a/b/d.csv').parents[1] / 'c.csv')", "z/a/c.csv"),
        ("pd.read_csv(os.path.dirname('a/b.csv') + '/c.csv')", "a/c.csv"),
        ("pd.read_csv('a/' + os.path.basename('x/y/c.csv'))", "a/c.csv"),
        ("pd.read_csv(os.path.splitext('a/c.txt')[0] + '.csv')", "a/c.csv"),
        ("pd.read_csv('./a/../b//c.csv')", "b/c.csv"),
        ("pd.read_csv(Path(f'{Path(\"a\").name}/c.csv'))", "a/c.csv"),
        ("pd.read_csv([f.path for f in os.scandir('a') if f.is_dir()][0] + '/c.csv')", "a/◌/c.csv"),
        ("with os.scandir('a') as found:\n    for f in found:\n        pd.read_csv(f.path)", "a/◌"),
        ("pd.read_csv(os.path.join('a', None if os.cpu_count() else 'c.csv'))", "a/c.csv"),
        ("pd.read_csv('a\\\\b\\\\c.csv')", "a/b/c.csv"),
    ],
)
def test_paths_are_put_together_as_python_does(code, name):
    assert seen(HEAD + code) == [f"r {name}"]


@pytest.mark.parametrize(
    "root",
    [
        "Path(__file__).parent.parent",
        "Path(__file__).resolve().parents[1]",
        "os.path.dirname(os.path.dirname(os.path.abspath(__file__)))",
        "os.path.join(os.path.dirname(__file__), '..')",
        "Path.cwd()",
        "os.getcwd()",
        "Path('.').absolute()",
    ],
)
def test_the_root_of_the_project_may_be_found_from_a_file_or_the_working_directory(root):
    code = f"{HEAD}ROOT = {root}\npd.read_csv(os.path.join(ROOT, 'data', 'c.csv'))"
    assert seen({"src/main.py": code}) == ["r data/c.csv"]


def test_relative_paths_begin_in_the_working_directory():
    assert seen({"proj/main.py": HEAD + "pd.read_csv('data/c.csv')"}, folder="proj") == ["r proj/data/c.csv"]
    assert seen({"proj/main.py": HEAD + "pd.read_csv('../c.csv')"}, folder="proj") == ["r c.csv"]


def test_files_of_a_folder_have_a_hole_for_their_name():
    assert seen(HEAD + "for f in glob.glob('a/*.csv'):\n    pd.read_csv(f)") == ["r a/◌.csv"]
    assert seen(HEAD + "for f in Path('a').glob('*.csv'):\n    pd.read_csv(f)") == ["r a/◌.csv"]
    assert seen(HEAD + "for f in os.listdir('a'):\n    pd.read_csv(os.path.join('a', f))") == ["r a/◌"]
    assert seen(HEAD + "for r, d, fs in os.walk('a'):\n    for f in fs:\n        pd.read_csv(r + '/' + f)") == ["r a/◌"]


def test_an_absolute_path_of_a_machine_is_the_end_that_lies_in_the_tree():
    (row,) = rows(HEAD + "pd.read_csv('/home/ada/code/proj/data/c.csv')", files={"data/c.csv": ""})
    assert (row.name, row.resolution) == ("data/c.csv", Resolution.RELOCATED)
    (row,) = rows(HEAD + "pd.read_csv(r'C:\\Users\\ada\\proj\\data\\c.csv')", files={"data/c.csv": ""})
    assert (row.name, row.resolution) == ("data/c.csv", Resolution.RELOCATED)


def test_a_path_outside_the_tree_does_not_say_whose_it_is():
    (row,) = rows(HEAD + "pd.read_csv('/home/ada/Downloads/c.csv')")
    assert (row.name, row.resolution) == ("~/Downloads/c.csv", Resolution.RESOLVED)


def test_a_hole_before_a_folder_of_the_tree_is_taken_for_the_root():
    code = HEAD + "pd.read_csv(os.path.join(os.environ['HOME_OF_PROJECT'], 'data', 'c.csv'))"
    (row,) = rows(code, files={"data/readme.md": ""})
    assert (row.name, row.resolution) == ("data/c.csv", Resolution.ANCHORED)


def test_asking_whether_a_file_exists_is_no_access():
    assert seen(HEAD + "if os.path.exists('a.csv') or Path('b').is_file():\n    os.makedirs('c')") == []


def test_a_secret_in_an_address_is_masked():
    (row,) = rows(HEAD + "pd.read_csv('https://ada:s3cr3t@example.org/c.csv')")
    assert "s3cr3t" not in str(row)
    assert row.name == "https://***@example.org/c.csv"


def test_pathlib_opens_reads_and_writes():
    code = """
        t = Path('a.txt').read_text()
        Path('b.txt').write_text(t)
        with Path('c.txt').open('w') as f:
            f.write(t)
        with (Path('d') / 'd.txt').open() as f:
            f.read()
    """
    from textwrap import dedent

    assert seen(HEAD + dedent(code)) == ["r a.txt", "r d/d.txt", "w b.txt", "w c.txt"]


def test_a_change_of_the_working_directory_is_followed():
    code = f"{HEAD}os.chdir('..')\npd.read_csv('data/a.csv')\nos.chdir('data')\npd.read_csv('b.csv')"
    assert seen({"lab/main.py": code}, folder="lab") == ["r data/a.csv", "r data/b.csv"]


def test_a_path_that_climbs_begins_beside_the_script_whatever_folder_the_project_has():
    files = {"p/params.yaml": "", "p/out/a.csv": ""}
    alone = observed_alone("p/code/exp/one/train.py", "open('../../../out/a.csv')\nprint()", files)
    assert {row.name for row in alone} == {"p/out/a.csv"}


def test_none_is_no_part_of_a_path():
    assert seen("import os\nopen(os.path.join(None, 'a.csv'))\nopen(f'{None}/b.csv')") == ["r ◌/a.csv", "r ◌/b.csv"]


def test_a_folder_that_is_entered_in_a_loop_is_entered_once():
    code = "import os\nfor a in range(3):\n    os.chdir('x/y')\n    open('a.csv')"
    assert seen(code, files={"x/y/z.csv": ""}) == ["r x/y/a.csv"]


def observed_alone(path: str, code: str, files: dict[str, str]) -> tuple[DataAccess, ...]:
    return observed({path: code}, [path, *files], files.get)
