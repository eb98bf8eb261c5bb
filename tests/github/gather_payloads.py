"""Gather real events of GitHub, each once, into one small file: what the front door is held to.

    npm pack @octokit/webhooks-examples@7.6.1 && tar xzf octokit-webhooks-examples-7.6.1.tgz
    python tests/github/gather_payloads.py package

From api.github.com and five versions of Enterprise Server, gathered by the package's contributors (payloads-LICENSE).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "payloads.json.gz"


def canonical(payload: Any) -> str:
    return json.dumps(payload, sort_keys=True, separators=(",", ":"))


def named(payload: Any) -> str:
    """The digest that a payload is called by."""
    return sha256(canonical(payload).encode()).hexdigest()


def distinct(found: Iterable[tuple[str, Any]]) -> dict[str, tuple[str, Any]]:
    """By digest: the name of the event, and its payload."""
    return dict(sorted({named(payload): (event, payload) for event, payload in found}.items()))


def in_package(folder: Path) -> Iterator[tuple[str, Any]]:
    for file in sorted(folder.glob("*/index.json")):
        for event in json.loads(file.read_text("utf-8")):
            for payload in event["examples"]:
                yield event["name"], payload


def main(folder: str) -> None:
    every = list(in_package(Path(folder)))
    once = distinct(every)
    # Alike stand together, and pack better.
    rows = sorted(once.values(), key=lambda row: (row[0], canonical(row[1])))
    FILE.write_bytes(gzip.compress(canonical(rows).encode(), 9, mtime=0))
    print(f"{len(every)} payloads, {len(once)} distinct, {FILE.stat().st_size:,} bytes")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
