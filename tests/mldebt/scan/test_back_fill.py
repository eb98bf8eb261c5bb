"""The past of a repository, measured on the day of its first scan: as if it had been scanned then."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collectors.facts.branches import Branches
from collectors.facts.change_requests import ChangeRequests, OpenRequests
from collectors.facts.data_graph import Lineage
from collectors.facts.issues import Issues
from collectors.registry import discover
from mldebt.scan import Scan, Wanted, scan
from mldebt.settings import Settings, make_home, read_settings
from mldebt.store.contents import signals_of
from mldebt.store.engine import open_store
from mldebt.store.reading import SnapshotRow, repository, snapshots
from scoring.report.text import day
from scoring.signal import Signal, State, format_value, trend
from tests.command import Command
from tests.repos import hostile
from tests.repos.histories import START, commit, git
from tests.repos.lived_in import lived_in

DAY = 86_400
OF_TODAY = {Branches, ChangeRequests, Issues, Lineage, OpenRequests}
"""Facts that are looked at for the newest commit alone."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived_in(tmp_path_factory.mktemp("repository") / "lived-in")


@pytest.fixture(scope="module")
def home(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home in which it was scanned."""
    settings = _home(tmp_path_factory.mktemp("home"))
    _scanned(settings, source)
    return settings


@pytest.fixture
def past(home: Settings, source: Path) -> list[tuple[SnapshotRow, dict[str, Signal]]]:
    """Every snapshot with its signals, the latest first."""
    with closing(open_store(home.database_url)) as store, store.reading() as connection:
        row = repository(connection, str(source))
        assert row is not None
        return [(s, _by_name(signals_of(connection, s.id))) for s in snapshots(connection, row.id)]


def _home(folder: Path) -> Settings:
    settings = read_settings({"MLDEBT_HOME": str(folder)})
    make_home(settings)
    return settings


def _scanned(settings: Settings, source: Path, as_of: int | None = None, since: int | None = None) -> Scan:
    with closing(open_store(settings.database_url)) as store:
        return scan(Wanted(str(source), as_of, since), store, settings, lambda *_: None)


def _by_name(signals: tuple[Signal, ...]) -> dict[str, Signal]:
    return {signal.name: signal for signal in signals}


def _line(source: Path) -> list[tuple[str, int]]:
    """The first-parent line as plain git tells it, newest first."""
    lines = git(source, "log", "--first-parent", "--format=%H %ct").decode().splitlines()
    return [(commit, int(at)) for commit, at in map(str.split, lines)]


def test_there_is_a_snapshot_for_now_and_one_for_each_quarters_end(
    source: Path, past: list[tuple[SnapshotRow, dict[str, Signal]]]
) -> None:
    line = _line(source)
    first, *earlier = ((row.commit, row.as_of, row.is_backfill) for row, _ in past)
    assert first == (*line[0], False)
    newest = datetime.fromtimestamp(line[0][1], UTC)
    starts = [datetime(year, month, 1, tzinfo=UTC) for year in range(2023, 2032) for month in (1, 4, 7, 10)]
    quarters = [int(start.timestamp()) for start in starts if start < newest][-8:]
    expected = [(next(c for c, at in line if at <= quarter), quarter, True) for quarter in reversed(quarters)]
    assert list(earlier) == expected


def test_the_past_is_what_a_scan_on_that_day_would_have_seen(
    source: Path, past: list[tuple[SnapshotRow, dict[str, Signal]]], tmp_path: Path
) -> None:
    of_today = {function.definition.name for function in discover() if OF_TODAY & set(function.needs)}
    settings = _home(tmp_path / "home")
    measured = 0
    for row, then in past[1:]:
        cut = hostile.cloned(tmp_path / row.commit[:8], source)
        for ref in git(cut, "for-each-ref", "--format=%(refname)", "refs/heads/feature", "refs/heads/exp").split():
            git(cut, "update-ref", "-d", ref)
        git(cut, "update-ref", "refs/heads/main", row.commit)
        seen = _by_name(_scanned(settings, cut, row.as_of).card.signals)
        for name in seen.keys() - of_today:
            assert then[name].measurement == seen[name].measurement, (name, row.as_of)
            measured += then[name].state is State.MEASURED
        assert {then[name].state for name in of_today} == {State.UNKNOWN}
    assert measured > 80


def test_the_same_moment_says_the_same_however_far_back_a_scan_looks(
    source: Path, past: list[tuple[SnapshotRow, dict[str, Signal]]], tmp_path: Path
) -> None:
    for since in (past[0][0].as_of - 200 * DAY, START - DAY):
        settings = _home(tmp_path / str(since))
        now = _scanned(settings, source, since=since)
        seen = {name: one.measurement for name, one in _by_name(now.card.signals).items()}
        assert seen == {name: one.measurement for name, one in past[0][1].items()}  # scales are not stored
        with closing(open_store(settings.database_url)) as store, store.reading() as connection:
            row = repository(connection, str(source))
            assert row is not None
            other = {s.identity: _by_name(signals_of(connection, s.id)) for s in snapshots(connection, row.id)}
        both = [(other[s.identity], signals) for s, signals in past if s.identity in other]
        assert len(both) >= 3
        for here, there in both:
            assert here == there


def test_a_past_that_is_stored_is_not_measured_again(source: Path, tmp_path: Path) -> None:
    """The commits of half a year arrive later: what was stored before them is as if it had been seen with them."""
    grown = hostile.cloned(tmp_path / "grown", source)
    line = _line(source)
    older = next(commit for commit, at in line if at <= line[0][1] - 200 * DAY)
    git(grown, "update-ref", "refs/heads/main", older)
    before, after = _home(tmp_path / "before"), _home(tmp_path / "after")
    assert len(_looked_back(before, grown)) == 8
    git(grown, "update-ref", "refs/heads/main", line[0][0])
    new = _looked_back(before, grown)
    assert 0 < len(new) < 8
    assert not _looked_back(before, grown)
    assert set(new) < set(_looked_back(after, grown))
    seen, fresh = _identities(before, grown), _identities(after, grown)
    assert fresh.items() <= seen.items()
    form = ("show", "--repo", grown, "--format", "json")
    assert Command(before.home)(*form) == Command(after.home)(*form)


def test_a_past_that_was_decided_upon_is_not_measured_again_either(tmp_path: Path) -> None:
    """What a policy accepts, states and gets wrong is part of an identity."""
    repository = hostile.ordinary(tmp_path / "decided", commits=1)
    policies = [
        b"accept:\n  - {rule: clones, path: src/*, reason: intended, owner: us, until: 2030-01-01}\n",
        b"no: [such, key]\n",
        b"attestations:\n  - {about: incentives, answer: we do, by: us, on: 2024-01-01}\n",
    ]
    for number, policy in enumerate(policies, 1):
        commit(repository, {".github/mldebt.yml": policy}, at=START + number * 100 * DAY)
    commit(repository, {"train.py": b"import torch\n"}, at=START + 400 * DAY)
    settings = _home(tmp_path / "home")
    assert len(_looked_back(settings, repository)) >= 4
    identities = _identities(settings, repository)
    assert not _looked_back(settings, repository)
    assert _identities(settings, repository) == identities


def _looked_back(settings: Settings, source: Path) -> list[str]:
    """The moments of the past that a scan measured."""
    told: list[str] = []
    with closing(open_store(settings.database_url)) as store:
        scan(Wanted(str(source)), store, settings, lambda stage, *_: told.append(stage))
    return [stage for stage in told if stage.startswith("looking back to ")]


def _identities(settings: Settings, source: Path) -> dict[str, dict[str, Signal]]:
    with closing(open_store(settings.database_url)) as store, store.reading() as connection:
        row = repository(connection, str(source))
        assert row is not None
        return {s.identity: _by_name(signals_of(connection, s.id)) for s in snapshots(connection, row.id)}


def test_trend_words_are_those_of_the_snapshot_a_quarter_before(
    home: Settings, source: Path, past: list[tuple[SnapshotRow, dict[str, Signal]]]
) -> None:
    now, signals = past[0]
    wanted = now.as_of - 91 * DAY
    row, then = min(past, key=lambda row: abs(row[0].as_of - wanted))
    text = " ".join(Command(home.home)("show", "--repo", source).out.split())  # however it is wrapped
    assert f"Compared with {day(row.as_of)}." in text
    words = set()
    for name, signal in signals.items():
        value, before = signal.measurement.value, then[name].measurement.value
        if value is None or before is None or signal.debt is None or signal.definition.remedy:
            continue
        if value == before == 0 and signal.definition.rule:
            continue  # told together, as none found
        shown, was = (format_value(number, signal.definition.unit) for number in (value, before))
        moved = trend(signal, then[name])
        assert moved is not None
        if moved.is_noise:
            word = "same"
        elif signal.definition.better == "neither":
            word = "moved"
        else:
            word = "better" if (value < before) is (signal.definition.better == "lower") else "worse"
        assert moved.word == word
        assert f"{signal.definition.title}: {shown} ({word}{'' if was == shown else f'; was {was}'})" in text
        words.add(word)
    assert "same" in words
    assert words >= {"moved", "same"}


def test_nothing_is_compared_where_no_snapshot_is_near_a_quarter_ago(command: Command, tmp_path: Path) -> None:
    repository = hostile.ordinary(tmp_path / "young")  # of November
    assert "Compared with" not in command("scan", repository).out


def test_a_repository_that_slept_for_years_has_its_past_at_each_quarter(command: Command, tmp_path: Path) -> None:
    slept = hostile.ordinary(tmp_path / "slept", commits=1)
    commit(slept, {"train.py": b"import torch\n\nx = 1\n"}, at=START + 900 * DAY)
    command.scan(slept)
    text = command("show", "--repo", slept).out
    assert "Languages in use: 1 language  (same)" in text
    assert command("show", "--repo", slept, "--at", _line(slept)[1][0][:10]).status == 0


def test_since_takes_trends_back_further(command: Command, source: Path) -> None:
    command.scan(source, "--since", "2023-01-01")
    new_year = 1_704_067_200  # 2024
    then = next(commit for commit, at in _line(source) if at <= new_year)
    shown = command("show", "--repo", source, "--at", then, "--format", "json").card
    assert (shown["commit"], shown["as_of"]) == (then, new_year)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--since", "yesterday"), ("--as-of", "2026-13-01"), ("--as-of", "2026-02-30"), ("--since", "")],
)
def test_what_is_no_day_is_told_so(command: Command, source: Path, option: str, value: str) -> None:
    done = command("scan", source, option, value)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"mldebt: {option} is {value!r}: write a day as YYYY-MM-DD\n"
