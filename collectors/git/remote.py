"""A repository at a host: a mirror kept by its id, fetched with a token."""

from __future__ import annotations

import re
import resource
import shutil
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from collectors.git.address import THIS_MACHINE
from collectors.git.errors import (
    CollectError,
    GitFailed,
    NeedsPassword,
    NotFetched,
    RefusedSource,
    Stalled,
    Unreachable,
)
from collectors.git.process import run_in_mirror
from collectors.git.repository import NO_ENTRY, PATIENCE, At, Repository, looked_at
from collectors.git.turns import locked

_NAME = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}", re.ASCII)
_NO_BRANCH = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|^[-./]|[./]$|//|/\.|\.lock(/|$)")
_NOT_THERE = re.compile(r"couldn't find remote ref|not found|bad object|missing|corrupt|invalid", re.IGNORECASE)


class Remote(NamedTuple):
    """Where a repository is at a host, and what of it is fetched."""

    server: str  # https://github.com, or an Enterprise server; without a slash at its end
    repository: int  # its id there
    full_name: str  # as it is called now
    branch: str  # the default one, or the one that a change goes into


class Bounds(NamedTuple):
    """How long a silence is waited for, and beyond how many bytes no file may grow."""

    patience: float = PATIENCE
    largest: int | None = None


class Fetch(NamedTuple):
    """What is fetched into which folder."""

    folder: Path
    refspecs: tuple[str, ...]
    head: str  # full name of the ref that HEAD is, once it is there
    prune: bool = False  # refs that are gone at the host go here too


def folder_of(mirrors: Path, server: str, repository: int) -> Path:
    """Where the mirror of a hosted repository is, whatever that is called at the moment."""
    host = re.sub(r"[^a-z0-9.-]", "+", urlsplit(server).netloc.lower())
    return mirrors.resolve() / f"{host}+{repository}"


@contextmanager
def fetched(of: Remote, token: str, what: Fetch, bounds: Bounds, source: str = "") -> Iterator[Repository]:
    """A mirror that holds what was asked for. Nobody else fetches into it until the block ends.

    Nothing is checked out, no submodule is fetched, no redirect followed, and of a fetch that fails nothing stays.
    `source` is what the repository is known by, if not by its address. Raises RefusedSource, NotFetched, Unreachable,
    NeedsPassword, GitMissing, GitFailed.
    """
    url = url_of(of)
    what.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    at = At(what.folder / "git")
    with ExitStack() as held:
        try:
            held.enter_context(locked(what.folder / "lock", lambda: None))
            at.git_dir.mkdir(exist_ok=True)
        except FileNotFoundError:  # it was forgotten by whoever held the lock: it is not begun anew
            raise NotFetched(f"{of.full_name} was taken away while it was waited for") from None
        _fetch(of, url, token, at, what, bounds)
        run_in_mirror(at, "symbolic-ref", "HEAD", what.head)
        with suppress(GitFailed):  # only saves room
            run_in_mirror(at, "-c", "gc.auto=6700", "-c", "gc.autoDetach=false", "gc", "--auto", "--quiet")
        yield looked_at(at, source=source or url, name=of.full_name, web=url.removesuffix(".git"))


def _fetch(of: Remote, url: str, token: str, at: At, what: Fetch, bounds: Bounds) -> None:
    is_new = not (at.git_dir / "HEAD").exists()
    tidy(at.git_dir, whole=False)  # whatever ended the last one
    run_in_mirror(at, "init", "--quiet", "--bare", "--template=")
    try:
        with files_up_to(bounds.largest):
            run_in_mirror(
                at,
                *("fetch", "--progress", "--force", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"),
                *("--prune" if what.prune else "--no-prune", "--no-recurse-submodules", "--", url, *what.refspecs),
                protocols=urlsplit(url).scheme,
                patience=bounds.patience,
                credentials=credentials_of(of.server, token),
            )
    except GitFailed as error:
        is_too_large = is_beyond(at.git_dir, bounds.largest)
        tidy(what.folder if is_new else at.git_dir, whole=is_new)
        raise unreachable(of, error, is_too_large=is_too_large) from error


def url_of(of: Remote) -> str:
    """Raises RefusedSource for what GitHub could not have said."""
    parts = urlsplit(of.server)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    if not is_safe or not _NAME.fullmatch(of.full_name) or ".." in of.full_name:
        raise RefusedSource("GitHub named a repository by an address that is not fetched from")
    if not of.branch or len(of.branch) > 1_000 or _NO_BRANCH.search(of.branch):
        raise RefusedSource("GitHub named a branch that git could not have")
    return f"{of.server}/{quote(of.full_name)}.git"


def credentials_of(server: str, token: str) -> dict[str, str]:
    """Only for the one host, and only in the environment: never in an address, an argument or a file."""
    basic = b64encode(f"x-access-token:{token}".encode()).decode()
    return {
        f"http.{server}/.extraHeader": f"Authorization: Basic {basic}",
        "http.followRedirects": "false",
        "credential.helper": "",
        "core.askPass": "",
        "transfer.unpackLimit": "1",  # one pack for each fetch, checked as it comes, and not thousands of files
        "core.symlinks": "false",
        "protocol.version": "2",
    }


def tidy(folder: Path, *, whole: bool) -> None:
    """What a fetch that was cut short left; all of it where there was nothing before."""
    if whole:
        shutil.rmtree(folder / "git", ignore_errors=True)
        return
    objects = folder / "objects"
    for left in (*objects.glob("pack/tmp_*"), *objects.glob("tmp_objdir-*"), *objects.glob("incoming-*")):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def is_beyond(git_dir: Path, largest: int | None) -> bool:
    """Whether a fetch left a file unfinished since it would have grown beyond `largest` bytes."""
    left = (file.stat().st_size for file in (git_dir / "objects").rglob("tmp_*") if file.is_file())
    return largest is not None and max(left, default=0) >= largest


@contextmanager
def files_up_to(most: int | None) -> Iterator[None]:
    """What is begun meanwhile is ended by the system where a file of it grows beyond that."""
    if most is None:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    bound = most if before[1] == resource.RLIM_INFINITY else min(most, before[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (bound, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def unreachable(of: Remote, error: GitFailed, *, is_too_large: bool) -> CollectError:
    if is_too_large:
        return NotFetched(f"{of.full_name} is larger than this server fetches")
    if isinstance(error, Stalled):
        return Unreachable(f"{of.server} stopped answering while {of.full_name} was fetched")
    if any(map(NO_ENTRY.search, error.lines)):
        return NeedsPassword(f"{of.server} did not let mldebt read {of.full_name}")
    said = error.line.removeprefix("fatal: ").removeprefix("error: ") or "nothing"
    sentence = f"{of.full_name} could not be fetched (git says: {said[:200]})"
    return NotFetched(sentence) if _NOT_THERE.search(said) else Unreachable(sentence)
