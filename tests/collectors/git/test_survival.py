import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import collectors.git.hunks
from collectors.facts.ages import LineAges
from collectors.facts.changes import DAY
from collectors.facts.missing import Missing
from collectors.git.mainline import Mainline
from collectors.git.repository import Repository, open_repository
from collectors.git.survival import EMPTY, PARTIAL, SHALLOW, TORN, Kept, line_ages
from tests.repos.histories import START, Content, Link, Submodule, commit, damage, empty_repository, git
from tests.repos.lives import blamed, files_of, lives

BODY = b"".join(b"line %d\n" % number for number in range(20))
OTHER = b"".join(b"other %d\n" % number for number in range(20))


def repository(where: Path) -> Repository:
    return open_repository(str(where), where / "mirrors", lambda _: None)


def ages_of(where: Path) -> LineAges:
    ages, kept = line_ages(repository(where))
    assert isinstance(ages, LineAges)
    assert kept is not None
    return ages


def owners(ages: LineAges, path: bytes) -> list[str]:
    found: list[str] = []
    name = path.decode("utf-8", "backslashreplace")
    while (oid := ages.commit(name, len(found) + 1)) is not None:
        found.append(oid)
    return found


def differences(where: Path, ages: LineAges) -> Mapping[bytes, object]:
    """Files at HEAD whose lines are not as old as git says, binary files without lines left out."""
    files = files_of(where)
    assert {path.decode("utf-8", "backslashreplace") for path in files} == set(ages.files)
    expected = {path: [] if b"\0" in content[:8000] else blamed(where, path) for path, content in files.items()}
    seen = {path: (owners(ages, path), git_s) for path, git_s in expected.items()}
    return {path: both for path, both in seen.items() if both[0] != both[1]}


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return empty_repository(tmp_path / "repo", "--bare")


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**9), size=st.integers(1, 16), block=st.sampled_from([100, 1 << 20]))
def test_lines_are_as_old_as_git_blame_says(tmp_path_factory, seed: int, size: int, block: int) -> None:
    where = empty_repository(tmp_path_factory.mktemp("lives") / "repo", "--bare")
    git(where, "fast-import", "--quiet", "--force", stdin=lives(random.Random(seed), size))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(collectors.git.hunks, "BLOCK", block)
        ages = ages_of(where)
    assert ages.unknown == []
    assert differences(where, ages) == {}


@pytest.mark.soak
@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_lines_are_as_old_as_git_blame_says_in_long_histories(tmp_path_factory, seed: int) -> None:
    where = empty_repository(tmp_path_factory.mktemp("lives") / "repo", "--bare")
    git(where, "fast-import", "--quiet", "--force", stdin=lives(random.Random(seed), 60))
    assert differences(where, ages_of(where)) == {}


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9), data=st.data())
def test_going_on_from_what_was_kept_is_like_starting_anew(tmp_path_factory, seed: int, data: st.DataObject) -> None:
    where = empty_repository(tmp_path_factory.mktemp("lives") / "repo", "--bare")
    git(where, "fast-import", "--quiet", "--force", stdin=lives(random.Random(seed), 14))
    source = repository(where)
    line = git(where, "rev-list", "--first-parent", "--reverse", "main").decode().split()
    kept = None
    for stop in sorted(data.draw(st.sets(st.sampled_from(line), max_size=3)), key=line.index):
        _, kept = line_ages(replace(source, head=stop), kept=kept)
    found, after = line_ages(source, kept=kept)
    assert after is not None
    assert after.is_new == (kept is None)
    assert found == line_ages(source)[0]


def history(where: Path, *steps: dict[str | bytes, Content]) -> list[str]:
    return [commit(where, step, at=START + day * DAY) for day, step in enumerate(steps)]


def test_each_line_belongs_to_the_change_that_last_touched_it(where: Path) -> None:
    first, second, third = history(where, {"a": b"a\nb\nc\n"}, {"a": b"a\nB\nc\n"}, {"a": b"new\na\nB\nc\n"})
    ages = ages_of(where)
    assert owners(ages, b"a") == [third, first, second, first]
    assert [ages.at("a", line) for line in (1, 2, 3)] == [START + 2 * DAY, START, START + DAY]
    assert ages.interest("a") == 3
    assert ages.interest("a", 4, 4) == 1
    assert (ages.head, ages.as_of) == (third, START + 2 * DAY)


def test_a_merge_brings_its_lines_when_it_lands(where: Path) -> None:
    (base,) = history(where, {"a": b"a\n"})
    side = commit(where, {"b": b"b\n"}, parents=[base], ref="refs/heads/side")
    other = commit(where, {"c": b"c\n"}, parents=[base], ref="refs/heads/other")
    merge = commit(where, {"b": b"b\n", "c": b"c\n"}, parents=[base, side, other])
    assert owners(ages_of(where), b"c") == [merge]
    assert owners(ages_of(where), b"a") == [base]


def test_both_heirs_of_a_split_file_keep_its_lines(where: Path) -> None:
    first, second = history(where, {"a": BODY}, {"a": None, "b": BODY + b"b\n", "c": BODY + b"c\nc\n"})
    ages = ages_of(where)
    assert owners(ages, b"b") == [first] * 20 + [second]
    assert owners(ages, b"c") == [first] * 20 + [second] * 2
    assert differences(where, ages) == {}


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([{"x/a": BODY}, {"y/a": BODY}, {"x/a": None, "y/a": None, "z/a": BODY, "z/b": BODY}], id="equal"),
        pytest.param(
            [
                {"x/a.py": BODY},
                {"y/a.py": BODY + b"1\n"},
                {"x/a.py": None, "y/a.py": None, "z/a.py": BODY + b"1\n2\n", "v/a.py": BODY + b"2\n"},
            ],
            id="one name twice",
        ),
        pytest.param(
            [
                {"b.py": BODY + OTHER[:60], "z/a.py": OTHER + BODY},
                {"b.py": None, "z/a.py": None, "a.py": BODY + OTHER[:90], "c.py": BODY + OTHER[:61]},
            ],
            id="name or likeness",
        ),
        pytest.param(
            [
                {"s1": BODY, "s2": BODY[:120] + OTHER[:60]},
                {"s1": None, "s2": None, "d1": BODY[:150], "d2": BODY + b"1\n", "d3": BODY[:100] + OTHER[:50]},
            ],
            id="rivals",
        ),
        pytest.param([{"a": BODY}, {"a": None, "a/b": BODY + b"b\n", "a/c": BODY + b"c\n"}], id="file to folder"),
        pytest.param([{"a/b": BODY}, {"a/b": None, "a": BODY + b"b\n"}], id="folder to file"),
        pytest.param([{"a": BODY}, {"a": b"\0" + BODY}, {"a": BODY + b"1\n"}], id="binary for a while"),
        pytest.param([{"a": BODY}, {"a": b"\0" + BODY}, {"a": None, "b": b"\0\n" + BODY}, {"b": BODY}], id="and moved"),
        pytest.param([{"a": b"\0\n" + BODY}, {"a": None, "b": BODY}, {"b": BODY + b"1\n"}], id="moved out of binary"),
        pytest.param([{"a": BODY}, {"a": None}, {"a": BODY}], id="made anew"),
        pytest.param([{"a": b"b"}, {"a": Link(b"b")}, {"a": b"b"}], id="a link for a while"),
        pytest.param([{"a": BODY}, {"a": Submodule("1" * 40)}, {"a": BODY}], id="a submodule for a while"),
        pytest.param([{"a": b""}, {"a": b"1"}, {"a": b"1\n2"}, {"a": b"1\r\n2\r\n"}, {"a": b""}], id="line ends"),
        pytest.param([{b'\xff"\n\t*': BODY}, {b'\xff"\n\t*': None, b":(top)\\": BODY + b"1\n"}], id="names"),
    ],
)
def test_what_git_blame_says_of_odd_lives(where: Path, steps: list[dict[str | bytes, Content]]) -> None:
    history(where, *steps)
    assert differences(where, ages_of(where)) == {}


def test_files_that_attributes_call_binary_have_ages_all_the_same(where: Path) -> None:
    (where / "info").mkdir(exist_ok=True)
    (where / "info" / "attributes").write_text("*.lock -diff\n")
    history(where, {"a.lock": BODY}, {"a.lock": BODY + b"1\n"}, {"a.lock": None, "b.lock": OTHER[:8] + BODY + b"1\n"})
    ages = ages_of(where)
    assert differences(where, ages) == {}
    assert ages.interest("b.lock", 1, 1) == 1
    assert ages.interest("b.lock", 5, 9) == 1


def test_a_binary_file_has_no_lines_and_still_an_interest(where: Path) -> None:
    history(where, {"a": b"\0\n"}, {"a": b"\0\n\n"})
    ages = ages_of(where)
    assert ages.at("a", 1) is None
    assert ages.unknown == []
    assert (ages.interest("a"), ages.interest("a", 1, 1)) == (2, None)


def test_a_rename_alone_is_no_work(where: Path) -> None:
    history(where, {"a": BODY}, {"a": None, "b": BODY}, {"b": None, "c": BODY + b"1\n"})
    assert ages_of(where).interest("c") == 2


def lose(where: Path, *names: str) -> None:
    damage(where, *(git(where, "rev-parse", name).decode().strip() for name in names))


def test_a_missing_version_makes_only_its_file_unknown(where: Path) -> None:
    first, second, third = history(
        where,
        {"a": BODY, "b": OTHER, "same": BODY + b"1\n"},
        {"a": BODY + b"1\n", "b": OTHER + b"1\n"},
        {"a": BODY, "b": b"2\n" + OTHER + b"1\n"},
    )
    lose(where, "main~1:a")
    ages = ages_of(where)
    assert ages.unknown == ["a", "same"]  # one blob
    assert ages.at("a", 1) is None
    assert ages.interest("a") == 3
    assert owners(ages, b"b") == [third, *[first] * 20, second]


def test_other_files_of_a_torn_change_keep_their_ages(where: Path) -> None:
    first, second, third = history(
        where,
        {"a": BODY, "b": OTHER, "d": BODY + OTHER},
        {"a": b"lost\n", "b": OTHER + b"1\n", "d": None, "e": BODY + OTHER + b"1\n"},
        {"a": b"found\n", "f": b"f\n"},
    )
    lose(where, "main~1:a")
    ages = ages_of(where)
    assert ages.unknown == ["a"]
    assert owners(ages, b"b") == [first] * 20 + [second]
    assert owners(ages, b"e") == [first] * 40 + [second]
    assert owners(ages, b"f") == [third]


def test_a_file_made_anew_after_its_loss_is_known_again(where: Path) -> None:
    *_, last = history(where, {"a": b"lost\n"}, {"a": b"b\n"}, {"a": None}, {"a": b"c\n"})
    lose(where, "main~3:a")
    ages = ages_of(where)
    assert ages.unknown == []
    assert owners(ages, b"a") == [last]


def test_a_file_that_may_have_been_renamed_from_a_missing_one_is_unknown(where: Path) -> None:
    first, _ = history(
        where,
        {"a": BODY, "big": OTHER, "c": OTHER[5:]},
        {"a": None, "big": None, "c": None, "b": BODY + b"1\n", "d": OTHER[5:]},
    )
    lose(where, "main~1:big")
    ages = ages_of(where)
    assert ages.unknown == ["b"]
    assert owners(ages, b"d") == [first] * 20


def test_without_its_history_nothing_is_known(where: Path, tmp_path: Path) -> None:
    assert line_ages(repository(where)) == (EMPTY, None)
    history(where, {"a": BODY}, {"a": OTHER})
    for option, reason in (("--depth=1", SHALLOW), ("--filter=blob:none", PARTIAL)):
        git(where, "config", "uploadpack.allowFilter", "true")
        clone = tmp_path / option
        git(where, "clone", "-q", "--bare", option, f"file://{where}", clone)
        assert line_ages(repository(clone)) == (reason, None)
    damage(where, git(where, "rev-parse", "main~1").decode().strip())
    assert line_ages(repository(where)) == (TORN, None)


def test_missing_folders_leave_nothing_known(where: Path) -> None:
    history(where, {"x/a": BODY}, {"x/a": OTHER})
    lose(where, "main~1:x")
    found, kept = line_ages(repository(where))
    assert isinstance(found, Missing)
    assert kept is None


def test_a_rewritten_history_is_replayed_from_its_beginning(where: Path) -> None:
    first, _ = history(where, {"a": BODY}, {"a": OTHER})
    _, kept = line_ages(repository(where))
    other = commit(where, {"a": BODY + b"1\n"}, parents=[first])
    ages, again = line_ages(repository(where), kept=kept)
    assert isinstance(ages, LineAges)
    assert owners(ages, b"a") == [first] * 20 + [other]
    assert again is not None
    assert again.is_new


def test_what_is_kept_names_what_changed(where: Path) -> None:
    history(where, {"a": BODY, "b": BODY, "c": OTHER, "e": b"e\n"})
    _, kept = line_ages(repository(where))
    commit(where, {"a": BODY + b"1\n", "c": None, "d": OTHER, "e": None})
    commit(where, {"e": b"again\n"})
    _, kept = line_ages(repository(where), kept=kept)
    assert kept is not None
    assert (kept.is_new, kept.changed, kept.gone) == (False, {b"a", b"d", b"e"}, {b"c"})


def test_damaged_keepings_are_of_no_consequence(where: Path) -> None:
    first, _ = history(where, {"a": BODY}, {"a": BODY + b"1\n"})
    source = repository(where)
    _, kept = line_ages(replace(source, head=first))
    assert kept is not None
    kept.files.clear()
    assert line_ages(source, kept=kept)[0] == line_ages(source)[0]
    assert line_ages(source, kept=Kept(Mainline()))[0] == line_ages(source)[0]


def test_ages_are_measured_from_any_moment(where: Path) -> None:
    history(where, {"a": BODY}, {"a": BODY + b"1\n"})
    ages, _ = line_ages(repository(where), as_of=START + 365 * DAY)
    assert isinstance(ages, LineAges)
    assert (ages.at("a", 1), ages.interest("a")) == (START, 1)
