"""The debts that were planted in the example, and where: what looks for debt must find these, and no others."""

from __future__ import annotations

from typing import NamedTuple

from scoring.debts import Debt


class Planted(NamedTuple):
    debt: Debt
    what: str
    path: str
    text: str  # stands in one line of the file at HEAD, and in no other

    def line_in(self, content: str) -> int:
        """The line, from 1, of a file that reads `content`. Raises ValueError where it is not exactly one."""
        (line,) = (number for number, line in enumerate(content.splitlines(), start=1) if self.text in line)
        return line


PLANTED = (
    Planted(
        Debt.ENTANGLEMENT,
        "the demand model and the stock-out model learn from one list of features",
        "src/shelfcast/features/columns.py",
        "FEATURES = [",
    ),
    Planted(
        Debt.CORRECTION_CASCADES,
        "a calibration curve learns from the demand model's predictions",
        "src/shelfcast/calibrate.py",
        "curve.fit(forecast",
    ),
    Planted(
        Debt.CORRECTION_CASCADES,
        "an uplift model learns the rest that demand model and calibration leave: the second step of the cascade",
        "src/shelfcast/uplift.py",
        "model.fit(promoted[COLUMNS], rest)",
    ),
    Planted(
        Debt.UNDECLARED_CONSUMERS,
        "a mail to the shops reads the forecasts; no stage of the pipeline says so",
        "scripts/weekly_email.py",
        'forecasts = pd.read_parquet("data/out/forecasts.parquet")',
    ),
    Planted(
        Debt.UNDECLARED_CONSUMERS,
        "the report of the week reads the forecasts; no stage of the pipeline says so",
        "notebooks/weekly_report.ipynb",
        "data/out/forecasts.parquet",
    ),
    Planted(
        Debt.UNSTABLE_DATA_DEPENDENCIES,
        "weather is read from an address whose table changes under it: no version, no checksum",
        "src/shelfcast/collect/weather.py",
        'URL = "https://weather.example.com/open/daily.csv"',
    ),
    Planted(
        Debt.UNSTABLE_DATA_DEPENDENCIES,
        "stock is read from a table of the warehouse team that is rebuilt every night",
        "sql/stock_levels.sql",
        "FROM warehouse.stock_snapshot AS s",
    ),
    Planted(
        Debt.UNDERUTILIZED_DATA_DEPENDENCIES,
        "legacy: a column for the old planning system that no model reads",
        "src/shelfcast/features/build.py",
        'frame["region_code"] =',
    ),
    Planted(
        Debt.UNDERUTILIZED_DATA_DEPENDENCIES,
        "bundled: five columns of weather came in at once, before a deadline",
        "src/shelfcast/features/columns.py",
        "WEATHER = [",
    ),
    Planted(
        Debt.UNANALYZED_DATA_DEPENDENCIES,
        "where the service reads its forecasts is only known when it runs",
        "src/shelfcast/serve/app.py",
        'os.environ["FORECASTS"]',
    ),
    Planted(
        Debt.DIRECT_FEEDBACK_LOOPS,
        "orders are made from forecasts and written to a table …",
        "src/shelfcast/serve/orders.py",
        '.to_sql("orders"',
    ),
    Planted(
        Debt.DIRECT_FEEDBACK_LOOPS,
        "… that decides which days of sales the next model learns from",
        "sql/sales_daily.sql",
        "LEFT JOIN orders AS o",
    ),
    Planted(
        Debt.HIDDEN_FEEDBACK_LOOPS,
        "the markdown team's model sees what these orders leave on the shelves, and changes what is sold",
        "README.md",
        "The markdown team's price model reads the same shelves",
    ),
    Planted(
        Debt.GLUE_CODE,
        "a net is bent into another package's interface, standardising by hand on the way",
        "src/shelfcast/models/net.py",
        "class NetRegressor(BaseEstimator, RegressorMixin):",
    ),
    Planted(
        Debt.PIPELINE_JUNGLES,
        "an intermediate table that nobody reads",
        "src/shelfcast/features/build.py",
        'frame.to_parquet("data/interim/joined.parquet"',
    ),
    Planted(
        Debt.PIPELINE_JUNGLES,
        "features are read outside the pipeline's definition, to search for settings",
        "src/shelfcast/tune.py",
        'frame = pd.read_parquet("data/features/train.parquet")',
    ),
    Planted(
        Debt.PIPELINE_JUNGLES,
        "sales are read outside the pipeline's definition, for price elasticities",
        "analysis/elasticity.R",
        'sales <- read_parquet("data/valid/sales.parquet")',
    ),
    Planted(
        Debt.PIPELINE_JUNGLES,
        "stock is read outside the pipeline's definition, for the quarterly meeting",
        "analysis/waste.R",
        'stock <- read_parquet("data/raw/stock.parquet")',
    ),
    Planted(
        Debt.DEAD_EXPERIMENTAL_CODEPATHS,
        "a price index per category that params.yaml never turns on",
        "src/shelfcast/features/prices.py",
        "if use_price_index:",
    ),
    Planted(
        Debt.DEAD_EXPERIMENTAL_CODEPATHS,
        "a two-stage forecast that no store's settings turn on",
        "src/shelfcast/predict.py",
        'if store(name)["two_stage"]:',
    ),
    Planted(
        Debt.DEAD_EXPERIMENTAL_CODEPATHS,
        "a trial that nothing imports",
        "experiments/attention_trial.py",
        "class AttentionTrial(nn.Module):",
    ),
    Planted(
        Debt.ABSTRACTION_DEBT,
        "the steps from model to forecast are written down twice and change together: here …",
        "src/shelfcast/predict.py",
        "predicted[calibrated] = curve.predict(",
    ),
    Planted(
        Debt.ABSTRACTION_DEBT,
        "… and here",
        "src/shelfcast/evaluate.py",
        'test.loc[calibrated, "forecast"] = curve.predict(',
    ),
    Planted(
        Debt.ABSTRACTION_DEBT,
        "lags are made once for training and once more, by hand, for serving",
        "src/shelfcast/serve/app.py",
        "def recent(question: Question)",
    ),
    Planted(
        Debt.PLAIN_OLD_DATA_SMELL,
        "units, units, a factor and a limit, all of them float",
        "src/shelfcast/serve/orders.py",
        "def order_quantity(forecast: float, on_hand: float, factor: float, limit: float) -> float:",
    ),
    Planted(
        Debt.MULTIPLE_LANGUAGE_SMELL,
        "C++ behind ctypes, written by somebody who left",
        "native/quantile.cpp",
        'extern "C" void rolling_quantile(',
    ),
    Planted(
        Debt.MULTIPLE_LANGUAGE_SMELL,
        "the analyst's R beside the team's Python",
        "analysis/elasticity.R",
        "library(dplyr)",
    ),
    Planted(
        Debt.PROTOTYPE_SMELL,
        "cells were run out of order",
        "notebooks/feature_importance.ipynb",
        '"execution_count": 7,',
    ),
    Planted(
        Debt.PROTOTYPE_SMELL,
        "cells were run out of order, on a file of somebody's own machine",
        "notebooks/harbour_opening.ipynb",
        "/home/analyst/exports/harbour_pilot.parquet",
    ),
    Planted(
        Debt.PROTOTYPE_SMELL,
        "settings are chosen on a twentieth of the rows",
        "src/shelfcast/tune.py",
        ".sample(frac=0.05",
    ),
    Planted(
        Debt.PROTOTYPE_SMELL,
        "the nightly job runs a notebook",
        "Makefile",
        "papermill notebooks/weekly_report.ipynb",
    ),
    Planted(
        Debt.CONFIGURATION_DEBT,
        "a setting that nothing reads",
        "params.yaml",
        "warmup_rounds: 50",
    ),
    Planted(
        Debt.CONFIGURATION_DEBT,
        "which forecasts the service shows is set outside the repository",
        "src/shelfcast/serve/app.py",
        'pd.read_parquet(os.environ["FORECASTS"])',
    ),
    *(
        Planted(Debt.CONFIGURATION_DEBT, "a setting that nothing reads", f"configs/store_{store}.yaml", key)
        for store in ("harbour", "north", "south")
        for key in ("legacy_region:", "pause_on_sundays:")
    ),
    Planted(
        Debt.FIXED_THRESHOLDS,
        "a probability is compared with a number that was agreed on once",
        "src/shelfcast/serve/orders.py",
        "probability > 0.35",
    ),
    Planted(
        Debt.MONITORING_GAPS,
        "features are watched; forecasts are not compared with what was sold, and no producer's delay is noticed",
        "src/shelfcast/monitor/drift.py",
        "moved = {name: stability_index(before[name], after[name]) for name in FEATURES}",
    ),
    Planted(
        Debt.DATA_TESTING_DEBT,
        "the evaluation reads the training file",
        "src/shelfcast/evaluate.py",
        'train = pd.read_parquet("data/features/train.parquet")',
    ),
    Planted(
        Debt.DATA_TESTING_DEBT,
        "weather goes into features unchecked",
        "src/shelfcast/features/build.py",
        'weather = pd.read_parquet("data/raw/weather.parquet")',
    ),
    Planted(
        Debt.DATA_TESTING_DEBT,
        "promotions go into features unchecked",
        "src/shelfcast/features/build.py",
        "frame = frame.merge(read_promotions()",
    ),
    Planted(
        Debt.DATA_TESTING_DEBT,
        "stock goes into the stock-out model unchecked",
        "src/shelfcast/models/stockout.py",
        'stock = pd.read_parquet("data/raw/stock.parquet")',
    ),
    Planted(
        Debt.REPRODUCIBILITY_DEBT,
        "a forest without a seed",
        "src/shelfcast/models/forest.py",
        "return RandomForestRegressor(",
    ),
    Planted(
        Debt.PROCESS_MANAGEMENT_DEBT,
        "two stores got a smaller reserve in July 2026; the third was forgotten",
        "configs/store_harbour.yaml",
        "safety_factor: 1.15",
    ),
    Planted(
        Debt.CULTURAL_DEBT,
        "the C++ part was written by one person, who left in March 2026",
        "native/croston.cpp",
        'extern "C" void croston(',
    ),
    Planted(
        Debt.CULTURAL_DEBT,
        "a set-up step names a module that moved in December 2024",
        "README.md",
        "python -m shelfcast.tills",
    ),
)
"""In the paper's order of debts."""

ADMITTED = (
    ("TODO", "src/shelfcast/features/columns.py"),
    ("TODO", "src/shelfcast/models/net.py"),
    ("XXX", "src/shelfcast/tune.py"),
    ("FIXME", "src/shelfcast/nightly.py"),
    ("HACK", "src/shelfcast/monitor/page.py"),
)
"""Comments at HEAD in which the made-up team admits debt: tag and path."""

ABANDONED = (
    *("exp/attention", "exp/elastic-net", "exp/embedding", "exp/hierarchy", "exp/prophet", "exp/quantiles"),
    *("dozen-moth", "plump-heron"),
)
"""Branches, and by their last part refs/exps, that are quiet, unmerged, and ahead."""
