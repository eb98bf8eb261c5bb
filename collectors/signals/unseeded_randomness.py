"""Random numbers without a seed."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.files import File, Files
from collectors.facts.sites import Site, SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import SHOW, Evidence, Measurement


@signal(
    debt=Debt.REPRODUCIBILITY_DEBT,
    unit="share of calls that draw random numbers",
    better="lower",
    status=SHOW,
    says="No seed is in sight for {value} of {n} random {n:draw|draws} to split, sample or train.",
    version=2,
    severity=Severity.MEDIUM,
    effort=Effort.S,
)
def unseeded_randomness(files: Files) -> Measurement:
    """Calls of known stochastic functions and models for which no seed is given or set, 0 to 1.

    Known are splits, folds that shuffle, forests, trees, clusterings, samplers and stochastic solvers of
    scikit-learn and imbalanced-learn, `random_split` of PyTorch, `sample(frac=…)` of pandas and `train_test_split`
    of datasets, in Python without tests. A seed is in sight if the call names one, or the same file sets the state
    that it draws from; within a function of a module, if any file does. Left out are calls whose arguments come
    from a variable, models handed to an ensemble, which seeds them, and calls beside a grid or a table of settings
    that names a seed. Plain numbers drawn outside functions beside machine learning are told as a detail: many only
    try something out.

    Why it matters: two runs of one commit differ, so what a change did cannot be told from what chance did.
    Pay it off: pass `random_state`, from the settings; report the spread over several seeds rather than one lucky
    one.
    Cannot see: randomness of hardware and threads, layers of a net, and whether a seed is the same in each run.
    Ask: Rebuild last quarter's model: what differs, and by how much?
    Source: scikit-learn, "Common pitfalls", controlling randomness; Zhang, Cruz and van Deursen 2022, "Code smells
    for machine learning applications" (randomness uncontrolled), CAIN, doi:10.1145/3522664.3528620.
    """
    unseeded = files.sites(SiteKind.UNSEEDED)
    everywhere = {site.detail for file, site in files.sites(SiteKind.GLOBAL_SEED) if not file.is_notebook}
    bare = [(file, site) for file, site in unseeded if not _is_set_elsewhere(file, site, everywhere)]
    calls = len(unseeded) + len(files.sites(SiteKind.SEEDED))
    if not calls:
        return Measurement.unknown("no call is known to draw random numbers in the Python code")
    spots = tuple(site.spot(file.path) for file, site in bare)
    if calls < ENOUGH_EVENTS:
        return Measurement.unknown(
            f"there are too few calls for a share ({calls}): all are listed",
            tuple(
                Evidence(file.path, "file", None, "no seed in sight" if (file, site) in bare else "seeded", site.line)
                for file, site in (*unseeded, *files.sites(SiteKind.SEEDED))
            ),
            spots,
        )
    python = files.python
    return Measurement(
        len(bare) / calls,
        n=calls,
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(
            ("calls without a seed", float(len(bare))),
            ("of them in notebooks", float(_in_notebooks(bare))),
            ("other numbers drawn outside functions, without a seed", float(len(files.sites(SiteKind.UNSEEDED_DRAW)))),
        ),
        spots=spots,
    )


def _is_set_elsewhere(file: File, site: Site, everywhere: set[str]) -> bool:
    """A function is called by who may have set the seed; a notebook and a script are on their own."""
    if file.is_notebook or not site.symbol:
        return False
    return "all" in everywhere or site.detail.rpartition(" ")[2] in everywhere


def _in_notebooks(rows: list[tuple[File, Site]]) -> int:
    return sum(file.is_notebook for file, _ in rows)
