"""A mirror of a host's repository: where it is, what it is fetched by, and what a fetch that was cut short leaves.

The rest, over a real host, stands in tests/github_app.
"""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from collectors.git import remote
from collectors.git.errors import NotFetched, RefusedSource
from collectors.git.process import BY_TOKEN, run_in_mirror
from collectors.git.remote import Bounds, Fetch, Remote, credentials_of, fetched, folder_of, is_beyond, tidy, url_of
from collectors.git.repository import At
from collectors.git.turns import locked
from tests.repos.histories import empty_repository

GITHUB = "https://github.com"


def test_the_folder_is_the_repository_s_whatever_it_is_called(tmp_path: Path) -> None:
    assert folder_of(tmp_path, GITHUB, 12) == tmp_path.resolve() / "github.com+12"
    assert folder_of(tmp_path, "https://ghe.example.com:8443", 12).name == "ghe.example.com+8443+12"
    assert folder_of(tmp_path, "https://../../x", 1).parent == tmp_path.resolve()


def test_the_address_holds_no_credentials() -> None:
    assert url_of(Remote(GITHUB, 1, "owner/na.me", "feature/ü-1")) == "https://github.com/owner/na.me.git"
    for name in ("owner", "a/b/c", "../b", "a/..", "a/b?x", "a b/c", "@a/b", "a/b\n"):
        with pytest.raises(RefusedSource):
            url_of(Remote(GITHUB, 1, name, "main"))


def test_the_token_goes_to_one_host_and_no_config_of_anybody_s_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = credentials_of(GITHUB, "ghs_x")
    basic = base64.b64encode(b"x-access-token:ghs_x").decode()
    assert made["http.https://github.com/.extraHeader"] == f"Authorization: Basic {basic}"
    assert (made["http.followRedirects"], made["credential.helper"]) == ("false", "")
    own = tmp_path / ".gitconfig"
    own.write_text('[url "https://evil.example/"]\n\tinsteadOf = https://github.com/\n')
    for name, value in (("HOME", str(tmp_path)), ("GIT_CONFIG_GLOBAL", str(own)), ("GIT_TRACE_CURL", "1")):
        monkeypatch.setenv(name, value)
    at = At(empty_repository(tmp_path / "bare", "--bare"))
    listed = run_in_mirror(at, "config", "--list", credentials=made).decode()
    assert "insteadof" not in listed
    assert basic in listed
    assert basic not in (at.git_dir / "config").read_text()
    assert BY_TOKEN["HOME"] != os.environ["HOME"]


def test_what_was_cut_short_is_removed_and_nothing_else(tmp_path: Path) -> None:
    objects = tmp_path / "git" / "objects"
    (objects / "pack").mkdir(parents=True)
    (objects / "tmp_objdir-incoming-x").mkdir()
    for name in ("pack/tmp_pack_1", "pack/pack-1.pack", "tmp_objdir-incoming-x/a"):
        (objects / name).write_bytes(b"x" * 100)
    assert is_beyond(tmp_path / "git", 100)
    assert not is_beyond(tmp_path / "git", 101)
    assert not is_beyond(tmp_path / "git", None)
    tidy(tmp_path / "git", whole=False)
    assert [file.name for file in objects.rglob("*") if file.is_file()] == ["pack-1.pack"]
    tidy(tmp_path, whole=True)
    assert not (tmp_path / "git").exists()


@pytest.mark.parametrize("is_held", [True, False])
def test_a_repository_that_was_forgotten_while_it_was_waited_for_is_not_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_held: bool
) -> None:
    @contextmanager
    def forgotten(file: Path, waiting: Callable[[], None]) -> Iterator[None]:
        """By whoever held the lock, or a moment before there was one."""
        if not is_held:
            shutil.rmtree(file.parent)
        with locked(file, waiting):
            shutil.rmtree(file.parent)
            yield

    monkeypatch.setattr(remote, "locked", forgotten)
    folder = tmp_path / "github.com+1"
    what = Fetch(folder, ("+refs/heads/main:refs/heads/main",), "refs/heads/main")
    with pytest.raises(NotFetched, match=r"owner/name was taken away while it was waited for"):  # noqa: SIM117
        with fetched(Remote(GITHUB, 1, "owner/name", "main"), "ghs_x", what, Bounds()):
            pass
    assert not folder.exists()
