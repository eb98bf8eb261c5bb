"""Commands in set-up documents that start what is not there."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import dirname, normpath

from collectors.facts.files import File, FileKind, Files, Told
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement

_ENDINGS = (".py", "/__init__.py", "/__main__.py", ".ipynb", ".pyx")


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="scripts and modules",
    better="lower",
    status=SHOW,
    says="Set-up documents start {value} that {value:is|are} not in the tree; {n} {n:is|are} named by their commands.",
    severity=Severity.LOW,
    effort=Effort.S,
)
def stale_instructions(files: Files) -> Measurement:
    """Scripts and modules that commands in README, CONTRIBUTING or INSTALL start, and the commit does not hold.

    Counted is a path or a dotted module whose folder is in the tree, where no path anywhere in it ends with that name;
    once for each document. A document is followed from the root, from its own folder, and from where its commands have
    gone. Left out are names without a folder, placeholders, and what an earlier command downloads or writes.

    Why it matters: it is the first thing that a newcomer types, and it fails; who knew why may have left.
    Pay it off: name what took its place, and let CI run the documented commands.
    Cannot see: steps told in prose or on a wiki, scripts of the root, and steps that run and do something else by now.
    Ask: When did somebody last follow these steps in an empty environment, and what did they change?
    Source: Sculley et al. 2015, section 9 (how quickly can new members be brought up to speed),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    tree = _Tree(file.path for file in files)
    gone: list[tuple[str, Told]] = []
    there = 0
    for file in files:
        for told in _first_of_each(file):
            if tree.holds(told):
                there += 1
            elif tree.lacks(told, dirname(file.path)):
                gone.append((file.path, told))
    if not there and not gone:
        return Measurement.unknown("no command in a README, CONTRIBUTING or INSTALL starts code of this tree")
    return Measurement(len(gone), n=there + len(gone), spots=tuple(_spot(path, told) for path, told in gone))


def _first_of_each(file: File) -> Iterable[Told]:
    if file.kind in (FileKind.VENDORED, FileKind.GENERATED):
        return ()
    return {told.target: told for told in reversed(file.summary.told)}.values()


def _spot(path: str, told: Told) -> Spot:
    what = f"the module {told.target}" if told.is_module else told.target
    return Spot(path, told.line, told.target, note=f"a command starts {what}, which is not in the tree")


class _Tree:
    def __init__(self, paths: Iterable[str]) -> None:
        self._folders = {""}
        self._ends: set[str] = set()
        for path in paths:
            parts = path.split("/")
            self._folders.update("/".join(parts[:end]) for end in range(1, len(parts)))
            self._ends.update("/".join(parts[start:]) for start in range(len(parts)))

    def holds(self, told: Told) -> bool:
        """Whether any path ends with it: the document may be followed from wherever."""
        if told.is_module:
            stem = told.target.replace(".", "/")
            return any(stem + ending in self._ends for ending in _ENDINGS)
        return "/".join(part for part in told.target.split("/") if part not in {".", ".."}) in self._ends

    def lacks(self, told: Told, beside: str) -> bool:
        """Whether its folder is here, and so it should be, where nothing ends with its name."""
        if told.is_module:
            stem = told.target.replace(".", "/")
            return "." in told.target and any(
                dirname(_joined(base, stem)) in self._folders for base in {"", "src", beside, told.folder}
            )
        gone = [base for base in {"", beside} if told.folder and _joined(base, told.folder) in self._folders]
        places = [_joined(base, told.folder, told.target) for base in gone]
        if "/" in told.target:  # else it may be the reader's own
            # Where commands went into a folder that is not here, they may be in another repository.
            places += [_joined(base, told.target) for base in ({"", beside} if gone or not told.folder else {beside})]
        return any(dirname(place) in self._folders and not place.startswith("..") for place in places)


def _joined(*parts: str) -> str:
    path = normpath("/".join(part for part in parts if part))
    return "" if path == "." else path
