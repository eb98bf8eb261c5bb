"""Programs that code starts."""

from __future__ import annotations

import pytest

from tests.lineage_by_hand import seen

TRAIN = "import sys\nimport pandas as pd\npd.read_csv('train.csv').to_csv(sys.argv[1] if sys.argv[1:] else 'out.csv')"


@pytest.mark.parametrize(
    ("start", "written"),
    [
        ("subprocess.run(['python', 'src/train.py'])", "out.csv"),
        ("subprocess.check_call([sys.executable, 'src/train.py', 'a.csv'], check=True)", "a.csv"),
        ("subprocess.run('python3 -u src/train.py a.csv && echo done', shell=True)", "a.csv"),
        ("subprocess.Popen([sys.executable, '-m', 'src.train', 'a.csv'])", "a.csv"),
        ("subprocess.run(['python', 'train.py', 'a.csv'], cwd='src')", "src/a.csv"),
        ("os.system('cd src; python train.py a.csv')", "src/a.csv"),
        (
            "subprocess.run([sys.executable, str(Path(__file__).parent / 'src' / 'train.py')], cwd=Path.cwd())",
            "out.csv",
        ),
        ("runpy.run_path('src/train.py', run_name='__main__')", "out.csv"),
    ],
)
def test_python_of_the_tree_is_followed(start, written):
    main = f"import os, runpy, subprocess, sys\nfrom pathlib import Path\n{start}"
    folder = "src/" if written.startswith("src/") else ""
    assert seen({"main.py": main, "src/train.py": TRAIN}) == [f"r {folder}train.csv", f"w {written}"]


@pytest.mark.parametrize(
    "start",
    [
        "subprocess.run(['git', 'src/train.py'])",
        "subprocess.run(['python', 'src/elsewhere.py'])",
        "subprocess.run(['python', '-c', 'pass'])",
        "subprocess.run(words)",
        "subprocess.run([])",
        "subprocess.run(['python', 'train.py'], cwd=somewhere())",
        "subprocess.run(['python', 'train.py'], cwd='/opt')",
        "subprocess.run(['python', 'main.py'])",  # itself
    ],
)
def test_what_is_not_python_of_the_tree_is_not(start):
    assert seen({"main.py": f"import subprocess\n{start}", "src/train.py": TRAIN}) == []


def test_scripts_that_start_one_another_end():
    one, other = (
        "import subprocess\nopen('{}.txt')\nsubprocess.run(['python', '{}.py'])".format(*x) for x in ("ab", "ba")
    )
    assert seen({"a.py": one, "b.py": other}) == ["r a.txt", "r b.txt"]
