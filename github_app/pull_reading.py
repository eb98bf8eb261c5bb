"""A pull request read in a process of its own: `python -m github_app.pull_reading`, told what by one line.

It fetches, compares, and puts into words. The bounds that it sets itself hold for the git that it begins too. It sees
the token of one repository, which comes with that line, and no other secret.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from collectors.facts.policy import Policy
from collectors.git.errors import CollectError, NeedsPassword, Unreachable
from collectors.git.pulls import Fetched, fetch_pull
from collectors.git.remote import Bounds, Remote
from collectors.git.repository import Repository
from collectors.git.tree import Tree, entries_at
from collectors.readers.policy import PLACES
from github_app.found import found_in
from github_app.verdicts import verdict
from mldebt.failure import Failure
from mldebt.jobs.family import die_with_the_parent
from mldebt.scan.diff import diff_in
from mldebt.scan.policies import policy_in
from mldebt.settings import Settings, SettingsError, make_home, read_settings
from scoring.finding.masking import masked
from scoring.report.comment import Answers, comment, correction
from scoring.report.text import visible

MOST_MEMORY = 8 << 30
MOST_CPU = 900  # seconds
PATIENCE = 60.0
_LONGEST_LINE = 1 << 16
_LONGEST_SENTENCE = 500


def main() -> None:
    told = line()
    threading.Thread(target=die_with_the_parent, daemon=True).start()
    bounded(resource.RLIMIT_AS, MOST_MEMORY)
    bounded(resource.RLIMIT_CPU, MOST_CPU)
    try:
        said = read(told, read_settings(os.environ))
    except NeedsPassword as error:
        said = {"failed": sentence(error)}
    except Unreachable as error:
        said = {"later": sentence(error)}
    except (CollectError, SettingsError, Failure) as error:
        said = {"failed": sentence(error)}
    except MemoryError:
        said = {"failed": "it takes more memory than a job may have"}
    print(json.dumps(said), flush=True)  # noqa: T201


def sentence(error: Exception) -> str:
    return masked(visible(str(error), _LONGEST_SENTENCE))


def line() -> dict[str, Any]:
    """Read by hand: what comes after it is waited for by somebody else."""
    raw = bytearray()
    while not raw.endswith(b"\n") and len(raw) < _LONGEST_LINE:
        block = os.read(0, _LONGEST_LINE)
        if not block:
            sys.exit(2)
        raw += block
    told: dict[str, Any] = json.loads(raw)
    return told


def read(told: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """Raises CollectError, or Failure."""
    make_home(settings)
    number = int(told["number"])
    bounds = Bounds(PATIENCE, int(told["largest"]))
    fetched = fetch_pull(Remote(*told["hosted"]), number, str(told["token"]), settings.mirrors, bounds)
    if "finding" in told:
        return {"found": found_in(diff_in(*_between(fetched), settings, lambda *_: None), str(told["finding"]))}
    policy = _policy(fetched).muting(map(str, told.get("muted", ())))
    on = policy.on_pulls
    if told["draft"] and not on.drafts:
        return {"quiet": "it is a draft"}
    if told["bot"] and not on.bots:
        return {"quiet": "a bot opened it"}
    change = diff_in(*_between(fetched), settings, lambda *_: None, muted=policy.muted)
    return {
        "head": fetched.head,
        "comments": on.comments,
        "comment": comment(change, number, answers=Answers(policy.muted)),
        "correction": correction(change, number),
        "verdict": verdict(change, on.fail_on),
    }


def _between(fetched: Fetched) -> tuple[Repository, str]:
    return fetched.repository, f"{fetched.base}..{fetched.head}"


def _policy(fetched: Fetched) -> Policy:
    """As the branch that is merged into has it, never the change itself."""
    there = entries_at(fetched.repository, fetched.base, PLACES)
    return policy_in(fetched.repository, Tree(there))[0]


def bounded(what: int, most: int) -> None:
    with suppress(ValueError, OSError):  # a machine may have lower bounds of its own
        resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


if __name__ == "__main__":
    main()
