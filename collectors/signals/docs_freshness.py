"""Set-up documents behind the set-up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from posixpath import dirname

from collectors.facts.changes import DAY, Changes
from collectors.facts.files import FileKind, Files
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded

DOCUMENT = re.compile(
    r"(?:(?:docs?|\.github)/)?"
    r"(?:readme|contributing|install(?:ation|ing)?|setup|hacking|develop(?:ment|ing)"
    r"|getting[-_ ]?started|quick[-_ ]?start)"
    r"(?:\.(?:md|markdown|rst|txt|adoc|org|ipynb))?",
    re.IGNORECASE,
)
SETUP = re.compile(
    r"(?:[^/]+/)?"
    r"(?:(?:[\w.-]*requirements|constraints|environment|conda|compose|docker-compose)[\w.-]*\.(?:txt|in|ya?ml)"
    r"|requirements/[^/]+\.(?:txt|in)|pyproject\.toml|setup\.(?:py|cfg)|noxfile\.py|tox\.ini|pipfile|\.python-version"
    r"|(?:dockerfile|containerfile)[\w.-]*|devcontainer\.json|vagrantfile|makefile|justfile|(?:setup|install)\.sh"
    r"|package\.json|go\.mod|cargo\.toml|project\.toml|gemfile|rakefile|pom\.xml|build\.gradle(?:\.kts)?"
    r"|cmakelists\.txt|\.env\.(?:example|sample|template))",
    re.IGNORECASE,
)


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="days",
    better="lower",
    status=SHOW,
    version=2,
    says="The documents of the set-up are {value} behind it; changes since: {n}.",
)
def docs_freshness(changes: Changes, files: Files) -> Measurement:
    """Days since a set-up file first changed after README, CONTRIBUTING or INSTALL last did; 0 if none did.

    Set-up files are manifests, container files, build files and set-up scripts, at the root or one folder down, where
    a document beside them speaks for them too; lock files are not. Changes by bots, merges, and commits of more than
    30 files count on neither side, except that a document is as new as its addition.

    Why it matters: a newcomer who follows stale steps loses the first days, and learns not to trust the documents.
    Pay it off: change the document with the set-up, and let CI run the documented commands.
    Cannot see: whether a change needed a word in the documents (a version bump does not), or what a wiki says.
    Ask: Do the documented steps still work in an empty environment?
    Source: Sculley et al. 2015, section 9 (how quickly can new members be brought up to speed). The pairing of
    documents and set-up files is this project's own: no published measure was found.
    """
    documents = {
        file.path
        for file in files
        if DOCUMENT.fullmatch(file.path) and file.kind not in (FileKind.VENDORED, FileKind.GENERATED)
    }
    if not documents:
        return Measurement.unknown("no README, CONTRIBUTING or INSTALL was found: write down how to get started")
    if not any(SETUP.fullmatch(file.path) for file in files):
        return Measurement.unknown("no dependency or set-up file was found, such as pyproject.toml or a Dockerfile")
    focused = changes.focused()
    touched = [(c.at, f.path) for c in changes for f in c.files if f.status in "AC"]
    touched += [(c.at, f.path) for c in focused for f in c.files]
    written = max((at for at, path in touched if path in documents), default=None)
    if written is None:
        return Measurement.unknown("the history does not show when the documents changed: fetch the whole history")
    beside = _latest_beside(touched, files)
    later = [
        (change.at, paths)
        for change in focused
        if change.at <= changes.as_of
        and (
            paths := [
                f.path
                for f in change.files
                if SETUP.fullmatch(f.path) and change.at > max(written, beside.get(dirname(f.path), written))
            ]
        )
    ]
    times = Counter(path for _, paths in later for path in paths)
    return Measurement(
        (changes.as_of - min(at for at, _ in later)) / DAY if later else 0,
        n=len(later),
        evidence=tuple(
            Evidence(path, "file", count, f"{worded(count, 'change', 'changes')} since the documents")
            for path, count in sorted(times.items(), key=lambda item: (-item[1], item[0]))[:20]
        ),
        details=(
            ("days since the documents changed", max(0, changes.as_of - written) / DAY),
            ("documents", float(len(documents))),
        ),
    )


def _latest_beside(touched: Iterable[tuple[int, str]], files: Files) -> dict[str, int]:
    """When documents that stand in a folder one down last changed, by folder."""
    here = {file.path for file in files}
    found: dict[str, int] = {}
    for at, path in touched:
        folder, _, name = path.partition("/")
        if path in here and DOCUMENT.fullmatch(name) and "/" not in name:
            found[folder] = max(at, found.get(folder, at))
    return found
