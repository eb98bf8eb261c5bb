"""Functions written twice."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.clones import Located, clone_groups, long_functions
from collectors.facts.files import Files
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.ABSTRACTION_DEBT,
    unit="share of lines in functions",
    better="lower",
    status=SHOW,
    says="Of {n} {n:line|lines} in functions of some length, {value} repeat another function.",
    severity=Severity.MEDIUM,
    effort=Effort.S,
)
def clones(files: Files) -> Measurement:
    """Lines of functions whose body stands in another function too, among lines of functions long enough, 0 to 1.

    Bodies of 50 tokens and more are compared, in Python without tests. They are alike if nothing but texts, numbers,
    comments, docstrings and white space differs: names count. Of each group all but one are counted, modules first, so
    that a function copied from a module into a notebook is found in the notebook. A notebook and the module made of
    it, side by side under one name, are one text. With fewer than three such functions the number is unknown.

    Why it matters: a change of one has to be made in the others, and the one that was forgotten is found in production.
    Pay it off: keep one, and pass what differs; steps that belong together deserve a name of their own.
    Cannot see: copies with renamed variables or a line changed, parts of functions, copies in other languages and
    repositories, two things that are alike by chance, and copies that are kept on purpose: one interface over several
    libraries, lessons of a course that stand alone.
    Ask: Which of these copies was last changed, and were the others changed with it?
    Source: Sculley et al. 2015, section 5 (abstraction debt). 50 tokens: the default of jscpd,
    https://github.com/kucherenko/jscpd. Duplication runs through the refactorings of ML systems: Tang et al., "An
    Empirical Study of Refactorings and Technical Debt in Machine Learning Systems", ICSE 2021.
    """
    functions = long_functions(files.python)
    if len(functions) < ENOUGH_EVENTS:
        return Measurement.unknown(
            f"fewer than {ENOUGH_EVENTS} functions of the Python code are long enough to compare"
        )
    groups = clone_groups(functions)
    copies = [(copy, group[0]) for group in groups for copy in group[1:]]
    python = files.python
    return Measurement(
        sum(copy.unit.lines for copy, _ in copies) / sum(one.unit.lines for one in functions),
        n=sum(one.unit.lines for one in functions),
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(
            ("functions compared", float(len(functions))),
            ("copies", float(len(copies))),
            ("bodies that stand more than once", float(len(groups))),
        ),
        spots=tuple(_spot(copy, first) for copy, first in copies),
    )


def _spot(copy: Located, first: Located) -> Spot:
    unit = copy.unit
    note = f"the same steps as {first.where}, but for texts and numbers"
    return Spot(copy.file.path, unit.line, f"def {unit.name}(…)", unit.symbol, unit.end_line, note, key=unit.body)
