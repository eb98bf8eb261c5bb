import pytest

from collectors.facts.files import File, FileKind, Place
from collectors.signals.config_to_code_ratio import config_to_code_ratio
from tests.builders import file, tree

CODE = file("train.py", 200)


def settings(path: str, lines: int, unread: str | None = None) -> File:
    kind, place = FileKind.CONFIGURATION, Place.CONFIGURATION
    return file(path, lines, kind=kind, place=place, language="YAML", unread=unread)


SETTINGS = settings("conf/model.yaml", 50)


def test_configuration_is_counted_against_code():
    found = config_to_code_ratio(tree(CODE, SETTINGS))
    assert (found.value, found.n) == (0.25, 200)
    assert [(row.subject, row.number) for row in found.evidence] == [("conf/model.yaml", 50)]
    assert dict(found.details) == {"lines of configuration": 50, "configuration files": 1}


@pytest.mark.parametrize("kind", sorted(set(FileKind) - {FileKind.CODE, FileKind.CONFIGURATION}))
def test_five_megabytes_of_anything_else_change_nothing(kind: FileKind):
    assert config_to_code_ratio(tree(CODE, SETTINGS, file("big.json", 200_000, kind=kind))).value == 0.25


def test_the_largest_file_comes_first():
    found = config_to_code_ratio(tree(CODE, SETTINGS, settings("a.toml", 51)))
    assert [row.subject for row in found.evidence] == ["a.toml", "conf/model.yaml"]


def test_code_without_configuration_is_zero_and_configuration_without_code_is_unknown():
    assert config_to_code_ratio(tree(CODE)).value == 0
    assert config_to_code_ratio(tree(SETTINGS)).value is None


def test_a_file_that_could_not_be_read_lowers_the_coverage():
    found = config_to_code_ratio(tree(CODE, SETTINGS, settings("x.yaml", 0, unread="not YAML")))
    assert (found.seen, found.total) == (2, 3)


@pytest.mark.parametrize("place", [Place.PROCESS_MANAGEMENT, Place.RESOURCE_MANAGEMENT, Place.UNCLASSIFIED])
def test_workflows_clusters_and_tool_settings_are_not_the_systems_configuration(place: Place):
    other = file("other.yaml", 900, kind=FileKind.CONFIGURATION, place=place)
    assert config_to_code_ratio(tree(CODE, SETTINGS, other)).value == 0.25
