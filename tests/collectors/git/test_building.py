"""Repositories built from a stream of commits."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectors.git.building import MARK, build, is_built
from collectors.git.errors import GitFailed

RECIPE = [
    b"commit refs/heads/main\nmark :1\ncommitter Ada <ada@example.com> 1700000000 +0100\ndata 6\nStart\n",
    b"M 100644 inline readme\ndata 6\nhello\n\n",
    b"commit refs/heads/main\ncommitter Bo <bo@example.com> 1700086400 +0000\ndata 4\nEnd\nfrom :1\nD readme\n\n",
]


def git(repository: Path, *args: str) -> str:
    return subprocess.run(
        ["git", f"--git-dir={repository}", *args], capture_output=True, check=True, text=True
    ).stdout.strip()


def test_a_recipe_becomes_a_bare_repository(tmp_path: Path) -> None:
    built = build(tmp_path / "made", RECIPE)
    assert git(built, "log", "--format=%s %an %ct", "HEAD") == "End Bo 1700086400\nStart Ada 1700000000"
    assert git(built, "rev-parse", "--is-bare-repository") == "true"
    assert git(built, "fsck", "--strict") == ""


def test_the_same_recipe_gives_the_same_ids(tmp_path: Path) -> None:
    first, second = build(tmp_path / "first", RECIPE), build(tmp_path / "second", iter(RECIPE))
    assert git(first, "rev-parse", "HEAD") == git(second, "rev-parse", "HEAD")


def test_the_machine_s_own_settings_stay_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = build(tmp_path / "plain", RECIPE)
    templates = tmp_path / "templates"
    (templates / "hooks").mkdir(parents=True)
    (templates / "hooks" / "post-update").write_text("#!/bin/sh\n")
    settings = tmp_path / "gitconfig"
    settings.write_text(f"[init]\ntemplateDir = {templates}\ndefaultBranch = other\n[user]\nname = Mallory\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    built = build(tmp_path / "built", RECIPE)
    monkeypatch.delenv("GIT_DIR")
    assert not (built / "hooks").exists()
    assert git(built, "symbolic-ref", "HEAD") == "refs/heads/main"
    assert git(built, "rev-parse", "HEAD") == git(plain, "rev-parse", "HEAD")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    assert is_built(build(tmp_path / "made", RECIPE))


def test_an_earlier_one_is_replaced(tmp_path: Path) -> None:
    build(tmp_path / "made", RECIPE[:2])
    built = build(tmp_path / "made", RECIPE)
    assert git(built, "rev-list", "--count", "HEAD") == "2"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made"]


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    assert build(tmp_path / "a" / "b" / "made", RECIPE) == tmp_path / "a" / "b" / "made"


def test_somebody_s_work_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "notes.txt").write_text("dear diary")
    with pytest.raises(FileExistsError, match=r"theirs is there already: name a folder that is empty"):
        build(theirs, RECIPE)
    assert [path.name for path in theirs.iterdir()] == ["notes.txt"]


def test_another_repository_is_left_alone(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "theirs")], check=True)
    with pytest.raises(FileExistsError):
        build(tmp_path / "theirs", RECIPE)


def test_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileExistsError):
        build(tmp_path / "file", RECIPE)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    with pytest.raises(FileExistsError):
        build(tmp_path / "link", RECIPE)
    assert (tmp_path / "link").readlink() == tmp_path / "empty"


def test_a_broken_recipe_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(GitFailed, match="Unsupported command"):
        build(tmp_path / "made", [*RECIPE, b"bake a cake\n"])
    assert list(tmp_path.iterdir()) == []


def test_a_recipe_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    def failing() -> Iterator[bytes]:
        yield RECIPE[0]
        raise RuntimeError

    built = build(tmp_path / "made", RECIPE)
    with pytest.raises(RuntimeError):
        build(built, failing())
    assert git(built, "rev-list", "--count", "HEAD") == "2"
    assert (built / MARK).exists()
