"""New frameworks and model classes, in histories that git made and files that the readers read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from collectors.facts.branches import Merge, Merges
from collectors.facts.changes import DAY
from collectors.facts.files import Files, Summary
from collectors.facts.introductions import Introduction, Introductions, Novelty
from collectors.facts.missing import Missing
from collectors.git.introductions import Eyes, introductions
from collectors.git.objects import blobs
from collectors.git.repository import Repository
from collectors.git.tree import Entry, tree
from collectors.readers.reading import file_of, summarise
from tests.repos.branches import NOW, START, Workshop, at, empty

FOREST = "from sklearn.ensemble import RandomForestClassifier\n\nmodel = RandomForestClassifier().fit(x, y)\n"
BOOSTED = "import xgboost\n\nmodel = xgboost.XGBClassifier().fit(x, y)\n"
PLAIN = "print('nothing learned')\n"


class Watched:
    """Trees as a scan sees them, and how many files' versions had to be read for that."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.looked_at: list[Entry] = []

    def files(self, commit: str, moment: int) -> Files:
        entries = tree(self.repository, commit).entries
        seen = self._read(entries)
        return Files(tuple(file_of(e.path, e.oid, e.size or 0, e.mode, seen[e]) for e in entries), commit, moment)

    def summaries(self, entries: Iterable[Entry]) -> Mapping[Entry, Summary]:
        asked = list(entries)
        self.looked_at += asked
        return self._read(asked)

    def _read(self, entries: Iterable[Entry]) -> Mapping[Entry, Summary]:
        bodies = {blob.oid: blob.body for blob in blobs(self.repository, (entry.oid for entry in entries))}
        return {entry: summarise(entry.path, bodies[entry.oid] or b"") for entry in entries}


def look(
    made: Workshop, *days: float, merges: Merges | None = None, watched: Watched | None = None
) -> Introductions | Missing:
    """Introductions on main, seen at the last commit of each of the days."""
    lines = made.git("log", "--first-parent", "--format=%H %ct", "main").splitlines()
    line = [(commit, int(date)) for commit, date in (entry.split() for entry in lines)]
    points = [(next(commit for commit, date in line if date <= at(day)), at(day)) for day in days]
    watched = watched or Watched(made.opened())
    return introductions(line, points, merges or Merges(), Eyes(watched.repository, watched.files, watched.summaries))


def rows(seen: Introductions | Missing) -> tuple[Introduction, ...]:
    assert isinstance(seen, Introductions), seen
    return seen.rows


@pytest.fixture
def made(tmp_path: Path) -> Workshop:
    made = empty(tmp_path / "made")
    made.commit("app/model.py", FOREST, day=0)
    return made


def test_what_stood_there_before_is_not_new(made: Workshop) -> None:
    made.commit("app/other.py", FOREST, day=10)
    seen = look(made, 1, 90)
    assert seen == Introductions((), since=at(1), as_of=at(90))


def test_a_merge_that_brings_a_framework_is_one_introduction_with_its_files_and_days(made: Workshop) -> None:
    made.git("switch", "-q", "-c", "boosted")
    made.commit("app/boosted.py", BOOSTED, day=10)
    made.commit("tests/test_boosted.py", "import xgboost\n", day=12)
    made.commit("requirements.txt", "xgboost\n", day=13)
    made.commit("README.md", "Boosted.\n", day=14)
    made.git("switch", "-q", "main")
    merge = made.merge("boosted", day=20)
    merges = Merges((Merge(merge, at(20), at(10), 4, "boosted"),))
    assert rows(look(made, 1, 90, merges=merges)) == (
        Introduction(
            commit=merge,
            at=at(20),
            names=("xgboost", "xgboost.XGBClassifier"),
            novelty=Novelty.FRAMEWORK,
            files=4,
            files_elsewhere=2,  # requirements.txt and README.md
            days=10.0,
            commits=4,
        ),
    )


def test_a_class_of_a_known_framework_is_an_estimator_and_a_single_commit_takes_no_days(made: Workshop) -> None:
    commit = made.commit("app/model.py", FOREST.replace("RandomForest", "GradientBoosting"), day=10)
    (found,) = rows(look(made, 1, 90))
    assert found.names == ("sklearn.ensemble.GradientBoostingClassifier",)
    assert (found.commit, found.novelty, found.days, found.commits) == (commit, Novelty.ESTIMATOR, 0, 1)


@pytest.mark.parametrize("path", ["tests/test_model.py", "docs/conf.py", "vendor/model.py", "app/notes.md"])
def test_tests_documents_and_code_of_others_bring_nothing(made: Workshop, path: str) -> None:
    made.commit(path, BOOSTED, day=10)
    assert rows(look(made, 1, 90)) == ()


def test_each_change_that_brings_something_stands_for_itself_oldest_first(made: Workshop) -> None:
    first = made.commit("app/boosted.py", BOOSTED, day=10)
    made.commit("app/boosted.py", f"{BOOSTED}print(model)\n", day=11)
    second = made.commit("app/trees.py", BOOSTED.replace("xgboost", "lightgbm").replace("XGB", "LGBM"), day=12)
    made.commit("app/unrelated.py", PLAIN, day=100)
    assert [found.commit for found in rows(look(made, 1, 90, 180))] == [first, second]


def test_a_name_is_new_once_even_where_it_left_and_came_back(made: Workshop) -> None:
    first = made.commit("app/boosted.py", BOOSTED, day=10)
    made.commit("app/boosted.py", PLAIN, day=100)
    made.commit("app/boosted.py", BOOSTED, day=200)
    assert [found.commit for found in rows(look(made, 1, 90, 180, 270))] == [first]


def test_what_comes_and_goes_between_two_looks_is_not_seen(made: Workshop) -> None:
    made.commit("app/boosted.py", BOOSTED, day=10)
    made.commit("app/boosted.py", PLAIN, day=11)
    assert rows(look(made, 1, 90)) == ()


def test_a_file_is_followed_back_through_its_renames(made: Workshop) -> None:
    made.commit("app/model_b.py", f"{PLAIN * 20}", day=9)
    commit = made.commit("app/model_b.py", f"{PLAIN * 20}{BOOSTED}", day=10)
    made.git("mv", "app/model_b.py", "app/boosted.py")
    made.git("commit", "-q", "-m", "a better name", day=20)
    assert [found.commit for found in rows(look(made, 1, 90))] == [commit]


def test_a_file_that_was_deleted_and_came_back_has_its_first_coming(made: Workshop) -> None:
    commit = made.commit("app/boosted.py", BOOSTED, day=10)
    made.git("rm", "-q", "app/boosted.py")
    made.git("commit", "-q", "-m", "not yet", day=11)
    made.commit("app/boosted.py", BOOSTED, day=12)
    assert [found.commit for found in rows(look(made, 1, 90))] == [commit]


def test_code_that_leaves_the_tests_arrives_when_it_leaves_them(made: Workshop) -> None:
    made.commit("tests/boosted.py", BOOSTED, day=10)
    made.git("mv", "tests/boosted.py", "app/boosted.py")
    made.git("commit", "-q", "-m", "in earnest", day=20)
    assert [found.at for found in rows(look(made, 1, 90))] == [at(20)]


def test_of_several_files_that_hold_a_name_the_first_to_have_it_counts(made: Workshop) -> None:
    made.commit("app/late.py", PLAIN, day=9)
    first = made.commit("app/early.py", BOOSTED, day=10)
    made.commit("app/late.py", BOOSTED, day=11)
    assert [found.commit for found in rows(look(made, 1, 90))] == [first]


def test_a_file_of_many_versions_is_narrowed_down_and_not_read_through(made: Workshop) -> None:
    stream = []
    for number in range(1500):
        text = f"number = {number}\n{BOOSTED if number >= 1234 else PLAIN}"
        stream.append(f"commit refs/heads/main\ncommitter S <s> {START + 2 * DAY + number} +0000\ndata 0\n")
        stream.append("from refs/heads/main^0\n" if number == 0 else "")
        stream.append(f"M 644 inline app/model.py\ndata {len(text)}\n{text}\n")
    made.git("fast-import", "--quiet", "--force", stdin="".join(stream).encode())
    watched = Watched(made.opened())
    (found,) = rows(look(made, 1, 90, watched=watched))
    assert found.at == START + 2 * DAY + 1234
    assert len(watched.looked_at) < 100


def test_the_package_that_the_repository_itself_holds_is_no_new_framework(made: Workshop) -> None:
    made.commit("darts/__init__.py", "", day=9)
    made.commit("darts/main.py", "import darts\n", day=10)
    assert rows(look(made, 1, 90)) == ()


def test_a_deleted_file_counts_by_the_place_it_had(made: Workshop) -> None:
    made.commit("config.yaml", "trees: 100\n", day=2)
    made.commit("tests/test_forest.py", "def test_forest(): ...\n", day=2)
    made.git("rm", "-q", "config.yaml", "tests/test_forest.py")
    made.commit("app/model.py", BOOSTED, day=10)
    (found,) = rows(look(made, 3, 90))
    assert (found.files, found.files_elsewhere) == (3, 1)


def test_without_a_point_in_time_nothing_is_looked_for(made: Workshop) -> None:
    assert look(made) == Introductions()


def test_a_missing_folder_of_an_earlier_commit_is_a_reason(made: Workshop) -> None:
    made.commit("data/readme.txt", "one\n", day=5)
    lost = made.git("rev-parse", "HEAD:data")
    made.commit("data/readme.txt", "two\n", day=6)
    made.commit("app/boosted.py", BOOSTED, day=10)
    (made.path / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    seen = look(made, 1, 90)
    assert isinstance(seen, Missing)
    assert "missing" in seen.reason


def test_moments_are_those_of_the_first_and_last_point(made: Workshop) -> None:
    made.commit("app/unrelated.py", PLAIN, day=50)
    seen = look(made, 1, 90, 365)
    assert isinstance(seen, Introductions)
    assert (seen.since, seen.as_of) == (at(1), NOW)
