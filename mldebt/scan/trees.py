"""The files of a commit, each blob read once on this machine."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from collectors.facts.declarations import Declarations, Declared, declarations
from collectors.facts.files import OWN, File, Files, Summary
from collectors.facts.missing import Missing
from collectors.facts.settings import SettingsSummary
from collectors.git.objects import GONE, blobs
from collectors.git.repository import Repository
from collectors.git.tree import Entry, tree
from collectors.readers.declarations import declarations_key, is_declared_in, read_as, read_settings_file
from collectors.readers.reading import LARGEST_NOTEBOOK, file_of, reader_key, unread, wanted
from mldebt.scan.policies import Decided, decided_in
from mldebt.scan.reading import Text, summaries
from mldebt.store.cache import Cache, Key

LOST = "cannot be read, because objects are missing or corrupt: run git fsck, or clone it again, whole"
NOT_THERE = Missing("the contents of files are missing: clone it again, whole, without --filter")
AT_ONCE = 500
"""Blobs whose summaries are kept together: what an interruption can lose."""


_S = TypeVar("_S", Summary, SettingsSummary)
_Reader = Callable[[Iterable[Text], int], Iterator[_S]]


class Asked(NamedTuple):
    """A blob to be read as what its path makes of it."""

    key: Key
    path: str
    size: int  # bytes


@dataclass
class Trees:
    """Reads trees of one repository. Summaries that the cache or an earlier tree holds are not made again."""

    repository: Repository
    cache: Cache
    report: Callable[[int, int], None]  # blobs read, of how many
    _known: dict[Key, Summary] = field(default_factory=dict)
    _declared: dict[Key, SettingsSummary] = field(default_factory=dict)
    _placed: dict[Entry, File] = field(default_factory=dict)  # trees of one repository share most of their files
    _files: dict[str, tuple[File, ...] | Missing] = field(default_factory=dict)
    _lost: dict[str, int] = field(default_factory=dict)  # folders, by commit
    _ignored: dict[str, int] = field(default_factory=dict)  # files of the system, by commit
    _sentences: dict[str, list[str]] = field(default_factory=dict)
    _decided: dict[str, Decided] = field(default_factory=dict)

    def files(self, commit: str, as_of: int) -> Files | Missing:
        """All files of `commit` (hex); missing where none that should be read is there.

        Raises GitFailed where the commit itself cannot be read.
        """
        if commit not in self._files:
            self._files[commit] = self._listed(commit)
        rows = self._files[commit]
        return (
            rows
            if isinstance(rows, Missing)
            else Files(rows, commit, as_of, self._lost.get(commit, 0), self._ignored.get(commit, 0))
        )

    def sentences(self, commit: str) -> list[str]:
        """What of the tree of `commit` could not be read."""
        return self._sentences.get(commit, [])

    def decided(self, commit: str) -> Decided:
        """What the team had decided in the tree of `commit`, whose files were asked for before."""
        return self._decided.get(commit, Decided())

    def _listed(self, commit: str) -> tuple[File, ...] | Missing:
        listed = tree(self.repository, commit)
        for entry, summary in self.summaries(entry for entry in listed if entry not in self._placed).items():
            self._placed[entry] = file_of(entry.path, entry.oid, entry.size or 0, entry.mode, summary)
        rows = tuple(self._placed[entry] for entry in listed)
        gone = sum(row.summary.unread == GONE for row in rows)
        own = _own(rows)
        rows, self._decided[commit] = decided_in(self.repository, listed, rows)
        self._ignored[commit] = own - _own(rows)
        self._lost[commit] = len(listed.lost)
        if listed.lost or gone:
            lost = [_counted(len(listed.lost), "folder")] if listed.lost else []
            lost += [_counted(gone, "file")] if gone else []
            self._sentences[commit] = [f"{' and '.join(lost)} of commit {commit[:10]} {LOST}"]
        readable = sum(wanted(entry.path, entry.mode, entry.size or 0) for entry in listed)
        if (gone and gone >= readable) or (listed.lost and not rows):
            return NOT_THERE
        return rows

    def summaries(self, entries: Iterable[Entry]) -> Mapping[Entry, Summary]:
        """What readers see in each entry; links, submodules, pictures and other people's code have an empty summary."""
        asked: dict[Entry, Asked] = {}
        found: dict[Entry, Summary] = {}
        for entry in entries:
            if not wanted(entry.path, entry.mode, entry.size or 0):
                found[entry] = Summary()
            elif entry.size is None:
                found[entry] = unread(entry.path, GONE)
            else:
                asked[entry] = Asked(Key(entry.oid, reader_key(entry.path)), entry.path, entry.size)
        known = self._read(asked.values(), self._known, Summary, summaries)
        return found | {entry: known[one.key] for entry, one in asked.items()}

    def declarations(self, commit: str, as_of: int) -> Declarations | Missing:
        """What the files of `commit` (hex) declare; missing where its files are."""
        files = self.files(commit, as_of)
        if isinstance(files, Missing):
            return files
        asked = {
            file.path: Asked(Key(file.oid, declarations_key(file.path) or ""), file.path, file.size)
            for file in files
            if is_declared_in(file)
        }
        known = self._read(asked.values(), self._declared, SettingsSummary, _declared)
        rows = (Declared(path, known[one.key]) for path, one in asked.items())
        return declarations(rows, (file.path for file in files), commit, as_of)

    def _read(self, asked: Iterable[Asked], known: dict[Key, _S], kind: type[_S], read: _Reader[_S]) -> dict[Key, _S]:
        """`known`, with what it lacks of `asked` from the cache, and then from the blobs."""
        by_key = {one.key: one for one in asked if one.key not in known}
        known |= self.cache.summaries(by_key, kind)
        by_oid: dict[str, list[Asked]] = {}
        for key, one in by_key.items():
            if key not in known:
                by_oid.setdefault(key.oid, []).append(one)
        fresh: dict[Key, _S] = {}
        sent: deque[tuple[Asked, bool]] = deque()
        total = sum(map(len, by_oid.values()))
        size = sum(one.size for some in by_oid.values() for one in some)
        for done, summary in enumerate(read(self._texts(by_oid, sent), size), 1):
            one, is_there = sent.popleft()
            known[one.key] = summary
            if is_there:  # else it may be there tomorrow
                fresh[one.key] = summary
            self.report(done, total)
            if len(fresh) >= AT_ONCE:
                self.cache.keep(fresh)
                fresh = {}
        self.cache.keep(fresh)
        return known

    def _texts(self, by_oid: Mapping[str, list[Asked]], sent: deque[tuple[Asked, bool]]) -> Iterator[Text]:
        """Each as it is asked for, and noted in `sent` whether it is there."""
        sizes: dict[str, int | None] = {oid: some[0].size for oid, some in by_oid.items()}
        with closing(blobs(self.repository, by_oid, limit=LARGEST_NOTEBOOK, sizes=sizes)) as found:
            for blob in found:
                for one in by_oid[blob.oid]:
                    sent.append((one, blob.body is not None))
                    yield Text(one.path, blob.body, blob.unread or GONE)


def _own(rows: Iterable[File]) -> int:
    return sum(row.kind in OWN for row in rows)


def _declared(texts: Iterable[Text], _size: int) -> Iterator[SettingsSummary]:
    for path, content, why in texts:
        how = read_as(path) or ""
        empty = SettingsSummary(how)
        yield empty._replace(unread=f"it is {why}") if content is None else read_settings_file(path, content) or empty


def _counted(number: int, of: str) -> str:
    return f"{number:,} {of}{'' if number == 1 else 's'}"
