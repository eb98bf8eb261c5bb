"""`mldebt doctor --live`: what only the real GitHub can answer."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping

from github_app.smoke import smoke
from mldebt.app_access import read_app_access
from mldebt.cli.checks import Check
from mldebt.failure import Failure
from mldebt.settings import Settings, SettingsError

PAUSE = 1.0
"""Seconds between two writes."""
_PULL = re.compile(r"([\w.-]+/[\w.-]+)#([1-9][0-9]{0,9})", re.ASCII)


def live_checks(
    pull: str, settings: Settings, environment: Mapping[str, str], sleep: Callable[[float], None] = time.sleep
) -> Iterator[Check]:
    """Nothing where no pull request was named. Raises Failure where it is none, or there is no App."""
    if not pull:
        return
    named = _PULL.fullmatch(pull)
    if named is None:
        raise Failure(f"--live is {pull!r}: name a pull request as OWNER/NAME#NUMBER")
    try:
        access = read_app_access(environment, settings.home)
    except SettingsError:  # was told already
        return
    if access is None:
        raise Failure("no App is configured, so there is nothing to try at GitHub: run `mldebt setup`")
    for step in smoke(access, named[1], int(named[2]), sleep, pause=PAUSE):
        yield Check(*step)
