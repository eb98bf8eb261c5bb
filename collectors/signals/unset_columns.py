"""Tables read without saying what is in them."""

from __future__ import annotations

from collectors.facts.files import Files
from collectors.facts.sites import SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.PLAIN_OLD_DATA_SMELL,
    unit="places",
    better="lower",
    status=SHOW,
    says="Tables are read in {n} {n:place|places}; neither columns nor types are named in {value}.",
    severity=Severity.LOW,
    effort=Effort.S,
    per_file=True,
    places=("table read without its columns", "tables read without their columns"),
)
def unset_columns(files: Files) -> Measurement:
    """Places where a table is read and neither its columns nor their types are named.

    Counted are `read_csv`, `read_table`, `read_fwf` and `read_excel` of pandas without `dtype`, `usecols`, `names` or
    `converters`, if the same file never chooses columns by a list of names from what was read, and never gives it
    types (`astype`, `validate`) or headings. Calls that take arguments from elsewhere (`**settings`) are left out, and
    so are tests. Where no table is read so, the number is unknown.

    Why it matters: a column that is renamed, moved or read as text goes on into the features without a word.
    Pay it off: pass `dtype=` and `usecols=`, or check what was read against a schema.
    Cannot see: columns that another file chooses, schemas that are checked elsewhere, other libraries and formats that
    keep their types.
    Ask: Which of the tables that you read would you notice to have a new column, or a number that became text?
    Source: Sculley et al. 2015, section 5 (plain-old-data-type smell). "Columns and DataType Not Explicitly Set", of
    the 22 smells of Zhang, Cruz and van Deursen, "Code Smells for Machine Learning Applications", CAIN 2022,
    https://doi.org/10.1145/3522664.3528620.
    """
    bare = files.sites(SiteKind.UNSET_COLUMNS)
    said = files.sites(SiteKind.SET_COLUMNS)
    if not bare and not said:
        return Measurement.unknown("no table is read with pandas' functions for text and Excel in the Python code")
    python = files.python
    return Measurement(
        len(bare),
        n=len(bare) + len(said),
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(("of them in notebooks", float(sum(file.is_notebook for file, _ in bare))),),
        spots=tuple(site.spot(file.path, "neither columns nor types of the table are named") for file, site in bare),
    )
