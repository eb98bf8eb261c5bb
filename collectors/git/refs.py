"""Which refs are branches, and by which name they go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from collectors.facts.branches import BranchKind
from collectors.git.errors import GitFailed
from collectors.git.kept_names import is_kept
from collectors.git.process import run
from collectors.git.repository import Repository

HEADS, REMOTES, PULLS, EXPERIMENTS = "refs/heads/", "refs/remotes/", "refs/pull/", "refs/exps/"

# One experiment of DVC: the commit it was made from, cut after two digits, and its name. All else in the folder (exec,
# stash, celery, apply, temp) is DVC's own book-keeping. Source: https://github.com/iterative/dvc, experiments/refs.py
_EXPERIMENT = re.compile(r"refs/exps/[0-9a-f]{2}/(?:[0-9a-f]{38}|[0-9a-f]{62})/.+")
_PULL = re.compile(r"refs/pull/(\d+)/head")
# GitHub's merge queue makes and deletes these itself.
_QUEUE = "refs/heads/gh-readonly-queue/"


class Ref(NamedTuple):
    name: str  # short, as people say it: "exp/a", "origin/exp/a", "pull/12", "exps/ab/12…/exp-a"
    oid: str  # hex
    kind: BranchKind
    branch: str  # the short name without a remote: "exp/a"
    remote: str = ""

    @property
    def is_release(self) -> bool:
        return self.kind is BranchKind.BRANCH and is_kept(self.branch)


class Refs(NamedTuple):
    rows: list[Ref]
    default_of_origin: str | None = None  # short name of the branch that `origin` calls its default, where known
    twin: str | None = None  # tip (hex) of the default branch as `origin` last had it
    is_narrow: bool = False  # the clone was made to fetch only some of its remote's branches


def refs(repository: Repository) -> Refs:
    """Branches, remote-tracking branches, open pull requests and experiments, by name.

    Left out: the default branch and its twins on remotes, symbolic refs (other names of a branch), pull requests that
    are closed (GitHub keeps `refs/pull/N/merge` only while one is open), and tools' own book-keeping.
    """
    folders = [folder.removesuffix("/") for folder in (HEADS, REMOTES, PULLS, EXPERIMENTS)]
    listed = run(repository, "for-each-ref", "--format=%(objectname) %(refname) %(symref)", *folders)
    lines = [line.split(" ") for line in listed.decode("utf-8", "backslashreplace").split("\n") if line]
    direct = {full: oid for oid, full, symbolic in lines if not symbolic}
    fetched = _remotes(repository)
    remotes = sorted(fetched, key=lambda name: (-len(name), name))  # longest first, since a name may hold slashes
    found = [ref for full, oid in direct.items() if (ref := _ref(full, oid, direct, remotes))]
    default = (repository.default_branch or "").removeprefix(HEADS)
    rows = sorted(ref for ref in found if ref.kind is not BranchKind.BRANCH or ref.branch != default)
    origin = next((symbolic for _, full, symbolic in lines if full == f"{REMOTES}origin/HEAD"), "")
    return Refs(
        rows,
        default_of_origin=origin.removeprefix(f"{REMOTES}origin/") or None,
        twin=direct.get(f"{REMOTES}origin/{default}"),
        is_narrow=any(map(_is_narrow, fetched.values())),
    )


def _ref(full: str, oid: str, all_refs: Mapping[str, str], remotes: Iterable[str]) -> Ref | None:
    if full.startswith(HEADS):
        branch = full.removeprefix(HEADS)
        return None if full.startswith(_QUEUE) else Ref(branch, oid, BranchKind.BRANCH, branch)
    if full.startswith(REMOTES):
        name = full.removeprefix(REMOTES)
        remote = next((r for r in remotes if name.startswith(f"{r}/")), name.partition("/")[0])
        branch = name.removeprefix(f"{remote}/")
        kept = branch != "HEAD" and not f"{HEADS}{branch}".startswith(_QUEUE)
        return Ref(name, oid, BranchKind.BRANCH, branch, remote) if kept else None
    if pull := _PULL.fullmatch(full):
        name = f"pull/{pull[1]}"
        return Ref(name, oid, BranchKind.PULL, name) if f"{PULLS}{pull[1]}/merge" in all_refs else None
    name = full.removeprefix("refs/")
    return Ref(name, oid, BranchKind.EXPERIMENT, name) if _EXPERIMENT.fullmatch(full) else None


def _remotes(repository: Repository) -> dict[str, list[str]]:
    """What is fetched from each remote, by name."""
    try:
        listed = run(repository, "config", "-z", "--get-regexp", r"^remote\..*\.(url|fetch)$")
    except GitFailed:  # a clone without remotes can still hold refs of them
        return {}
    found: dict[str, list[str]] = {}
    for line in filter(None, listed.decode("utf-8", "backslashreplace").split("\0")):
        key, _, value = line.partition("\n")
        name, _, setting = key.split(".", 1)[1].rpartition(".")
        fetched = found.setdefault(name, [])
        if setting == "fetch":
            fetched.append(value.lstrip("+").partition(":")[0])
    return found


def _is_narrow(fetched: list[str]) -> bool:
    """Whether some branches are named and no pattern takes in all (`git clone --single-branch`)."""
    heads = [source for source in fetched if source.startswith(HEADS)]
    return bool(heads) and not {f"{HEADS}*", "refs/*"} & set(fetched)


def without_twins(refs: Iterable[Ref], ages: Mapping[str, int]) -> list[Ref]:
    """One ref for each branch that stands here and on a remote, or on several remotes. `ages`: date of each tip.

    Of those that share a name, the newest tip wins: what somebody did last, here or there, is the branch. Where tips
    are equally old, the local one does, then `origin`. A remote branch of another name on the tip of a local one is
    that one's twin, too.
    """
    kept: dict[tuple[BranchKind, str], Ref] = {}
    for ref in sorted(refs, key=lambda ref: (-ages[ref.oid], ref.remote != "", ref.remote != "origin", ref.name)):
        kept.setdefault((ref.kind, ref.branch), ref)
    local = {ref.oid for ref in kept.values() if ref.kind is BranchKind.BRANCH and not ref.remote}
    return sorted(ref for ref in kept.values() if not (ref.remote and ref.oid in local))
