"""Change requests whose effect was measured."""

from __future__ import annotations

from collectors.facts.change_requests import ChangeRequests
from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files, Place
from collectors.facts.missing import Missing
from collectors.facts.own_settings import own_settings
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

WINDOW_DAYS = 365
_MODEL = (Place.ML_CODE, Place.FEATURE_EXTRACTION)


@signal(
    debt=Debt.REPRODUCIBILITY_DEBT,
    unit="share of change requests",
    better="higher",
    status=SHOW,
    says="{value} of {n} {n:change request|change requests} of models, features or settings came with metrics.",
)
def measured_change_requests(requests: ChangeRequests, files: Files, declarations: Declarations) -> Measurement:
    """Change requests that show metrics which a program wrote, among those merged in 365 days that touched models,
    features or settings.

    It shows them where its files include committed metrics (by their name, or as a stage declares them), or where a bot
    put a table of metrics into its comments, as CML and DVC do. What it touches is looked up in the tree as it is now.
    Requests that bots opened and those of 100 files and more are left out.

    Why it matters: where a change is not measured by a machine, nobody can say what it did, nor whether two changes
    together did it.
    Pay it off: let CI run the evaluation, and post the difference of the metrics to the request.
    Cannot see: links to an experiment tracker, tables that a person pasted, lists, pictures, and whether the
    metrics matter.
    Ask: The last merged change of a feature: which number said that it helped?
    Source: Sculley et al. 2015, section 10 (how precisely can the impact of a new change to the system be measured?).
    No published threshold.
    """
    places = files.by_place()
    paths = {file.path for place in _MODEL for file in places.get(place, ())}
    paths |= {row.path for row in own_settings(files, declarations)}
    if not paths:
        return Measurement.unknown("no code of models or features, and no settings, were found")
    merged = requests.merged_with_files(WINDOW_DAYS)
    if isinstance(merged, Missing):
        return Measurement.unknown(merged.reason)
    rows = requests.touching(paths, WINDOW_DAYS)
    by_file = {row.number for row in rows if row.writes_metrics or not declarations.metrics.isdisjoint(row.files)}
    # A comment that nobody could read may have held the table.
    known = [row for row in rows if row.has_replies or row.number in by_file]
    if rows and not known:
        return Measurement.unknown(requests.no_replies or "no comments of change requests were read yet: scan again")
    measured = [row for row in known if row.number in by_file or row.tells_metrics]
    without = [row for row in known if row not in measured]
    evidence = tuple(Evidence(row.subject, "request", None, "not measured") for row in without[:MOST_EVIDENCE])
    if len(known) < ENOUGH_EVENTS:
        return Measurement.unknown(
            f"too few change requests touched models, features or settings in a year for a share ({len(known)})",
            evidence,
        )
    return Measurement(
        len(measured) / len(known),
        n=len(known),
        evidence=evidence,
        seen=sum(row.has_files and row.has_replies for row in merged),
        total=len(merged),
        details=(
            ("with committed metrics", float(len(by_file))),
            ("with a table in a comment", float(sum(row.tells_metrics for row in known))),
        ),
    )
