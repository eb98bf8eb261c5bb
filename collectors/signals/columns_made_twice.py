"""Features that serving code computes anew."""

from __future__ import annotations

import re
from collections.abc import Set

from collectors.facts.files import File, Files, Place
from collectors.facts.lineage import HOLE
from collectors.facts.sites import Site, SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded

_WHERE_FEATURES_ARE_MADE = frozenset({Place.FEATURE_EXTRACTION, Place.ML_CODE})
_NO_FEATURES = re.compile(
    r"pred\w*|y_?\w*hat|forecasts?|scores?|labels?|targets?|proba\w*|confidence|results?|outputs?|messages?|errors?|status"
    r"|dates?|datetime|(?:\w*_)?(?:time(?:stamp)?|token|id)|text|name|index|title|url|path|count|total|response|data",
    re.IGNORECASE,
)
"""What answers hold, or every table."""


@signal(
    debt=Debt.ABSTRACTION_DEBT,
    unit="features",
    better="lower",
    status=SHOW,
    version=3,
    says="Of {n} {n:feature|features} that serving code computes by name, other code computes {value} too.",
)
def columns_made_twice(files: Files) -> Measurement:
    """Features that code of a service computes under a name under which other code computes a column.

    Other code is that which makes features or trains. Names are compared as written, those put together (`lag_{n}`)
    by their fixed parts; two files, each with code of its own. What is only handed on counts on neither side, nor do
    predictions, labels and notebooks.

    Why it matters: a change to one of the two is a change to what the model is told, that no test of the other sees.
    Pay it off: let training and serving call one function, or let serving read what one job has computed.
    Cannot see: the same feature under another name, and whether the two computations agree.
    Ask: When one of these was last changed, who compared what both sides give for the same rows?
    Source: Sculley et al. 2015, section 4 (abstraction debt, glue code); Breck et al. 2017, "The ML Test Score",
    Infra 3 and Monitor 3 (training and serving are not skewed), https://doi.org/10.1109/BigData.2017.8258038.
    """
    made = [
        (file, site)
        for file, site in files.sites(SiteKind.COLUMN_MADE)
        if not file.is_notebook and not _NO_FEATURES.fullmatch(site.detail)
    ]
    serving = _by_name(made, {Place.SERVING})
    if not serving:
        return Measurement.unknown("no code of a service here was seen to compute features under a name")
    others = _by_name(made, _WHERE_FEATURES_ARE_MADE)
    both = sorted(serving.keys() & others.keys())
    return Measurement(
        len(both),
        n=len(serving),
        seen=sum(not file.summary.unread for file in files.python),
        total=len(files.python),
        evidence=tuple(_evidence(name, serving[name][0], others[name]) for name in both[:MOST_EVIDENCE]),
    )


_Made = tuple[File, Site]


def _by_name(made: list[_Made], places: Set[Place]) -> dict[str, list[_Made]]:
    found: dict[str, list[_Made]] = {}
    for file, site in made:
        if file.place in places:
            found.setdefault(site.detail, []).append((file, site))
    return found


def _evidence(name: str, here: _Made, there: list[_Made]) -> Evidence:
    (file, site), (other, place) = here, there[0]
    more = len(there) - 1
    also = f" and in {more:,} more {worded(more, 'place', 'places')}" if more else ""
    shown = name.replace(HOLE, "…")
    return Evidence(
        file.path, "file", None, f"{shown} is computed here, and in {other.path}, line {place.line}{also}", site.line
    )
