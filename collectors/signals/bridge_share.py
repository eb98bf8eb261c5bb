"""People who work on both sides."""

from __future__ import annotations

import re

from collectors.facts.changes import ENOUGH_PEOPLE, TOO_FEW, Changes
from collectors.facts.files import Files, Place
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Measurement

WINDOW_DAYS = 365
_RESEARCH = re.compile(r"\.ipynb$|(?:^|/)(?:notebooks?|experiments?|research|analysis|analyses)/", re.IGNORECASE)
_PRODUCTION = re.compile(
    r"^\.github/workflows/|(?:^|/)(?:\.gitlab-ci\.yml|Jenkinsfile|Dockerfile)|(?:^|/)(?:deploy|deployment|infra|serving|k8s"
    r"|helm|terraform)/",
    re.IGNORECASE,
)
_RESEARCH_PLACES = (Place.ML_CODE, Place.ANALYSIS_TOOLS)
_PRODUCTION_PLACES = (Place.SERVING, Place.MONITORING, Place.PROCESS_MANAGEMENT, Place.RESOURCE_MANAGEMENT)


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="share of people",
    better="higher",
    status=SHOW,
    says="Of {n} {n:person|people}, {value} changed both research and production in the last 365 days.",
    about_people=True,
    remedy=True,
)
def bridge_share(changes: Changes, files: Files) -> Measurement:
    """People who changed both research and production, among those who changed either in 365 days, 0 to 1.

    Research is notebooks, experiments, analysis and ML code; production is serving, monitoring, jobs and machines.
    Bots, merges and commits of more than 30 files are left out; a commit counts for its author and each co-author.

    Why it matters: where nobody crosses the line, research hands over what engineering has to write again.
    Pay it off: pair people across the line on one change, both ways.
    Cannot see: talks and reviews, work in other repositories, and people who commit under two names.
    Ask: When did a researcher last change serving, and an engineer the model?
    Source: Sculley et al. 2015, section 8 (cultural debt; heterogeneous teams). No published threshold.
    """
    sides: dict[int, set[str]] = {}
    for change in changes.last(WINDOW_DAYS).focused():
        seen = {side for file in change.files if (side := _side(file.path, files))}
        for person in change.people if seen else ():
            sides.setdefault(person, set()).update(seen)
    if len({side for own in sides.values() for side in own}) < len(("research", "production")):
        return Measurement.unknown("research and production code were not both changed in the last 365 days")
    if len(sides) < ENOUGH_PEOPLE:
        return Measurement.unknown(TOO_FEW)
    return Measurement(sum(len(own) > 1 for own in sides.values()) / len(sides), n=len(sides))


def _side(path: str, files: Files) -> str:
    file = files.by_path.get(path)
    place = file.place if file else None
    if _RESEARCH.search(path):
        return "research"
    if _PRODUCTION.search(path) or place in _PRODUCTION_PLACES:
        return "production"
    return "research" if place in _RESEARCH_PLACES else ""
