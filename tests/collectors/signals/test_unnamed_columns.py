"""Columns that nothing else names."""

import pytest

from collectors.facts.declarations import Declared, declarations
from collectors.facts.files import File, Place
from collectors.facts.settings import ConfigKey, SettingsSummary, ValueKind
from collectors.facts.sites import SiteKind
from collectors.readers.words import words
from collectors.signals.unnamed_columns import unnamed_columns
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding, site

NOTHING = declarations((), ())


def named(one: File, text: str) -> File:
    return one._replace(summary=one.summary._replace(words=words(text.encode())))


def build(*alone: str, others: tuple[str, ...] = ()) -> File:
    sites = [site(SiteKind.COLUMN_ALONE, line, detail=name) for line, name in enumerate(alone, 3)]
    sites += [site(SiteKind.COLUMN_MADE, one.line, detail=one.detail) for one in sites]
    sites += [site(SiteKind.COLUMN_MADE, 9, detail=name) for name in others]
    return named(holding("build.py", *sites), " ".join([*alone, *others]))


TRAIN = named(file("train.py"), "FEATURES = ['depth', 'price']")


def test_a_column_that_no_other_file_names_is_told_with_its_place():
    found = unnamed_columns(tree(build("region_code", others=("depth",)), TRAIN), NOTHING)
    assert (found.value, found.n) == (1, 2)
    (row,) = found.evidence
    assert (row.subject, row.line, row.note) == ("build.py", 3, "region_code is computed, and nothing else names it")


def test_a_file_that_trains_has_the_table_at_hand():
    trains = build("region_code", others=("depth",))._replace(place=Place.ML_CODE)
    assert unnamed_columns(tree(trains, TRAIN), NOTHING).value is None


@pytest.mark.parametrize("text", ["x['region_code']", "regionCode", "REGION_CODE = 1"])
def test_a_name_anywhere_else_counts_however_it_is_written(text: str):
    other = named(file("look.ipynb"), text)
    assert unnamed_columns(tree(build("region_code", others=("depth",)), TRAIN, other), NOTHING).value == 0


def test_a_name_in_settings_counts():
    keys = (ConfigKey(("features", "[0]"), "region_code", ValueKind.TEXT, 2),)
    declared = declarations([Declared("params.yaml", SettingsSummary("YAML", keys))], ())
    assert unnamed_columns(tree(build("region_code", others=("depth",)), TRAIN), declared).value == 0


def test_where_whole_tables_are_handed_on_no_column_is_spoken_of():
    assert unnamed_columns(tree(build("region_code", "size", others=("depth",)), TRAIN), NOTHING).value == 0


def test_what_the_file_names_again_is_used_there():
    assert unnamed_columns(tree(build(others=("region_code", "depth")), TRAIN), NOTHING).value == 0


def test_where_no_column_is_computed_nothing_is_known():
    assert unnamed_columns(tree(TRAIN), NOTHING).value is None
