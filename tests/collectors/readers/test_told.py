"""What commands of documents start."""

from typing import NamedTuple

import pytest

from collectors.facts.files import Told
from collectors.readers.told import told


class Row(NamedTuple):
    line: int
    command: str


def of(*commands: str) -> list[Told]:
    return list(told([Row(line, command) for line, command in enumerate(commands, 1)]))


@pytest.mark.parametrize(
    ("command", "target", "is_module"),
    [
        ("python src/train.py --epochs 3", "src/train.py", False),
        ("CUDA_VISIBLE_DEVICES=0 python3 -u src/train.py", "src/train.py", False),
        ("./run.sh", "run.sh", False),
        ("bash scripts/get.sh", "scripts/get.sh", False),
        ("torchrun --nproc_per_node 2 src/train.py", "src/train.py", False),
        ("poetry run python ../a/b.py", "../a/b.py", False),
        ("Rscript analysis/a.R", "analysis/a.R", False),
        ("python -m shop.tills --day 1", "shop.tills", True),
        ("pip install -r requirements.txt && python -m shop.train", "shop.train", True),
    ],
)
def test_scripts_and_modules(command: str, target: str, is_module: bool) -> None:
    assert of(command) == [Told(target, 1, is_module)]


@pytest.mark.parametrize(
    "command",
    [
        "make",
        "pip install .",
        "python /opt/a.py",
        "python ~/a.py",
        "python $SCRIPT",
        "python src/<name>.py",
        "python src/your_script.py",
        "python my_model.py",
        "python path/to/train.py",
        "python train_modelX.py",
        "git add src/a.py",
        "cat src/a.py",
        "python src/a.py.bak",
    ],
)
def test_what_is_no_code_or_not_known_whole_is_left_out(command: str) -> None:
    assert of(command) == []


@pytest.mark.parametrize(
    "before",
    [
        "wget https://x.example/get.py?raw=1",
        "curl -O https://x.example/get.py",
        "cp a.py get.py",
        "vim tools/get.py",
        "echo 1 > tools/get.py",
        "cat <<EOF > get.py",
    ],
)
def test_what_an_earlier_command_brings_is_no_debt(before: str) -> None:
    assert [one.target for one in of(before, "python tools/get.py", "python tools/b.py")] == ["tools/b.py"]


def test_where_the_commands_have_gone_is_kept_beside_the_target() -> None:
    assert of("cd app", "python src/a.py", "cd ..", "python b.py") == [
        Told("src/a.py", 2, folder="app"),
        Told("b.py", 4),
    ]


def test_lines_are_those_of_the_document_whatever_lies_between() -> None:
    assert [one.line for one in told([Row(7, "python a.py"), Row(90, "python b.py")])] == [7, 90]


def test_many_commands_are_bounded() -> None:
    assert len(told([Row(line, f"python a{line}.py") for line in range(1, 5_000)])) == 200
    assert told([Row(10**7, "python a.py")]) == ()
