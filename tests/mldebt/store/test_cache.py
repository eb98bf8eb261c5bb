"""The cache of blob summaries: several programs, small disks, damaged files."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.codec import from_json, to_json
from collectors.facts.files import DebtNote, RunBack, Summary, Told
from collectors.facts.sites import Site, SiteKind
from collectors.facts.units import Unit
from mldebt.store import cache as module
from mldebt.store.cache import Cache, Key

FULL = Summary(
    code=3,
    comment=2,
    blank=1,
    language="Python",
    imports=("sklearn.svm",),
    reaches=("sklearn:svm",),
    words="ab",
    handed="cd",
    switched="ef",
    estimators=("sklearn.svm.SVC",),
    calls=("a.b",),
    notes=(DebtNote("TODO", "\udce9\0", 7),),
    sites=(Site(SiteKind.LEAK, 7, 9, "fit", "x = \udce9", "seen"), Site(SiteKind.SPLIT, 1, 1)),
    packages=("sklearn",),
    units=(Unit("f", 3, 9, "ab", untyped=2), Unit("Net", 1, 9, is_class=True, bases=("a.B",), methods=("fit",))),
    run_cells=5,
    run_back=(RunBack(3, "x = 1", 2, 7),),
    setup_steps=4,
    told=(Told("src/a.py", 3, False, "app"), Told("a.b", 4, is_module=True)),
    is_generated=True,
    unread="x",
)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with closing(Cache(tmp_path / "cache.db")) as opened:
        yield opened


def key(number: int, reader: str = "python 1") -> Key:
    return Key(f"{number:040x}", reader)


def test_what_was_kept_is_found_by_the_next_program(cache: Cache) -> None:
    cache.keep({key(1): FULL, key(2): Summary(5)})
    with closing(Cache(cache.path)) as other:
        assert other.summaries([key(1), key(2), key(3)], Summary) == {key(1): FULL, key(2): Summary(5)}
        assert other.trouble is None


def test_every_field_is_kept_as_it_was_with_its_type(cache: Cache) -> None:
    assert all(value != Summary._field_defaults[name] for name, value in FULL._asdict().items()), "a new field: add it"
    cache.keep({key(1): FULL})
    found = cache.summaries([key(1)], Summary)[key(1)]
    assert [type(value) for value in found] == [type(value) for value in FULL]
    assert [type(row) for row in (*found.notes, *found.sites, *found.units)] == [DebtNote, Site, Site, Unit, Unit]
    assert [type(value) for value in found.units[1]] == [type(value) for value in FULL.units[1]]
    assert found.sites[0].kind is SiteKind.LEAK


def test_another_reader_or_version_of_one_is_another_summary(cache: Cache) -> None:
    cache.keep({key(1): Summary(1)})
    assert cache.summaries([key(1, "python 2")], Summary) == {}
    cache.keep({key(1, "python 2"): Summary(2)})
    assert cache.summaries([key(1), key(1, "python 2")], Summary) == {
        key(1): Summary(1),
        key(1, "python 2"): Summary(2),
    }


def test_thousands_at_once(cache: Cache) -> None:
    many = {key(number): Summary(number) for number in range(3_000)}
    cache.keep(many)
    assert cache.summaries(many, Summary) == many


words = st.lists(st.text()).map(tuple)


@given(
    st.builds(
        Summary,
        code=st.integers(0),
        language=st.none() | st.text(),
        imports=words,
        calls=words,
        notes=st.lists(st.builds(DebtNote, st.text(), st.text(), st.integers(1))).map(tuple),
        setup_steps=st.none() | st.integers(0),
        is_generated=st.booleans(),
        unread=st.none() | st.text(),
    )
)
def test_any_summary_survives(summary: Summary) -> None:
    assert from_json(Summary, to_json(summary)) == summary


def test_a_cache_for_other_fields_is_emptied(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.keep({key(1): FULL})
    monkeypatch.setattr(module, "_SHAPE", 7)
    with closing(Cache(cache.path)) as newer:
        assert newer.summaries([key(1)], Summary) == {}
        newer.keep({key(1): FULL})
        assert newer.summaries([key(1)], Summary) == {key(1): FULL}


def test_beyond_the_limit_the_older_entries_go(tmp_path: Path) -> None:
    with closing(Cache(tmp_path / "cache.db", limit_bytes=200_000)) as small:
        for number in range(100):
            small.keep({key(number): Summary(unread="x" * 5_000)})
        assert small.summaries([key(0)], Summary) == {}
        assert key(99) in small.summaries([key(99)], Summary)
        assert small.trouble is None
    assert (tmp_path / "cache.db").stat().st_size < 400_000


def test_a_damaged_cache_is_made_anew_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "cache.db").write_bytes(b"not a database, " * 1000)
    with closing(Cache(tmp_path / "cache.db")) as damaged:
        assert (
            damaged.trouble == f"the cache {tmp_path}/cache.db was damaged: it is made anew, and files are read again"
        )
        damaged.keep({key(1): FULL})
        assert damaged.summaries([key(1)], Summary) == {key(1): FULL}


@pytest.mark.parametrize("body", ["[1", "[1]", '{"no": 1}', '{"notes": [1]}'])
def test_a_cache_damaged_inside_is_gone_without_and_made_anew_by_the_next_scan(cache: Cache, body: str) -> None:
    cache.keep({key(1): FULL})
    with closing(sqlite3.connect(cache.path, isolation_level=None)) as other:
        other.execute("UPDATE summary SET body = ?", [body])
    assert cache.summaries([key(1)], Summary) == {}
    assert cache.trouble is not None
    cache.keep({key(2): FULL})
    assert cache.summaries([key(2)], Summary) == {}
    with closing(Cache(cache.path)) as after:
        assert after.trouble is None
        assert after.summaries([key(1)], Summary) == {}


def test_a_locked_cache_is_gone_without(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.05)
    with closing(sqlite3.connect(cache.path, isolation_level=None)) as other, closing(Cache(cache.path)) as waiting:
        other.execute("BEGIN IMMEDIATE")
        waiting.keep({key(1): FULL})
        assert waiting.summaries([key(1)], Summary) == {}
        assert (
            waiting.trouble
            == f"the cache {cache.path} is locked by another program: this scan reads and keeps nothing there"
        )


def test_a_cache_that_cannot_be_made_is_gone_without(tmp_path: Path) -> None:
    with closing(Cache(tmp_path / "absent" / "cache.db")) as absent:
        absent.keep({key(1): FULL})
        assert absent.summaries([key(1)], Summary) == {}
        assert absent.trouble is not None
        assert "cannot be used (unable to open database file): each scan reads every file again" in absent.trouble


def test_several_programs_fill_one_cache(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from mldebt.store.cache import Cache, Key, Summary
cache = Cache(Path(sys.argv[1]))
first = int(sys.argv[2]) * 1000
for number in range(first, first + 1000, 50):
    cache.keep({Key(f"{n:040x}", "r"): Summary(n) for n in range(number, number + 50)})
sys.exit(cache.trouble)
"""
    arguments = [sys.executable, "-c", program, str(tmp_path / "cache.db")]
    writers = [subprocess.Popen([*arguments, str(number)], cwd=ROOT, env=os.environ) for number in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    with closing(Cache(tmp_path / "cache.db")) as full:
        assert len(full.summaries((key(number, "r") for number in range(3_000)), Summary)) == 3_000


def test_finding_everything_imports_no_sqlalchemy(cache: Cache) -> None:
    program = (
        "import sys; from pathlib import Path; from mldebt.store.cache import Cache; Cache(Path(sys.argv[1])).close()"
    )
    program += "; print({'sqlalchemy', 'sqlmodel'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program, cache.path], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "set()"
