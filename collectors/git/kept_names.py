"""Branch names that stand for a line that is kept on purpose, so that its silence says nothing about experiments.

Conventions, as the branches of public repositories show them. A rule matches the whole short name, in any case.
"""

from __future__ import annotations

import re

_NUMBER = r"\d+(?:[._]\d+)*(?:[._][xyz*])*"
_DOTTED = r"\d+(?:[._](?:\d+|[xyz*]))+"
_EARLY = r"(?:[-._]?(?:a|b|rc|alpha|beta|pre|preview|dev|post)[-._]?\d*)?"
_LASTING = r"(?:stable|lts|maint|maintenance|support|release|releases|branch|dev|devel|develop|fixes|patches)"
_TAIL = rf"{_EARLY}(?:[-._/]{_LASTING})?"

RULES = {
    # other names of a default branch, stages on the way to users, and what a host serves pages from
    r"main|master|mainline|trunk|default|dev|devel|develop|development|next|nightly|unstable|testing|edge|beta|alpha"
    r"|canary|rc|integration|qa|uat|stable|latest|current|lts|legacy|release|releases|stage|staging|preprod|pre-prod"
    r"|prod|production|live|deploy|deployment|gh-pages|github-pages|gl-pages|pages|asf-site|asf-staging": "gh-pages",
    # a folder of lines
    r"(?:release|releases|rel|stable|lts|maint|maintenance|support|series)/.+": "release/2.4",
    # a word and a version
    r"(?:main|master|dev|devel|develop|development|next|stable|lts|legacy|release|releases|rel|branch|maint|maintenance"
    rf"|support|series|version|versions|ver|backports?|production|prod)[-._/]?v?{_NUMBER}{_TAIL}": "branch-3.5",
    rf"r{_DOTTED}{_EARLY}": "r2.1",
    # a version
    rf"v{_NUMBER}{_TAIL}|{_DOTTED}{_TAIL}": "v1.2.x",
    rf"(?:\d+[-_]){{1,3}}(?:x[-_])?{_LASTING}": "6-1-stable",
}
"""Regular expression: an example."""

_KEPT = re.compile("|".join(f"(?:{rule})" for rule in RULES), re.IGNORECASE)


def is_kept(name: str) -> bool:
    """Whether a branch of this short name is a line of releases or the like."""
    return _KEPT.fullmatch(name) is not None
