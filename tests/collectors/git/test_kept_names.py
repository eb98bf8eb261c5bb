"""Names of branches that are kept."""

from __future__ import annotations

import re

import pytest

from collectors.git.kept_names import RULES, is_kept


@pytest.mark.parametrize(("rule", "example"), RULES.items())
def test_every_rule_fits_its_example(rule: str, example: str) -> None:
    assert re.fullmatch(rule, example)


KEPT = """
    main master Develop dev release/2024-05 v1 v1.2.x 1.x 2.0 3.11-maintenance branch-3.5 r2.1 stable-2 master-2.0
    v2-dev 6-1-stable gh-pages support/4.x 1.2.0rc1 v1.0.0-rc.1 production release_v3
"""
TOPICS = """
    exp/focal-loss exp-v2 dev/new-loss dev-sampler stable-diffusion beta-vae alpha-zero model-v2 v1-transformer
    vgg16 resnet50 2023-11-05 123 hotfix/1 release-notes versioning main-menu next-token fix-1.2 r1
"""


@pytest.mark.parametrize("name", KEPT.split())
def test_lines_of_releases_and_their_like_are_kept(name: str) -> None:
    assert is_kept(name)


@pytest.mark.parametrize("name", TOPICS.split())
def test_experiments_are_not_though_they_sound_alike(name: str) -> None:
    assert not is_kept(name)
