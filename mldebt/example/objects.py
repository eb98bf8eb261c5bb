"""Commits as git stores them and as `git fast-import` reads them.

Ids are worked out here, without git, because DVC files an experiment under the id of the commit that it starts from.
Sources: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects, https://git-scm.com/docs/git-fast-import
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha1


@dataclass(frozen=True)
class Commit:
    mark: int  # its number in the stream
    author: str  # "Name <address> seconds zone"
    committer: str
    text: str  # the message
    parents: tuple[Commit, ...]
    tree: Mapping[str, str]  # path to text
    events: frozenset[str]
    id: str = field(init=False)  # hex

    def __post_init__(self) -> None:
        blobs = {path: object_id("blob", text.encode()) for path, text in self.tree.items()}
        lines = [f"tree {tree_id(blobs)}", *(f"parent {parent.id}" for parent in self.parents)]
        lines += [f"author {self.author}", f"committer {self.committer}", "", self.text]
        object.__setattr__(self, "id", object_id("commit", "\n".join(lines).encode()))

    @property
    def subject(self) -> str:
        return self.text.partition("\n")[0]

    def told(self, ref: str) -> Iterator[bytes]:
        """The commands that make the commit and put `ref` on it."""
        yield f"commit {ref}\nmark :{self.mark}\nauthor {self.author}\ncommitter {self.committer}\n".encode()
        yield _data(self.text)
        yield "".join(
            f"{word} :{parent.mark}\n" for word, parent in zip(("from", "merge"), self.parents, strict=False)
        ).encode()
        before = self.parents[0].tree if self.parents else {}
        for path in sorted(before.keys() - self.tree.keys()):
            yield f"D {path}\n".encode()
        for path, text in sorted(self.tree.items()):
            if text != before.get(path):
                yield f"M 100644 inline {path}\n".encode() + _data(text)


def placed(ref: str, commit: Commit) -> bytes:
    """The command that puts `ref` on a commit."""
    return f"reset {ref}\nfrom :{commit.mark}\n\n".encode()


def tagged(name: str, tagger: str, text: str, commit: Commit) -> bytes:
    """The command that makes an annotated tag."""
    return f"tag {name}\nfrom :{commit.mark}\ntagger {tagger}\n".encode() + _data(text)


def _data(text: str) -> bytes:
    body = text.encode()
    return f"data {len(body)}\n".encode() + body + b"\n"


def object_id(kind: str, body: bytes) -> str:
    """The id, hex, of a blob, tree or commit."""
    return sha1(f"{kind} {len(body)}\0".encode() + body, usedforsecurity=False).hexdigest()


def tree_id(blobs: Mapping[str, str]) -> str:
    """The id of a tree of ordinary files, given the blob of every path."""
    entries: dict[str, tuple[str, str]] = {}  # name, a folder's with the slash that git sorts it by; mode and id
    folders: dict[str, dict[str, str]] = {}
    for path, blob in blobs.items():
        name, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(f"{name}/", {})[rest] = blob
        else:
            entries[name] = ("100644", blob)
    entries |= {name: ("40000", tree_id(below)) for name, below in folders.items()}
    return object_id(
        "tree",
        b"".join(
            f"{mode} {name.removesuffix('/')}\0".encode() + bytes.fromhex(oid)
            for name, (mode, oid) in sorted(entries.items())
        ),
    )
