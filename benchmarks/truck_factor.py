"""The truck factor against the values its authors published: `python benchmarks/truck_factor.py REPOSITORIES`.

REPOSITORIES holds clones as OWNER/NAME, bare or not. Prints the table of docs/validation.md.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from collectors.facts.changes import Change, Changes, FileChange
from collectors.facts.files import FileKind
from collectors.facts.missing import Missing
from collectors.git.history import CommitRow, History
from collectors.git.repository import Repository, open_repository
from collectors.signals.truck_factor import authors_of_files, orphaning
from mldebt.scan.trees import Trees
from mldebt.store.cache import Cache


class Case(NamedTuple):
    repository: str
    published: int  # in an issue that the authors opened there in 2015
    commit: str  # the last one before 26 February 2015


CASES = (
    Case("ajaxorg/ace", 2, "b5064a4bb38e24fdd74e1e4899f33b83e70fe1bc"),
    Case("asmuth/clip", 1, "495163cd90d6b14b006273c6eed02a601b5aca67"),
    Case("celery/celery", 1, "80150fb6bd4f4b7c4b014846061541cd62e74e94"),
    Case("dropwizard/metrics", 1, "b22b8da49f735e7c43902583519e28695db0a9b7"),
    Case("fzaninotto/Faker", 23, "9625956ef3946a36b75fdc91e41bb12568aa2f39"),
    Case("ginatrapani/ThinkUp", 2, "2c65e5ceed96210ce543ffdec1c79f481608ce7b"),
    Case("github-linguist/linguist", 2, "e093ac843f92b698340d1953b9bdc9f77701cd3d"),
    Case("heartcombo/devise", 2, "4bb457ff6d7429194ad53c6f21078cdec290b716"),
    Case("ipython/ipython", 4, "3db462c3c7b5bda0126bbf4a1fc97c54bcd29777"),
    Case("mailpile/Mailpile", 1, "97143a2971b00cf6340f19371d13b11fbdc468e4"),
    Case("moment/moment", 19, "78a53b8cb53e967c6dac2e7325e18da2a472fc2d"),
    Case("nate-parrott/Flashlight", 1, "17abc6663444127b4f69f82b5fc268047c8e5ab4"),
    Case("omab/django-social-auth", 2, "3a6e4414da0e969fcaf625a891852a3b2d7627c0"),
    Case("spotify/luigi", 6, "2021236d45050ae04ce93e5fcaa8dc428c38fdcd"),
    Case("thinkaurelius/titan", 2, "7a4dcdd62eb0ede6fa4fbe4cb2083148a9c1cfa9"),
    Case("thoughtbot/factory_bot", 1, "02df69cc9188ed247a47eef79ba0dc7854ed3951"),
    Case("VowpalWabbit/vowpal_wabbit", 2, "7e2454925d75975a1ffc0f61fab9732eac484b44"),
)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    print("| repository | commit | source files | published | ours |")
    print("|---|---|---|---|---|")
    exact = close = seen = 0
    for case in CASES:
        source = Path(arguments[0], case.repository)
        if not source.exists():
            print(f"| {case.repository} | `{case.commit[:10]}` | not there | {case.published} | |")
            continue
        files, ours = recomputed(source, case.commit)
        print(f"| {case.repository} | `{case.commit[:10]}` | {files:,} | {case.published} | {ours} |", flush=True)
        seen, exact = seen + 1, exact + (ours == case.published)
        close += abs(ours - case.published) <= 1
    print(f"\n{exact} of {seen} exact, {close} within 1.")
    return 0


def recomputed(source: Path, commit: str) -> tuple[int, int]:
    """How many source files there are, and the truck factor."""
    with tempfile.TemporaryDirectory() as folder:
        repository = open_repository(str(source), Path(folder), lambda _: None)
        trees = Trees(repository, Cache(Path(folder, "cache.db")), lambda _done, _total: None)
        files = trees.files(commit, 0)
        if isinstance(files, Missing):
            raise SystemExit(f"{source}: {files.reason}")
        sources = [file.path for file in files.of(FileKind.CODE, FileKind.TEST)]
        changes = Changes(tuple(_changes(repository, commit)))
        return len(sources), len(orphaning(authors_of_files(changes, sources), len(sources)))


def _changes(repository: Repository, commit: str) -> Iterator[Change]:
    """The history of a commit without a store, oldest first."""
    batches = list(History(repository, [bytes.fromhex(commit)], salt=b"benchmark"))
    people: dict[bytes, int] = {}
    for row in reversed([row for batch in batches for row in batch]):
        persons = [people.setdefault(person.digest, len(people)) for person in (row.person, *row.coauthors)]
        yield Change(
            row.oid.hex(),
            row.at,
            persons[0],
            tuple(_files(row)),
            coauthors=tuple(persons[1:]),
            parents=tuple(row.parents[at : at + 20].hex() for at in range(0, len(row.parents), 20)),
            is_bot=row.person.is_bot,
        )


def _files(row: CommitRow) -> Iterable[FileChange]:
    return (FileChange(file.path, file.status, file.added, file.deleted, file.old_path) for file in row.files)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
