"""Makefiles: targets that are data."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.lineage import Access
from collectors.lineage.declared.everything import DeclaredPipelines, declared

TEXT = """
.PHONY: train clean
RAW := data/raw
OUT = $(RAW)/../clean.csv

$(OUT): $(RAW)/in.csv src/clean.py
\tpython src/clean.py $< \\
\t  $@

models/m.pkl: $(OUT)
\t@python src/fit.py --data $^ --out $@

data/%.parquet: data/%.csv
\tpython src/convert.py $< $@

train: models/m.pkl params.txt
\tpython src/report.py $(shell date)

all: train data/other.csv
clean: ; rm -rf data
"""


def read(text: str, path: str = "Makefile") -> DeclaredPipelines:
    tree = {path: text} | dict.fromkeys(["src/clean.py", "src/fit.py", "src/convert.py", "src/report.py"], "")
    return declared(tree, tree.get)


def test_data_its_needs_and_its_recipe() -> None:
    found = read(TEXT)
    assert {f"{row.job} {'<' if row.access is Access.READ else '>'} {row.name}" for row in found.accesses} == {
        "data/raw/../clean.csv < data/raw/in.csv",
        "data/raw/../clean.csv > data/clean.csv",
        "models/m.pkl < data/clean.csv",
        "models/m.pkl > models/m.pkl",
        "data/%.parquet < data/◌.csv",
        "data/%.parquet > data/◌.parquet",
        "train < models/m.pkl",
    }
    assert [(row.script, row.argv, row.line) for row in found.entries] == [
        ("src/clean.py", ("data/raw/in.csv", "data/raw/../clean.csv"), 7),
        ("src/convert.py", ("data/◌.csv", "data/◌.parquet"), 14),
        ("src/fit.py", ("--data", "data/raw/../clean.csv", "--out", "models/m.pkl"), 11),
        ("src/report.py", ("◌",), 17),
    ]


def test_what_is_not_followed_matters_only_where_there_is_data() -> None:
    found = read("docs:\n\tsphinx-build x\n\tpython gone.py\ndata/x.csv:\n\taws s3 cp s3://b/x.csv $@\n")
    assert [(row.job, row.why) for row in found.doubts] == [
        ("docs", "it runs gone.py, which is not in the tree"),
        ("data/x.csv", "it runs aws, which is not followed"),
    ]
    assert [row.job for row in found.accesses if not row.name] == ["data/x.csv"]


def test_variables_that_hold_one_another_end() -> None:
    bomb = (
        "".join(f"A{n} = $(A{n + 1})$(A{n + 1})$(A{n + 1})\n" for n in range(60))
        + "A60 = $(A0)\nx.csv: $(A0)\n\ttrue\n"
    )
    assert len(read(bomb).accesses) < 10


@given(st.text("ab.csv:$()=\t\n\\%@<^ #", max_size=200))
def test_any_text_is_read(text: str) -> None:
    read(text)
