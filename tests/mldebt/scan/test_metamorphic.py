"""Changes that mean nothing move nothing, and changes that mean one thing move that one by what they mean."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import Command, Done
from tests.repos.histories import Content, commit, git
from tests.repos.lived_in import MONTHS, PEOPLE, lived_in, month

NOW = month(MONTHS)
TREE = {"config_to_code_ratio", "languages", "ml_code_share", "notebook_share", "setup_steps"}
Files = dict[str | bytes, Content]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived_in(tmp_path_factory.mktemp("repository") / "lived-in")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """One home for all: blobs that were read once are not read again."""
    return Command(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def base(lived: Path, shared: Command, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """With one commit more, of the same day and person as any change below, that changes nothing."""
    return changed(shared, lived, tmp_path_factory.mktemp("base"), {})


def changed(command: Command, lived: Path, where: Path, *steps: Files) -> Done:
    """A scan of the repository with a commit for each step."""
    copy = Path(shutil.copytree(lived, where / "lived-in"))
    for number, files in enumerate(steps):
        commit(copy, files, at=NOW + number, author=PEOPLE[1].encode())
    return command.scan(copy, "--since", "2029-06-01", "--as-of", "2029-12-31")


def moved(base: Done, other: Done) -> set[str]:
    """Signals whose number, or whose being known, differs."""
    assert base.values.keys() == other.values.keys()
    return {name for name, value in base.values.items() if other.values[name] != value}


def blob(lived: Path, path: str) -> bytes:
    return git(lived, "show", f"main:{path}")


def test_the_base_measures_most_of_what_there_is(base: Done) -> None:
    assert sum(value is not None for value in base.values.values()) >= 12
    assert base.card["missing"] == []


def test_a_renamed_file_is_the_same_file(shared: Command, lived: Path, base: Done, tmp_path: Path) -> None:
    renames: Files = {}
    for old, new in (("src/part9.py", "src/portion9.py"), ("src/part66.py", "src/deep/portion66.py")):
        renames |= {old: None, new: blob(lived, old)}
    other = changed(shared, lived, tmp_path, renames)
    assert moved(base, other) == set()
    assert other.signals["truck_factor"]["n"] == base.signals["truck_factor"]["n"]


def test_data_is_not_code_and_not_configuration(shared: Command, lived: Path, base: Done, tmp_path: Path) -> None:
    rows = json.dumps([{"id": n, "label": f"row {n}"} for n in range(60_000)], indent=1).encode()
    assert len(rows) > 2_000_000
    files: Files = {"data/rows.json": rows, "data/rows.csv": b"a,b\n1,2\n" * 99_999, "eval/predictions.json": rows}
    assert not moved(base, changed(shared, lived, tmp_path, files)) & TREE


def test_a_large_data_file_is_not_configuration_wherever_it_lies(
    shared: Command, lived: Path, base: Done, tmp_path: Path
) -> None:
    rows = json.dumps([[n, n * 2.5] for n in range(280_000)], indent=0).encode()
    assert len(rows) > 5_000_000
    assert not moved(base, changed(shared, lived, tmp_path, {"src/lookup.json": rows})) & TREE


def test_an_admitted_debt_that_moves_neither_comes_nor_goes(
    shared: Command, lived: Path, base: Done, tmp_path: Path
) -> None:
    note, code = b"# TODO drop the second copy of the loader\n", blob(lived, "src/part9.py")
    there = changed(shared, lived, tmp_path / "there", {"src/part9.py": code + note})
    assert there.values["self_admitted_debt_flow"] == (base.values["self_admitted_debt_flow"] or 0) + 1
    steps: tuple[Files, Files] = (
        {"src/part9.py": code + note},
        {"src/part9.py": code, "src/part12.py": b"\n\n" + note + blob(lived, "src/part12.py")},
    )
    elsewhere = changed(shared, lived, tmp_path / "elsewhere", *steps)
    for name in ("value", "n"):
        was, now = (done.signals["self_admitted_debt_flow"][name] for done in (there, elsewhere))
        assert now == was
    assert (
        changed(shared, lived, tmp_path / "gone", *steps, {"src/part12.py": blob(lived, "src/part12.py")}).values[
            "self_admitted_debt_flow"
        ]
        == (base.values["self_admitted_debt_flow"])
    )


def test_blank_lines_and_comments_are_no_code(shared: Command, lived: Path, base: Done, tmp_path: Path) -> None:
    airy = blob(lived, "src/train.py").replace(b"\n", b"\n\n# a word\n\n")
    assert not moved(base, changed(shared, lived, tmp_path, {"src/train.py": airy})) & TREE


def test_line_endings_and_a_byte_order_mark_are_no_code(
    shared: Command, lived: Path, base: Done, tmp_path: Path
) -> None:
    windows = b"\xef\xbb\xbf" + blob(lived, "src/train.py").replace(b"\n", b"\r\n")
    assert not moved(base, changed(shared, lived, tmp_path, {"src/train.py": windows})) & TREE


def test_a_split_file_moves_shares_by_no_more_than_its_new_lines(
    shared: Command, lived: Path, base: Done, tmp_path: Path
) -> None:
    head, *lines = blob(lived, "src/train.py").decode().split("def train():\n")
    body = lines[0].splitlines(keepends=True)
    halves = [f"{head}def {name}():\n{''.join(some)}" for name, some in (("one", body[:30]), ("two", body[30:]))]
    other = changed(
        *(shared, lived, tmp_path),
        {"src/train.py": None, "src/train_one.py": halves[0].encode(), "src/train_two.py": halves[1].encode()},
    )
    total = base.signals["ml_code_share"]["n"]
    added = other.signals["ml_code_share"]["n"] - total
    assert 0 < added <= 2
    assert other.values["languages"] == base.values["languages"]
    for name in ("ml_code_share", "config_to_code_ratio"):
        was, now = base.values[name], other.values[name]
        assert was is not None
        assert now == pytest.approx(was, abs=added / total)


@pytest.mark.parametrize(
    "files",
    [
        {"poetry.lock": b""},
        {"package-lock.json": b"{}\n"},
        {"LICENSE": b"MIT\n"},
        {".gitkeep": b""},
        {"src/__init__.py": b""},
        {"picture.png": b"\x89PNG\r\n\x1a\n\0\0"},
        {"docs/notes.md": b"# Notes\n\nSome words.\n"},
    ],
    ids=lambda files: next(iter(files)),
)
def test_a_file_that_does_nothing_moves_nothing_of_a_tree(
    shared: Command, lived: Path, base: Done, tmp_path: Path, files: Files
) -> None:
    other = changed(shared, lived, tmp_path, files)
    assert not moved(base, other) & TREE
    assert [answer["letter"] for answer in other.card["answers"]] == [a["letter"] for a in base.card["answers"]]


def test_an_unused_import_moves_a_share_by_its_line(shared: Command, lived: Path, base: Done, tmp_path: Path) -> None:
    other = changed(shared, lived, tmp_path, {"src/part9.py": b"import os\n" + blob(lived, "src/part9.py")})
    total = base.signals["ml_code_share"]["n"]
    assert other.signals["ml_code_share"]["n"] == total + 1
    for name, value in base.values.items():
        if name in TREE and value is not None:
            assert other.values[name] == pytest.approx(value, abs=1 / total)
    assert [answer["letter"] for answer in other.card["answers"]] == [a["letter"] for a in base.card["answers"]]


# -- branches ------------------------------------------------------------------------------------------


def abandoned(command: Command, repository: Path) -> float | None:
    return command.scan(repository, "--since", "2029-06-01", "--as-of", "2029-12-31").values["abandoned_branches"]


def test_one_more_abandoned_branch_is_one_more_until_it_comes_in_by_squash(
    shared: Command, lived: Path, base: Done, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(lived, tmp_path / "lived-in"))
    before = abandoned(shared, copy)
    assert before == base.values["abandoned_branches"]
    assert before is not None
    start, *_ = git(copy, "rev-list", "--first-parent", "-1", f"--before={month(40)}", "main").decode().split()
    trial: list[Files] = [{"src/trial.py": b"import jax\n" * 5}, {"src/trial.py": b"import jax\n" * 9}]
    commit(copy, trial[0], ref="refs/heads/exp/trial", parents=[start], at=month(41))
    commit(copy, trial[1], ref="refs/heads/exp/trial", at=month(41) + 60)
    assert abandoned(shared, copy) == before + 1
    git(copy, "branch", "exp/twin", "exp/trial")
    assert abandoned(shared, copy) == before + 2
    git(copy, "branch", "-D", "exp/twin")
    commit(copy, trial[1], "trial (#7)", at=NOW)
    assert abandoned(shared, copy) == before


def test_a_merged_a_released_and_a_living_branch_are_not_abandoned(
    shared: Command, lived: Path, base: Done, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(lived, tmp_path / "lived-in"))
    commit(copy, {"a.py": b"x\n"}, ref="refs/heads/release/1.0", parents=["main~9"], at=month(50))
    commit(copy, {"b.py": b"x\n"}, ref="refs/heads/exp/living", parents=["main~9"], at=month(MONTHS) + 20 * 86_400)
    git(copy, "branch", "exp/stale-but-in", "main~30")
    git(copy, "update-ref", "refs/remotes/origin/exp/abandoned", "exp/abandoned")
    assert abandoned(shared, copy) == base.values["abandoned_branches"]


# -- people --------------------------------------------------------------------------------------------


def test_a_mailmap_that_joins_two_names_joins_two_people(
    shared: Command, lived: Path, base: Done, tmp_path: Path
) -> None:
    joined = b"Person 0 <person0@example.org> <person5@example.org>\n"
    other = changed(shared, lived, tmp_path, {".mailmap": joined})
    (was, now) = (done.signals["contributor_absence_factor"]["details"] for done in (base, other))
    assert now["people who committed"] == was["people who committed"] - 1


def test_a_bot_is_nobody(shared: Command, lived: Path, base: Done, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(lived, tmp_path / "lived-in"))
    commit(copy, {}, at=NOW, author=PEOPLE[1].encode())
    bot = b"dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>"
    for number in range(30):
        commit(copy, {"requirements.txt": b"torch==2.%d\n" % number}, at=NOW + 1 + number, author=bot)
    other = shared.scan(copy, "--since", "2029-06-01", "--as-of", "2029-12-31")
    people = {"contributor_absence_factor", "truck_factor", "newcomer_ramp", "newcomer_retention"}
    assert not moved(base, other) & (people | TREE | {"multi_language_commits", "change_coupling"})
