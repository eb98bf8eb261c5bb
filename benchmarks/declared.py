"""What declared pipelines say, against what is known of them. `python -m benchmarks.declared GIT_DIR…`"""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path
from time import perf_counter

from collectors.lineage.declared.everything import DeclaredPipelines, declared


def tree_at(git_dir: Path, commit: str = "HEAD") -> DeclaredPipelines:
    """Read through git, a file when it is asked for."""
    listed = subprocess.run(
        ["git", "-C", git_dir, "ls-tree", "-r", "-z", "--name-only", commit], stdout=subprocess.PIPE, check=True
    ).stdout
    paths = [path.decode(errors="backslashreplace") for path in listed.split(b"\0")[:-1]]
    known: dict[str, str | None] = {}

    def text(path: str) -> str | None:
        if path not in known:
            found = subprocess.run(
                ["git", "-C", git_dir, "cat-file", "blob", f"{commit}:{path}"], capture_output=True, check=False
            )
            known[path] = found.stdout.decode(errors="replace") if found.returncode == 0 else None
        return known[path]

    return declared(paths, text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("git_dirs", type=Path, nargs="+")
    parser.add_argument("--rows", action="store_true")
    given = parser.parse_args()
    for git_dir in given.git_dirs:
        started = perf_counter()
        found = tree_at(git_dir)
        jobs = {row.job for row in found.accesses if row.job} | {row.job for row in found.entries}
        holes = sum("◌" in row.name or not row.name for row in found.accesses)
        counts = f"{len(found.entries)} entries, {len(found.pins)} pins, {len(found.doubts)} doubts"
        names = f"{len(found.accesses)} accesses ({holes} with holes)"
        print(f"{git_dir}: {len(jobs)} jobs, {names}, {counts}, {perf_counter() - started:.2f} s")
        if given.rows:
            for row in (*found.accesses, *found.entries, *found.pins.items(), *found.doubts):
                print("   ", row)


if __name__ == "__main__":
    main()
