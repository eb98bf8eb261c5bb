"""Pull requests of a hosted repository: a mirror kept by the repository's id, fetched with a token."""

from __future__ import annotations

import re
import resource
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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
from collectors.git.process import run, run_in_mirror
from collectors.git.repository import NO_ENTRY, PATIENCE, At, Repository, looked_at
from collectors.git.turns import locked

_NAME = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}", re.ASCII)
_NO_BRANCH = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|^[-./]|[./]$|//|/\.|\.lock(/|$)")
_NOT_THERE = re.compile(r"couldn't find remote ref|not found|bad object|missing|corrupt|invalid", re.IGNORECASE)


class Pull(NamedTuple):
    """Whose change, and into what."""

    server: str  # https://github.com, or an Enterprise server; without a slash at its end
    repository: int  # its id there
    full_name: str  # as it is called now
    number: int
    base: str  # branch


class Fetched(NamedTuple):
    repository: Repository
    base: str  # commits, hex
    head: str


def folder_of(mirrors: Path, server: str, repository: int) -> Path:
    """Where the mirror of a hosted repository is, whatever that is called at the moment."""
    host = re.sub(r"[^a-z0-9.-]", "+", urlsplit(server).netloc.lower())
    return mirrors.resolve() / f"{host}+{repository}"


def fetch_pull(
    pull: Pull,
    token: str,
    mirrors: Path,
    progress: Callable[[str], None] = lambda _: None,
    *,
    patience: float = PATIENCE,
    largest: int | None = None,
) -> Fetched:
    """The branch that is merged into, and the head, from the repository that the change is proposed to.

    So a head in a fork that is private or gone can be had as well. Nothing is checked out, no submodule and no tag is
    fetched, no redirect followed. No file of the mirror grows beyond `largest` bytes, and of a fetch that fails nothing
    stays. Raises RefusedSource, NotFetched, Unreachable, NeedsPassword, GitMissing, GitFailed.
    """
    url = url_of(pull)
    folder = folder_of(mirrors, pull.server, pull.repository)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    at = At(folder / "git")
    base, head = f"refs/pull/{pull.number}/base", f"refs/pull/{pull.number}/head"  # no two of them in each other's way
    with locked(folder / "lock", lambda: progress("another job fetches this repository: waiting for it")):
        is_new = not (at.git_dir / "HEAD").exists()
        at.git_dir.mkdir(exist_ok=True)
        tidy(at.git_dir, whole=False)  # whatever ended the last one
        run_in_mirror(at, "init", "--quiet", "--bare", "--template=")
        try:
            with files_up_to(largest):
                run_in_mirror(
                    at,
                    *("fetch", "--progress", "--force", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"),
                    *("--no-recurse-submodules", "--", url, f"+refs/heads/{pull.base}:{base}", f"+{head}:{head}"),
                    protocols=urlsplit(url).scheme,
                    patience=patience,
                    credentials=credentials_of(pull.server, token),
                )
        except GitFailed as error:
            is_too_large = is_beyond(at.git_dir, largest)
            tidy(folder if is_new else at.git_dir, whole=is_new)
            raise unreachable(pull, error, is_too_large=is_too_large) from error
        run_in_mirror(at, "symbolic-ref", "HEAD", base)
        with suppress(GitFailed):  # only saves room
            run_in_mirror(at, "-c", "gc.auto=6700", "-c", "gc.autoDetach=false", "gc", "--auto", "--quiet")
        found = looked_at(at, source=url, name=pull.full_name, web=url.removesuffix(".git"))
        tips = [run(found, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}") for ref in (base, head)]
    return Fetched(found, *(tip.decode().strip() for tip in tips))


def url_of(pull: Pull) -> str:
    """Raises RefusedSource for what GitHub could not have said."""
    parts = urlsplit(pull.server)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    if not is_safe or not _NAME.fullmatch(pull.full_name) or ".." in pull.full_name:
        raise RefusedSource("GitHub named a repository by an address that is not fetched from")
    if not pull.base or len(pull.base) > 1_000 or _NO_BRANCH.search(pull.base):
        raise RefusedSource("GitHub named a branch that git could not have")
    return f"{pull.server}/{quote(pull.full_name)}.git"


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


def unreachable(pull: Pull, error: GitFailed, *, is_too_large: bool) -> CollectError:
    if is_too_large:
        return NotFetched(f"{pull.full_name} is larger than this server fetches")
    if isinstance(error, Stalled):
        return Unreachable(f"{pull.server} stopped answering while {pull.full_name} was fetched")
    if any(map(NO_ENTRY.search, error.lines)):
        return NeedsPassword(f"{pull.server} did not let mldebt read {pull.full_name}")
    said = error.line.removeprefix("fatal: ").removeprefix("error: ") or "nothing"
    sentence = f"{pull.full_name} could not be fetched (git says: {said[:200]})"
    return NotFetched(sentence) if _NOT_THERE.search(said) else Unreachable(sentence)
