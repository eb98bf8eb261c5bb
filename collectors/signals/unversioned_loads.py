"""Data and models from hubs without a version."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.files import Files
from collectors.facts.sites import SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import SHOW, Evidence, Measurement


@signal(
    debt=Debt.UNSTABLE_DATA_DEPENDENCIES,
    unit="share of loads from hubs",
    better="lower",
    status=SHOW,
    says="Of {n} {n:load|loads} of data or models from a hub, {value} {n:names|name} no version.",
    version=2,
    severity=Severity.MEDIUM,
    effort=Effort.S,
    per_file=True,
    places=("load without a version", "loads without a version"),
)
def unversioned_loads(files: Files) -> Measurement:
    """Loads of data sets and models from public hubs that name no revision, 0 to 1.

    Counted are `from_pretrained`, `load_dataset`, `hf_hub_download`, `snapshot_download`, `SentenceTransformer`,
    `torch.hub.load` and `fetch_openml` whose first argument is a name of the hub, as it is written or as a constant
    of the same file. Names of folders, files and readers of local files (`load_dataset("csv", …)`) are no loads
    from a hub, and `revision="main"` is no version. Python only, tests left out.

    Why it matters: what stands behind the name can change tonight, and with it the model, without a commit here.
    Pay it off: pass `revision=` with a commit of the hub, or keep a versioned copy.
    Cannot see: names from settings and arguments, plain addresses, tables of other teams, and caches that hold
    still.
    Ask: Which input could change tonight without a commit here, and who would notice first?
    Source: Sculley et al. 2015, section 3 (unstable data dependencies; versioned copies). Hugging Face Hub,
    "Download files from the Hub" (revision): https://huggingface.co/docs/huggingface_hub/guides/download
    """
    bare = files.sites(SiteKind.UNVERSIONED_LOAD)
    versioned = files.sites(SiteKind.VERSIONED_LOAD)
    loads = len(bare) + len(versioned)
    if not loads:
        return Measurement.unknown("nothing is loaded from a hub by a name in the Python code")
    spots = tuple(site.spot(file.path) for file, site in bare)
    if loads < ENOUGH_EVENTS:
        return Measurement.unknown(
            f"there are too few loads from a hub for a share ({loads}): all are listed",
            tuple(
                Evidence(file.path, "file", None, note, site.line)
                for note, found in (("no version", bare), ("a version", versioned))
                for file, site in found
            ),
            spots,
        )
    python = files.python
    return Measurement(
        len(bare) / loads,
        n=loads,
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(("loads with a version", float(len(versioned))),),
        spots=spots,
    )
