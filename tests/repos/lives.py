"""Random histories in which files live through everything that git knows, and what git says of their lines."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.repos.histories import START, git

HOUR = 3_600
VARIETY = 30
NAMES = (
    *(b"a.py", b"b.py", b"pkg/a.py", b"pkg/__init__.py", b"pkg/sub/__init__.py", b"lib/__init__.py", b"lib/a.py"),
    *(b"lib", b"pkg.py", b"zz/quo\"te's.py", b"zz/new\nline.py", b"zz/tab\t.py", b"zz/not-utf8-\xff.py"),
    *("zz/café.py".encode(), b"zz/:(glob)*", b"zz/-p", b"zz/diff --git.py", b"zz/@@ -1 +1 @@"),
)
WORDS = (b"import torch", b"", b"    return 1", b"def f():", b"x = 1", b"@@ -1 +1 @@", b"diff --git a/a b/b", b"\\ no")

FILE, SCRIPT, LINK, SUBMODULE = b"100644", b"100755", b"120000", b"160000"
Tree = dict[bytes, tuple[bytes, bytes]]  # mode and content by path


class Made(NamedTuple):
    mark: int
    tree: Tree


def lives(dice: random.Random, size: int) -> bytes:
    """A stream for `git fast-import` of `size` commits, the last one on main, the same for the same dice."""
    made: list[Made] = []
    stream = [b"feature date-format=raw-permissive\nfeature done\n"]
    for mark in range(1, size + 1):
        parents = _parents(dice, made)
        tree = dict(parents[0].tree) if parents else {}
        for other in parents[1:]:
            taken = dice.sample(sorted(other.tree), dice.randint(0, len(other.tree)))
            for path in taken:
                _put(tree, path, *other.tree[path])
        for _ in range(dice.choice((0, 1, 1, 1, 2, 3, 6))):
            dice.choice(DEEDS)(dice, tree)
        made.append(Made(mark, tree))
        stream.append(_commit(mark, [parent.mark for parent in parents], tree, START + dice.randint(0, 9_000) * HOUR))
    stream.append(b"reset refs/heads/main\nfrom :%d\n\ndone\n" % size)
    return b"".join(stream)


def moves(dice: random.Random, size: int) -> bytes:
    """A stream of `size` commits that move, split and edit many files which are much alike."""
    pool = [b"line %d of what is said again and again\n" % number for number in range(14)]
    tree: Tree = {}
    stream = [b"feature date-format=raw-permissive\nfeature done\n"]
    for mark in range(1, size + 1):
        for path in [path for path in tree if dice.random() < 0.6]:
            mode, content = tree.pop(path)
            for _ in range(dice.choice((0, 1, 1, 1, 2, 3))):
                lines = content.splitlines(keepends=True)
                for _ in range(dice.randint(0, 3)):
                    at = dice.randint(0, len(lines))
                    lines[at : at + dice.randint(0, 1)] = dice.choice(([], [dice.choice(pool)]))
                _put(tree, _place(dice), mode, b"".join(lines))
        for _ in range(14 if mark == 1 else 2):
            length = dice.randint(3, 12)
            lines = pool[:length] if dice.random() < 0.5 else dice.sample(pool, length)
            _put(tree, _place(dice), FILE, b"".join(lines))
        stream.append(_commit(mark, [mark - 1] if mark > 1 else [], tree, START + mark * HOUR))
    stream.append(b"reset refs/heads/main\nfrom :%d\n\ndone\n" % size)
    return b"".join(stream)


def _place(dice: random.Random) -> bytes:
    folders = [dice.choice((b"p", b"q", b"r", b"s")) for _ in range(dice.randint(0, 2))]
    return b"/".join((*folders, dice.choice((b"a", b"b", b"c", b"__init__", b"d%d" % dice.randint(0, 5)))))


def _parents(dice: random.Random, made: Sequence[Made]) -> list[Made]:
    if not made:
        return []
    first = made[-1] if dice.random() < 0.7 else dice.choice(made[-3:])
    others = [one for one in made[-4:] if one is not first]
    return [first, *dice.sample(others, min(len(others), dice.choice((0, 0, 0, 1, 1, 2))))]


def _commit(mark: int, parents: Sequence[int], tree: Tree, at: int) -> bytes:
    lines = [b"commit refs/heads/work\nmark :%d\ncommitter S <s@example.org> %d +0000\ndata 0\n" % (mark, at)]
    lines += [b"%s :%d\n" % (b"merge" if n else b"from", parent) for n, parent in enumerate(parents)]
    lines.append(b"deleteall\n")
    for path, (mode, content) in tree.items():
        name = b'"%s"' % b"".join(b"\\%03o" % byte for byte in path)
        if mode == SUBMODULE:
            lines.append(b"M 160000 %s %s\n" % (content, name))
        else:
            lines.append(b"M %s inline %s\ndata %d\n%s\n" % (mode, name, len(content), content))
    return b"".join(lines)


def _put(tree: Tree, path: bytes, mode: bytes, content: bytes) -> None:
    """A file where no folder is, in folders where no files are."""
    for other in list(tree):
        if other.startswith(path + b"/") or path.startswith(other + b"/"):
            del tree[other]
    tree[path] = (mode, content)


def _lines(dice: random.Random, most: int) -> list[bytes]:
    return [b"%s # %d" % (dice.choice(WORDS), dice.randint(0, VARIETY)) for _ in range(dice.randint(0, most))]


def _write(dice: random.Random, tree: Tree) -> None:
    content = b"".join(line + b"\n" for line in _lines(dice, 12))
    _put(tree, dice.choice(NAMES), dice.choice((FILE, FILE, SCRIPT)), content)


def _edited(dice: random.Random, content: bytes, most: int) -> bytes:
    lines = content.split(b"\n")
    for _ in range(dice.randint(1, most)):
        at = dice.randint(0, len(lines))
        lines[at : at + dice.randint(0, 3)] = _lines(dice, 3)
    return b"\n".join(lines)


def _edit(dice: random.Random, tree: Tree) -> None:
    if path := _any_file(dice, tree):
        mode, content = tree[path]
        tree[path] = (mode, _edited(dice, content, 3))


def _move(dice: random.Random, tree: Tree) -> None:
    """To one place or two, as it is or with an edit."""
    if path := _any_file(dice, tree):
        mode, content = tree.pop(path)
        for _ in range(dice.choice((1, 1, 1, 2))):
            _put(tree, dice.choice(NAMES), mode, _edited(dice, content, 2) if dice.random() < 0.6 else content)


def _move_folder(dice: random.Random, tree: Tree) -> None:
    for path in [path for path in tree if path.startswith(b"pkg/")]:
        mode, content = tree.pop(path)
        edited = _edited(dice, content, 2) if mode in (FILE, SCRIPT) and dice.random() < 0.5 else content
        _put(tree, path.replace(b"pkg/", dice.choice((b"lib/", b"src/pkg/", b"pkg/sub/"))), mode, edited)


def _copy(dice: random.Random, tree: Tree) -> None:
    if path := _any_file(dice, tree):
        _put(tree, dice.choice(NAMES), *tree[path])


def _delete(dice: random.Random, tree: Tree) -> None:
    if tree:
        del tree[dice.choice(sorted(tree))]


def _alter(dice: random.Random, tree: Tree) -> None:
    """Another mode, line ends, no last newline, nothing, or binary and back."""
    if path := _any_file(dice, tree):
        mode, content = tree[path]
        tree[path] = dice.choice(
            (
                (SCRIPT if mode == FILE else FILE, content),
                (mode, content.replace(b"\r\n", b"\n") if b"\r" in content else content.replace(b"\n", b"\r\n")),
                (mode, content.rstrip(b"\n")),
                (mode, b""),
                (mode, content.replace(b"\0", b"") if b"\0" in content else b"\0" + content),
                (mode, content.replace(b"\0", b"") if b"\0" in content else content + b"\0\n"),
            )
        )


def _retype(dice: random.Random, tree: Tree) -> None:
    """A link or a submodule, at times in a file's place; or a file again."""
    path = dice.choice(NAMES)
    link = (LINK, dice.choice((b"a.py", b"a\nb\n", b"lib")))
    _put(tree, path, *dice.choice((link, (SUBMODULE, b"%040x" % dice.randint(1, 3)), (FILE, link[1]))))


DEEDS = (
    _write,
    _write,
    _edit,
    _edit,
    _edit,
    _edit,
    _move,
    _move,
    _move_folder,
    _copy,
    _delete,
    _alter,
    _alter,
    _retype,
)


def _any_file(dice: random.Random, tree: Tree) -> bytes | None:
    files = sorted(path for path, (mode, _) in tree.items() if mode in (FILE, SCRIPT))
    return dice.choice(files) if files else None


def blamed(where: Path, path: bytes, head: str = "HEAD") -> list[str]:
    """For each line of a file the commit (hex) that `git blame --first-parent` names."""
    found: dict[int, str] = {}
    said = git(where, "blame", "--first-parent", "--incremental", head, "--", path)
    for commit, first, count in re.findall(rb"^([0-9a-f]{40,64}) \d+ (\d+) (\d+)$", said, re.MULTILINE):
        found |= dict.fromkeys(range(int(first), int(first) + int(count)), commit.decode())
    return [found[line] for line in range(1, len(found) + 1)]


def files_of(where: Path, head: str = "HEAD") -> dict[bytes, bytes]:
    """Contents by path of all files and links."""
    listed = git(where, "ls-tree", "-r", "-z", head).split(b"\0")[:-1]
    entries = [line.partition(b"\t") for line in listed if not line.startswith(SUBMODULE)]
    return {path: git(where, "cat-file", "blob", about.split(b" ")[2].decode()) for about, _, path in entries}
