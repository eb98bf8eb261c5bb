from __future__ import annotations

from app_pages._graveyard import (
    DRAWN,
    FATE_WORDS,
    SILENCES,
    WEEKS,
    BranchLine,
    drawn,
    silence_chart,
    silent_by_age,
)
from collectors.facts.branches import Fate

DAY = 86_400
NOW = 1_795_500_000


def line(
    name: str = "exp/a", *, silent: float = 100, life: float = 10, fate: str = "abandoned", **rest: object
) -> BranchLine:
    last = int(NOW - silent * DAY)
    about = {"kind": "branch", "tip": "a" * 40, "first_at": int(last - life * DAY), "merged_at": None} | rest
    return BranchLine(name, fate=fate, last_at=last, ahead=3, behind=7, **about)  # type: ignore[arg-type]


def silent(lines: list[BranchLine]) -> dict[str, list[int]]:
    rows = silent_by_age(lines, NOW)
    return {words: [row.branches for row in rows if row.silence == words] for _, words in SILENCES}


def test_every_fate_has_a_word_and_a_colour() -> None:
    assert set(FATE_WORDS) == set(Fate)


def test_release_lines_and_open_pull_requests_are_not_experiments() -> None:
    others = [line("release/1", is_release=True), line("pull/7", kind="pull")]
    assert drawn([*others, line("exp/b")]) == [line("exp/b")]
    assert not any(map(sum, silent(others).values()))


def test_of_many_those_that_nobody_merged_are_drawn_and_then_those_that_began_last() -> None:
    merged = [line(f"done/{number}", fate="merged", silent=number) for number in range(DRAWN)]
    waiting = [line(f"exp/{number}", fate="abandoned", silent=500 + number) for number in range(50)]
    made = drawn([*merged, *waiting])
    assert len(made) == DRAWN
    assert {one.name for one in waiting} <= {one.name for one in made}
    assert (made[0].name, made[-1].name) == ("exp/49", "done/0")
    assert f"done/{DRAWN - 1}" not in {one.name for one in made}
    long_silent = drawn([line(f"exp/{number}", fate="abandoned", silent=number) for number in range(DRAWN + 50)])
    assert (long_silent[0].name, long_silent[-1].name) == (f"exp/{DRAWN + 49}", "exp/50")


def test_a_branch_without_commits_of_its_own_begins_where_it_ends() -> None:
    assert line(first_at=None).began == line(first_at=None).last_at


def test_a_silent_branch_grows_older_through_the_classes() -> None:
    weeks = silent([line(silent=400)])
    assert [weeks[words][-1] for _, words in SILENCES] == [0, 0, 1]
    assert [weeks[words][-20] for _, words in SILENCES] == [0, 1, 0]
    assert weeks["1 to 3 months"].count(1) in (8, 9)  # 60 days


def test_each_branch_is_in_one_class_at_a_time() -> None:
    weeks = silent([line(f"exp/{number}", silent=number * 11) for number in range(80)])
    assert max(map(sum, zip(*weeks.values(), strict=True))) <= 80
    assert all(len(counted) == WEEKS and min(counted) >= 0 for counted in weeks.values())


def test_a_merged_branch_is_silent_only_until_its_merge() -> None:
    merged = line(silent=400, fate="merged", merged_at=int(NOW - 300 * DAY))
    weeks = silent([merged])
    assert [weeks[words][-1] for _, words in SILENCES] == [0, 0, 0]
    assert sum(weeks["1 to 3 months"]) > 0


def test_a_merge_at_an_unknown_time_is_left_out() -> None:
    assert not any(map(sum, silent([line(silent=400, fate="merged")]).values()))


def test_a_commit_from_the_future_breaks_nothing() -> None:
    future = line(silent=-3_000)
    assert not any(map(sum, silent([future]).values()))


def test_the_chart_of_silence_names_every_class() -> None:
    spec = silence_chart(silent_by_age([line()], NOW))
    assert len(spec["data"]["values"]) == WEEKS * len(SILENCES)
    assert spec["encoding"]["color"]["legend"]["values"] == [words for _, words in SILENCES]
