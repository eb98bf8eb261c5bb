"""Settings files beside their siblings."""

import pytest

from collectors.signals.config_sibling_difference import config_sibling_difference
from tests.collectors.signals.declared import seen


def store(rate: float, limit: int = 100, days: int = 3, region: int = 1) -> str:
    return f"rate: {rate}\nlimit: {limit}\ndays: {days}\nregion: {region}\n"


THREE = {
    "conf/north.yaml": store(0.1),
    "conf/south.yaml": store(0.1, region=2),
    "conf/harbour.yaml": store(0.2, limit=90, region=3),
}


def test_each_is_held_against_the_one_most_like_it():
    found = config_sibling_difference(*seen(THREE))
    assert (found.value, found.n) == (1 / 4, 3)
    first = found.evidence[0]
    assert (first.subject, first.number) == ("conf/harbour.yaml", 3 / 4)
    assert first.note == "3 of 4 settings differ from conf/north.yaml"


def test_a_setting_that_one_lacks_differs():
    nested = {name: f"a: 1\nmodel:\n  depth: 3\n  width: {name}\n" for name in "123"}
    texts = {f"conf/{name}.yaml": text for name, text in nested.items()}
    texts["conf/1.yaml"] += "  dropout: 0.1\n"
    assert config_sibling_difference(*seen(texts)).evidence[0].number == 2 / 4


@pytest.mark.parametrize("path", ["conf/twin.yaml", "conf/aaa.yaml"])
def test_a_copy_changes_no_number(path: str):
    before = config_sibling_difference(*seen(THREE))
    after = config_sibling_difference(*seen(THREE | {path: THREE["conf/north.yaml"]}))
    assert (after.value, after.n) == (before.value, before.n)
    assert dict(after.details) == {"copies of another file": 1}


@pytest.mark.parametrize("text", ["", "rate: 1\n", "# none\n"])
def test_empty_and_tiny_files_change_nothing(text: str):
    before = config_sibling_difference(*seen(THREE))
    assert config_sibling_difference(*seen(THREE | {"conf/x.yaml": text})).value == before.value


def test_other_folders_kinds_and_roots_are_no_siblings():
    texts = {
        "conf/a.yaml": store(0.1),
        "conf/sub/b.yaml": store(0.2),
        "conf/c.json": '{"rate": 1, "limit": 2, "days": 3, "region": 4}\n',
        "conf/d.yaml": "width: 1\nheads: 2\nlayers: 3\n",
    }
    found = config_sibling_difference(*seen(texts))
    assert (found.value, found.evidence) == (None, ())


def test_many_siblings_are_compared_in_their_order():
    texts = {f"conf/{number:03}.yaml": store(number, region=number) for number in range(200)}
    found = config_sibling_difference(*seen(texts))
    assert (found.value, found.n) == (2 / 4, 200)
