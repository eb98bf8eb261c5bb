"""A change said on its pull request, within GitHub Actions."""

from __future__ import annotations

import os
from pathlib import Path

from collectors.registry import discover
from github_app.conversation import GitHubConversation
from github_app.run import Compared, surroundings, tell


def said(path: Path, status: int, told: Path | None) -> str:
    """What became of the comment. Raises Failure."""
    rules = {one.definition.name: one.definition for one in discover() if one.definition.rule is not None}
    return tell(surroundings(os.environ), Compared(path, status, told), rules, GitHubConversation)
