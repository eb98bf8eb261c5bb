"""Commands into entries."""

from __future__ import annotations

import pytest

from collectors.lineage.declared.commands import Job, entries
from collectors.lineage.declared.rows import Doubt, Entry, Tree

FILES = {
    "src/fit.py": "",
    "fit.py": "",
    "pkg/__main__.py": "",
    "pkg/run.py": "",
    "book.ipynb": "",
    "go.sh": 'cd src\npython fit.py $1 --x ${2} "$@"\n',
    "pyproject.toml": "[project.scripts]\ntrain = 'pkg.run:main'\n",
}  # fmt: skip


def found(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    rows = entries(Tree(frozenset(FILES), FILES.get), text, Job("j", "dvc.yaml"), 1)
    return [(row.script, row.argv, row.folder) for row in rows if isinstance(row, Entry)]


@pytest.mark.parametrize(
    ("text", "script", "argv", "folder"),
    [
        ("python fit.py a --b c", "fit.py", ("a", "--b", "c"), ""),
        ("python3.11 -u -W ignore src/fit.py", "src/fit.py", (), ""),
        ("CUDA_VISIBLE_DEVICES=0 python src\\fit.py", "src/fit.py", (), ""),
        ("cd src && python fit.py", "src/fit.py", (), "src"),
        ("python -m pkg.run --x 1", "pkg/run.py", ("--x", "1"), ""),
        ("python -m pkg", "pkg/__main__.py", (), ""),
        ("python -m torch.distributed.launch --nproc 2 fit.py y", "fit.py", ("y",), ""),
        ("accelerate launch --n 2 fit.py y", "fit.py", ("y",), ""),
        ("torchrun -m pkg.run z", "pkg/run.py", ("z",), ""),
        ("uv run --with x python fit.py a", "fit.py", ("a",), ""),
        ("conda run -n env python fit.py a", "fit.py", ("a",), ""),
        ("poetry run train --lr 1", "pkg/run.py", ("--lr", "1"), ""),
        ("env A=1 time python fit.py", "fit.py", (), ""),
        ("./fit.py a", "fit.py", ("a",), ""),
        ("jupyter nbconvert --execute book.ipynb --to notebook", "book.ipynb", (), ""),
        ("papermill book.ipynb out.ipynb -p a 1", "book.ipynb", (), ""),
        ("bash go.sh d.csv e", "src/fit.py", ("d.csv", "--x", "e", "d.csv", "e"), "src"),
        ("sh -c 'python fit.py q'", "fit.py", ("q",), ""),
        ("python fit.py $HOME/x > log.txt 2>&1", "fit.py", ("◌/x",), ""),
        ("coverage run fit.py a", "fit.py", ("a",), ""),
        ("cd /app/src && python fit.py", "src/fit.py", (), "src"),
        ("$PYTHON src/fit.py a", "src/fit.py", ("a",), ""),
        ("${PY:-python} -m pkg.run a", "pkg/run.py", ("a",), ""),
        ("python /opt/app/src/fit.py", "src/fit.py", (), ""),
        ("python fit.py $(pwd)/a $PWD/b", "fit.py", ("./a", "./b"), ""),
        ("docker run --rm -it -v $(pwd):/w -w /w/src img python fit.py /w/d.csv", "src/fit.py", ("d.csv",), "src"),
        ('docker run -v "$PWD/src:/code:ro" img:1 python /code/fit.py --x=/code/a', "src/fit.py", ("--x=src/a",), ""),
        ("docker run -v $DATA:/data --gpus all img python fit.py /data/a", "fit.py", ("/data/a",), ""),
        (
            "sudo podman run --workdir=/w --mount type=bind,source=.,target=/w img bash go.sh",
            "src/fit.py",
            ("◌", "--x", "◌"),
            "src",
        ),
        ("docker run --entrypoint python img -m pkg.run a", "pkg/run.py", ("a",), ""),
        ("docker container run -e A=1 img sh -c 'python fit.py q'", "fit.py", ("q",), ""),
    ],
)
def test_scripts_modules_and_notebooks(text: str, script: str, argv: tuple[str, ...], folder: str) -> None:
    assert found(text) == [(script, argv, folder)]


def test_what_is_no_python_of_the_tree_is_no_entry() -> None:
    assert found("docker build -t img . && docker run --rm img; docker push img python fit.py") == []
    assert found("echo hi; Rscript a.R; read_GC.py x; python -m pip install x; train.exe; mkdir -p data") == []


def test_scripts_of_r() -> None:
    tree = Tree(frozenset({"src/fit.R"}), lambda _path: "")
    rows = [*entries(tree, "cd src; Rscript --vanilla fit.R a --b", Job("j", "x"), 1)]
    assert [(row.script, row.argv, row.folder) for row in rows if isinstance(row, Entry)] == [
        ("src/fit.R", ("a", "--b"), "src")
    ]
    (doubt,) = entries(tree, "Rscript -e 'x()' src/fit.R", Job("j", "x"), 1)
    assert isinstance(doubt, Doubt)
    assert doubt.why == "it runs Rscript, which is not followed"


def test_several_commands_in_their_order() -> None:
    assert [row[1] for row in found("python fit.py 1 && python fit.py 2; python fit.py 3")] == [("1",), ("2",), ("3",)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("python a/nobody.py", "it runs a/nobody.py, which is not in the tree"),
        ("bash nobody.sh", "it runs nobody.sh, which is not in the tree"),
        ("python -m pkg.nobody", "it runs the module pkg.nobody, which is not in the tree"),
        ("python -c 'import x'", "its code stands in the command itself"),
        ("cd /elsewhere && python fit.py", "it runs in a folder that is not in the tree"),
        ("python $SCRIPT", "which script it runs is put together elsewhere"),
    ],
)
def test_what_cannot_be_followed_is_said(text: str, why: str) -> None:
    rows = list(entries(Tree(frozenset(FILES), FILES.get), text, Job("j", "dvc.yaml"), 7))
    assert [(row.why, row.line) for row in rows if isinstance(row, Doubt)] == [(why, 7)]


def test_a_script_that_runs_itself_ends() -> None:
    files = {"a.sh": "bash a.sh; bash a.sh; python x.py"}
    rows = list(entries(Tree(frozenset(files), files.get), "bash a.sh", Job("j", "dvc.yaml"), 1))
    assert len(rows) < 100
