"""Patterns that a repository writes, matched in bounded time: they never become regular expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

LONGEST = 200
"""Characters of a pattern that is taken."""
LONGEST_PATH = 4_096
"""What is longer matches nothing: no system that people check out has such paths."""


def matches(glob: str, text: str) -> bool:
    """The whole text: `*` stands for any characters, `?` for one. At most len(glob) x len(text) steps."""
    return _matched(glob, text, "*", lambda want, got: want in ("?", got))


def path_matches(glob: str, path: str) -> bool:
    """A path from the root, name by name.

    `*` and `?` stay within a name, `**` stands for any folders or none, `docs/` and `docs/**` for all in that folder.
    A pattern without a slash is a name in any folder, as in .gitignore.
    """
    return any_path([glob])(path)


def any_path(globs: Iterable[str]) -> Callable[[str], bool]:
    """Whether one of `globs` matches a path."""
    wanted = [(_start(glob), _names(glob)) for glob in globs]

    def is_meant(path: str) -> bool:
        if len(path) > LONGEST_PATH:
            return False
        return any(
            path.startswith(start) and _matched(names, path.split("/"), "**", matches) for start, names in wanted
        )

    return is_meant


def _names(glob: str) -> list[str]:
    names = glob.strip("/").split("/")
    if len(names) == 1 and not glob.startswith("/"):
        names = ["**", *names]
    if glob.endswith("/"):
        names.append("**")
    return [*names, "*"] if names[-1] == "**" else names  # what is in a folder, not the folder


def _start(glob: str) -> str:
    """What every path begins with that `glob` matches: most patterns are ruled out by it."""
    if "/" not in glob.rstrip("/"):
        return ""
    plain = glob.lstrip("/")
    end = min((plain.index(star) for star in "*?" if star in plain), default=len(plain))
    return plain[:end]


def _matched(want: Sequence[str], got: Sequence[str], star: str, same: Callable[[str, str], bool]) -> bool:
    """Greedy, with one way back: where the rest does not fit, the last star takes one more."""
    at = seen = 0
    after, taken = -1, 0  # behind the last star; what it has taken so far
    while seen < len(got):
        if at < len(want) and want[at] == star:
            at += 1
            after, taken = at, seen
        elif at < len(want) and same(want[at], got[seen]):
            at += 1
            seen += 1
        elif after >= 0:
            taken += 1
            at, seen = after, taken
        else:
            return False
    return all(rest == star for rest in want[at:])
