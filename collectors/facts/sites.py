"""Places in Python code that say something about debt of machine learning: what a reader saw, line by line."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from scoring.finding import Spot


class SiteKind(StrEnum):
    """What stands there. Kinds that are no debt are what a share needs below its line, or a remedy in use."""

    FIXED_THRESHOLD = "fixed_threshold"  # a score against a number written in the code
    NAMED_THRESHOLD = "named_threshold"  # a score against something that is named a threshold
    LEARNT_THRESHOLD = "learnt_threshold"  # a curve over thresholds is computed
    UNSEEDED = "unseeded"  # a call that draws random numbers, no seed in sight
    SEEDED = "seeded"
    UNSEEDED_DRAW = "unseeded_draw"  # numbers drawn outside functions, no seed in the file; perhaps only to try
    GLOBAL_SEED = "global_seed"  # the state that calls without a seed of their own draw from is set
    UNVERSIONED_LOAD = "unversioned_load"  # data or a model from a hub, by name alone
    VERSIONED_LOAD = "versioned_load"
    LOCAL_PATH = "local_path"  # a path of somebody's own machine
    SCALE_TOGGLE = "scale_toggle"  # data cut to a part of it
    DATA_LOAD = "data_load"  # a call that could have been cut
    LEAK = "leak"  # a step fitted on rows that are split into training and test afterwards
    DEFAULT_HYPERPARAMETERS = "default_hyperparameters"  # a model or optimiser as the library sets it
    CHOSEN_HYPERPARAMETERS = "chosen_hyperparameters"
    UNSET_COLUMNS = "unset_columns"  # a table is read, neither its columns nor their types are named
    SET_COLUMNS = "set_columns"
    COLUMN_MADE = "column_made"  # a column, or a feature by its name, is computed
    COLUMN_ALONE = "column_alone"  # a column is computed, and its file never names it again
    COMMENTED_CODE = "commented_code"
    DISABLED = "disabled"  # a branch under a condition that is a constant
    CONSTANT_FLAG = "constant_flag"  # a branch under a name that is set once, to a constant
    CONDITION = "condition"  # the name that a condition asks for
    PRACTICE = "practice"  # a call that testifies to a practice
    SPLIT = "split"  # rows divided into training and test
    FIXED_HYPERPARAMETER = "fixed_hyperparameter"  # a number written in the call that builds a model or optimizer
    SET_HYPERPARAMETER = "set_hyperparameter"  # such a call whose numbers come from elsewhere
    ENVIRONMENT = "environment"  # a setting is read from the environment; no default beside it
    ENVIRONMENT_DEFAULT = "environment_default"
    UNPINNED_READ = "unpinned_read"  # data or a model from an address that names no version
    PINNED_READ = "pinned_read"
    SETTINGS_NAME = "settings_name"  # of a settings file or its folder, as a text
    RAW_SETTINGS = "raw_settings"  # a file of settings becomes a plain dictionary
    CHECKED_SETTINGS = "checked_settings"  # settings pass through a schema
    SETTINGS_SCHEMA = "settings_schema"  # a class that says which settings there are
    ASSERTED_SHAPE = "asserted_shape"  # the number of features, or their names, are asserted
    RESEARCH_IMPORT = "research_import"  # from a folder of notebooks or experiments
    NOTEBOOK_RUN = "notebook_run"  # a notebook is run by the code


class Site(NamedTuple):
    kind: SiteKind
    line: int  # from 1; in a notebook, within its code cells joined
    end_line: int
    symbol: str = ""  # dotted name of the function or class that holds it; "" at top level
    snippet: str = ""  # masked, on one line, cut; empty for kinds that are no debt
    detail: str = ""  # plain words, or a name: what was seen

    def spot(self, path: str, note: str = "") -> Spot:
        """As a signal hands it over; `note` in place of the detail."""
        return Spot(path, self.line, self.snippet, self.symbol, self.end_line, note or self.detail)
