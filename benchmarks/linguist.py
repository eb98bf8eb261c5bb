"""Languages against linguist's own samples: `python -m benchmarks.linguist GIT_DIR`.

GIT_DIR is a clone of github-linguist/linguist. The name of a sample's folder is the language that linguist means.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from collectors.git.objects import blobs
from collectors.git.repository import open_repository
from collectors.git.tree import tree
from collectors.readers.languages import language_of

FOLDER = "samples/"


def main(git_dir: str) -> int:
    repository = open_repository(git_dir, Path(git_dir), lambda _line: None)
    assert repository.head
    samples = [entry for entry in tree(repository, repository.head) if entry.path.startswith(FOLDER)]
    bodies = {blob.oid: blob.body for blob in blobs(repository, [entry.oid for entry in samples])}
    missed: Counter[tuple[str, str | None]] = Counter()
    seen = 0
    for entry in samples:
        _, meant, *_, name = entry.path.split("/")
        body = bodies[entry.oid]
        if body is not None:
            seen += 1
            said = language_of(name, body)
            if said != meant:
                missed[meant, said] += 1
    agreed = seen - missed.total()
    print(f"{repository.head[:10]}: {agreed:,} of {seen:,} samples agree ({agreed / seen:.1%})")
    for (meant, said), count in missed.most_common(20):
        print(f"  {count:3}  {meant} read as {said}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
