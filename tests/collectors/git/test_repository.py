"""A path or a URL becomes a repository, or one sentence that says why not."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from collectors.git.errors import CollectError, NeedsPassword, NotARepository, RefusedSource, Unreachable
from collectors.git.repository import Repository, open_repository
from tests.repos.histories import commit, damage, empty_repository, git
from tests.servers_by_hand import listening


@pytest.fixture
def work(tmp_path: Path) -> Path:
    where = empty_repository(tmp_path / "work")
    commit(where, {"src/a.py": b"one\n"})
    git(where, "reset", "--quiet", "--hard")
    return where


def opened(source: Path | str, mirrors: Path | None = None, *, patience: float = 20) -> Repository:
    return open_repository(str(source), mirrors or Path("/nowhere"), lambda _: None, patience=patience)


def head(where: Path, name: str = "HEAD") -> str:
    return git(where, "rev-parse", name).decode().strip()


@pytest.mark.parametrize("inside", [".", "src", ".git", ".git/objects"])
def test_any_folder_in_a_work_tree_leads_to_its_repository(work: Path, inside: str) -> None:
    assert opened(work / inside) == Repository(
        git_dir=work / ".git", source=str(work), name="work", head=head(work), default_branch="refs/heads/main"
    )


def test_a_bare_repository_is_called_after_its_folder(work: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", work, tmp_path / "thing.git")
    found = opened(tmp_path / "thing.git")
    assert (found.git_dir, found.name) == (tmp_path / "thing.git", "thing")


@pytest.mark.parametrize("folder", ["northwind+ranking/repo", "northwind+ranking/git", "northwind+ranking/Repo.git"])
def test_a_bare_repository_whose_folder_says_nothing_is_called_after_the_one_around_it(
    work: Path, tmp_path: Path, folder: str
) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", work, tmp_path / folder)
    git(tmp_path / folder, "remote", "remove", "origin")
    assert opened(tmp_path / folder).name == "northwind+ranking"


def test_a_work_tree_is_called_after_its_folder_whatever_that_is(work: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", work, tmp_path / "around" / "repo")
    assert opened(tmp_path / "around" / "repo").name == "repo"


def test_a_linked_work_tree_has_a_head_of_its_own(work: Path, tmp_path: Path) -> None:
    git(work, "worktree", "add", "--quiet", "-b", "topic", tmp_path / "linked")
    commit(work, {"b.py": b"two\n"}, ref="refs/heads/topic")
    found = opened(tmp_path / "linked")
    assert (found.source, found.default_branch) == (str(tmp_path / "linked"), "refs/heads/topic")
    assert found.head == head(work, "topic") != head(work)


def test_a_submodule_is_a_repository(work: Path, tmp_path: Path) -> None:
    outer = empty_repository(tmp_path / "outer")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", work, "inner")
    found = opened(outer / "inner")
    assert (found.name, found.head) == ("inner", head(work))


def test_the_web_address_of_a_clone_is_its_origins(work: Path) -> None:
    git(work, "remote", "add", "origin", "git@github.com:iterative/dvc.git")
    assert (opened(work).name, opened(work).web) == ("iterative/dvc", "https://github.com/iterative/dvc")


@pytest.mark.parametrize("origin", ["ext::sh -c id", "--upload-pack=x", "/srv/thing", "javascript:alert(1)"])
def test_an_odd_origin_gives_no_web_address(work: Path, origin: str) -> None:
    git(work, "config", "remote.origin.url", origin)
    assert (opened(work).name, opened(work).web) == (work.name, None)


def test_a_path_that_holds_no_repository_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    (tmp_path / "broken" / ".git").mkdir(parents=True)
    (tmp_path / "broken" / ".git" / "HEAD").write_text("nonsense")
    (tmp_path / "astray").mkdir()
    (tmp_path / "astray" / ".git").write_text("gitdir: /does/not/exist")
    for name in ("", "file", "missing", "broken", "astray", "nul\0l"):
        with pytest.raises(NotARepository, match="give the folder of a clone, or a URL"):
            opened(f"{tmp_path}/{name}")


def test_a_config_that_git_cannot_read_is_told_in_its_words(work: Path) -> None:
    (work / ".git" / "config").write_text("[core\nnonsense")
    with pytest.raises(CollectError, match="bad config line 1"):
        opened(work)


def test_an_empty_repository_has_no_head_and_nothing_to_warn_of(tmp_path: Path) -> None:
    found = opened(empty_repository(tmp_path / "empty"))
    assert (found.head, found.default_branch, found.warnings) == (None, "refs/heads/main", ())


def test_an_unborn_head_beside_other_branches_is_warned_of(work: Path) -> None:
    git(work, "symbolic-ref", "HEAD", "refs/heads/nothing")
    found = opened(work)
    assert (found.head, found.is_unborn) == (None, True)
    assert "HEAD names the branch nothing, which has no commits" in found.warnings[0]


def test_a_detached_head_has_a_commit_and_no_branch(work: Path) -> None:
    git(work, "checkout", "--quiet", "--detach")
    found = opened(work)
    assert (found.head, found.default_branch) == (head(work), None)


def test_a_head_whose_commit_is_missing_is_told_so(work: Path) -> None:
    gone = commit(work, {"b.py": b"two\n"}, ref="refs/heads/gone")
    git(work, "update-ref", "--no-deref", "HEAD", gone)
    git(work, "update-ref", "-d", "refs/heads/gone")
    damage(work, gone)
    with pytest.raises(CollectError, match="the commit at HEAD is missing"):
        opened(work)


def test_a_shallow_clone_says_so(work: Path, tmp_path: Path) -> None:
    commit(work, {"b.py": b"two\n"})
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{work}", "shallow")
    found = opened(tmp_path / "shallow")
    assert found.shallow
    assert "git fetch --unshallow" in found.warnings[0]


def test_a_partial_clone_says_so(work: Path, tmp_path: Path) -> None:
    git(work, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--bare", "--filter=blob:none", f"file://{work}", "partial")
    found = opened(tmp_path / "partial")
    assert found.partial
    assert "lines are not counted" in found.warnings[0]


def test_grafts_and_replace_refs_are_passed_over_and_said(work: Path) -> None:
    first, second = head(work), commit(work, {"b.py": b"two\n"})
    git(work, "replace", second, first)
    (work / ".git" / "info").mkdir(exist_ok=True)
    (work / ".git" / "info" / "grafts").write_text(f"{second}\n")
    found = opened(work)
    assert found.head == second
    assert [warning.split(",")[0] for warning in found.warnings] == [
        "the repository has grafts",
        "the repository has replace refs",
    ]


def test_a_repository_of_someone_else_is_read(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(AssertionError, match="dubious ownership"):
        git(work, "log", GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    assert opened(work).head


def test_a_local_repository_is_never_written(work: Path) -> None:
    (work / "src" / "a.py").touch()  # plain git would refresh the index for this
    before = _contents(work)
    opened(work)
    assert _contents(work) == before


def test_a_url_becomes_a_mirror_of_all_refs(work: Path, tmp_path: Path) -> None:
    topic = commit(work, {"b.py": b"two\n"}, ref="refs/pull/7/head")
    commit(work, {"c.py": b"two\n"}, ref="refs/exps/ab/c")
    git(work, "tag", "v1", "main")
    commit(work, {"d.py": b"two\n"}, ref="refs/notes/commits")
    found = opened(f"file://{work}", tmp_path / "mirrors")
    refs = git(found.git_dir, "for-each-ref", "--format=%(refname)").decode().split()
    assert refs == ["refs/exps/ab/c", "refs/heads/main", "refs/pull/7/head", "refs/tags/v1"]
    assert (found.source, found.head, found.default_branch) == (f"file://{work}", head(work), "refs/heads/main")
    assert head(found.git_dir, "refs/pull/7/head") == topic
    assert list((found.git_dir / "objects" / "info").glob("commit-graph*"))


def test_a_fetch_says_how_far_it_is_and_nothing_else(work: Path, tmp_path: Path) -> None:
    said: list[str] = []
    open_repository(f"file://{work}", tmp_path / "mirrors", said.append)
    assert said[0] == f"asking file://{work}"
    assert any(line.startswith("Counting objects: 100% ") for line in said)
    assert not any("refs/" in line or "remote:" in line for line in said)


def test_a_second_fetch_follows_rewritten_deleted_and_renamed_branches(work: Path, tmp_path: Path) -> None:
    commit(work, {"b.py": b"two\n"}, ref="refs/heads/topic")
    opened(f"file://{work}", tmp_path / "mirrors")
    git(work, "branch", "-D", "topic")
    git(work, "branch", "-m", "main", "trunk")
    rewritten = commit(work, {"z.py": b"new\n"}, parents=[], ref="refs/heads/trunk")
    found = opened(f"file://{work}", tmp_path / "mirrors")
    assert (found.head, found.default_branch) == (rewritten, "refs/heads/trunk")
    assert git(found.git_dir, "for-each-ref", "--format=%(refname)").decode().split() == ["refs/heads/trunk"]


def test_a_mirror_whose_making_was_cut_short_is_mended(work: Path, tmp_path: Path) -> None:
    found = opened(f"file://{work}", tmp_path / "mirrors")
    shutil.rmtree(found.git_dir / "objects")
    (found.git_dir / "packed-refs").unlink(missing_ok=True)
    shutil.rmtree(found.git_dir / "refs")
    assert opened(f"file://{work}", tmp_path / "mirrors").head == head(work)


def test_an_empty_url_has_no_head(tmp_path: Path) -> None:
    empty_repository(tmp_path / "empty", "--bare")
    assert opened(f"file://{tmp_path}/empty", tmp_path / "mirrors").head is None


def test_a_second_scan_waits_for_the_fetch_of_the_first_and_takes_what_it_brought(work: Path, tmp_path: Path) -> None:
    mirror = opened(f"file://{work}", tmp_path / "mirrors").git_dir.parent
    said: list[str] = []
    waits = threading.Event()

    def progress(line: str) -> None:
        said.append(line)
        waits.set()

    with (mirror / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = threading.Thread(target=open_repository, args=(f"file://{work}", tmp_path / "mirrors", progress))
        second.start()
        assert waits.wait(60)
        os.utime(mirror / "fetched", (1, 1))  # the first one is done
    second.join()
    assert said == [f"another scan is fetching file://{work}: waiting for it"]


def test_four_scans_at_once_see_the_same(work: Path, tmp_path: Path) -> None:
    results: list[Repository] = []

    def scan() -> None:
        results.append(opened(f"file://{work}", tmp_path / "mirrors"))

    threads = [threading.Thread(target=scan) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert len(set(results)) == 1


@pytest.mark.parametrize("source", ["", "  "])
def test_no_name_is_not_the_folder_that_one_stands_in(source: str, tmp_path: Path) -> None:
    with pytest.raises(NotARepository, match="no repository is named"):
        opened(source, tmp_path / "mirrors")


def test_a_file_is_no_repository_and_not_broken_either(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.touch()
    with pytest.raises(NotARepository, match=r"train\.py is a file: give the folder of a clone"):
        opened(str(file), tmp_path / "mirrors")


def test_a_url_without_a_repository_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="could not be fetched"):
        opened(f"file://{tmp_path}/missing", tmp_path / "mirrors")


@pytest.fixture
def silent_server() -> Iterator[int]:
    """Takes connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_url_that_hangs_ends_in_a_sentence(silent_server: int, tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=r"stopped answering .* check the address and the network"):
        opened(f"http://127.0.0.1:{silent_server}/a/b", tmp_path, patience=0.5)


class _Asking(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the name is http.server's
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.end_headers()


@pytest.fixture
def asking_server() -> Iterator[int]:
    """Wants a name and a password from everyone, and takes none."""
    with listening(_Asking) as port:
        yield port


@pytest.mark.parametrize("typed", ["", "ada:secret@"])
def test_a_url_that_asks_for_a_password_ends_in_a_sentence(
    asking_server: int, typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_ASKPASS", "/bin/echo")
    with pytest.raises(NeedsPassword, match="asks for a name and password") as refused:
        opened(f"http://{typed}127.0.0.1:{asking_server}/a/b", tmp_path / "mirrors")
    assert "secret" not in str(refused.value)
    kept = [file.read_bytes() for file in (tmp_path / "mirrors").rglob("*") if file.is_file()]
    assert not any(b"secret" in content for content in kept)


@pytest.mark.parametrize(
    ("words", "kind", "sentence"),
    [
        ("git@host: Permission denied (publickey).", NeedsPassword, "asks for a name and password"),
        ("Host key verification failed.", Unreachable, "a host that ssh does not know yet"),
        ("ssh: Could not resolve hostname host", Unreachable, "could not be fetched"),
    ],
)
def test_what_ssh_says_becomes_a_sentence(
    words: str, kind: type[Unreachable], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 255\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    with pytest.raises(kind, match=sentence):
        opened("git@host:ada/thing.git", tmp_path / "mirrors")


def test_ssh_of_the_users_own_configuration_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ssh").write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\nexit 255\n")
    (tmp_path / "ssh").chmod(0o755)
    (tmp_path / "config").write_text(f"[core]\nsshCommand = {tmp_path}/ssh\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.delenv("GIT_SSH_COMMAND", raising=False)
    with pytest.raises(Unreachable):
        opened("git@host:ada/thing.git", tmp_path / "mirrors")
    assert (tmp_path / "asked").exists()


@pytest.mark.parametrize("source", ["ext::sh -c 'touch {canary}'", "--upload-pack=touch {canary}", "fd::7"])
def test_what_could_start_a_program_starts_none(source: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    with pytest.raises(RefusedSource):
        opened(source.format(canary=canary), tmp_path)
    assert not canary.exists()


def _contents(where: Path) -> dict[str, tuple[int, str]]:
    return {
        str(file): (file.stat().st_mtime_ns, hashlib.sha256(file.read_bytes()).hexdigest())
        for file in sorted(where.rglob("*"))
        if file.is_file()
    } | {str(folder): (folder.stat().st_mtime_ns, "") for folder in where.rglob("*") if folder.is_dir()}
