"""How far changes reach."""

from collectors.signals.blast_radius import blast_radius
from tests.builders import change, history
from tests.collectors.signals.accesses import SHOP, pipeline

ROWS = (*SHOP, "export < models/model.pkl", "export > app/rows.csv")  # a model, its numbers, an export


def test_the_median_share_of_what_rests_on_what_changed():
    found = blast_radius(pipeline(*ROWS), history(change(1, "src/prepare.py", "src/evaluate.py", "data/raw.csv.dvc")))
    assert (found.value, found.n) == (1, 3)  # prepare and raw data reach all three, evaluate one
    assert [(row.subject, row.kind, round(row.number or 0, 2)) for row in found.evidence] == [
        ("data/raw.csv", "data", 1),
        ("prepare", "job", 1),
        ("evaluate", "job", 0.33),
    ]


def test_a_product_reaches_itself():
    found = blast_radius(pipeline(*ROWS), history(change(1, "metrics.json", "src/evaluate.py", "src/export.py")))
    assert (found.value, found.n) == (1 / 3, 3)


def test_old_changes_merges_and_few_are_no_number():
    seen = pipeline(*ROWS)
    few = blast_radius(seen, history(change(1, "src/prepare.py")))
    assert (few.value, len(few.evidence)) == (None, 1)
    old = change(1, "src/prepare.py", "src/train.py", "src/evaluate.py", day=-91)
    assert blast_radius(seen, history(old, day=0)).value is None
    assert blast_radius(pipeline("a > m.pkl"), history()).value is None


def test_a_declaration_that_changes_is_not_its_jobs_code():
    rows = (*ROWS, "train <= data/train.csv", "train <= lib/fit.py")
    assert blast_radius(pipeline(*rows), history(change(1, "dvc.yaml"))).evidence == ()
    (row,) = blast_radius(pipeline(*rows), history(change(1, "lib/fit.py"))).evidence
    assert (row.subject, row.kind) == ("train", "job")
