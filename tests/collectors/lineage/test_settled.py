"""Where a name or a direction is not sure it is said to be unknown, rather than wrong."""

from __future__ import annotations

import pytest

from collectors.facts.lineage import Access, DataAccess, Resolution
from collectors.lineage.entries import observed
from tests.lineage_by_hand import rows, seen

TRANSFORMERS = "from transformers import AutoTokenizer\nfrom pathlib import Path\n"


def alone(path: str, code: str, files: dict[str, str]) -> list[DataAccess]:
    return list(observed({path: code}, [path, *files], files.get))


@pytest.mark.parametrize("name", ["deepset/bert-base-german", "bert-base-german"])
def test_a_model_of_a_hub_is_no_folder_of_files(name):
    code = f"{TRANSFORMERS}n = '{name}'\nAutoTokenizer.from_pretrained(n)\nopen(Path(n) / 'config.json')"
    found = rows(code)
    assert {row.name for row in found} == {f"hf://{name}", ""}
    assert {row.why for row in found if not row.name} == {"its folder is called as a model of a hub is"}


def test_a_model_that_the_program_saves_is_its_own_though_a_hub_might_have_it():
    code = f"{TRANSFORMERS}AutoTokenizer.from_pretrained('mine/tuned')\nopen('mine/tuned/config.json')\n"
    code += "open('mine/tuned/x', 'w')"
    assert seen(code) == ["r mine/tuned", "r mine/tuned/config.json", "w mine/tuned/x"]


@pytest.mark.parametrize("name", ["outputs/bert", "model", "checkpoints/best", "my_output/last"])
def test_a_folder_for_what_a_program_makes_is_nobodys_at_a_hub(name):
    assert seen(f"{TRANSFORMERS}AutoTokenizer.from_pretrained('{name}')") == [f"r {name}"]


def test_a_folder_is_not_opened_but_a_file_below_it():
    assert seen("import os\nopen(os.path.join('raw', ''))") == ["r raw/◌"]
    assert seen("open('raw')\nopen('raw/a.csv')") == ["r raw/a.csv", "r raw/◌"]
    assert seen("import pandas as pd\npd.read_csv('raw')", files={"raw/a.csv": ""}) == ["r raw/◌"]
    assert seen("import pandas as pd\npd.read_parquet('raw')", files={"raw/a.parquet": ""}) == ["r raw"]


SERIALIZER = """
class Serializer:
    def __init__(self, how):
        self.how = how
    def save(self, path, data):
        with open(path, self.how) as f:
            f.write(data)
    def load(self, path):
        with open(path, self.how) as f:
            return f.read()
    def rows(self, path):
        with open(path, self.how) as f:
            return [row for row in f]
"""


def test_how_a_file_was_opened_is_told_by_what_is_done_with_it():
    code = SERIALIZER + "import os\nmine = Serializer(os.environ['HOW'])\n"
    assert seen(code + "mine.save('a.bin', 1)") == ["r ?", "w a.bin"]
    assert seen(code + "mine.load('a.bin')") == ["r ?", "r a.bin"]
    assert seen(code + "mine.rows('a.bin')") == ["r ?"]


def test_a_mode_that_may_be_either_is_not_taken_for_one():
    (row,) = rows("import os\nopen('a.bin', 'rb' if os.environ['X'] else 'wb')")
    assert (row.resolution, row.why) == (
        Resolution.UNRESOLVED,
        "whether it is opened to read or to write is not known",
    )
    assert seen("import os\nopen('a.bin', 'wb' if os.environ['X'] else 'ab')") == ["w a.bin"]


@pytest.mark.parametrize(
    ("use", "access"),
    [
        ("import json\njson.dump({}, f)", "w"),
        ("import json\njson.load(f)", "r"),
        ("import pickle\npickle.load(f)", "r"),
        ("import pandas as pd\npd.read_csv(f)", "r"),
        ("import numpy as np\nnp.save(f, [1])", "w"),
        ("import csv\ncsv.writer(f).writerow([1])", "w"),
    ],
)
def test_libraries_tell_the_direction_of_what_was_opened_somehow(use, access):
    assert seen(f"import os\nf = open('a.bin', os.environ['HOW'])\n{use}") == sorted(["r ?", f"{access} a.bin"])


def test_what_is_asked_over_the_net_is_no_file_of_the_tree():
    code = "import argparse, requests\np = argparse.ArgumentParser()\np.add_argument('--service')\n"
    code += "requests.post(p.parse_args().service)"
    files = {"charts/service.yaml": "a: 1"}
    assert seen(code, files=files, open_=True) == ["r ?"]
    assert seen("import requests\nrequests.post('charts/service.yaml')", files=files) == ["r ?"]
    assert seen("import requests\nrequests.post('http://x.org/a')\nrequests.get('localhost:8000/b')") == [
        "r http://x.org/a",
        "r localhost:8000/b",
    ]


def test_a_notebook_runs_in_its_own_folder_unless_the_tree_has_the_very_file_elsewhere():
    code = "import pandas as pd\npd.read_csv('data/a.csv')"
    other, same = {"data/readme.md": ""}, {"data/a.csv": ""}
    assert [row.name for row in alone("lab/n.ipynb", code, other)] == ["lab/data/a.csv"]
    assert [row.name for row in alone("lab/n.ipynb", code, same)] == ["data/a.csv"]
    made = {"dvc.yaml": "stages:\n  one:\n    cmd: x\n    outs: [data/a.csv]\n", "data/.gitignore": ""}
    assert [row.name for row in alone("lab/n.ipynb", code, made)] == ["data/a.csv"]


def test_a_cache_called_as_a_package_is_not_the_package():
    code = "import os\nopen(os.path.join(os.environ['CACHE'], 'vectors', os.environ['X']))"
    (row,) = rows(code, files={"vectors/__init__.py": ""})
    assert (row.name, row.resolution) == ("◌/vectors/◌", Resolution.TEMPLATE)
    (row,) = rows(
        "import os\nopen('/home/ada/.cache/torch/vectors/' + os.environ['X'])", files={"vectors/__init__.py": ""}
    )
    assert row.name == "~/.cache/torch/vectors/◌"


def test_a_file_of_a_machine_is_not_that_of_the_tree_for_its_last_name_alone():
    (row,) = rows("open('/kaggle/input/titanic/train.csv')", files={"train.csv": ""})
    assert (row.name, row.resolution) == ("/kaggle/input/titanic/train.csv", Resolution.RESOLVED)
    (row,) = rows("open('/app/train.csv')", files={"train.csv": ""})
    assert (row.name, row.resolution) == ("train.csv", Resolution.RELOCATED)


def test_what_is_little_but_holes_says_nothing():
    code = "import os\na, b = os.environ['A'], os.environ['B']\nopen(f'{a}:/{b}s/{b}', 'w')"
    (row,) = rows(code)
    assert (row.access, row.resolution) == (Access.WRITE, Resolution.UNRESOLVED)


def test_a_part_of_a_table_that_is_not_known_is_a_hole():
    code = "import sqlalchemy, os\ne = sqlalchemy.create_engine('postgresql://h/d')\n"
    code += "e.execute('DROP TABLE IF EXISTS features.{}'.format(os.environ['T']))"
    assert seen(code) == ["w postgresql://h/d#features.◌"]


def test_folders_that_a_loop_enters_one_after_the_other_are_beside_one_another():
    code = "import os\nfor a in range(3):\n    os.chdir('one')\n    os.chdir('two')\n    open('a.csv')"
    assert seen(code, files={"one/z": "", "two/z": ""}) == ["r one/two/a.csv"]


def test_what_a_loop_counts_is_any_number():
    code = "import os\nsteps = 0\nwhile True:\n    open(f'out/{steps:04}.png', 'w')\n    steps += 1\n"
    code += "    if os.environ['X']:\n        break"
    assert seen(code) == ["w out/◌.png"]
    code = "import os\nat = 0\nfor a in os.environ['X'].split():\n    open(f'out/{at}.png', 'w')\n    at += 1"
    assert seen(code) == ["w out/◌.png"]
    assert seen("i = 0\nwhile i < 2:\n    open(f'out/{i}.png', 'w')\n    i += 1") == ["w out/0.png", "w out/1.png"]


def test_a_notebook_is_followed_from_one_folder_alone_however_long_it_is():
    code = "def one():\n    open('out/b.csv')\nfor a in 'xy':\n    open(f'out/{a}.csv')\n" + "print(1)\n" * 30_000
    names = {row.name for row in alone("lab/n.ipynb", code, {"setup.py": ""})}
    assert names == {"lab/out/x.csv", "lab/out/y.csv", ""}


def test_a_script_that_finds_one_thing_beside_it_runs_there():
    code = "open('raw/a.csv')\nopen('made/b.csv', 'w')\nprint()"
    assert {row.name for row in alone("lab/deep/s.py", code, {"lab/deep/raw/a.csv": ""})} == {
        "lab/deep/raw/a.csv",
        "lab/deep/made/b.csv",
    }
    assert {row.name for row in alone("lab/s.py", code, {"raw/a.csv": ""})} == {"raw/a.csv", "made/b.csv"}


def test_a_command_is_no_file():
    assert seen("open('cat a.ark |')\nopen('- ark')") == ["r ?"]


def test_an_empty_default_stands_for_what_is_to_be_given():
    code = "import argparse, os\np = argparse.ArgumentParser()\np.add_argument('--out', default='')\n"
    code += "open(os.path.join(p.parse_args().out, 'a.csv'), 'w')"
    assert seen(code, open_=True) == ["w ◌/a.csv"]
    assert seen(code) == ["w a.csv"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("np.save('a', x)", "a.npy"),
        ("np.save('a.npy', x)", "a.npy"),
        ("np.savez_compressed('a.mp4', x=x)", "a.mp4.npz"),
        ("np.savez(os.environ['X'] + '/made_' + os.environ['X'], x=x)", "◌/made_◌"),
        ("plt.savefig('a/b.c/d')", "a/b.c/d.png"),
        ("plt.savefig('d.pdf')", "d.pdf"),
        ("plt.savefig('d', format='svg')", "d"),
        ("plt.figure().savefig('d')", "d.png"),
    ],
)
def test_a_library_ends_the_name_of_what_it_writes(code, name):
    assert seen(f"import os\nimport numpy as np\nimport matplotlib.pyplot as plt\nx = [1]\n{code}") == [f"w {name}"]


def test_an_archive_is_called_after_its_format():
    assert "w out/all.tar.gz" in seen("import shutil\nshutil.make_archive('out/all', 'gztar', 'raw')")
    assert "w out/all.◌" in seen("import shutil, os\nshutil.make_archive('out/all', os.environ['X'], 'raw')")


def test_a_positional_or_required_argument_is_given_whatever_its_default():
    code = "import argparse\np = argparse.ArgumentParser()\np.add_argument('start', default=0)\n"
    code += "p.add_argument('end', nargs='?', default=9)\np.add_argument('--kind', required=True, default='x')\n"
    code += "a = p.parse_args()\nopen(f'out/{a.start}_{a.end}_{a.kind}.png', 'w')"
    assert seen(code, open_=True) == ["w out/◌_9_◌.png"]
    assert seen(code, "1", "2", "--kind", "y") == ["w out/1_2_y.png"]


def test_a_model_that_a_library_packs_is_none_of_a_hub():
    assert seen("import spacy\nspacy.load('en_core_web_lg')") == ["r spacy://en_core_web_lg"]
    assert seen("import spacy\nspacy.load('out/model-best')") == ["r out/model-best"]
    assert seen("import spacy, os\nspacy.load(os.environ['X'])") == ["r ?"]
    assert seen("import whisper\nwhisper.load_model('base')") == ["r whisper://base"]


def test_a_drive_of_somebodys_machine_is_no_folder_of_the_tree():
    code = "import os\nos.chdir('C:\\\\Users\\\\ada\\\\python')\nopen('.\\\\data\\\\a.csv')"
    assert seen(code) == ["r data/a.csv"]


def test_a_pattern_tells_which_branch_a_file_takes():
    code = "import fnmatch, os\nimport pandas as pd\n\ndef read(name):\n    if fnmatch.fnmatch(name, '*.csv'):\n"
    code += "        return pd.read_csv(name)\n    open(name)\n"
    assert seen(code + "read('in/a.json')\nread('in/b.csv')") == ["r in/a.json", "r in/b.csv"]
    found = rows(code + "read('in/a.json')\nread(os.environ['X'] + '/some.json')")
    assert {row.call for row in found} == {"open"}


def test_comments_and_texts_of_sql_name_no_table():
    code = "import sqlalchemy\ne = sqlalchemy.create_engine('postgresql://h/d')\n"
    code += "e.execute('select 1 from a -- taken from backup\\n /* join b */ where c = \\'from d\\'')"
    assert seen(code) == ["r postgresql://h/d#a"]


def test_a_name_of_a_catalog_is_no_path():
    assert seen("from kedro.io import DataCatalog\nDataCatalog().save('made', 1)") == []


def test_an_agent_is_saved_as_an_archive():
    assert seen("from stable_baselines3 import A2C\nA2C('p', 'e').learn(1).save('out/agent')") == ["w out/agent.zip"]


def test_a_notebook_that_finds_its_settings_at_the_root_runs_there():
    code = "import yaml\nwith open('config/a.yaml') as f:\n    c = yaml.safe_load(f)\nopen(c['out'], 'w')\n"
    files = {"config/a.yaml": "out: made/b.txt"}
    assert [row.name for row in alone("lab/n.ipynb", code, files)] == ["config/a.yaml", "made/b.txt"]


def test_a_notebook_that_finds_anything_beside_itself_runs_there():
    code = "import pandas as pd\npd.read_csv('near.csv')\npd.read_csv('far/a.csv').to_csv('made/b.csv')\n"
    files = {"lab/near.csv": "", "far/a.csv": ""}
    assert [row.name for row in alone("lab/n.ipynb", code, files)] == ["far/a.csv", "lab/near.csv", "lab/made/b.csv"]
