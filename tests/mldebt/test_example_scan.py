"""What a scan says of the example, against what was planted in it and what plain git counts."""

from __future__ import annotations

import subprocess
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from collectors.facts.files import Place
from collectors.facts.practice_names import PRACTICES
from mldebt.example import EXAMPLE_AS_OF, build_example
from mldebt.example.planted import ABANDONED, ADMITTED
from mldebt.scan import Scan, Wanted, scan
from mldebt.settings import make_home, read_settings
from mldebt.store.engine import open_store
from scoring.signal import IN_USE, NOT_SEEN, PRESENT, Measurement
from scoring.wording import worded

DAY = 86_400
YEAR_AGO = int(EXAMPLE_AS_OF.timestamp()) - 365 * DAY


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_example(tmp_path_factory.mktemp("example") / "shop")


@pytest.fixture(scope="module")
def scanned(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Scan:
    settings = read_settings({"MLDEBT_HOME": str(tmp_path_factory.mktemp("home"))})
    make_home(settings)
    with closing(open_store(settings.database_url)) as store:
        return scan(Wanted(str(example), is_example=True), store, settings, lambda *_: None)


def measured(scanned: Scan, name: str) -> Measurement:
    return next(signal.measurement for signal in scanned.card.signals if signal.name == name)


def subjects(found: Measurement) -> list[str]:
    return [row.subject for row in found.evidence]


def git(repository: Path, *args: str) -> list[str]:
    done = subprocess.run(["git", f"--git-dir={repository}", *args], capture_output=True, check=True, text=True)
    return done.stdout.splitlines()


def last_year(example: Path, *args: str) -> list[str]:
    """`git log` of people's commits in the last 365 days."""
    return git(
        *(example, "-c", "mailmap.blob=HEAD:.mailmap", "log", "--no-merges", f"--since={YEAR_AGO}"),
        *("--perl-regexp", r"--author=^((?!\[bot\]).)*$", *args),
    )


def test_it_is_measured_at_its_own_last_day_and_marked(scanned: Scan) -> None:
    assert scanned.card.identity.as_of == EXAMPLE_AS_OF.timestamp()
    assert scanned.card.identity.missing == ()
    assert scanned.is_example


def test_abandoned_branches_are_the_six_trials_and_the_two_old_experiments(scanned: Scan) -> None:
    found = measured(scanned, "abandoned_branches")
    assert (found.value, found.n) == (8, 20)
    names = [subject.rpartition("/")[2] for subject in subjects(found)]
    assert sorted(names) == sorted(name.rpartition("/")[2] for name in ABANDONED)
    assert names[0] == "prophet"  # the longest quiet


def test_branches_that_live_or_were_squashed_are_looked_at(scanned: Scan) -> None:
    found = measured(scanned, "branch_lifecycle")
    assert {
        subject.rpartition("/")[2]: row.note.rpartition(", ")[2]
        for subject, row in zip(subjects(found), found.evidence, strict=True)
    } == {
        **dict.fromkeys(("mossy-kiln", "salty-oboe", "pretrained", "planned"), "alive"),
        **dict.fromkeys(("drift", "harbour"), "squashed"),
    }


def test_merges_of_the_last_year_are_those_that_git_lists(example: Path, scanned: Scan) -> None:
    found = measured(scanned, "merge_lead_time")
    merges = git(example, "log", "--first-parent", "--merges", f"--since={YEAR_AGO}", "--format=%H")
    assert sorted(subjects(found)) == sorted(merges)
    assert found.evidence[0].note == "commits: 9, from feature/net"


def test_three_languages_are_in_use(scanned: Scan) -> None:
    found = measured(scanned, "languages")
    assert found.value == 3
    assert subjects(found)[:4] == ["Python", "C++", "R", "SQL"]


def test_four_commits_crossed_the_border_to_cpp(example: Path, scanned: Scan) -> None:
    found = measured(scanned, "multi_language_commits")
    told = {git(example, "log", "-1", "--format=%s", commit)[0] for commit in subjects(found)}
    assert told == {
        *("Demand that fades", "Correct Croston's bias", "No days before the first", "Rolling quantiles in C++")
    }
    assert found.n == len(last_year(example, "--format=%H"))


def test_everybody_who_joined_stayed_for_a_while(scanned: Scan) -> None:
    ramp, retention = measured(scanned, "newcomer_ramp"), measured(scanned, "newcomer_retention")
    assert (ramp.n, retention.n) == (8, 8)
    assert retention.value == 1


def test_half_of_the_last_year_is_by_as_many_as_git_counts(example: Path, scanned: Scan) -> None:
    commits = Counter(last_year(example, "--format=%aN"))
    for line in last_year(example, "--format=%(trailers:key=Co-authored-by,valueonly,separator=%x2C)"):
        commits.update(name.partition(" <")[0] for name in line.split(",") if name)
    total, held, people = commits.total(), 0, 0
    for _, count in commits.most_common():
        if 2 * held >= total:
            break
        held, people = held + count, people + 1
    found = measured(scanned, "contributor_absence_factor")
    assert found.value == people
    assert dict(found.details)["people who committed"] == len(commits)


def test_one_person_holds_the_service(scanned: Scan) -> None:
    found = measured(scanned, "truck_factor")
    assert found.value == 3
    assert "src/shelfcast/serve" in subjects(found)


def test_the_documents_are_older_than_the_set_up(example: Path, scanned: Scan) -> None:
    found = measured(scanned, "docs_freshness")
    (strict,) = git(example, "log", "--format=%ct", "--grep=^Types everywhere$")
    assert found.value == pytest.approx((EXAMPLE_AS_OF.timestamp() - int(strict)) / DAY)
    assert subjects(found) == ["pyproject.toml"]


def test_set_up_takes_nine_steps_to_use_and_three_more_to_work_on_it(scanned: Scan) -> None:
    found = measured(scanned, "setup_steps")
    assert found.value == 12
    assert {row.subject: row.number for row in found.evidence} == {"README.md": 9, "CONTRIBUTING.md": 3}


def test_admitted_debts_are_open_and_one_is_new(scanned: Scan) -> None:
    found = measured(scanned, "self_admitted_debt_flow")
    assert (found.value, found.n) == (1, len(ADMITTED))
    assert subjects(found) == ["src/shelfcast/features/columns.py"]


ALGORITHMS = {
    "sklearn.ensemble.RandomForestRegressor": "2025-01-28",
    "lightgbm, lightgbm.LGBMRegressor": "2025-03-21",
    "sklearn.isotonic.IsotonicRegression": "2025-04-07",
    "sklearn.linear_model.LogisticRegression": "2025-09-16",
    "sklearn.linear_model.Ridge": "2025-10-14",
    "Net, NetRegressor, torch": "2025-11-21",
    "AttentionTrial": "2025-11-27",
    "sklearn.ensemble.HistGradientBoostingClassifier": "2026-07-13",
}
"""What came after the baseline, which stood there when trends begin, and when it arrived on main."""


def test_each_new_algorithm_is_an_event_on_the_day_it_arrived(example: Path, scanned: Scan) -> None:
    found = measured(scanned, "algorithm_introduction_files")
    told = {
        row.note.partition("; ")[2]: git(example, "log", "-1", "--format=%cs", row.subject)[0] for row in found.evidence
    }
    assert told == ALGORITHMS
    assert found.value == 5


def test_an_introduction_touched_the_files_that_git_counts(example: Path, scanned: Scan) -> None:
    for row in measured(scanned, "algorithm_introduction_files").evidence:
        files = git(example, "diff", "--name-only", f"{row.subject}^1", row.subject)
        assert row.note.startswith(f"of {len(files)} {worded(len(files), 'file', 'files')};")


def test_an_introduction_took_from_its_first_commit_to_its_arrival(example: Path, scanned: Scan) -> None:
    found = measured(scanned, "algorithm_introduction_days")
    assert found.value is not None
    for row in found.evidence:
        dates = [int(at) for at in git(example, "log", "--format=%ct", f"{row.subject}^1..{row.subject}")]
        assert row.number == round((dates[0] - min(dates)) / DAY, 1)


def test_four_notebooks_are_code(scanned: Scan) -> None:
    found = measured(scanned, "notebook_share")
    assert len(found.evidence) == 4
    assert found.value == pytest.approx(4 / (found.n or 0))


def test_the_net_is_the_largest_piece_of_ml_code(scanned: Scan) -> None:
    found = measured(scanned, "ml_code_share")
    assert subjects(found)[0] == "src/shelfcast/models/net.py"
    assert found.value is not None
    assert 0.1 < found.value < 0.2


def test_two_copies_of_the_cascade_change_together(scanned: Scan) -> None:
    pairs = {row.subject: row for row in measured(scanned, "change_coupling").evidence}
    assert "5 together" in pairs["src/shelfcast/evaluate.py + src/shelfcast/predict.py"].note


def test_no_other_files_are_coupled(scanned: Scan) -> None:
    assert len(subjects(measured(scanned, "change_coupling"))) == 1


def test_metrics_are_no_configuration(scanned: Scan) -> None:
    found = measured(scanned, "config_to_code_ratio")
    assert [subject for subject in subjects(found) if subject.endswith(".json")] == []


BOXES = [place.value for place in Place if place is not Place.UNCLASSIFIED]


@pytest.mark.parametrize("box", BOXES)
def test_every_box_of_the_figure_holds_something(scanned: Scan, box: str) -> None:
    assert dict(measured(scanned, "ml_code_share").details).get(f"lines: {box}", 0) > 0


def test_the_readme_tells_the_examples_answers(scanned: Scan) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    for answer in scanned.card.answers:
        row = f"| {answer.question.text.en} | {answer.sentence} | {answer.seen} of {answer.total} parts |"
        assert row in readme


PRACTISED = {
    "data_tests": (IN_USE, "src/shelfcast/validate/checks.py"),
    "experiment_tracking": (IN_USE, "dvc.yaml"),
    "versioned_data": (IN_USE, "data/external/promotions.csv.dvc"),
    "ablation_runs": (PRESENT, "notebooks/feature_importance.ipynb"),
}
"""What the made-up team practises, with the file that says so first; nothing else."""


@pytest.mark.parametrize("practice", PRACTICES)
def test_what_the_team_practises_is_seen_and_nothing_else(scanned: Scan, practice: str) -> None:
    found = measured(scanned, practice)
    level, path = PRACTISED.get(practice, (NOT_SEEN, ""))
    assert found.value == level
    assert subjects(found)[:1] == ([path] if path else [])
