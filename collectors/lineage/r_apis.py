"""What is known of R's packages: which functions read and write, and where they are told the name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from collectors.facts.lineage import Access, NodeKind


class Api(NamedTuple):
    """A function that reads or writes data under a name it is given."""

    package: str
    access: Access
    place: int  # of the argument that names the data, among those without a name
    names: tuple[str, ...]
    kind: NodeKind = NodeKind.DATASET


def _apis() -> Iterator[tuple[str, Api]]:
    """`package: function…` of what takes the data's name as its first argument, or beside what is written."""
    read = """
    utils: read.csv read.csv2 read.table read.delim read.delim2 read.fwf
    base: readRDS load
    readr: read_csv read_csv2 read_tsv read_delim read_table read_fwf read_rds
    arrow: read_parquet read_feather read_csv_arrow read_ipc_file open_dataset
    data.table: fread
    vroom: vroom
    readxl: read_excel read_xlsx read_xls
    openxlsx: read.xlsx
    haven: read_sas read_sav read_spss read_dta read_stata
    foreign: read.spss read.dta
    feather: read_feather
    fst: read_fst read.fst
    qs: qread
    sf: st_read read_sf
    jsonlite: read_json
    xgboost: xgb.load
    """
    write = """
    utils: write.csv write.csv2 write.table
    base: saveRDS
    readr: write_csv write_csv2 write_tsv write_delim write_rds
    arrow: write_parquet write_feather write_csv_arrow write_dataset
    data.table: fwrite
    writexl: write_xlsx
    openxlsx: write.xlsx
    haven: write_sas write_sav write_dta
    fst: write_fst write.fst
    qs: qsave
    sf: st_write write_sf
    jsonlite: write_json
    xgboost: xgb.save
    """
    named_as = ("file", "path", "con", "input", "sources", "dsn", "sink", "xlsxFile", "modelfile", "fname")
    for row in read.split("\n"):
        package, _, functions = row.strip().partition(":")
        yield from ((name, Api(package, Access.READ, 0, named_as)) for name in functions.split())
    for row in write.split("\n"):
        package, _, functions = row.strip().partition(":")
        yield from ((name, Api(package, Access.WRITE, 1, named_as)) for name in functions.split())
    for name in ("png", "pdf", "svg", "jpeg", "tiff"):
        yield name, Api("grDevices", Access.WRITE, 0, ("filename", "file"), NodeKind.METRICS)
    yield "ggsave", Api("ggplot2", Access.WRITE, 0, ("filename",), NodeKind.METRICS)
    yield "save", Api("base", Access.WRITE, 99, ("file",))


APIS: Mapping[str, Api] = dict(_apis())
