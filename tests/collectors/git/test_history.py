"""History against plain git, and against everything that a history may hold."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest

from collectors.git.history import CommitRow, Depth, FileRow, History, merged_branch, tips_of
from collectors.git.repository import open_repository
from tests.repos.histories import (
    ADA,
    START,
    Link,
    Submodule,
    busy,
    commit,
    damage,
    empty_repository,
    garble,
    git,
    raw_commit,
    tree_of,
)

SALT = b"salt"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return empty_repository(tmp_path / "bare", "--bare")


def read(where: Path, known: Iterable[str] = (), depth: Depth = Depth.COUNTS) -> tuple[list[CommitRow], History]:
    """All rows, newest first, and the pass that read them."""
    repository = open_repository(str(where), where, lambda _: None)
    history = History(repository, tips_of(repository), map(bytes.fromhex, known), salt=SALT, depth=depth)
    return [row for batch in history for row in batch], history


def rows(where: Path) -> list[CommitRow]:
    found, history = read(where)
    assert (history.complete, history.sentences) == (True, [])
    return found


def files(where: Path) -> dict[str, FileRow]:
    """Of the newest commit, by path."""
    return {file.path: file for file in rows(where)[0].files}


def hexes(found: Iterable[CommitRow]) -> list[str]:
    return [row.oid.hex() for row in found]


@pytest.mark.parametrize("seed", range(4))
def test_commits_paths_and_lines_are_those_of_git_log_numstat(tmp_path: Path, seed: int) -> None:
    where = busy(tmp_path / "busy", seed)
    expected: dict[str, list[tuple[str, ...]]] = {}
    for line in git(where, "log", "--numstat", "-M", "--no-renames", "--format=%x01%H", "main").decode().splitlines():
        if line.startswith("\x01"):
            expected[line[1:]] = current = []
        elif line:
            current.append(tuple(line.split("\t")))
    renamed = git(where, "log", "--numstat", "-M", "--format=", "main").decode().split("\n")
    got = rows(where)
    assert sorted(hexes(got)) == sorted(expected)
    counted = [(f.added, f.deleted) for row in got for f in row.files]
    assert len(counted) == len([line for line in renamed if line]) > 20
    assert sorted(f"{'-' if a is None else a}\t{'-' if d is None else d}" for a, d in counted) == sorted(
        "\t".join(line.split("\t")[:2]) for line in renamed if line
    )
    for row in got:
        paths = {path for file in row.files for path in (file.path, file.old_path) if path}
        assert paths == {line[2] for line in expected[row.oid.hex()]}


def test_parents_come_after_their_children(tmp_path: Path) -> None:
    found = rows(busy(tmp_path / "busy", 7))
    place = {row.oid: number for number, row in enumerate(found)}
    for row in found:
        parents = [row.parents[at : at + 20] for at in range(0, len(row.parents), 20)]
        assert all(place[parent] > place[row.oid] for parent in parents)


def test_renames_deletions_binaries_links_and_submodules_are_told_apart(bare: Path) -> None:
    text = b"".join(b"line %d\n" % n for n in range(50))
    commit(bare, {"old.py": text, "gone.py": b"x\n", "kind": b"x\n"})
    commit(
        bare,
        {
            "old.py": None,
            "new.py": text + b"more\n",
            "gone.py": None,
            "image": b"\0\1\2",
            "link": Link(b"new.py"),
            "sub": Submodule("ab" * 20),
            "kind": Link(b"new.py"),
        },
    )
    found = files(bare)
    blob = bytes.fromhex(git(bare, "rev-parse", "main:new.py").decode().strip())
    assert found["new.py"] == FileRow("new.py", "R", 1, 0, "old.py", blob)
    assert found["gone.py"] == FileRow("gone.py", "D", 0, 1, None, None)
    assert found["image"][1:4] == ("A", None, None)
    assert found["link"][1:4] == ("A", 1, 0)
    assert (found["sub"].status, found["sub"].oid) == ("A", None)
    assert found["kind"].status == "T"


NAMES = [
    b"new\nline.py",
    b'quo"te.py',
    b"ta\tb.py",
    b"back\\slash.py",
    b"\xff\xfe.py",
    b"\x01control.py",
    b"bell\x07.py",
    b":100644 looks like a record",
    b"1\t2\tlooks like a count",
    "\u202eevil.py".encode(),
    "좋은.py".encode(),
    b" lead and trail ",
    b"--option",
    b"deep/" * 200 + b"x",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_survives(bare: Path, name: bytes) -> None:
    text = b"".join(b"line %d\n" % n for n in range(50))
    commit(bare, {"plain": text})
    commit(bare, {name: b"one\ntwo\n"})
    commit(bare, {name: None, "plain": None, b"was " + name[:50].replace(b"/", b"_"): b"one\ntwo\n"})
    last, middle, _ = rows(bare)
    shown = name.decode(errors="backslashreplace")
    assert [(f.path, f.status, f.added) for f in middle.files] == [(shown, "A", 2)]
    assert shown in {f.old_path for f in last.files}


def test_no_message_or_name_can_pretend_to_be_a_commit(bare: Path) -> None:
    forged = b"\x01" + b"ab" * 20
    commit(bare, {forged: b"x\n", b"\x01" * 17 + b"ab" * 20: b"x\n"}, b"subject " + forged + b"\n\nbody\n" + forged)
    commit(bare, {"a": b"x\n"}, b"Co\n\nCo-authored-by: " + forged + b" <x\x1f:100644>\n")
    assert [len(row.files) for row in rows(bare)] == [1, 2]


def test_a_line_of_a_megabyte_is_a_line(bare: Path) -> None:
    commit(bare, {"wide": b"x" * (1 << 20)}, b"y" * (1 << 20) + b"\n\n" + b"z" * (1 << 20))
    commit(bare, {"wide": b"x" * (1 << 20) + b"\nmore"})
    assert [row.files[0].added for row in rows(bare)] == [2, 1]


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        (b"0 +0000", 0),
        (b"4102444800 +0000", 4_102_444_800),  # 2100
        (b"99999999999999999999 +0000", 253_402_300_799),
        (b"-1000 +0000", START),  # git cannot read it, so the author's stands in
        (b"yesterday", START),
        (b"", START),
    ],
)
def test_any_committer_date_is_a_number_that_a_calendar_holds(bare: Path, line: bytes, seconds: int) -> None:
    tree = tree_of(bare, commit(bare, {"a": b""}))
    body = b"tree %s\nauthor %s %d +0000\ncommitter %s %s\n\nx\n" % (tree.encode(), ADA, START, ADA, line)
    raw_commit(bare, body)
    expected = START if line.startswith(b"0 ") else seconds
    assert (rows(bare)[0].at, rows(bare)[0].authored) == (expected, START)


def test_commits_without_an_author_share_a_nobody(bare: Path) -> None:
    tree = tree_of(bare, commit(bare, {"a": b""})).encode()
    first = raw_commit(bare, b"tree %s\ncommitter %s %d +0000\n\nx\n" % (tree, ADA, START)).encode()
    second = raw_commit(bare, b"tree %s\nparent %s\nauthor  <> 1 +0000\ncommitter  <> 1 +0000\n\nx\n" % (tree, first))
    raw_commit(bare, b"tree %s\nparent %s\n\nx\n" % (tree, second.encode()))
    found = rows(bare)
    assert len(found) == 3
    assert len({row.person for row in found}) == 1


def test_the_mailmap_at_head_decides_who_is_who(bare: Path) -> None:
    commit(bare, {"a": b"1\n"}, author=b"Ada <ada@old.example>")
    commit(bare, {"a": b"2\n"}, author=b"Bo <bo@example.org>")
    assert len({row.person for row in rows(bare)}) == 2
    commit(bare, {".mailmap": b"Bo <bo@example.org> <ada@old.example>\n"}, author=b"Bo <bo@example.org>")
    assert len({row.person for row in rows(bare)}) == 1


def test_a_mailmap_in_the_work_tree_alone_changes_nothing(tmp_path: Path) -> None:
    where = empty_repository(tmp_path / "work")
    commit(where, {"a": b"1\n"}, author=b"Ada <ada@old.example>")
    commit(where, {"a": b"2\n"}, author=b"Bo <bo@example.org>")
    (where / ".mailmap").write_text("Bo <bo@example.org> <ada@old.example>\n")
    assert len(set(git(where, "log", "--format=%aE").split())) == 1  # plain git reads it
    for worktree in ("..", str(where)):
        git(where, "config", "core.worktree", worktree)
        assert len({row.person for row in rows(where)}) == 2


def test_coauthors_are_persons_and_the_author_is_not_one_of_them(bare: Path) -> None:
    message = """Subject

Co-authored-by: Bo <bo@example.org>
co-authored-by: Cy <cy@example.org>
Co-Authored-By: Ada <ADA@example.org>
Co-authored-by: Bo again <bo@example.org>
"""
    commit(bare, {"a": b"1\n"}, message)
    commit(bare, {"a": b"2\n"}, author=b"Bo <bo@example.org>")
    by_bo, together = rows(bare)
    assert len(together.coauthors) == 2
    assert together.coauthors[0] == by_bo.person


def test_bots_are_marked(bare: Path) -> None:
    commit(bare, {"a": b"1\n"}, author=b"dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>")
    commit(bare, {"a": b"2\n"})
    assert [row.person.is_bot for row in rows(bare)] == [False, True]


@pytest.mark.parametrize(
    ("subject", "branch"),
    [
        ("Merge branch 'exp/focal-loss'", "exp/focal-loss"),
        ("Merge branch 'exp/focal-loss' into 'main'", "exp/focal-loss"),
        ("Merge branch 'dev' of github.com:a/b into dev", "dev"),
        ("Merge remote-tracking branch 'origin/feature/x'", "feature/x"),
        ("Merge pull request #12 from ada/feature/x", "feature/x"),
        ("Merged in feature/x (pull request #12)", "feature/x"),
        ("Merge pull request #12 in ML/thing from feature/x to main", "feature/x"),
        ("Merge branches 'a' and 'b'", None),
        ("Merge commit 'abc'", None),
        ("Bring in the new loss", None),
    ],
)
def test_a_merges_subject_names_its_branch(subject: str, branch: str | None) -> None:
    assert merged_branch(subject) == branch


def test_merges_have_parents_a_branch_and_no_files_of_their_own(bare: Path) -> None:
    first = commit(bare, {"a": b"1\n"})
    topic = commit(bare, {"b": b"1\n"}, ref="refs/heads/topic", parents=[first])
    commit(bare, {"b": b"1\n"}, "Merge branch 'topic'", parents=[first, topic])
    commit(bare, {"a": b"2\n"}, "Merge branch 'topic'")
    after, merge, *_ = rows(bare)
    assert (merge.parents.hex(), merge.merged_branch, merge.files) == (first + topic, "topic", ())
    assert after.merged_branch is None


def test_only_what_is_new_is_read_again(bare: Path) -> None:
    commit(bare, {"a": b"1\n"})
    second = commit(bare, {"a": b"2\n"})
    third = commit(bare, {"a": b"3\n"})
    topic = commit(bare, {"b": b"3\n"}, ref="refs/heads/topic", parents=[second])
    assert set(hexes(read(bare, [second])[0])) == {third, topic}
    assert hexes(read(bare, [third])[0]) == [topic]
    assert read(bare, [third, topic])[0] == []


def test_a_known_commit_that_is_gone_does_no_harm(bare: Path) -> None:
    first = commit(bare, {"a": b"1\n"})
    found, history = read(bare, ["ab" * 20])
    assert (hexes(found), history.complete) == ([first], True)


def test_no_tips_is_no_history_and_not_that_of_head(bare: Path) -> None:
    commit(bare, {"a": b"1\n"})
    repository = open_repository(str(bare), bare, lambda _: None)
    assert list(History(repository, [], salt=SALT)) == []
    assert list(History(repository, [], [bytes(20)], salt=SALT)) == []


def test_a_branch_whose_commit_is_missing_or_no_commit_does_no_harm(bare: Path) -> None:
    first = commit(bare, {"a": b"1\n"})
    (bare / "refs" / "heads" / "gone").write_text("ab" * 20 + "\n")
    (bare / "refs" / "heads" / "blob").write_text(blob(bare, "main:a") + "\n")
    repository = open_repository(str(bare), bare, lambda _: None)
    found = [row for batch in History(repository, tips_of(repository), salt=SALT) for row in batch]
    assert hexes(found) == [first]


@pytest.mark.parametrize("odd", [Link(b"/etc/passwd"), Submodule("ab" * 20), b"\0<<>>\n" * 1000, b"<a@b> <<\n#"])
def test_an_odd_mailmap_changes_nobody(bare: Path, odd: Link | Submodule | bytes) -> None:
    commit(bare, {"a": b"1\n"})
    before = rows(bare)[0].person
    commit(bare, {".mailmap": odd}, "x\n\nCo-authored-by: Bo <bo@example.org>")
    found, _ = read(bare)
    assert found[1].person == before
    assert len(found[0].coauthors) == 1


def test_longer_object_names_are_read_too(tmp_path: Path) -> None:
    where = empty_repository(tmp_path / "sha256", "--bare", "--object-format=sha256")
    first = commit(where, {"a": b"1\n"})
    second = commit(where, {"a": b"2\n"})
    assert [(row.oid.hex(), row.parents.hex(), row.files[0].added) for row in rows(where)] == [
        (second, first, 1),
        (first, "", 1),
    ]


def test_an_empty_repository_has_no_history(bare: Path) -> None:
    assert rows(bare) == []


def test_grafts_and_replace_refs_change_nothing(bare: Path) -> None:
    commit(bare, {"a": b"1\n"})
    second = commit(bare, {"a": b"2\n"})
    before = rows(bare)
    git(bare, "replace", "main~1", commit(bare, {"z": b"other\n"}, parents=[], ref="refs/other/one"))
    (bare / "info").mkdir(exist_ok=True)
    (bare / "info" / "grafts").write_text(f"{second}\n")
    assert rows(bare) == before


def test_the_oldest_commit_of_a_shallow_clone_is_not_taken_for_the_author_of_everything(
    bare: Path, tmp_path: Path
) -> None:
    commit(bare, {"a": b"1\n"})
    commit(bare, {"b": b"2\n"})
    commit(bare, {"b": b"3\n"})
    git(tmp_path, "clone", "--quiet", "--bare", "--depth=2", f"file://{bare}", "shallow")
    found, history = read(tmp_path / "shallow")
    assert [[file.path for file in row.files] for row in found] == [["b"], []]
    assert not history.complete


@pytest.fixture
def partial(bare: Path, tmp_path: Path) -> Path:
    text = b"".join(b"line %d\n" % n for n in range(50))
    commit(bare, {"a": text, ".mailmap": b"Bo <bo@example.org> <ada@old.example>\n"})
    commit(bare, {"a": None, "b": text, "c": b"x\n"})
    git(bare, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--bare", "--filter=blob:none", f"file://{bare}", "partial")
    return tmp_path / "partial"


def test_a_partial_clone_gives_paths_and_exact_renames_without_fetching(partial: Path) -> None:
    objects = sorted((partial / "objects").rglob("*"))
    found, history = read(partial)
    assert [[(f.path, f.status, f.added, f.old_path) for f in row.files] for row in found] == [
        [("b", "R", None, "a"), ("c", "A", None, None)],
        [(".mailmap", "A", None, None), ("a", "A", None, None)],
    ]
    assert not history.complete
    assert "the .mailmap is missing from this clone" in history.sentences[0]
    assert sorted((partial / "objects").rglob("*")) == objects


def blob(where: Path, name: str) -> str:
    return git(where, "rev-parse", name).decode().strip()


@pytest.fixture
def long(bare: Path) -> Path:
    for number in range(6):
        commit(bare, {"a": b"".join(b"%d %d\n" % (number, n) for n in range(number + 1)), f"f{number}": b"x\n"})
    return bare


@pytest.mark.parametrize("harm", [damage, garble])
def test_a_missing_blob_in_mid_stream_costs_the_counts_of_its_commits_alone(long: Path, harm: object) -> None:
    whole = rows(long)
    oid = blob(long, "main~3:a")
    damage(long)
    (damage if harm is damage else garble)(long, oid)
    found, history = read(long)
    assert [row[:7] for row in found] == [row[:7] for row in whole]
    assert [[f[:2] for f in row.files] for row in found] == [[f[:2] for f in row.files] for row in whole]
    uncounted = [number for number, row in enumerate(found) if any(f.added is None for f in row.files)]
    assert uncounted == [2, 3]  # what made the blob, and what replaced it
    assert all(found[n] == whole[n] for n in (0, 1, 4, 5))
    assert not history.complete
    assert history.sentences == ["lines of 2 commits could not be counted, because blobs are missing"]


def test_a_missing_tree_costs_the_files_of_its_commits(long: Path) -> None:
    whole = rows(long)
    damage(long, tree_of(long, "main~3"))
    found, history = read(long)
    assert [row.oid for row in found] == [row.oid for row in whole]
    assert [len(row.files) for row in found] == [2, 2, 0, 0, 2, 2]
    assert history.undiffed == 2
    assert history.sentences == ["the files of 2 commits could not be read, because trees are missing"]


def test_a_missing_commit_cuts_history_short_and_says_so(long: Path) -> None:
    whole = rows(long)
    damage(long, whole[3].oid.hex())
    found, history = read(long)
    assert [row.oid for row in found] == [row.oid for row in whole[:3]]
    assert not history.complete
    assert any("cut short" in sentence for sentence in history.sentences)


def test_a_missing_mailmap_costs_only_the_mapping(bare: Path) -> None:
    commit(bare, {"a": b"1\n", ".mailmap": b"Bo <bo@example.org> <ada@old.example>\n"})
    commit(bare, {"a": b"2\n"})
    damage(bare, blob(bare, "main:.mailmap"))
    found, history = read(bare)
    assert [[(f.path, f.added) for f in row.files] for row in found] == [
        [("a", 1)],
        [(".mailmap", None), ("a", None)],
    ]
    assert "the .mailmap is missing" in history.sentences[0]


def test_people_alone_are_read_without_files(bare: Path) -> None:
    commit(bare, {"a": b"1\n"})
    found, _ = read(bare, depth=Depth.PEOPLE)
    assert (len(found), found[0].files) == (1, ())
    assert found[0].person == rows(bare)[0].person


def test_nothing_is_held_per_commit(tmp_path: Path) -> None:
    """Three times the commits need no more memory, but for what a block happens to hold."""
    where = empty_repository(tmp_path / "many", "--bare")
    stream = [b"feature done\n"]
    for number in range(45_000):
        who = b"P <p@x> %d +0000" % (START + number)
        stream.append(b"commit refs/heads/main\nauthor %s\ncommitter %s\ndata 0\n" % (who, who))
        stream.append(b"M 100644 inline f%d\ndata 2\nx\n\n" % (number % 10))
    git(where, "fast-import", "--quiet", stdin=b"".join([*stream, b"done\n"]))
    repository = open_repository(str(where), where, lambda _: None)
    known = bytes.fromhex(git(where, "rev-parse", "main~15000").decode())
    peaks, counts = [], []
    for exclude in ([known], []):
        tracemalloc.start()
        counts.append(sum(map(len, History(repository, tips_of(repository), exclude, salt=SALT))))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert counts == [15_000, 45_000]
    assert peaks[1] < 1.5 * peaks[0]
