"""The example repository, looked at with plain git."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from collectors.git.building import is_built
from mldebt.example import EXAMPLE_AS_OF, build_example
from mldebt.example.people import PEOPLE
from mldebt.example.planted import ABANDONED, ADMITTED, PLANTED, Planted
from scoring.debts import Debt

MERGED = ["feature/checks", "feature/lightgbm", "feature/orders"]
SQUASHED = ["feature/harbour", "feature/stockout", "feature/weather"]
REBASED = ["feature/drift", "fix/rolling"]
TRIALS = [name for name in ABANDONED if "/" in name]
ACTIVE = ["exp/pretrained", "feature/planned"]
QUARTER = 90 * 86_400


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_example(tmp_path_factory.mktemp("example") / "shop")


@pytest.fixture(scope="module")
def head(example: Path) -> dict[str, str]:
    """Every file at HEAD."""
    names = git(example, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    return {name: git(example, "show", f"HEAD:{name}") for name in names}


def git(repository: Path, *args: str, stdin: str = "") -> str:
    done = subprocess.run(
        ["git", f"--git-dir={repository}", *args], input=stdin, capture_output=True, check=True, text=True
    )
    return done.stdout.rstrip("\n")


def test_it_is_the_same_every_time(example: Path) -> None:
    before = git(example, "for-each-ref")
    assert git(build_example(example), "for-each-ref") == before


def test_it_is_whole_and_marked(example: Path) -> None:
    assert git(example, "fsck", "--strict") == ""
    assert is_built(example)


def test_its_last_commit_is_where_ages_are_measured_from(example: Path) -> None:
    assert int(git(example, "log", "-1", "--format=%ct")) == EXAMPLE_AS_OF.timestamp()
    assert max(map(int, git(example, "log", "--all", "--format=%ct").split())) == EXAMPLE_AS_OF.timestamp()


def test_it_spans_two_years(example: Path) -> None:
    dates = sorted(git(example, "log", "--format=%cs").split())
    assert (dates[0], dates[-1]) == ("2024-11-04", "2026-11-01")
    assert 300 <= int(git(example, "rev-list", "--all", "--count")) <= 550


def test_eight_people_and_a_bot_wrote_it(example: Path) -> None:
    names = set(git(example, "-c", "mailmap.blob=HEAD:.mailmap", "log", "--format=%aN").splitlines())
    assert names == {person.name for person in PEOPLE.values()}
    assert len(names) == 8 + 1
    assert len(set(git(example, "log", "--format=%ae", "HEAD").splitlines())) == 11  # two wrote from two machines


def test_some_people_stayed_and_some_left(example: Path) -> None:
    recent = set(git(example, "log", "--since=2026-08-03", "--no-merges", "--format=%ae").splitlines())
    gone = {person.mail for person in PEOPLE.values()} - recent
    assert gone == {"tomasz@example.com", "rohan@example.com"}


def test_some_commits_name_a_second_author(example: Path) -> None:
    trailers = git(example, "log", "--format=%(trailers:key=Co-authored-by,valueonly,separator=%x2C)").split()
    assert len(trailers) >= 5


def test_no_address_belongs_to_anyone(example: Path, head: dict[str, str]) -> None:
    found = re.findall(r"[\w.\]\[-]+@([\w.-]+\.\w+)", git(example, "log", "--all", "--format=%ae %ce %B"))
    found += [host for text in head.values() for host in re.findall(r"https?://([\w.-]+)", text)]
    assert {host for host in found if not host.endswith("example.com")} <= {"www.w3.org"}


def test_merged_branches_are_in(example: Path) -> None:
    heads = git(example, "for-each-ref", "--format=%(refname:short)", "--merged=main", "refs/heads").splitlines()
    assert heads == [*MERGED, "main"]


@pytest.mark.parametrize("branch", SQUASHED)
def test_squashed_branches_are_in_as_one_patch(example: Path, branch: str) -> None:
    base = git(example, "merge-base", "main", branch)
    patch = git(example, "patch-id", "--stable", stdin=git(example, "diff", base, branch) + "\n").split()[0]
    later = git(example, "patch-id", "--stable", stdin=git(example, "log", "-p", f"{base}..main", "--first-parent"))
    assert patch in later


@pytest.mark.parametrize("branch", REBASED)
def test_rebased_branches_are_in_commit_by_commit(example: Path, branch: str) -> None:
    cherries = git(example, "cherry", "main", branch).splitlines()
    assert len(cherries) >= 2
    assert all(cherry.startswith("-") for cherry in cherries)


@pytest.mark.parametrize("branch", [*TRIALS, *ACTIVE])
def test_the_others_are_not_in(example: Path, branch: str) -> None:
    assert "+" in git(example, "cherry", "main", branch)
    quiet = EXAMPLE_AS_OF.timestamp() - int(git(example, "log", "-1", "--format=%ct", branch))
    assert (quiet > QUARTER) == (branch in TRIALS)


def test_no_branch_is_of_another_kind(example: Path) -> None:
    heads = git(example, "for-each-ref", "--format=%(refname:short)", "refs/heads").splitlines()
    assert heads == sorted([*MERGED, *SQUASHED, *REBASED, *TRIALS, *ACTIVE, "main", "release/1.x"])


def test_one_change_is_open(example: Path) -> None:
    pulls = git(example, "for-each-ref", "--format=%(refname)", "refs/pull").splitlines()
    assert [pull for pull in pulls if pull.endswith("/merge")] == ["refs/pull/37/merge"]
    assert sum(pull.endswith("/head") for pull in pulls) == 37
    assert git(example, "rev-parse", "refs/pull/37/head") == git(example, "rev-parse", "feature/planned")


def test_experiments_lie_under_the_commit_they_start_from(example: Path) -> None:
    experiments = git(example, "for-each-ref", "--format=%(refname)", "refs/exps").splitlines()
    assert len(experiments) == 4
    for ref in experiments:
        _, _, two, rest, name = ref.split("/")
        assert git(example, "rev-parse", f"{ref}^") == two + rest
        quiet = EXAMPLE_AS_OF.timestamp() - int(git(example, "log", "-1", "--format=%ct", ref))
        assert (quiet > QUARTER) == (name in ABANDONED)


def test_files_were_renamed(example: Path) -> None:
    renames = git(example, "log", "-M", "--diff-filter=R", "--format=", "--name-status").splitlines()
    assert len({line.split("\t")[2] for line in renames}) >= 5


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"{planted.path}: {planted.what}"[:60])
def test_planted_debts_stand_where_the_table_says(head: dict[str, str], planted: Planted) -> None:
    assert planted.line_in(head[planted.path]) >= 1


def test_every_kind_of_debt_is_planted() -> None:
    assert {planted.debt for planted in PLANTED} == set(Debt)


def test_admitted_debts_are_those_of_the_table(head: dict[str, str]) -> None:
    found = {(tag, path) for path, text in head.items() for tag in re.findall(r"\b(TODO|FIXME|XXX|HACK)\b", text)}
    assert found == set(ADMITTED)


def test_no_setting_turns_the_dead_flags_on(example: Path) -> None:
    versions = git(example, "log", "-p", "--format=", "--", "params.yaml", "configs")
    assert "use_price_index: false" in versions
    assert not re.search(r"(?:use_price_index|two_stage): (?!false)", versions)


def test_settings_are_read_unless_planted(head: dict[str, str]) -> None:
    keys = {
        key
        for path, text in head.items()
        if path == "params.yaml" or path.startswith("configs/")
        for key in re.findall(r"^ *(\w+):", text, re.MULTILINE)
    }
    code = "".join(text for path, text in head.items() if path.endswith(".py"))
    planted = {planted.text.split(":")[0] for planted in PLANTED if planted.what == "a setting that nothing reads"}
    assert {key for key in keys if f'"{key}"' not in code} == planted


def test_files_of_every_version_parse(example: Path) -> None:
    rows = git(example, "log", "--all", "--raw", "-m", "--no-renames", "--no-abbrev", "--format=", "--diff-filter=d")
    blobs = {(row.split()[3], row.split("\t")[1]) for row in rows.splitlines()}
    batch = git(example, "cat-file", "--batch", stdin="".join(f"{oid}\n" for oid, _ in sorted(blobs)))
    assert not re.search("[⟦⟧¦]|^@@ ", batch, re.MULTILINE)
    position = 0
    raw = batch.encode() + b"\n"
    for oid, path in sorted(blobs):
        header, _, _ = raw[position:].partition(b"\n")
        size = int(header.split()[2])
        start = position + len(header) + 1
        check_syntax(path, raw[start : start + size].decode())
        assert header.decode().split()[0] == oid
        position = start + size + 1


def check_syntax(path: str, text: str) -> None:
    if path.endswith(".py"):
        ast.parse(text, path)
    elif path.endswith(".ipynb"):
        for cell in json.loads(text)["cells"]:
            if cell["cell_type"] == "code":
                ast.parse("".join(cell["source"]), path)
    elif path.endswith(".json"):
        json.loads(text)
    elif path.endswith(".toml"):
        tomllib.loads(text)
    elif path.endswith((".yaml", ".yml", ".lock", ".dvc")):
        check_yaml(path, text)


def check_yaml(path: str, text: str) -> None:
    """The part of YAML that the example keeps to: blocks of two blanks, each opened by a line that ends in a colon."""
    deepest = 0
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = re.fullmatch(r"((?:  )*)(- )?((?:[\w./-]+|\"[^\"]+\"):(?: \S.*)?|\S.*)", line)
        assert match, (path, line)
        depth = len(match[1])
        assert depth <= deepest, (path, line)
        assert match[2] or ":" in match[3], (path, line)
        opens = match[3].endswith(":") or bool(match[2] and ":" in match[3])
        deepest = depth + (4 if match[2] and match[3].endswith(":") else 2 if opens else 0)
        deepest = max(deepest, depth)
