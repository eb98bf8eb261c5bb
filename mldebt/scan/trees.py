"""The files of a commit, each blob read once on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from collectors.facts.files import File, Files, Summary
from collectors.facts.missing import Missing
from collectors.git.objects import GONE, blobs
from collectors.git.repository import Repository
from collectors.git.tree import Entry, tree
from collectors.readers.reading import LARGEST_NOTEBOOK, file_of, reader_key, summarise, unread, wanted
from mldebt.scan.policies import Decided, decided_in
from mldebt.store.cache import Cache, Key

LOST = "cannot be read, because objects are missing or corrupt: run git fsck, or clone it again, whole"
NOT_THERE = Missing("the contents of files are missing: clone it again, whole, without --filter")
AT_ONCE = 500
"""Blobs whose summaries are kept together: what an interruption can lose."""


@dataclass
class Trees:
    """Reads trees of one repository. Summaries that the cache or an earlier tree holds are not made again."""

    repository: Repository
    cache: Cache
    report: Callable[[int, int], None]  # blobs read, of how many
    _known: dict[Key, Summary] = field(default_factory=dict)
    _files: dict[str, tuple[File, ...] | Missing] = field(default_factory=dict)
    _sentences: dict[str, list[str]] = field(default_factory=dict)
    _decided: dict[str, Decided] = field(default_factory=dict)

    def files(self, commit: str, as_of: int) -> Files | Missing:
        """All files of `commit` (hex); missing where none that should be read is there.

        Raises GitFailed where the commit itself cannot be read.
        """
        if commit not in self._files:
            self._files[commit] = self._listed(commit)
        rows = self._files[commit]
        return rows if isinstance(rows, Missing) else Files(rows, commit, as_of)

    def sentences(self, commit: str) -> list[str]:
        """What of the tree of `commit` could not be read."""
        return self._sentences.get(commit, [])

    def decided(self, commit: str) -> Decided:
        """What the team had decided in the tree of `commit`, whose files were asked for before."""
        return self._decided.get(commit, Decided())

    def _listed(self, commit: str) -> tuple[File, ...] | Missing:
        listed = tree(self.repository, commit)
        summaries = self.summaries(listed)
        rows = tuple(file_of(entry.path, entry.oid, entry.size or 0, entry.mode, summaries[entry]) for entry in listed)
        gone = sum(row.summary.unread == GONE for row in rows)
        rows, self._decided[commit] = decided_in(self.repository, listed, rows)
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
        keys: dict[Entry, Key] = {}
        found: dict[Entry, Summary] = {}
        for entry in entries:
            if not wanted(entry.path, entry.mode, entry.size or 0):
                found[entry] = Summary()
            elif entry.size is None:
                found[entry] = unread(entry.path, GONE)
            else:
                keys[entry] = Key(entry.oid, reader_key(entry.path))
        self._known |= self.cache.summaries(set(keys.values()) - self._known.keys())
        self._read({key: entry for entry, key in keys.items() if key not in self._known})
        return found | {entry: self._known[key] for entry, key in keys.items()}

    def _read(self, unknown: Mapping[Key, Entry]) -> None:
        by_oid: dict[str, list[Key]] = {}
        for key in unknown:
            by_oid.setdefault(key.oid, []).append(key)
        sizes = {entry.oid: entry.size for entry in unknown.values()}
        fresh: dict[Key, Summary] = {}
        for done, blob in enumerate(blobs(self.repository, by_oid, limit=LARGEST_NOTEBOOK, sizes=sizes), 1):
            for key in by_oid[blob.oid]:
                if blob.body is None:  # not kept: it may be there tomorrow
                    self._known[key] = unread(unknown[key].path, blob.unread or GONE)
                else:
                    self._known[key] = fresh[key] = summarise(unknown[key].path, blob.body)
            self.report(done, len(by_oid))
            if len(fresh) >= AT_ONCE:
                self.cache.keep(fresh)
                fresh = {}
        self.cache.keep(fresh)


def _counted(number: int, of: str) -> str:
    return f"{number:,} {of}{'' if number == 1 else 's'}"
