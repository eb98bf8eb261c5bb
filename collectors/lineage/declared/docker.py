"""What `docker run IMAGE python x.py` runs: the command inside, as seen from the tree that is mounted there."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import NamedTuple

from collectors.facts.lineage import HOLE
from collectors.readers.shell import joined

_PROGRAMS = {"docker", "podman", "nerdctl"}
_ALONE = re.compile(
    r"-[itdP]+|--(?:rm|init|privileged|read-only|interactive|tty|detach|publish-all|no-healthcheck|quiet"
    r"|oom-kill-disable|sig-proxy|use-api-socket)|--[\w-]+=.*",
    re.DOTALL,
)
"""Options that take no further word."""
_HERE = re.compile(r"\.(?=/|$)")


class Inside(NamedTuple):
    words: tuple[str, ...]
    folder: str


def inside(words: tuple[str, ...], folder: str) -> Inside | None:
    """The command that a container runs, its paths as the tree has them; None where no container is started.

    Without a folder to work in, the image is taken to hold the tree as it is.
    """
    if not words or words[0].rpartition("/")[2] not in _PROGRAMS:
        return None
    if words[1:2] == ("run",):
        rest = words[2:]
    elif words[1:3] == ("container", "run"):
        rest = words[3:]
    else:
        return None
    mounts: dict[str, str] = {}
    started, work = "", ""
    while rest and rest[0].startswith("-"):
        is_alone = _ALONE.fullmatch(rest[0]) is not None
        name, _, value = rest[0].partition("=")
        if not is_alone:
            value = rest[1] if len(rest) > 1 else ""
        rest = rest[1 if is_alone else 2 :]
        if name in {"-v", "--volume", "--mount"}:
            mounts |= _mount(value, folder, is_long=name == "--mount")
        elif name in {"-w", "--workdir"}:
            work = value
        elif name == "--entrypoint":
            started = value
    command = tuple(_seen(word, mounts) for word in (*([started] if started else []), *rest[1:]))
    place = _seen(work, mounts) if work else ""
    return Inside(command, folder if not work or place.startswith("/") else place)


def _mount(value: str, folder: str, *, is_long: bool) -> dict[str, str]:
    """Folder of the container to folder of the tree, where it is one."""
    if is_long:
        parts = dict(part.partition("=")[::2] for part in value.split(","))
        source = parts.get("source") or parts.get("src") or ""
        target = parts.get("target") or parts.get("destination") or parts.get("dst") or ""
    else:
        source, _, rest = value.partition(":")
        target = rest.partition(":")[0]
    here = _HERE.match(source)
    if not target.startswith("/") or here is None or HOLE in source[here.end() :]:
        return {}
    return {normpath(target): joined(folder, source[here.end() :].lstrip("/") or ".")}


def _seen(word: str, mounts: dict[str, str]) -> str:
    """A word with a path of the container as the tree has it; a setting (`--a=/b`) as well."""
    name, equals, path = word.partition("=") if re.match(r"--?[\w.-]+=/", word) else ("", "", word)
    for target in sorted(mounts, key=len, reverse=True):
        if path == target or path.startswith(f"{target.rstrip('/')}/"):
            return f"{name}{equals}{joined(mounts[target], path[len(target) :].lstrip('/') or '.') or '.'}"
    return word
