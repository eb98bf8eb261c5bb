"""One requirement, in the grammars that people write: PEP 508, pip's lines, Poetry's carets, conda's specifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Pep508

from collectors.facts.settings import Requirement
from collectors.readers.masking import presentable

_NAME = re.compile(r"[A-Za-z0-9](?:[\w.-]{0,200}[A-Za-z0-9])?")
_EXACT = re.compile(r"===?[ ]*[^\s*,<>=!~]+")
_COMMIT = re.compile(r"@[0-9a-f]{40}(?:[#;\s]|$)|#sha(?:256|512)=[0-9a-f]+|#(?:.*&)?sha256=")
_EGG = re.compile(r"[#&]egg=([\w.-]+)")
_ARCHIVE = re.compile(
    r"/([A-Za-z0-9][\w.]*?)-v?\d[\w.+!-]*?(?:-(?:cp|py)\d[\w.-]*)?\.(?:whl|tar\.gz|zip|tar\.bz2)(?:#|$)"
)
_REPOSITORY = re.compile(r"/([\w.-]+?)(?:\.git)?(?:@[^/]*)?(?:#.*)?$")
_CONDA = re.compile(r"(?:[\w./-]+::)?([A-Za-z_][\w.-]*)[ ]*(.*)")
_LONGEST = 300


def normalised(name: str) -> str:
    """As registries compare names. Source: https://peps.python.org/pep-0503/#normalized-names"""
    return re.sub(r"[-_.]+", "-", name).lower()


def pep508(text: str, group: str, line: int, is_hashed: bool = False) -> Iterator[Requirement]:
    """A line of pip's or an entry of pyproject.toml. Nothing where the text names no package."""
    text = text.strip()
    if not text or len(text) > 1_000:
        return
    try:
        found = Pep508(text)
    except (InvalidRequirement, ValueError, RecursionError):
        yield from _loose(text, group, line, is_hashed)
        return
    if found.url is not None:
        yield _from_address(normalised(found.name), found.url, group, line, is_hashed)
        return
    specifier = ",".join(sorted(map(str, found.specifier), reverse=True))
    yield Requirement(normalised(found.name), specifier[:_LONGEST], is_exact(specifier), group, line, is_hashed)


def is_exact(specifier: str) -> bool:
    """One version and no other; a star is none."""
    return _EXACT.fullmatch(specifier.strip()) is not None


def _loose(text: str, group: str, line: int, is_hashed: bool) -> Iterator[Requirement]:
    """What pip or setuptools takes, or once took, though it is no PEP 508: bare addresses, old specifiers."""
    if re.match(r"(?:git|hg|svn|bzr)\+|\w+://", text):
        named = _EGG.search(text) or _ARCHIVE.search(text) or _REPOSITORY.search(text)
        if named:
            yield _from_address(normalised(named[1]), text, group, line, is_hashed)
        return
    if text.startswith((".", "/", "-", "$", "{", "%")) or "*" in text.partition("=")[0]:
        return
    named = _NAME.match(text)
    rest = re.sub(r"^\s*\[[^\]]*\]", "", text[named.end() :]).partition(";")[0].strip() if named else ""
    if named and (not rest or rest[0] in "=<>!~("):
        specifier = rest.strip("() ").replace(" ", "")
        yield Requirement(normalised(named[0]), specifier[:_LONGEST], is_exact(specifier), group, line, is_hashed)


def _from_address(name: str, address: str, group: str, line: int, is_hashed: bool) -> Requirement:
    pinned = _COMMIT.search(address) is not None or is_hashed
    return Requirement(name, _shown(address), pinned, group, line, is_hashed)


def _shown(address: str) -> str:
    return presentable(address[:4_000], ("rev",))[:_LONGEST]


def caret(name: str, said: str, group: str, line: int, pins: bool = False) -> Iterator[Requirement]:
    """Poetry's and pixi's grammar: "^1.2", "1.2.3" (exact), "*". `pins`: a commit or hash stands beside it.

    Source: https://python-poetry.org/docs/dependency-specification/
    """
    if not _NAME.fullmatch(name):
        return
    said = said.strip()
    exact = re.fullmatch(r"=*\s*\d[\w.+!-]*", said) is not None
    specifier = f"=={said.lstrip('= ')}" if exact else "" if said == "*" else said
    shown = _shown(specifier)
    yield Requirement(normalised(name), shown, exact or pins, "python" if name == "python" else group, line)


def conda(text: str, group: str, line: int) -> Iterator[Requirement]:
    """`channel::name=1.2=build`, `name >=1.2`, `name==1.2`. One "=" is a prefix: 1.2 and all that begin so.

    Source: https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html
    """
    found = _CONDA.fullmatch(text.strip()[:1_000])
    if found is None:
        return
    name, rest = found[1], found[2].strip()
    parts = rest.replace(" ", "=").split("=") if re.match(r"\d", rest) else rest.lstrip("=").split("=")
    has_build = len(parts) >= 2 and not re.search(r"[<>!~,|*]", rest)
    if re.match(r"=?\d", rest):
        exact, specifier = has_build, f"=={parts[0]}" if has_build else f"={parts[0].strip('*')}*"
    else:
        exact, specifier = is_exact(rest) or (rest.startswith("==") and has_build), rest.replace(" ", "")
        specifier = f"=={parts[0]}" if exact else specifier
    if not re.match(r"=?\d", rest) and re.fullmatch(r"==\S+", rest):
        exact = "*" not in parts[0]
    yield Requirement(normalised(name), specifier[:_LONGEST], exact, "python" if name == "python" else group, line)
