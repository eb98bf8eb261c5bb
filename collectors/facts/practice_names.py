"""Practices that pay debt off, and what testifies to each: pure data.

A call, a decorator or a base class of a package says more than an import; a command that runs says more than a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Practice(NamedTuple):
    """What testifies to one practice. Patterns are searched for, unless it says otherwise."""

    calls: frozenset[str] = frozenset()  # dotted: the name itself, or what lies below it
    named: str = ""  # the whole last part of a called name, whoever wrote the function
    commands: tuple[str, ...] = ()  # a program and its first words
    keys: str = ""  # settings, dotted
    paths: str = ""  # files that hold something
    objects: frozenset[str] = frozenset()  # kinds of Kubernetes objects
    run_by: tuple[str, ...] = ()  # commands that make use of its settings, files and objects
    in_tests: bool = False  # in a test, what `named` names may testify to it


_DEPLOYED = ("kubectl apply", "kubectl create", "helm upgrade", "helm install", "skaffold run", "kustomize build")
_DBT = ("dbt build", "dbt run", "dbt test", "dbt compile", "dbt parse", "dbt docs")
_GROUP = r"(?:slices?|groups?|segments?|subgroups?|cohorts?|strat(?:a|um)|stores?|regions?|demographics?)"
_METRIC = r"(?:metrics?|scores?|errors?|accuracy|wape|mape|rmse|mae|auc|f1|recall|precision|performance)"

PRACTICES: Mapping[str, Practice] = {
    "data_tests": Practice(
        calls=_names(
            """
            great_expectations pandera tensorflow_data_validation pydeequ deepchecks soda cuallee frictionless
            pandas_schema dataframely pointblank datatest
            """
        ),
        named=r"expect_(?:column|table|multicolumn)_\w+"
        r"|Data(?:set)?(?:Drift|Quality|Stability)(?:Preset|TestPreset|Metric)|DatasetMissingValuesMetric",
        commands=("dbt test", "dbt build", "soda scan", "great_expectations checkpoint", "gx checkpoint"),
        keys=r"^(?:models|sources|seeds|snapshots)\.?\[\d+\]\.(?:.+\.)?(?:data_)?tests\[\d+\]",
        run_by=("dbt test", "dbt build"),
        in_tests=True,
    ),
    "prediction_monitoring": Practice(
        calls=_names(
            """
            nannyml alibi_detect.cd alibi_detect.saving arize fiddler aporia frouros
            torchdrift whylogs.log_classification_metrics whylogs.log_regression_metrics whylogs.api.logger
            """
        ),
        named=r"(?:prediction|target|concept|label)_drift\w*|monitor_predictions?|prediction_bias"
        r"|(?:TargetDrift|ColumnDrift|ValueDrift)\w*|NoTargetPerformance\w*|TextEvals"
        r"|(?:Classification|Regression)(?:Preset|PerformancePreset|QualityMetric|PerformanceTabs?|TestPreset)",
    ),
    "alert_rules": Practice(
        keys=r"(?:^|\.)rules\[\d+\]\.alert$",
        objects=_names("PrometheusRule AlertmanagerConfig"),
        commands=("promtool check", "promtool test"),
        run_by=_DEPLOYED,
    ),
    "action_limits": Practice(
        calls=_names(
            """
            circuitbreaker pybreaker aiobreaker purgatory slowapi flask_limiter fastapi_limiter
            """
        ),
        named=r"circuit_?breaker|(?:cap|limit|clamp)_(?:orders?|actions?|bids?|prices?|spend|budgets?|quantit(?:y|ies)|changes?)",
    ),
    "upstream_freshness": Practice(
        commands=("dbt source freshness",),
        keys=r"(?:^|\.)freshness\.(?:warn_after|error_after)\.",
        named=r"(?:check|assert|ensure|verify)_(?:\w+_)?(?:freshness|staleness|up_to_date)|(?:is|are)_(?:stale|fresh)",
        calls=_names("dagster.build_last_update_freshness_checks dagster.FreshnessPolicy"),
        run_by=("dbt source",),
    ),
    "automatic_response": Practice(
        commands=("kubectl rollout undo", "helm rollback", "argo rollouts", "kubectl argo"),
        keys=r"(?:^|[._])(?:canary_?traffic_?percent|canary\.steps|fallback_model|model_fallback|rollback_model)",
        objects=_names("Rollout Canary"),
        named=r"(?:fallback|backup|baseline)_(?:model|predict\w*|forecast|score)|(?:predict|score|forecast)\w*_fallback"
        r"|(?:rollback|revert|demote)_(?:model|deployment|version|champion)",
        run_by=_DEPLOYED,
    ),
    "ensembles": Practice(
        calls=_names(
            """
            sklearn.ensemble.VotingClassifier sklearn.ensemble.VotingRegressor sklearn.ensemble.StackingClassifier
            sklearn.ensemble.StackingRegressor mlxtend.classifier.EnsembleVoteClassifier
            mlxtend.classifier.StackingClassifier mlxtend.classifier.StackingCVClassifier
            mlxtend.regressor.StackingRegressor mlxtend.regressor.StackingCVRegressor deslib ensemble_boxes
            """
        ),
    ),
    "sliced_evaluation": Practice(
        calls=_names(
            """
            fairlearn.metrics.MetricFrame tensorflow_model_analysis.SlicingSpec tensorflow_model_analysis.slicer
            tensorflow_model_analysis.run_model_analysis aequitas sliceline domino slicefinder
            aif360.metrics giskard.scan snorkel.slicing
            """
        ),
        named=rf"{_METRIC}_(?:by|per)_{_GROUP}|(?:evaluate|eval|score)_(?:by|per|on)_{_GROUP}|slic(?:e|ed|ing)_(?:metrics|evaluation|eval)",
    ),
    "learnt_thresholds": Practice(
        calls=_names("sklearn.model_selection.TunedThresholdClassifierCV"),
        named=r"(?:find|choose|pick|tune|optimi[sz]e|select|learn|fit|compute|get)_(?:best|optimal|optimum)_(?:decision_)?(?:threshold|cutoff)s?"
        r"|(?:tune|optimi[sz]e|learn|fit)_(?:decision_)?(?:threshold|cutoff)s?|threshold picked from \w+",
    ),
    "versioned_data": Practice(
        calls=_names("dvc.api lakefs lakefs_client lakefs_sdk lakefs_spec pachyderm_sdk nessie"),
        commands=("dvc pull", "dvc fetch", "dvc checkout", "dvc update", "lakectl"),
    ),
    "ablation_runs": Practice(
        calls=_names(
            """
            lofo sklearn.inspection.permutation_importance eli5.sklearn.PermutationImportance
            sklearn.feature_selection.RFECV sklearn.feature_selection.SequentialFeatureSelector
            mlxtend.feature_selection.SequentialFeatureSelector
            """
        ),
        named=r"(?:features?|columns?|inputs?)_ablations?(?:_\w+)?|ablate_(?:features?|columns?|inputs?)"
        r"|ablation_(?:of|by|over)_(?:features?|columns?|inputs?)|leave_one_(?:feature|column|input)_out"
        r"|(?:drop|without)_(?:each|one)_(?:feature|column)|drop_column_importances?",
        paths=r"(?:^|/)[\w-]*(?:(?:feature|column|input)s?[_-]?ablation|ablation[\w-]*(?:feature|column|input)"
        r"|leave[_-]one[_-](?:feature|column)|\blofo\b)[\w-]*\.(?:py|ya?ml|sh)$",
    ),
    "exploration": Practice(
        calls=_names(
            """
            vowpalwabbit mabwiser contextualbandits obp.policy obp.ope bayesianbandits river.bandit
            planout growthbook statsig optimizely skclean.bandit striatum
            """
        ),
        named=r"(?:log_)?propensit(?:y|ies)|thompson_sampl\w*|epsilon_greedy_(?:rank|recommend|policy)\w*|(?:explore|exploration)_(?:slate|items?|traffic|share)"
        r"|(?:assign|is_in|in)_(?:holdout|control_group)",
    ),
    "declared_consumers": Practice(
        keys=r"^exposures\[\d+\]\.(?:depends_on|name)|^dataContractSpecification$|^consumers\[\d+\]|^servicelevels\.",
        commands=("datacontract test", "datacontract lint"),
        run_by=(*_DBT, "datacontract"),
    ),
    "data_catalogue": Practice(
        calls=_names("feast hopsworks hsfs tecton featureform feathr datahub openmetadata openlineage"),
        commands=("feast apply", "feast materialize", "feast materialize-incremental", "datahub ingest", "dbt docs"),
        keys=r"^(?:models|sources)\.?\[\d+\]\.(?:.+\.)?columns\[\d+\]\.description$",
        paths=r"(?:^|/)feature_store\.ya?ml$",
        run_by=("dbt docs", "feast"),
    ),
    "experiment_tracking": Practice(
        calls=_names(
            """
            mlflow.log_metric mlflow.log_metrics mlflow.log_param mlflow.log_params mlflow.log_artifact
            mlflow.start_run mlflow.autolog mlflow.set_experiment mlflow.sklearn.autolog mlflow.sklearn.log_model
            mlflow.pytorch.autolog mlflow.pytorch.log_model mlflow.tensorflow.autolog mlflow.xgboost.autolog
            mlflow.lightgbm.autolog mlflow.keras mlflow.tracking.MlflowClient mlflow.MlflowClient
            wandb.init wandb.log wandb.config comet_ml.Experiment comet_ml.start neptune.init neptune.init_run
            clearml.Task.init dvclive.Live aim.Run sacred.Experiment swanlab.init trackio.init
            torch.utils.tensorboard.SummaryWriter tensorboardX.SummaryWriter tensorflow.summary.create_file_writer
            pytorch_lightning.loggers lightning.pytorch.loggers ray.air.integrations.mlflow
            ray.air.integrations.wandb
            """
        ),
        commands=("dvc exp run", "cml comment", "cml send-comment", "mlflow run"),
    ),
    "repeated_seeds": Practice(named=r"for seed in \w*"),
    "pipeline_test": Practice(
        commands=(
            "dvc repro", "dvc exp run", "kedro run", "dbt build", "dbt run", "snakemake", "mlflow run", "nextflow run",
            "zenml pipeline", "ploomber build", "metaflow run", "luigi",
        ),
    ),
    "runbooks_and_owners": Practice(
        keys=r"(?:^|\.)(?:runbook_url|runbook)$|(?:^|\.)(?:models|exposures)\[\d+\]\.(?:.+\.)?owner(?:\.|$)",
        paths=r"(?:^|/)[\w-]*runbooks?[\w-]*\.(?:md|rst|adoc)$|(?:^|/)runbooks?/[^/]+\.(?:md|rst|adoc)$"
        r"|^(?:\.github/|docs/|\.gitlab/)?CODEOWNERS$|(?:^|/)(?:on-?call|incident[_-]response|playbook)[\w-]*\.(?:md|rst)$",
        run_by=(*_DEPLOYED, *_DBT),
    ),
}  # fmt: skip

_CALLS: Mapping[str, tuple[str, ...]] = {
    call: tuple(name for name, one in PRACTICES.items() if call in one.calls)
    for practice in PRACTICES.values()
    for call in practice.calls
}
_ROOTS = frozenset(call.partition(".")[0] for call in _CALLS)
_NAMED = {name: re.compile(one.named) for name, one in PRACTICES.items() if one.named}
_NO_USE = re.compile(r"\.(?:exceptions?|errors?)\.")
_ANY = re.compile("|".join(f"(?:{one.pattern})" for one in _NAMED.values()))
RUNNERS = frozenset({"make", "gmake", "tox", "nox", "just", "pytest", "py.test", "unittest", "nosetests"})
"""Programs that run tests, or what others wrote down."""
_COMMANDS = {command for one in PRACTICES.values() for command in (*one.commands, *one.run_by)}
TOOLS = RUNNERS | {command.partition(" ")[0] for command in _COMMANDS}
"""Programs whose runs are kept."""


def is_kept(command: str) -> bool:
    """Whether a run says anything about a practice."""
    return command.partition(" ")[0] in RUNNERS or any(f"{command} ".startswith(f"{one} ") for one in _COMMANDS)


@lru_cache(maxsize=16_384)
def practices_called(dotted: str, is_known: bool) -> tuple[str, ...]:
    """Practices to which a call testifies. `is_known`: the name comes from an import, and is absolute."""
    found: list[str] = []
    if is_known and dotted.partition(".")[0] in _ROOTS and not _NO_USE.search(dotted):
        name = dotted
        while name and name not in _CALLS:
            name = name.rpartition(".")[0]
        found += _CALLS.get(name, ())
    last = dotted.rpartition(".")[2]
    if _ANY.fullmatch(last):
        found += [name for name, pattern in _NAMED.items() if pattern.fullmatch(last)]
    return tuple(dict.fromkeys(found))
