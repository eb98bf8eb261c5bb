"""git through its one door: hardened, drained, and gone when its reader is."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from collectors.git.errors import GitFailed, GitMissing, Stalled
from collectors.git.process import run, run_in_mirror, stream
from tests.repos.histories import commit, damage, empty_repository, git


class At(NamedTuple):
    git_dir: Path


@pytest.fixture
def bare(tmp_path: Path) -> At:
    empty_repository(tmp_path / "bare", "--bare")
    commit(tmp_path / "bare", {"a.txt": b"one\n"})
    return At(tmp_path / "bare")


@pytest.fixture
def fake_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called git, first on the PATH: what it does is up to the test."""
    import git.cmd  # noqa: F401  asks the real one for its version

    script = tmp_path / "bin" / "git"
    script.parent.mkdir()
    script.touch(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:{os.environ['PATH']}")
    return script


def test_a_million_lines_in_and_out_do_not_wait_for_each_other(bare: At) -> None:
    asked = b"0123456789012345678901234567890123456789\n" * 200_000
    answer = run(bare, "cat-file", "--batch-check", stdin=asked)
    assert answer.count(b"missing\n") == 200_000


def test_a_flood_of_complaints_does_not_stop_the_output(bare: At, fake_git: Path) -> None:
    fake_git.write_text("#!/bin/sh\nhead -c 1000000 /dev/zero | tr '\\0' x >&2\necho done\n")
    assert run(bare, "log") == b"done\n"


def test_a_failure_is_told_in_gits_last_words(bare: At) -> None:
    with pytest.raises(GitFailed) as failed:
        run(bare, "cat-file", "blob", "0" * 40)
    assert (failed.value.command, failed.value.status) == ("cat-file", 128)
    assert "bad file" in failed.value.line


def test_reading_to_the_end_of_a_failing_command_raises_only_after_what_it_gave(bare: At, fake_git: Path) -> None:
    fake_git.write_text("#!/bin/sh\necho half\necho 'fatal: broken' >&2\nexit 128\n")
    got = []
    with pytest.raises(GitFailed, match="broken"), stream(bare, "log") as output:
        got += output.readlines()
    assert got == [b"half\n"]


def test_leaving_early_ends_git_without_an_error(bare: At, fake_git: Path) -> None:
    fake_git.write_text("#!/bin/sh\necho $$\nexec yes\n")
    with stream(bare, "log") as output:
        number = int(output.readline())
    assert not _is_alive(number)


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_whatever_ends_the_reader_ends_git_and_what_git_started(
    bare: At, fake_git: Path, interruption: type[BaseException]
) -> None:
    fake_git.write_text("#!/bin/sh\nsleep 1000 &\necho $!\necho $$\nwait\n")
    with pytest.raises(interruption), stream(bare, "log") as output:  # noqa: PT012
        numbers = [int(output.readline()), int(output.readline())]
        raise interruption
    assert not any(map(_is_alive, numbers))


def test_silence_beyond_patience_ends_the_command(bare: At, fake_git: Path) -> None:
    fake_git.write_text("#!/bin/sh\nexec sleep 1000\n")
    with pytest.raises(Stalled, match=r"nothing was heard for 0\.2 seconds"):
        run_in_mirror(bare, "fetch", patience=0.2)


def test_progress_is_heard_line_by_line(bare: At, fake_git: Path) -> None:
    fake_git.write_text("#!/bin/sh\nprintf 'Receiving 1%%\\rReceiving 2%%\\rdone\\n' >&2\n")
    heard: list[str] = []
    run_in_mirror(bare, "fetch", heard=heard.append)
    assert heard == ["Receiving 1%", "Receiving 2%", "done"]


def test_what_git_repeats_of_others_does_not_speak_to_the_terminal(bare: At, fake_git: Path) -> None:
    fake_git.write_text("#!/bin/sh\nprintf 'fatal: \\033]0;owned\\007 \\342\\200\\256x\\n' >&2\nexit 128\n")
    with pytest.raises(GitFailed) as failed:
        run(bare, "log")
    assert failed.value.line.isprintable()
    assert "owned" in failed.value.line


def test_more_paths_than_a_command_takes_are_told(bare: At) -> None:
    paths = [f"{number:0>4000}" for number in range(2_000)]
    with pytest.raises(GitFailed, match="more paths than this system hands to one command"):
        run(bare, "ls-tree", "HEAD", "--", *paths)


def test_a_machine_without_git_is_told_to_install_it(bare: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import git.cmd  # noqa: F401

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitMissing, match="install git"):
        run(bare, "log")


@pytest.mark.parametrize(
    "command",
    [
        ("push",),
        ("gc",),
        ("fetch",),
        ("hook", "run", "x"),
        ("log", "--ext-diff"),
        ("log", "--textconv"),
        ("log", "--output=/tmp/x"),
        ("cat-file", "--filters", "HEAD:a"),
        ("-c", "core.pager=x", "log"),
    ],
)
def test_what_writes_or_starts_programs_is_a_bug_of_the_caller(bare: At, command: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="only reads"):
        run(bare, *command)


def test_a_hooks_environment_does_not_lead_git_elsewhere(
    bare: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = empty_repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other / ".git/objects"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "log.showSignature")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'log.showroot=false'")
    assert run(bare, "log", "--format=%s", "--numstat", "refs/heads/main") == b"change\n\n1\t0\ta.txt\n"


@pytest.fixture
def trapped(tmp_path: Path) -> tuple[At, Path]:
    """A repository whose configuration starts a program wherever it can; the program leaves a file."""
    where, sprung = empty_repository(tmp_path / "trapped"), tmp_path / "sprung"
    trap = tmp_path / "trap"
    trap.write_text(f'#!/bin/sh\necho "$0 $*" >> {sprung}\ncat\n')
    trap.chmod(0o755)
    commit(where, {"a.txt": b"one\n", ".gitattributes": b"* diff=trap filter=trap\n"})
    signed = git(where, "cat-file", "commit", "main").replace(
        b"\n\n", b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n eA==\n -----END PGP SIGNATURE-----\n\n", 1
    )
    oid = git(where, "hash-object", "-t", "commit", "-w", "--stdin", stdin=signed).decode().strip()
    git(where, "update-ref", "refs/heads/main", oid)
    commit(where, {"a.txt": b"two\n"})
    (where / ".git/info").mkdir(exist_ok=True)
    (where / ".git/info/attributes").write_text("* diff=trap filter=trap\n")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        (hooks / hook).symlink_to(trap)
    for key in (
        *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy"),
        *(
            "core.alternateRefsCommand",
            "diff.external",
            "diff.trap.command",
            "diff.trap.textconv",
            "filter.trap.smudge",
        ),
        *("filter.trap.clean", "filter.trap.process", "credential.helper", "pager.log", "gpg.program", "alias.log"),
        *("gpg.ssh.program", "interactive.diffFilter", "uploadpack.packObjectsHook", "remote.origin.uploadpack"),
    ):
        git(where, "config", key, f"!{trap}" if key == "alias.log" else str(trap))
    for key, value in {
        "core.hooksPath": str(hooks),
        "log.showSignature": "true",
        "protocol.ext.allow": "always",
        "remote.origin.url": f"ext::{trap}",
        "remote.origin.promisor": "true",
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
    }.items():
        git(where, "config", key, value)
    sprung.unlink(missing_ok=True)
    return At(where / ".git"), sprung


def test_a_hostile_repository_springs_its_traps_on_plain_git_but_not_on_us(trapped: tuple[At, Path]) -> None:
    at, sprung = trapped
    git(at.git_dir.parent, "log", "-p", "main")
    assert "trap" in sprung.read_text()  # the traps are armed
    sprung.unlink()
    git(at.git_dir, "config", "mailmap.file", "/dev/zero")  # has no end
    git(at.git_dir, "config", "diff.orderFile", "/dev/zero")
    for patch in ("-p", "--numstat", "--raw"):
        assert run(at, "log", patch, "-M", "--format=%H %aE", "refs/heads/main")
        run(at, "diff-tree", "-r", patch, "refs/heads/main~1", "refs/heads/main")
    run(at, "for-each-ref")
    run(at, "rev-list", "--objects", "refs/heads/main")
    run(at, "cat-file", "--batch-all-objects", "--batch-check")
    run(at, "patch-id", "--stable", stdin=run(at, "diff-tree", "-p", "refs/heads/main"))
    assert not sprung.exists()


@pytest.mark.parametrize("url", ["ext::{trap}", "ssh://host/path", "{path}", "https://localhost:1/x"])
def test_a_missing_blob_is_not_fetched_from_wherever_the_repository_says(
    trapped: tuple[At, Path], url: str, tmp_path: Path
) -> None:
    at, sprung = trapped
    git(at.git_dir, "config", "remote.origin.url", url.format(trap=tmp_path / "trap", path=at.git_dir))
    blob = git(at.git_dir, "rev-parse", "main:a.txt").decode().strip()
    damage(at.git_dir, blob)
    sprung.unlink(missing_ok=True)
    started = time.monotonic()
    with pytest.raises(GitFailed):
        run(at, "cat-file", "blob", blob)
    with pytest.raises(GitFailed):
        run(at, "log", "--numstat", "refs/heads/main")
    assert not sprung.exists()
    assert time.monotonic() - started < 60


def _is_alive(number: int) -> bool:
    for _ in range(1_000):
        try:
            os.kill(number, 0)
            if Path("/proc/self/stat").exists() and " Z " in Path(f"/proc/{number}/stat").read_text():
                return False  # ended; whoever reaps it is not us
        except (ProcessLookupError, FileNotFoundError):
            return False
        time.sleep(0.02)
    return True
