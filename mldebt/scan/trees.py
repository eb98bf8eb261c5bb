"""The files of a commit, each blob read once on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from collectors.facts.files import File, Files, Summary
from collectors.git.objects import GONE, blobs
from collectors.git.repository import Repository
from collectors.git.tree import Entry, tree
from collectors.readers.reading import LARGEST_NOTEBOOK, file_of, reader_key, summarise, unread, wanted
from mldebt.store.cache import Cache, Key

AT_ONCE = 500
"""Blobs whose summaries are kept together: what an interruption can lose."""


@dataclass
class Trees:
    """Reads trees of one repository. Summaries that the cache or an earlier tree holds are not made again."""

    repository: Repository
    cache: Cache
    report: Callable[[int, int], None]  # blobs read, of how many
    sentences: list[str] = field(default_factory=list)  # what could not be read
    _known: dict[Key, Summary] = field(default_factory=dict)
    _files: dict[str, tuple[File, ...]] = field(default_factory=dict)

    def files(self, commit: str, as_of: int) -> Files:
        """All files of `commit` (hex). Raises GitFailed where the commit itself cannot be read."""
        if commit not in self._files:
            listed = tree(self.repository, commit)
            if listed.lost:
                self.sentences.append(
                    f"{len(listed.lost):,} folders of commit {commit[:10]} are missing or corrupt, "
                    "so their files are not seen: look at the repository with git fsck"
                )
            summaries = self.summaries(listed)
            self._files[commit] = tuple(
                file_of(entry.path, entry.oid, entry.size or 0, entry.mode, summaries[entry]) for entry in listed
            )
        return Files(self._files[commit], commit, as_of)

    def summaries(self, entries: Iterable[Entry]) -> Mapping[Entry, Summary]:
        """What readers see in each entry; links, submodules, pictures and other people's code have an empty summary."""
        keys: dict[Entry, Key] = {}
        found: dict[Entry, Summary] = {}
        for entry in entries:
            if entry.size is None and entry.is_file:
                found[entry] = unread(entry.path, GONE)
            elif wanted(entry.path, entry.mode, entry.size or 0):
                keys[entry] = Key(entry.oid, reader_key(entry.path))
            else:
                found[entry] = Summary()
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
