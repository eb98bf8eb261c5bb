"""How fast data is followed through whole trees, tests left out: `python -m benchmarks.following GIT_DIR …`.

Memory is the most that the process ever took: one tree at a time tells it of each.
"""

from __future__ import annotations

import re
import resource
import sys
import time

from benchmarks.lineage import repository
from collectors.lineage.declared.everything import declared
from collectors.lineage.entries import Entry, observed
from collectors.readers.python_flows import is_flow

_TEST = re.compile(r"(?:^|/)(?:tests?|testing)/|(?:^|/)test_[^/]*\.py$|_test\.py$|(?:^|/)conftest\.py$")


def main(git_dirs: list[str]) -> int:
    for git_dir in git_dirs:
        repo = repository(git_dir)
        sources = {path: text for path, text in repo.sources.items() if not _TEST.search(path)}
        flows = [
            path for path, text in sources.items() if path.endswith(".py") and is_flow(text.encode(errors="replace"))
        ]
        started = declared(sorted(repo.paths), repo.texts.get, flows).entries
        entries = [Entry(one.script, one.argv, one.folder, one.job, one.function) for one in started]
        before = time.process_time()
        rows = observed(sources, repo.paths, repo.texts.get, entries)
        seconds = time.process_time() - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"| {repo.name} {repo.commit[:10]} | {len(sources)} files | {seconds:.2f} s "
            f"| {len(sources) / max(seconds, 1e-6):.0f} files/s | {peak} MB | {len(rows)} accesses |",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
