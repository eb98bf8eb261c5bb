"""Settings files that state a difference."""

import pytest

from collectors.signals.config_inheritance import config_inheritance
from tests.collectors.signals.declared import seen

BASE = "rate: 0.1\ndepth: 3\n"
COPIES = {f"conf/store_{name}.yaml": f"rate: {number}\n" for number, name in enumerate("abc")}


@pytest.mark.parametrize(
    "text",
    [
        "_base_: base.yaml\nrate: 0.2\n",
        "_BASE_: ./base.yaml\nrate: 0.2\n",
        "extends: base.yaml\nrate: 0.2\n",
        "defaults:\n  - base\n  - _self_\nrate: 0.2\n",
        "include: base.yaml\nrate: 0.2\n",
    ],
)
def test_a_base_is_left_out_and_what_builds_on_it_counts(text: str):
    found = config_inheritance(*seen({**COPIES, "conf/base.yaml": BASE, "conf/big.yaml": text}))
    assert (found.value, found.n) == (1 / 4, 4)
    assert dict(found.details) == {"parts that others build on or choose from": 1}


def test_options_of_a_group_are_parts():
    texts = {
        "conf/train.yaml": "defaults:\n  - model: small\nrate: 0.1\n",
        "conf/model/small.yaml": "width: 8\n",
        "conf/model/large.yaml": "width: 64\n",
    }
    found = config_inheritance(*seen(COPIES | texts))
    assert (found.value, found.n) == (1 / 4, 4)


def test_a_merged_anchor_states_a_difference():
    text = "base: &base {rate: 0.1}\nnorth:\n  <<: *base\n  depth: 3\n"
    assert config_inheritance(*seen(COPIES | {"conf/all.yaml": text})).value == 1 / 4


def test_two_files_make_no_share_but_are_shown():
    found = config_inheritance(*seen({"conf/a.yaml": BASE, "conf/b.yaml": BASE}))
    assert found.value is None
    assert [row.subject for row in found.evidence] == ["conf/a.yaml", "conf/b.yaml"]


@pytest.mark.parametrize("text", ["", "{}\n", "_base_: store_a.yaml\n", "# nothing\n", "defaults:\n  - store_a\n"])
def test_a_file_that_sets_nothing_changes_nothing(text: str):
    before = config_inheritance(*seen(COPIES))
    assert before.value == 0
    after = config_inheritance(*seen(COPIES | {"conf/empty.yaml": text}))
    assert (after.value, after.n) == (before.value, before.n)


def test_workflows_tools_and_notes_of_releases_are_no_settings():
    texts = {
        ".github/workflows/ci.yml": "on: push\n",
        "pyproject.toml": "[tool.x]\na = 1\n",
        "releasenotes/notes/a.yaml": "features: [x]\n",
        "dvc.yaml": "stages: {}\n",
    }
    assert config_inheritance(*seen(texts)).evidence == ()


def test_what_could_not_be_read_is_said():
    found = config_inheritance(*seen(COPIES | {"conf/broken.yaml": "a: [1\n"}))
    assert (found.seen, found.total) == (3, 4)
