import pytest

from collectors.facts.files import FileKind
from collectors.signals.config_to_code_ratio import config_to_code_ratio
from tests.builders import file, tree

CODE = file("train.py", 200)
SETTINGS = file("conf/model.yaml", 50, kind=FileKind.CONFIGURATION, language="YAML")


def test_configuration_is_counted_against_code():
    found = config_to_code_ratio(tree(CODE, SETTINGS))
    assert (found.value, found.n) == (0.25, 200)
    assert [(row.subject, row.number) for row in found.evidence] == [("conf/model.yaml", 50)]
    assert dict(found.details) == {"lines of configuration": 50, "configuration files": 1}


@pytest.mark.parametrize("kind", sorted(set(FileKind) - {FileKind.CODE, FileKind.CONFIGURATION}))
def test_five_megabytes_of_anything_else_change_nothing(kind: FileKind):
    assert config_to_code_ratio(tree(CODE, SETTINGS, file("big.json", 200_000, kind=kind))).value == 0.25


def test_the_largest_file_comes_first():
    found = config_to_code_ratio(tree(CODE, SETTINGS, file("a.toml", 51, kind=FileKind.CONFIGURATION)))
    assert [row.subject for row in found.evidence] == ["a.toml", "conf/model.yaml"]


def test_code_without_configuration_is_zero_and_configuration_without_code_is_unknown():
    assert config_to_code_ratio(tree(CODE)).value == 0
    assert config_to_code_ratio(tree(SETTINGS)).value is None


def test_a_file_that_could_not_be_read_lowers_the_coverage():
    found = config_to_code_ratio(
        tree(CODE, SETTINGS, file("x.yaml", 0, kind=FileKind.CONFIGURATION, unread="not YAML"))
    )
    assert (found.seen, found.total) == (2, 3)
