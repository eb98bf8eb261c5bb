"""History into the store and back, on both databases, with real git."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from collectors.git.history import History, tips_of
from collectors.git.repository import Repository, open_repository
from mldebt.store.engine import Store
from mldebt.store.history import Refreshed, add_history, known_tips, refresh_history
from mldebt.store.numbers import table_of
from mldebt.store.past import StoredHistory, changes_of
from mldebt.store.tables import Commit, FileChange, Person
from mldebt.store.tables import Path as StoredPath
from tests.repos.histories import START, busy, commit, damage, empty_repository, git

SALT = b"salt"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return empty_repository(tmp_path / "bare", "--bare")


def opened(where: Path) -> Repository:
    return open_repository(str(where), where, lambda _: None)


def refresh(store: Store, where: Path, repository_id: int = 1) -> Refreshed:
    """One scan's worth of history, of all branches."""
    source = opened(where)
    with store.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO repository (id, source, name, is_example) VALUES (:id, :source, 'x', false)"
                " ON CONFLICT DO NOTHING"
            ),
            {"id": repository_id, "source": f"source {repository_id}"},
        )
        return refresh_history(connection, repository_id, source, tips_of(source), salt=SALT)


def stored(store: Store, head: str, repository_id: int = 1) -> StoredHistory:
    with store.reading() as connection:
        return StoredHistory(connection, repository_id, head)


def counts(store: Store) -> dict[str, int]:
    with store.reading() as connection:
        return {
            model.__name__: connection.execute(select(func.count()).select_from(table_of(model))).scalar_one()
            for model in (Commit, FileChange, Person, StoredPath)
        }


def oid(where: Path, name: str = "main") -> str:
    return git(where, "rev-parse", name).decode().strip()


@pytest.mark.parametrize("seed", range(2))
def test_what_is_read_back_is_what_git_says(store: Store, tmp_path: Path, seed: int) -> None:
    where = busy(tmp_path / "busy", seed)
    refresh(store, where)
    with store.reading() as connection:
        changes = changes_of(connection, 1, oid(where), START)
    log = git(where, "log", "--format=%x01%H %P", "--numstat", "--no-renames", "main").decode().split("\x01")[1:]
    expected = {lines.split()[0]: lines.split("\n")[0].split()[1:] for lines in log}
    assert {change.commit: list(change.parents) for change in changes} == expected
    renamed = git(where, "log", "--format=", "--numstat", "-M", "main").decode().splitlines()
    added = sum(int(line.split("\t")[0]) for line in renamed if line and line[0] != "-")
    assert sum(file.added or 0 for change in changes for file in change.files) == added > 0
    assert changes.as_of == START


def test_order_is_parents_first_and_the_same_however_the_rows_came(store: Store, tmp_path: Path) -> None:
    where = busy(tmp_path / "busy", 5, size=25)
    head = oid(where)
    refresh(store, where)
    at_once = stored(store, head).changes(head, 0)
    place = {change.commit: number for number, change in enumerate(at_once)}
    assert all(place[parent] < place[change.commit] for change in at_once for parent in change.parents)
    for name in (
        git(where, "rev-list", "--reverse", "main").decode().split()
    ):  # commit by commit, in a second repository
        git(where, "update-ref", "refs/heads/main", name)
        refresh(store, where, 2)
    assert stored(store, head, 2).changes(head, 0) == at_once


def test_small_batches_and_a_short_memory_store_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = busy(tmp_path / "busy", 6)
    refresh(store, where)
    at_once = stored(store, oid(where)).changes(oid(where), 0)
    monkeypatch.setattr("collectors.git.history.BATCH", 3)
    monkeypatch.setattr("mldebt.store.numbers.REMEMBERED", 2)
    refresh(store, where, 2)
    assert stored(store, oid(where), 2).changes(oid(where), 0) == at_once


def test_a_slice_is_the_history_of_its_commit_alone(store: Store, tmp_path: Path) -> None:
    where = busy(tmp_path / "busy", 3)
    refresh(store, where)
    history = stored(store, oid(where))
    for name in git(where, "rev-list", "main").decode().split()[::4]:
        expected = git(where, "rev-list", name).decode().split()
        changes = history.changes(name, 7)
        assert sorted(change.commit for change in changes) == sorted(expected)
        assert [change.commit for change in changes] == [c.commit for c in stored(store, name).changes(name, 7)]


def test_the_main_line_follows_first_parents(store: Store, tmp_path: Path) -> None:
    where = busy(tmp_path / "busy", 4)
    refresh(store, where)
    expected = git(where, "rev-list", "--first-parent", "main").decode().split()
    assert stored(store, oid(where)).mainline(oid(where)) == expected


def test_a_merge_says_what_it_brought_since_when_and_from_which_branch(store: Store, bare: Path) -> None:
    first = commit(bare, {"a": b"1\n"}, at=START)
    one = commit(bare, {"b": b"1\n"}, at=START + 10, parents=[first], ref="refs/heads/topic")
    two = commit(bare, {"b": b"2\n"}, at=START + 20, parents=[one], ref="refs/heads/topic")
    merge = commit(bare, {"b": b"2\n"}, "Merge branch 'topic'", at=START + 30, parents=[first, two])
    empty = commit(bare, {}, "Merge branch 'topic'", at=START + 40, parents=[merge, two])
    refresh(store, bare)
    (found,) = stored(store, empty).merges(empty, START + 99)
    assert found == (merge, START + 30, START + 10, 2, "topic")


def test_people_are_numbers_from_nought_in_order_of_appearance(store: Store, bare: Path) -> None:
    commit(bare, {"a": b"1\n"}, author=b"Bo <bo@example.org>")
    commit(bare, {"a": b"2\n"}, "x\n\nCo-authored-by: Cy <cy@example.org>\nCo-authored-by: Bo <bo@example.org>")
    head = commit(bare, {"a": b"3\n"}, author=b"release-bot <x@example.org>", at=START + 1)
    refresh(store, bare)
    people = [(change.author, change.coauthors, change.is_bot) for change in stored(store, head).changes(head, 0)]
    assert people == [(0, (), False), (1, (2, 0), False), (3, (), True)]


def test_who_is_a_bot_once_is_a_bot(store: Store, bare: Path) -> None:
    commit(bare, {"a": b"1\n"}, author=b"Helper <x@example.org>")
    refresh(store, bare)
    head = commit(bare, {"a": b"2\n"}, author=b"helper[bot] <x@example.org>")
    refresh(store, bare)
    assert [change.is_bot for change in stored(store, head).changes(head, 0)] == [True, True]


def test_no_name_and_no_address_is_kept(store: Store, bare: Path) -> None:
    commit(
        bare,
        {"a": b"1\n"},
        "x\n\nCo-authored-by: Secretone <secrettwo@example.org>",
        author=b"Secretthree <secretfour@x>",
    )
    refresh(store, bare)
    with store.reading() as connection:
        tables = [table_of(model) for model in (Commit, FileChange, Person, StoredPath)]
        everything = repr([connection.execute(select(table)).all() for table in tables]).lower()
    assert "secret" not in everything


def test_a_second_scan_adds_what_is_new_and_a_third_nothing(store: Store, bare: Path) -> None:
    commit(bare, {"a": b"1\n"})
    assert refresh(store, bare).commits == 1
    commit(bare, {"a": b"2\n", "b": b"1\n"})
    commit(bare, {"b": b"2\n"}, ref="refs/heads/topic", parents=["main"])
    assert refresh(store, bare).commits == 2
    assert refresh(store, bare) == Refreshed(0, True, True, ())
    assert counts(store) == {"Commit": 3, "FileChange": 4, "Person": 1, "Path": 2}


def test_a_rewritten_history_is_followed(store: Store, bare: Path) -> None:
    first = commit(bare, {"a": b"1\n"})
    old = commit(bare, {"a": b"2\n"})
    refresh(store, bare)
    new = commit(bare, {"a": b"3\n"}, parents=[first])
    assert refresh(store, bare).commits == 1
    assert [change.commit for change in stored(store, new).changes(new, 0)] == [first, new]
    git(bare, "update-ref", "refs/heads/main", old)  # and back: its rows are still there
    assert refresh(store, bare).commits == 0
    assert [change.commit for change in stored(store, old).changes(old, 0)] == [first, old]
    with store.reading() as connection:
        assert known_tips(connection, 1) == {bytes.fromhex(old)}


def test_a_tip_whose_objects_are_gone_is_forgotten(store: Store, bare: Path) -> None:
    first = commit(bare, {"a": b"1\n"})
    old = commit(bare, {"a": b"2\n"})
    refresh(store, bare)
    new = commit(bare, {"a": b"3\n"}, parents=[first])
    damage(bare, old)
    assert refresh(store, bare) == Refreshed(1, True, True, ())
    assert [change.commit for change in stored(store, new).changes(new, 0)] == [first, new]


def test_a_changed_mailmap_changes_who_wrote_what_is_stored(store: Store, bare: Path) -> None:
    commit(bare, {"a": b"1\n"}, author=b"Ada <ada@old.example>")
    before = commit(bare, {"a": b"2\n"}, "x\n\nCo-authored-by: Ada <ada@old.example>", author=b"Bo <bo@example.org>")
    refresh(store, bare)
    assert [change.people for change in stored(store, before).changes(before, 0)] == [(0,), (1, 0)]
    head = commit(bare, {".mailmap": b"Bo <bo@example.org> <ada@old.example>\n"}, author=b"Cy <cy@example.org>")
    assert refresh(store, bare).commits == 1
    assert [change.people for change in stored(store, head).changes(head, 0)] == [(0,), (0,), (1,)]
    gone = commit(bare, {".mailmap": None}, author=b"Cy <cy@example.org>")
    refresh(store, bare)
    assert [change.people for change in stored(store, gone).changes(gone, 0)] == [(0,), (1, 0), (2,), (2,)]


def test_a_shallow_clone_is_read_again_once_it_is_whole(store: Store, bare: Path, tmp_path: Path) -> None:
    commit(bare, {"a": b"1\n"})
    head = commit(bare, {"a": b"2\n"})
    git(tmp_path, "clone", "--quiet", "--bare", "--depth=1", f"file://{bare}", "shallow")
    assert not refresh(store, tmp_path / "shallow").complete
    git(tmp_path / "shallow", "fetch", "--quiet", "--unshallow")
    assert refresh(store, tmp_path / "shallow").complete
    assert [len(change.files) for change in stored(store, head).changes(head, 0)] == [1, 1]
    assert counts(store)["Commit"] == 2


def test_a_partial_clone_has_no_counts_until_it_is_whole(store: Store, bare: Path, tmp_path: Path) -> None:
    head = commit(bare, {"a": b"1\n"})
    git(bare, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--bare", "--filter=blob:none", f"file://{bare}", "partial")
    partial = tmp_path / "partial"
    assert not refresh(store, partial).counted
    with store.reading() as connection:
        history = StoredHistory(connection, 1, head, counted=False)
    assert not history.changes(head, 0).counted
    assert [file.added for file in history.changes(head, 0).rows[0].files] == [None]
    git(partial, "config", "--unset", "remote.origin.promisor")
    git(partial, "config", "--unset-all", "remote.origin.partialclonefilter")
    git(partial, "fetch", "--quiet", "--refetch", "origin")
    assert refresh(store, partial).counted
    assert [file.added for file in stored(store, head).changes(head, 0).rows[0].files] == [1]


def test_a_damaged_history_is_read_again_once_it_is_mended(store: Store, bare: Path) -> None:
    commit(bare, {"a": b"1\n"})
    refresh(store, bare)
    head = commit(bare, {"a": b"2\n"})
    blob = oid(bare, "main:a")
    damage(bare, blob)
    hurt = refresh(store, bare)
    assert not hurt.complete
    assert "could not be counted" in hurt.sentences[0]
    assert [change.files[0].added for change in stored(store, head).changes(head, 0)] == [1, None]
    git(bare, "hash-object", "-w", "--stdin", stdin=b"2\n")
    assert refresh(store, bare).complete
    assert [change.files[0].added for change in stored(store, head).changes(head, 0)] == [1, 1]


def test_a_commit_that_was_lost_is_told_by_the_history_being_torn(store: Store, bare: Path) -> None:
    first = commit(bare, {"a": b"1\n"})
    commit(bare, {"a": b"2\n"})
    head = commit(bare, {"a": b"3\n"})
    damage(bare, oid(bare, "main~1"))
    assert not refresh(store, bare).complete
    history = stored(store, head)
    assert not history.is_whole
    assert first not in history


def test_names_of_any_length_and_bytes_are_stored(store: Store, bare: Path) -> None:
    names: list[str | bytes] = [b"x/" * 1500 + b"y", b"x/" * 1500 + b"z", b"\xff", b"\\xff", "좋은", b"new\nline"]
    head = commit(bare, dict.fromkeys(names, b"1\n"))
    refresh(store, bare)
    (change,) = stored(store, head).changes(head, 0)
    assert len(change.files) == 5  # two of them are written the same
    assert {"\\xff", "좋은", "new\nline"} < {file.path for file in change.files}
    changed = commit(bare, dict.fromkeys(names, b"2\n"))
    refresh(store, bare)
    assert counts(store)["Path"] == 5
    assert len(stored(store, changed).changes(changed, 0).rows[1].files) == 5


def test_dates_beyond_2038_and_of_1970_are_stored(store: Store, bare: Path) -> None:
    commit(bare, {"a": b"1\n"}, at=4_102_444_800)
    head = commit(bare, {"a": b"2\n"}, at=1)
    refresh(store, bare)
    assert [change.at for change in stored(store, head).changes(head, 0)] == [4_102_444_800, 1]


def test_repositories_do_not_mix(store: Store, bare: Path, tmp_path: Path) -> None:
    other = empty_repository(tmp_path / "other", "--bare")
    head = commit(bare, {"a": b"1\n"})
    there = commit(other, {"a": b"1\n"}, author=b"Bo <bo@example.org>")
    refresh(store, bare, 1)
    refresh(store, other, 2)
    assert head in stored(store, head, 1)
    with pytest.raises(LookupError, match="scan the repository"):
        stored(store, there, 1)


def test_a_scan_that_is_cut_short_leaves_nothing_behind(store: Store, bare: Path) -> None:
    for number in range(3):
        commit(bare, {"a": b"%d\n" % number})
    source = opened(bare)
    refresh(store, empty_repository(bare.parent / "empty", "--bare"))

    def interrupted(commits: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), store.writing() as connection:
        refresh_history(connection, 1, source, tips_of(source), salt=SALT, progress=interrupted)
    assert counts(store) == {"Commit": 0, "FileChange": 0, "Person": 0, "Path": 0}
    assert refresh(store, bare).commits == 3


def test_commits_that_are_stored_already_stay_as_they_are(store: Store, bare: Path) -> None:
    commit(bare, {"a": b"1\n"})
    refresh(store, bare)
    source = opened(bare)
    with store.writing() as connection:
        assert add_history(connection, 1, History(source, tips_of(source), salt=SALT)) == 0
    assert counts(store) == {"Commit": 1, "FileChange": 1, "Person": 1, "Path": 1}
