"""What a change adds and pays, from two commits of a real repository."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mldebt.failure import Failure
from mldebt.scan.diff import diff
from mldebt.settings import Settings, make_home
from scoring.finding import Finding
from scoring.report.change import Change
from tests.repos.histories import Content, Link, commit, damage, empty_repository, git

PATH = b"import os\n\n\ndef load():\n    return open('/home/ada/%s.csv')\n"
THRESHOLD = b"def keep(score):\n    return score > 0.%d\n"
ACCEPT = "accept:\n  - {rule: '*', path: %s, reason: intended, owner: '@ml', until: 2099-12-31}\n"
Files = dict[str | bytes, Content]


@pytest.fixture
def where(tmp_path: Path) -> Path:
    made = empty_repository(tmp_path / "shop")
    commit(made, {"old.py": PATH % b"old", "README.md": b"# Shop\n"})
    git(made, "update-ref", "refs/heads/topic", "main")
    return made


def told(home: Settings, where: Path, commits: str = "main..topic") -> Change:
    return diff(str(where), commits, home, lambda *_: None)


def change(home: Settings, where: Path, *steps: Files) -> Change:
    for files in steps:
        commit(where, files, ref="refs/heads/topic")
    return told(home, where)


def places(rows: tuple[Finding, ...]) -> list[tuple[str, str, int]]:
    return sorted((row.rule, row.path, row.line) for row in rows)


def test_only_what_is_new_is_told(home: Settings, where: Path) -> None:
    seen = change(home, where, {"new.py": THRESHOLD % 5, "old.py": b"# more\n" + PATH % b"old"})
    assert seen.sentence == "This change adds 1 fixed threshold."
    assert places(seen.added) == [("fixed_thresholds", "new.py", 2)]
    assert not seen.partial


def test_what_is_gone_is_paid(home: Settings, where: Path) -> None:
    assert change(home, where, {"old.py": None}).sentence == "This change adds no finding and pays 1 local path."


def test_what_the_base_did_meanwhile_is_not_this_change(home: Settings, where: Path) -> None:
    commit(where, {"old.py": None, "else.py": THRESHOLD % 7})
    seen = change(home, where, {"new.py": PATH % b"new"})
    assert (places(seen.added), seen.paid) == ([("local_paths", "new.py", 5)], ())
    assert seen.commits.merge_base == git(where, "rev-parse", "main~1").decode().strip()
    assert not told(home, where, "topic..topic").added
    assert not told(home, where, "main...topic~1").added


def test_a_moved_function_is_neither_added_nor_paid(home: Settings, where: Path) -> None:
    seen = change(home, where, {"old.py": b"import os\n", "src/other.py": b"import os\n" + PATH % b"old"})
    assert (seen.added, seen.paid) == ((), ())


def test_code_that_becomes_a_test_is_paid(home: Settings, where: Path) -> None:
    seen = change(home, where, {"old.py": None, "tests/test_old.py": PATH % b"old"})
    assert places(seen.paid) == [("local_paths", "old.py", 5)]


def test_admitted_debt_is_told_too(home: Settings, where: Path) -> None:
    seen = change(home, where, {"old.py": PATH % b"old" + b"# TODO in chunks\n"})
    assert seen.sentence == "This change adds 1 comment that admits debt."


def test_rules_of_the_whole_tree_are_left_out_by_name(home: Settings, where: Path) -> None:
    seen = told(home, where)
    assert ("unseeded_randomness", "its findings cannot be told from the changed files alone") in seen.left_out
    assert not {rule.name for rule in seen.rules} & {one.rule for one in seen.left_out}


def test_a_muted_rule_is_not_told_unless_the_base_says_that_it_is_on(home: Settings, where: Path) -> None:
    assert len(change(home, where, {"new.py": PATH % b"new"}).added) == 1
    muted = ["local_paths", "fixed_thresholds"]
    seen = diff(str(where), "main..topic", home, lambda *_: None, muted=muted)
    assert (seen.added, "local_paths" in {rule.name for rule in seen.rules}) == ((), False)
    why = "it is muted, since 3 of its findings were called wrong in this repository"
    assert [one.rule for one in seen.left_out if one.reason == why] == sorted(muted)
    commit(where, {".github/mldebt.yml": b"rules: {local_paths: on}\n"})
    assert len(diff(str(where), "main..topic", home, lambda *_: None, muted=muted).added) == 1


# -- what is accepted ----------------------------------------------------------------------------------


def test_the_base_accepts_and_the_change_does_not(home: Settings, where: Path) -> None:
    own: Files = {".github/mldebt.yml": (ACCEPT % "new.py").encode(), "new.py": PATH % b"new"}
    assert places(change(home, where, own).added) == [("local_paths", "new.py", 5)]
    commit(where, {".github/mldebt.yml": (ACCEPT % "new.py").encode()})
    seen = told(home, where)
    assert (seen.added, places(seen.accepted)) == ((), [("local_paths", "new.py", 5)])
    assert seen.sentence == "This change adds no finding. 1 new finding is accepted."


def test_a_comment_beside_the_code_accepts(home: Settings, where: Path) -> None:
    said = b"    # mldebt: accept local_paths intended @ml until 2099-12-31\n    return open"
    seen = change(home, where, {"new.py": (PATH % b"new").replace(b"    return open", said)})
    assert (seen.added, len(seen.accepted)) == ((), 1)


def test_what_the_base_ignores_is_ignored_and_not_what_the_change_would(home: Settings, where: Path) -> None:
    change(home, where, {"mldebt.yml": b"ignore: [a/]\n", "a/x.py": PATH % b"a", "b/x.py": PATH % b"b"})
    commit(where, {"mldebt.yml": b"ignore: [b/]\n"})
    assert [row.path for row in told(home, where).added] == ["a/x.py"]


def test_a_policy_that_cannot_be_used_is_told(home: Settings, where: Path) -> None:
    commit(where, {"mldebt.yml": b"acept: []\n"})
    assert "did you mean accept?" in told(home, where).sentences[0]


# -- what cannot be read -------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_on_one_side_is_not_compared(home: Settings, where: Path) -> None:
    seen = change(home, where, {"old.py": PATH % b"old" + b"def (:\n"}, {"new.py": PATH % b"new"})
    assert (places(seen.added), seen.paid) == ([("local_paths", "new.py", 5)], ())
    assert [path for path, _ in seen.unread] == ["old.py"]
    commit(where, {"old.py": PATH % b"old"}, ref="refs/heads/topic")
    mended = told(home, where, "topic~1..topic")
    assert (mended.added, [path for path, _ in mended.unread]) == ((), ["old.py"])


def test_a_missing_blob_is_told_and_the_rest_is_compared(home: Settings, where: Path) -> None:
    change(home, where, {"lost.py": THRESHOLD % 5, "new.py": PATH % b"new"})
    damage(where, git(where, "rev-parse", "topic:lost.py").decode().strip())
    other = Settings(home.home / "other", home.database_url)  # with nothing in its cache
    make_home(other)
    seen = told(other, where)
    assert (places(seen.added), seen.unread[0][0]) == ([("local_paths", "new.py", 5)], "lost.py")


def test_a_missing_folder_is_one_sentence(home: Settings, where: Path) -> None:
    change(home, where, {"deep/new.py": PATH % b"new"})
    damage(where, git(where, "rev-parse", "topic:deep").decode().strip())
    with pytest.raises(Failure, match="are missing from shop, so what differs cannot be told: run git fetch"):
        told(home, where)


def test_links_and_binaries_are_passed_over(home: Settings, where: Path) -> None:
    seen = change(home, where, {"link.py": Link(b"/etc/passwd"), "old.py": Link(b"old"), "x.png": b"\x89PNG\0"})
    assert (seen.added, places(seen.paid), seen.sentences) == ((), [("local_paths", "old.py", 5)], ())


@pytest.mark.parametrize("commits", ["main", "main..", "..topic", "a..b..c", ""])
def test_what_names_no_change(home: Settings, where: Path, commits: str) -> None:
    with pytest.raises(Failure, match=r"names no change: write BASE\.\.HEAD"):
        told(home, where, commits)


def test_an_unknown_commit(home: Settings, where: Path) -> None:
    with pytest.raises(Failure, match=r"shop has no commit 'topik': check the name, or fetch it$"):
        told(home, where, "main..topik")


def test_unrelated_histories(home: Settings, where: Path) -> None:
    commit(where, {"z.py": b"1\n"}, parents=[], ref="refs/heads/alone")
    with pytest.raises(Failure, match="main and alone have no commit in common"):
        told(home, where, "main..alone")


def test_shallow_clones(home: Settings, where: Path, tmp_path: Path) -> None:
    commit(where, {"x.py": b"1\n"})
    change(home, where, {"new.py": PATH % b"new"})
    for depth, name in ((1, "one"), (2, "two")):
        git(tmp_path, "clone", "-q", f"--depth={depth}", "--no-single-branch", f"file://{where}", name)
    with pytest.raises(Failure, match="the clone is shallow, so where origin/main and origin/topic parted"):
        told(home, tmp_path / "one", "origin/main..origin/topic")
    with pytest.raises(Failure, match=r"has no commit 'v1': .* deepen the clone \(it is shallow\)"):
        told(home, tmp_path / "one", "v1..origin/topic")
    seen = told(home, tmp_path / "two", "origin/main..origin/topic")
    assert (len(seen.added), "the clone is shallow" in seen.sentences[0]) == (1, True)


def test_several_merge_bases_are_told(home: Settings, where: Path) -> None:
    change(home, where, {"a.py": b"1\n"})
    commit(where, {"b.py": b"1\n"})
    one, other = (git(where, "rev-parse", name).decode().strip() for name in ("main", "topic"))
    commit(where, {"a.py": b"1\n"}, parents=[one, other])
    commit(where, {"b.py": b"1\n"}, parents=[other, one], ref="refs/heads/topic")
    assert told(home, where).sentences == ("main and topic have 2 merge bases: the change is compared with the first",)


# -- laws ----------------------------------------------------------------------------------------------

functions = st.lists(
    st.sampled_from(
        [
            b"def load_%d():\n    return pd.read_csv('/home/ada/x.csv')\n",
            b"def keep_%d(score):\n    return score > 0.5\n",
            b"def cut_%d():\n    df = pd.read_csv('a.csv', nrows=500)\n    return df\n",
            b"# TODO number %d\n",
            b"X_%d = 1\n",
        ]
    ),
    max_size=5,
)
trees = st.dictionaries(st.sampled_from(["a.py", "b.py", "src/c.py", "src/d.py"]), functions, max_size=4)


def spelled(held: dict[str, list[bytes]], gap: bytes = b"\n") -> Files:
    return {
        path: b"import pandas as pd\n" + b"".join(gap + part % n for n, part in enumerate(parts))
        for path, parts in held.items()
    }


def between(home: Settings, where: Path, before: Files, after: Files) -> Change:
    """Of two trees, the second on top of the first."""
    made = empty_repository(where, "--bare")
    commit(made, before, ref="refs/heads/one", parents=[])
    gone: Files = dict.fromkeys(before.keys() - after.keys())
    commit(made, {**gone, **after}, ref="refs/heads/two", parents=["refs/heads/one"])
    return told(home, made, "one..two")


LAW = settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)


@LAW
@given(trees, trees)
def test_what_one_way_adds_the_other_way_pays(
    tmp_path_factory: pytest.TempPathFactory, home: Settings, one: dict[str, list[bytes]], other
) -> None:
    there, back = (
        between(home, tmp_path_factory.mktemp("law"), spelled(before), spelled(after))
        for before, after in ((one, other), (other, one))
    )
    assert Counter(row.id for row in there.added) == Counter(row.id for row in back.paid)
    assert Counter(row.id for row in there.paid) == Counter(row.id for row in back.added)


@LAW
@given(trees, st.permutations(["a.py", "b.py", "src/c.py", "lib/z.py"]), st.sampled_from([b"\n", b"\n\n# a word\n\n"]))
def test_renaming_reformatting_and_shifting_lines_is_no_change(
    tmp_path_factory: pytest.TempPathFactory, home: Settings, held: dict[str, list[bytes]], names, gap: bytes
) -> None:
    moved = dict(zip(["a.py", "b.py", "src/c.py", "src/d.py"], names, strict=True))
    after = {
        moved[str(path)]: body.replace(b"(", b"( ").replace(b" > ", b"  >  ").replace(b"'", b'"')
        for path, body in spelled(held, gap).items()
        if isinstance(body, bytes)
    }
    seen = between(home, tmp_path_factory.mktemp("law"), spelled(held), {**after})
    assert (seen.added, seen.paid, seen.sentences) == ((), (), ())
