"""What a job does, told from what it reads and writes: whether it trains, evaluates or predicts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from posixpath import splitext
from typing import NamedTuple

from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Origin, Resolution

NAMED = frozenset({Resolution.RESOLVED, Resolution.ANCHORED, Resolution.RELOCATED})
"""Resolutions that tell which data is meant."""
BLIND = 0.2
"""Where more of the places than this name no data, nothing is said to be absent."""
DEPENDENCIES = frozenset({"deps", "input", "inputs", "prerequisites"})
"""Words of DVC and spaCy, Snakemake, Kedro and Make for all that a step reads."""

_CODE = re.compile(
    r"\.(?:pyi?|ipynb|r|rmd|qmd|sh|bash|sql|scala|jl|c|cpp|cu|h|java|js|ts|go|rs|pl|so|dll|dylib|jar|whl)"
)
_SETTINGS = re.compile(r"\.(?:ya?ml|toml|ini|cfg|conf|gin|env|properties|libsonnet|jsonnet)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SETTINGS_WORDS = _words("config configs conf params parameters settings hyperparameters options schema")
_NO_MODELS = _words(
    """scaler scalers encoder encoders vectorizer vectoriser vect tfidf tokenizer tokeniser preprocessor preprocess
    preprocessing transformer transformers transform imputer binarizer normalizer pca label labels labelencoder vocab
    vocabulary columns features schema mapping map index indices dict classes ohe idf count selector stats similarity
    matrix embedding embeddings importance imp explainer shap data dataset datasets split splits train test val valid
    x y df frame cache results history trials study params"""
)
_EVALUATION = _words("eval evaluate evaluation evaluator validate validation test testing score scoring")
_TRAINING = _words("train training trainer fit tune tuning finetune learn learner")
_COPIES = re.compile(
    r"(?:^|\.)(?:copy\w*|move|rename|replace|upload\w*|download\w*|put\w*|get|get_file|log_artifacts?|fput_object)$"
)
_HANDS_ON = re.compile(
    r"(?:^|\.)(?:copy\w*|move|rename|replace|upload\w*|put\w*|log_artifacts?|add_file|add_dir|wandb\.save)$"
)
"""A file goes elsewhere as it is: whoever does so works with nothing that stands in it."""
_PREDICTIONS = _words(
    """pred preds prediction predictions predicted predict forecast forecasts recommendation recommendations inference
    inferences oof submission submissions scored"""
)


@lru_cache(maxsize=65_536)
def words_of(name: str) -> frozenset[str]:
    """The words of a name's last part, lower case: "models/finalScaler_v2.pkl" has final, scaler and v2."""
    last = splitext(name.rstrip("/").rpartition("/")[2])[0]
    return frozenset(re.findall(r"[a-z]+[0-9]*|[0-9]+", re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", last).lower()))


def is_remote(name: str) -> bool:
    return "://" in name


def is_code(name: str) -> bool:
    return not is_remote(name) and bool(_CODE.fullmatch(splitext(name.lower())[1]))


def is_settings(name: str) -> bool:
    """Parameters and other settings: what a person writes to steer the code."""
    base, ending = splitext(name.lower())
    parts = base.split("/")
    steers = bool(words_of(name) & _SETTINGS_WORDS) or not _SETTINGS_WORDS.isdisjoint(parts[:-1])
    return bool(_SETTINGS.fullmatch(ending)) or parts[-1] == ".env" or (steers and ending in {".json", ".xml", ""})


def is_no_model(name: str) -> bool:
    """What is kept in a file as models are, and is none by its name: a scaler, a vocabulary, rows, importances."""
    words = words_of(name)
    return bool(words & _NO_MODELS) and "model" not in words


def is_predictions(name: str) -> bool:
    """By its name."""
    return bool(words_of(name) & _PREDICTIONS)


def is_whole(name: str) -> bool:
    """Whether the name is known without holes; of a table, but for its server."""
    return bool(name) and HOLE not in name.removeprefix(f"sql://{HOLE}/")


class Step(NamedTuple):
    """A job that something starts, or a script of which nobody knows who does."""

    name: str
    rows: tuple[DataAccess, ...]
    is_started: bool

    def names(self, access: Access, origin: Origin | None = None) -> frozenset[str]:
        """Of data without holes."""
        return frozenset(row.name for row in self._rows(access, origin) if is_whole(row.name))

    def _rows(self, access: Access, origin: Origin | None = None) -> Iterable[DataAccess]:
        return (row for row in self.rows if row.access is access and origin in (None, row.origin))

    @property
    def declares(self) -> bool:
        """Whether it says which files it reads, in a format that asks for all of them.

        Flows in Python tell what their steps hand on to one another, and have no place for the files that they read.
        """
        return any(row.name and row.call in DEPENDENCIES for row in self._rows(Access.READ, Origin.DECLARED))

    @property
    def reads(self) -> frozenset[str]:
        return self.names(Access.READ)

    @property
    def writes(self) -> frozenset[str]:
        return self.names(Access.WRITE)

    @property
    def observed(self) -> tuple[DataAccess, ...]:
        return tuple(row for row in self.rows if row.origin is Origin.OBSERVED)

    @property
    def nameless(self) -> tuple[DataAccess, ...]:
        """Observed accesses that do not tell which data they mean."""
        return tuple(row for row in self.observed if row.resolution not in NAMED)

    @property
    def inputs(self) -> frozenset[str]:
        """Data that is read: neither code nor settings, models, numbers about models, nor services."""
        rows = self._rows(Access.READ)
        return frozenset(row.name for row in rows if is_whole(row.name) and is_data(row))

    @property
    def models_written(self) -> frozenset[str]:
        """Models that it makes: neither fitted steps before them nor copies. What is declared, where no code shows."""
        made = [row for row in self._models(Access.WRITE) if not _COPIES.search(row.call)]
        seen = frozenset(row.name for row in made if row.origin is Origin.OBSERVED)
        return seen if self.observed else frozenset(row.name for row in made)

    @property
    def models_read(self) -> frozenset[str]:
        """Models that it works with, and does not only hand on."""
        return frozenset(row.name for row in self._models(Access.READ) if not _HANDS_ON.search(row.call))

    def _models(self, access: Access) -> Iterable[DataAccess]:
        return (
            row
            for row in self._rows(access)
            if row.kind is NodeKind.MODEL
            and is_whole(row.name)
            and not is_no_model(row.name)
            and not is_settings(row.name)
        )

    @property
    def _words(self) -> frozenset[str]:
        return words_of(self.name.rpartition(":")[2])

    @property
    def trains(self) -> bool:
        """Data goes in, a model comes out, and it is not named an evaluation."""
        is_evaluation = bool(self._words & _EVALUATION) and not self._words & _TRAINING
        return not is_evaluation and bool(self.models_written and self.inputs)

    @property
    def evaluates(self) -> bool:
        """A model that it does not write goes in, and numbers come out, or its name says so."""
        reads = self.models_read - self.writes
        numbers = any(row.kind is NodeKind.METRICS for row in self._rows(Access.WRITE))
        return bool(reads) and not self.trains and (bool(self._words & _EVALUATION) or numbers)

    @property
    def predicts(self) -> frozenset[str]:
        """Data that it writes with a model in hand that it does not make."""
        if not self.models_read - self.writes:
            return frozenset()
        return frozenset(row.name for row in self._rows(Access.WRITE) if is_whole(row.name) and is_data(row))


def is_data(row: DataAccess) -> bool:
    return row.kind is NodeKind.DATASET and not is_code(row.name) and not is_settings(row.name)


def steps(rows: Iterable[DataAccess]) -> tuple[Step, ...]:
    """Jobs by name, and files whose accesses no job runs."""
    found: defaultdict[tuple[str, bool], list[DataAccess]] = defaultdict(list)
    for row in rows:
        found[row.job or row.path, bool(row.job)].append(row)
    return tuple(Step(name, tuple(own), started) for (name, started), own in sorted(found.items()))


class Places(NamedTuple):
    """Places in the code that read or write data."""

    named: int
    total: int

    @property
    def is_blind(self) -> bool:
        """Too many of them tell no name, or there is none: what was not seen may well be there."""
        return not self.total or (self.total - self.named) / self.total > BLIND


def places(rows: Iterable[DataAccess]) -> Places:
    """Observed ones, whatever job runs them; named are those whose data is known by name in every job."""
    found: dict[tuple[str, int, str], bool] = {}
    for row in rows:
        if row.origin is Origin.OBSERVED:
            place = row.path, row.line, row.call
            found[place] = found.get(place, True) and row.resolution in NAMED
    return Places(sum(found.values()), len(found))
