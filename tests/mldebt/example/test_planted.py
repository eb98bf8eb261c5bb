"""Over all rules of a whole scan: every planted debt is told of, and nothing is claimed that was not planted."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from collectors.readers.notebook import read_notebook
from collectors.registry import discover
from mldebt.example import EXAMPLE_AS_OF, build_example
from mldebt.example.planted import ADMITTED, PLANTED, Planted
from mldebt.scan import Scan, Wanted, scan
from mldebt.settings import make_home, read_settings
from mldebt.store.engine import open_store
from mldebt.store.findings import findings_of
from scoring.finding import Finding
from scoring.signal import NOT_SEEN, Measurement, Signal, State
from tests.repos.histories import commit, git

RULES = tuple(function.definition.name for function in discover() if function.definition.rule)
CLAIMS: dict[str, tuple[str, ...]] = {
    "clones": (),
    "commented_out_code": (),
    "dangling_stages": (),
    "dead_experiment_files": ("class AttentionTrial(nn.Module):",),
    "dead_settings": ("warmup_rounds: 50", "legacy_region:", "pause_on_sundays:"),
    "default_hyperparameters": (),
    "disabled_code": (),
    "evaluation_on_training_data": ('train = pd.read_parquet("data/features/train.parquet")',),
    "fixed_thresholds": ("probability > 0.35",),
    "hardcoded_hyperparameters": (),
    "leakage_before_split": (),
    "local_paths": ("/home/analyst/exports/harbour_pilot.parquet",),
    "notebook_execution_order": ('"execution_count": 7,', "/home/analyst/exports/harbour_pilot.parquet"),
    "notebooks_in_production": ("papermill notebooks/weekly_report.ipynb",),
    "repeated_settings": (),
    "scale_toggles": (".sample(frac=0.05",),
    "self_admitted_dead_code": (),
    "self_admitted_debt_flow": (),  # ADMITTED
    "settings_outside_git": ('pd.read_parquet(os.environ["FORECASTS"])',),
    "stale_instructions": ("python -m shelfcast.tills",),
    "stale_flags": ("if use_price_index:", 'if store(name)["two_stage"]:'),
    "train_serve_clones": (),
    "undeclared_reads": ('train = pd.read_parquet("data/features/train.parquet")',),
    "unpinned_images": (),
    "unpinned_inputs": ('URL = "https://weather.example.com/open/daily.csv"',),
    "unseeded_randomness": ("return RandomForestRegressor(",),
    "unset_columns": (),
    "unversioned_loads": (),
}
"""Rules with the texts of what was planted for them. A rule that is not here fails: what should it find?"""

FILES_ALONE = frozenset({"dead_experiment_files", "notebook_execution_order", "self_admitted_debt_flow"})
"""Rules whose place is another line of the planted file: a whole file, a cell, a comment."""


class Told(NamedTuple):
    """A signal, and what stands in one of its rows of evidence; ASKED and ABSENT where it has none."""

    signal: str
    row: str


ASKED, ABSENT = "a person is asked", "what would pay it off is not seen"
NUMBERS: dict[str, Told] = {
    "FEATURES = [": Told("entangled_inputs", ASKED),
    "curve.fit(forecast": Told("correction_cascades", "calibrate"),
    "model.fit(promoted[COLUMNS], rest)": Told("correction_cascades", "uplift"),
    'forecasts = pd.read_parquet("data/out/forecasts.parquet")': Told("outside_readers", "scripts/weekly_email.py"),
    "data/out/forecasts.parquet": Told("outside_readers", "notebooks/weekly_report.ipynb"),
    'sales <- read_parquet("data/valid/sales.parquet")': Told("outside_readers", "analysis/elasticity.R"),
    'stock <- read_parquet("data/raw/stock.parquet")': Told("outside_readers", "data/raw/stock.parquet"),
    "WEATHER = [": Told("epsilon_and_correlated_features", ASKED),
    "FROM warehouse.stock_snapshot AS s": Told("tables_of_others", "reads warehouse.stock_snapshot"),
    'os.environ["FORECASTS"]': Told("closure_completeness", "environment variable FORECASTS"),
    '.to_sql("orders"': Told("feedback_loops", "data/out/forecasts.parquet"),
    "LEFT JOIN orders AS o": Told("feedback_loops", "data/out/forecasts.parquet"),
    "The markdown team's price model reads the same shelves": Told("loops_through_the_world", ASKED),
    'frame["region_code"] =': Told("unnamed_columns", "region_code is computed, and nothing else names it"),
    "def recent(question: Question)": Told("columns_made_twice", "src/shelfcast/serve/app.py lag_… is computed here"),
    "class NetRegressor(BaseEstimator, RegressorMixin):": Told("algorithm_introduction_files", "NetRegressor"),
    'frame.to_parquet("data/interim/joined.parquet"': Told("unread_intermediates", "data/interim/joined.parquet"),
    'frame = pd.read_parquet("data/features/train.parquet")': Told("off_pipeline_io", "src/shelfcast/tune.py"),
    "predicted[calibrated] = curve.predict(": Told("change_coupling", "src/shelfcast/predict.py"),
    'test.loc[calibrated, "forecast"] = curve.predict(': Told("change_coupling", "src/shelfcast/evaluate.py"),
    "def order_quantity(forecast: float, on_hand: float, factor: float, limit: float) -> float:": Told(
        "untyped_interfaces", "src/shelfcast/serve/orders.py"
    ),
    'extern "C" void croston(': Told("truck_factor", "C/C++ files, one maintainer"),
    'extern "C" void rolling_quantile(': Told("languages", "C++"),
    "library(dplyr)": Told("languages", "R"),
    'weather = pd.read_parquet("data/raw/weather.parquet")': Told("unchecked_inputs", "data/raw/weather.parquet"),
    "frame = frame.merge(read_promotions()": Told("unchecked_inputs", "data/external/promotions.csv"),
    'stock = pd.read_parquet("data/raw/stock.parquet")': Told("unchecked_inputs", "data/raw/stock.parquet"),
    "moved = {name: stability_index(before[name], after[name]) for name in FEATURES}": Told(
        "prediction_monitoring", ABSENT
    ),
    "safety_factor: 1.15": Told("config_sibling_difference", "configs/store_harbour.yaml"),
}
"""What is planted and no rule lists, with the signal that tells of it."""

UNTOLD: dict[str, str] = {}
"""What is planted and nothing tells of yet, each with the reason: a blind spot that has to be known."""


class Seen(NamedTuple):
    scan: Scan
    findings: tuple[Finding, ...]
    repository: Path

    def signal(self, name: str) -> Signal:
        return next(one for one in self.scan.card.signals if one.name == name)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The example with every rule switched on by its own policy."""
    where = build_example(tmp_path_factory.mktemp("example") / "shop")
    head = git(where, "symbolic-ref", "HEAD").decode().strip()
    policy = "rules:\n" + "".join(f"  {rule}: on\n" for rule in RULES)
    at = int(EXAMPLE_AS_OF.timestamp())
    commit(where, {".github/mldebt.yml": policy.encode()}, "Every rule", at=at, ref=head)
    settings = read_settings({"MLDEBT_HOME": str(tmp_path_factory.mktemp("home"))})
    make_home(settings)
    with closing(open_store(settings.database_url)) as store:
        done = scan(Wanted(str(where), since=at, is_example=True), store, settings, lambda *_: None)
        with store.reading() as connection:
            listed = findings_of(connection, done.snapshot_id, limit=None)
    return Seen(done, tuple(row.finding for row in listed), where)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_claims_what_was_planted_for_it_and_nothing_else(seen: Seen, rule: str) -> None:
    assert rule in CLAIMS, f"say what {rule} finds in the example: nothing is an answer too"
    whole = rule in FILES_ALONE
    claimed = {(one.path, 0 if whole else one.line) for one in seen.findings if one.rule == rule}
    planted = {(one.path, 0 if whole else line(one, seen)) for one in PLANTED if one.text in CLAIMS[rule]}
    planted |= {(path, 0) for _, path in ADMITTED if rule == "self_admitted_debt_flow"}
    assert claimed == planted


def test_only_rules_that_exist_are_spoken_of() -> None:
    assert set(RULES) == set(CLAIMS)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda one: f"{one.path}: {one.text}"[:80])
def test_each_planted_debt_is_claimed_told_of_or_a_known_blind_spot(seen: Seen, planted: Planted) -> None:
    claimed = any(planted.text in texts for texts in CLAIMS.values())
    assert claimed + (planted.text in NUMBERS) + (planted.text in UNTOLD) == 1
    if told := NUMBERS.get(planted.text):
        signal = seen.signal(told.signal)
        if told.row == ASKED:
            assert (signal.state, signal.debt) == (State.ASK, planted.debt)
        elif told.row == ABSENT:
            assert (signal.measurement.value, signal.debt) == (NOT_SEEN, planted.debt)
        else:
            assert signal.measurement.value
            assert told.row in rows(signal.measurement)


@pytest.mark.parametrize("signal", ["unread_dependencies", "several_writers"])
def test_numbers_that_were_not_planted_are_nought(seen: Seen, signal: str) -> None:
    """The native library is a dependency of the stage that loads it, and no data."""
    found = seen.signal(signal).measurement
    assert (found.value, found.evidence) == (0, ())


def test_nothing_is_spoken_of_that_is_not_planted() -> None:
    texts = {one.text for one in PLANTED}
    assert {*NUMBERS, *UNTOLD, *(text for some in CLAIMS.values() for text in some)} <= texts


def rows(measured: Measurement) -> str:
    return "\n".join(f"{row.subject} {row.note}" for row in measured.evidence)


def line(planted: Planted, seen: Seen) -> int:
    """As places count lines: in a notebook, those of its cells."""
    text = git(seen.repository, "show", f"HEAD:{planted.path}").decode()
    return planted.line_in(read_notebook(text).source if planted.path.endswith(".ipynb") else text)
