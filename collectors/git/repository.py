"""One repository: a local path read in place, or a bare mirror of a URL."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from collectors.git.address import Address, address
from collectors.git.errors import CollectError, GitFailed, NeedsPassword, NotARepository, Stalled, Unreachable
from collectors.git.process import run, run_in_mirror
from collectors.git.turns import locked

PATIENCE = 120.0
"""Seconds of silence after which a fetch is given up."""
SAYS_NOTHING = frozenset({"", "bare", "git", "mirror", "repo", "repository"})
LONGEST_ATTRIBUTES = 1 << 20
REFSPECS = tuple(f"+refs/{kind}/*:refs/{kind}/*" for kind in ("heads", "tags", "pull", "exps"))

NO_ENTRY = re.compile(r"could not read (Username|Password)|Authentication failed|Permission denied|terminal prompts")
UNKNOWN_HOST = re.compile(r"Host key verification failed")

Progress = Callable[[str], None]
"""Takes a line to show now, without a newline. May be called from another thread."""


@dataclass(frozen=True, slots=True)
class Repository:
    """Where git reads, and what of it can be told before any history is read."""

    git_dir: Path  # absolute
    source: str  # absolute path, or URL without credentials
    name: str  # "owner/name" of its web page where it has one, else the folder's name
    web: str | None = None  # https address that permalinks start with
    head: str | None = None  # hex; None: no commit there yet
    default_branch: str | None = None  # full ref name; None: HEAD is detached
    shallow: bool = False
    partial: bool = False  # a promisor remote: blobs may be missing
    is_unborn: bool = False  # HEAD names a branch without commits, while other branches have some
    warnings: tuple[str, ...] = ()  # sentences: what makes the picture incomplete


class At(NamedTuple):
    git_dir: Path


def open_repository(source: str, mirrors: Path, progress: Progress, *, patience: float = PATIENCE) -> Repository:
    """The repository at a path or URL, ready to be read.

    A path (work tree, folder inside one, linked work tree, `.git`, bare) is read in place and never written. A URL is
    fetched into a bare mirror under `mirrors`; a second scan at the same time waits for the first one's fetch.
    Raises NotARepository, RefusedSource, Unreachable, NeedsPassword, GitMissing, GitFailed.
    """
    if not source.strip():
        raise NotARepository("no repository is named: give the folder of a clone, or a URL")
    where = address(source)
    if where is not None and ("://" in source or not Path(source).exists()):
        mirror = _mirrored(where, mirrors, progress, patience)
        return looked_at(mirror, source=where.shown, name=where.name, web=where.web)
    root, git_dir = _found(Path(source))
    at = At(git_dir)
    origin = _origin(at)
    name = origin.name if origin and origin.web else _folders_name(root, is_bare=root == git_dir)
    return looked_at(at, source=str(root), name=name, web=origin and origin.web)


def _folders_name(root: Path, *, is_bare: bool) -> str:
    """A bare repository whose own folder says nothing is called after the folder around it."""
    folder = root.parent if root.name == ".git" else root
    name = folder.name.removesuffix(".git")
    if is_bare and name.lower() in SAYS_NOTHING:
        name = folder.parent.name
    return name or "repository"


def _found(path: Path) -> tuple[Path, Path]:
    """The folder shown, and its git directory, of the repository that `path` lies in.

    Looked for here rather than by git, which would refuse a repository that belongs to someone else: who names a
    path means it.
    """
    try:
        start = path.expanduser().resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise NotARepository(f"{path} does not exist: give the folder of a clone, or a URL") from error
    if start.is_file() and start.name != ".git":
        raise NotARepository(f"{path} is a file: give the folder of a clone, or a URL")
    for folder in (start, *start.parents):
        for root, candidate in ((folder, folder / ".git"), (folder, folder)):
            head = candidate / "HEAD"
            if candidate.is_file() or head.is_file() or head.is_symlink():
                git_dir = _git_dir(root, candidate)
                if git_dir is not None:
                    return (folder.parent if folder.name == ".git" and candidate is folder else root), git_dir
    raise NotARepository(f"{path} is not in a git repository: give the folder of a clone, or a URL")


def _git_dir(root: Path, candidate: Path) -> Path | None:
    """Where git says that the repository is, or None where it says that there is none."""
    try:
        return Path(os.fsdecode(run(At(candidate), "rev-parse", "--absolute-git-dir")[:-1]))
    except GitFailed as error:
        if candidate.is_dir() and "not a git repository" in error.line:
            return None
        said = f"{root} cannot be read (git says: {error.line.removeprefix('fatal: ')})"
        raise NotARepository(f"{said}: mend it, or give the folder of a clone, or a URL") from error


def looked_at(at: At, *, source: str, name: str, web: str | None) -> Repository:
    try:
        return _seen(Repository(at.git_dir, source, name, web))
    except GitFailed as error:
        raise NotARepository(f"{source} cannot be read: git says {error.line!r}; look at it with git fsck") from error


def _seen(bare: Repository) -> Repository:
    lines = os.fsdecode(run(bare, "rev-parse", "--is-shallow-repository", "--git-common-dir"))
    shallow, common = lines.splitlines()[:2]
    branch = _maybe(bare, "symbolic-ref", "-q", "HEAD")
    head = _maybe(bare, "rev-parse", "--verify", "-q", "HEAD^{commit}")
    if head is None and branch is None:
        raise GitFailed("rev-parse", 1, "the commit at HEAD is missing")
    partial = bool(_maybe(bare, "config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$"))
    warnings = []
    if shallow == "true":
        warnings.append("the clone is shallow, so older history cannot be seen: run git fetch --unshallow")
    if partial:
        warnings.append("the clone is partial, so lines are not counted: run git fetch --refetch --no-filter")
    if (bare.git_dir / common / "info" / "grafts").is_file():
        warnings.append("the repository has grafts, which are passed over: history is read as it was committed")
    if run(bare, "for-each-ref", "--count=1", "refs/replace"):
        warnings.append("the repository has replace refs, which are passed over: history is read as it was committed")
    if _hides_text(bare.git_dir / common / "info" / "attributes"):
        warnings.append(
            "info/attributes of this clone calls some files binary, so their lines are not counted: empty it"
        )
    unborn = head is None and branch is not None and bool(_maybe(bare, "for-each-ref", "--count=1", "refs/heads"))
    if unborn and branch is not None:
        short = branch.removeprefix("refs/heads/")
        warnings.append(f"HEAD names the branch {short}, which has no commits: check out the branch that is meant")
    return replace(
        bare,
        head=head,
        default_branch=branch,
        shallow=shallow == "true",
        partial=partial,
        is_unborn=unborn,
        warnings=tuple(warnings),
    )


def _hides_text(attributes: Path) -> bool:
    """Whether attributes of this one clone keep git from reading files as text: git has no way to pass them over."""
    try:
        held = attributes.read_bytes()[:LONGEST_ATTRIBUTES]
    except OSError:
        return False
    return bool(re.search(rb"^[^#\n]*\s(-diff|-text|binary)(\s|$)", held, re.MULTILINE))


def _maybe(at: Repository | At, *args: str) -> str | None:
    """What a command prints, or None where it says no by status 1."""
    try:
        return run(at, *args).decode(errors="backslashreplace").strip() or None
    except GitFailed as error:
        if error.status == 1:
            return None
        raise


def _origin(at: At) -> Address | None:
    url = None
    with suppress(GitFailed):
        url = _maybe(at, "config", "--get", "remote.origin.url")
    with suppress(CollectError):
        return address(url) if url else None
    return None


def _mirrored(where: Address, mirrors: Path, progress: Progress, patience: float) -> At:
    folder = mirrors.resolve() / where.folder
    folder.mkdir(parents=True, exist_ok=True)
    at = At(folder / "git")
    fetched = folder / "fetched"
    before = _when(fetched)
    with locked(folder / "lock", lambda: progress(f"another scan is fetching {where.shown}: waiting for it")):
        if _when(fetched) != before:
            return at  # another scan fetched while we waited: what it brought is what we came for
        try:
            _fetch(where, at, progress, patience)
        except GitFailed as error:
            raise _unreachable(where, error) from error
        fetched.touch()
    return at


def _when(fetched: Path) -> int:
    return fetched.stat().st_mtime_ns if fetched.exists() else 0


def _fetch(where: Address, at: At, progress: Progress, patience: float) -> None:
    at.git_dir.mkdir(exist_ok=True)
    run_in_mirror(at, "init", "--quiet", "--bare", "--template=")  # mends one that was cut short, else does nothing
    progress(f"asking {where.shown}")
    asked = run_in_mirror(
        at, "ls-remote", "--symref", "--", where.url, "HEAD", protocols=where.protocol, patience=patience
    ).decode(errors="replace")
    run_in_mirror(
        at,
        *("fetch", "--progress", "--prune", "--force", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"),
        *("--no-recurse-submodules", "--", where.url, *REFSPECS),
        protocols=where.protocol,
        patience=patience,
        heard=lambda line: _tell(progress, line),
    )
    symbolic = re.search(r"^ref: (refs/\S+)\tHEAD$", asked, re.MULTILINE)
    detached = re.search(r"^([0-9a-f]{40,64})\tHEAD$", asked, re.MULTILINE)
    with suppress(GitFailed):  # a HEAD that cannot be had leaves the last one
        if symbolic:
            run_in_mirror(at, "symbolic-ref", "HEAD", symbolic[1])
        elif detached:
            run_in_mirror(at, "update-ref", "--no-deref", "HEAD", detached[1])
    with suppress(GitFailed):  # only makes later walks faster
        run_in_mirror(at, "-c", "gc.auto=6700", "-c", "gc.autoDetach=false", "gc", "--auto", "--quiet")
        run_in_mirror(at, "commit-graph", "write", "--reachable", "--split")


def _tell(progress: Progress, line: str) -> None:
    """Pass on how far git is; the other side can write lines too, so nothing else is."""
    match = re.fullmatch(r"(?:remote: )?([A-Z][a-z]+ [a-z]+: +\d+% [\w()/.,| ]*)", line, re.ASCII)
    if match:
        progress(match[1].strip())


def _unreachable(where: Address, error: GitFailed) -> Unreachable:
    """git's words, sorted into what a person can do about them."""
    said = re.sub(r"://[^/@\s']*@", "://", error.line.replace(where.url, where.shown))
    if isinstance(error, Stalled):
        return Unreachable(
            f"{where.shown} stopped answering ({said}): check the address and the network, then try again"
        )
    if any(map(NO_ENTRY.search, error.lines)):
        return NeedsPassword(
            f"{where.shown} asks for a name and password, or does not exist: "
            f"check the address, and sign in by `git ls-remote {where.shown}` before the next scan"
        )
    if any(UNKNOWN_HOST.search(line) for line in error.lines):
        return Unreachable(
            f"{where.shown} is on a host that ssh does not know yet: connect once by ssh, then scan again"
        )
    said = said.removeprefix("fatal: ").removeprefix("error: ") or "nothing"
    return Unreachable(f"{where.shown} could not be fetched (git says: {said}): check the address and the network")
