"""Observed accesses to be judged by eye, and sites that tell no data: `python -m benchmarks.edges SEED GIT_DIR …`.

Four rows of each repository whose data has a name, as CSV: repository, commit, path, line, access, data, call. Tests
are left out, as a scan leaves them. Told to the other stream of each: sites, those that tell nothing, those that say
what a caller hands over.
"""

from __future__ import annotations

import csv
import random
import re
import sys

from benchmarks.lineage import repository
from collectors.facts.lineage import Resolution
from collectors.lineage.declared.everything import declared
from collectors.lineage.entries import Entry, observed

_TESTS = re.compile(r"(?:^|/)(?:tests?|testing)/|(?:^|/)(?:test_[^/]*|conftest)\.py$")
_EACH = 4


def main(arguments: list[str]) -> int:
    chance = random.Random(int(arguments[0]))
    out = csv.writer(sys.stdout, lineterminator="\n")
    for git_dir in arguments[1:]:
        repo = repository(git_dir)
        sources = {path: text for path, text in repo.sources.items() if not _TESTS.search(path)}
        started = [
            Entry(entry.script, entry.argv, entry.folder, entry.job, entry.function)
            for entry in declared(repo.paths, repo.texts.get).entries
        ]
        rows = observed(sources, repo.paths, repo.texts.get, started)
        named = sorted({(row.path, row.line, row.access.value, row.name, row.call) for row in rows if row.name})
        sites: dict[tuple[str, int, str], set[Resolution]] = {}
        for row in rows:
            sites.setdefault((row.path, row.line, row.call), set()).add(row.resolution)
        dark = sum(kinds == {Resolution.UNRESOLVED} for kinds in sites.values())
        handed = sum(
            Resolution.PARAMETER in kinds and kinds <= {Resolution.PARAMETER, Resolution.UNRESOLVED}
            for kinds in sites.values()
        )
        print(repo.name, len(sites), dark, handed, file=sys.stderr, flush=True)
        for row_of_sample in chance.sample(named, min(_EACH, len(named))):
            out.writerow((repo.name, repo.commit, *row_of_sample))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
