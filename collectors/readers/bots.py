"""Which names belong to programs."""

from __future__ import annotations

import re

BOT_NAMES = re.compile(
    r".*\[bot\]|.*\(bot\)|.+[-_]bot|bot"
    r"|dependabot.*|renovate.*|greenkeeper.*|pre-commit[- ]ci.*|github[- ]actions?.*|actions-user|snyk.*|pyup.*"
    r"|allcontributors|codecov|mergify|imgbot.*|semantic-release.*|restyled.*|deepsource.*|sourcery.*|lgtm.*"
    r"|travis(?: ci)?|circle ?ci|jenkins|azure pipelines|gitlab|hosted weblate|weblate|transifex|crowdin.*"
    r"|copybara.*|tensorflower gardener|bors|homu|miss islington.*"
)
"""Whole names, lower case, and the part of an address before the @ (after a `+`, GitHub's login)."""


def is_bot(email: str, name: str) -> bool:
    """Whether a name or an address is one that programs commit under. Both in lower case.

    By name only: a program that commits as a person is not seen, nor is a person told from a program of that name.
    """
    login = email.partition("@")[0].rpartition("+")[2]
    return bool(BOT_NAMES.fullmatch(name) or BOT_NAMES.fullmatch(login))
