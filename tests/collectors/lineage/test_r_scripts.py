"""What R reads and writes, told from its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Resolution
from collectors.lineage.r_scripts import Started, r_accesses

PATHS = ("analysis/a.R", "data/raw/a.csv", "docs/look.Rmd", "pkg/DESCRIPTION", "pkg/R/b.R", "pkg/inst/c.csv")


def of(text: str, path: str = "analysis/a.R", *started: Started) -> list[DataAccess]:
    return r_accesses({path: text}, PATHS, started)


def named(text: str, path: str = "analysis/a.R") -> list[tuple[str, str]]:
    return [(str(row.access), row.name) for row in of(text, path)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('read.csv("data/raw/a.csv")', "data/raw/a.csv"),
        ("sales <- read_parquet('data/valid/sales.parquet') |>\n  filter(x > 0)", "data/valid/sales.parquet"),
        ('arrow::read_parquet("data/b.parquet")', "data/b.parquet"),
        ('data.table::fread(file = "data/b.csv", sep = ";")', "data/b.csv"),
        ('readr::read_csv(\n  # the newest\n  "data/b.csv",\n  col_types = "c")', "data/b.csv"),
        ('readRDS(file.path("data", "b.rds"))', "data/b.rds"),
        ('read_csv(here::here("data", "b.csv"))', "data/b.csv"),
        ('read_csv(here("data/b.csv"))', "data/b.csv"),
        ('DATA <- "data"\nread_csv(paste0(DATA, "/b.csv"))', "data/b.csv"),
        ('read.csv(paste("data/", "b.csv", sep = ""))', "data/b.csv"),
        ('load("data/b.RData")', "data/b.RData"),
        ('jsonlite::fromJSON("data/b.json")$x', "data/b.json"),
        ('read.csv("https://x.example.org/a.csv")', "https://x.example.org/a.csv"),
        ('read.csv(r"(data\\b.csv)")', "data/b.csv"),
        ('dbReadTable(con, "Orders")', f"sql://{HOLE}/orders"),
        ('DBI::dbGetQuery(con, "SELECT a FROM shop.orders")', f"sql://{HOLE}/shop.orders"),
    ],
)
def test_names_that_the_text_tells(text: str, name: str) -> None:
    assert named(text) == [("read", name)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('write.csv(x, "out/b.csv")', "out/b.csv"),
        ('x |> write_csv("out/b.csv")', "out/b.csv"),
        ('x %>% arrow::write_parquet("out/b.parquet")', "out/b.parquet"),
        ('saveRDS(fit, file = "out/b.rds")', "out/b.rds"),
        ('save(a, b, file = "out/b.RData")', "out/b.RData"),
        ('ggsave("out/b.png", p)', "out/b.png"),
        ('png("out/b.png", width = 900)', "out/b.png"),
        ('dbWriteTable(con, "orders", x)', f"sql://{HOLE}/orders"),
    ],
)
def test_what_is_written(text: str, name: str) -> None:
    assert named(text) == [("write", name)]


@pytest.mark.parametrize(
    ("text", "resolution"),
    [
        ("read.csv(args[1])", Resolution.UNRESOLVED),
        ("read_parquet(paths$input$local)", Resolution.UNRESOLVED),
        ("files |> lapply(function(f) 1) |> read_csv()", Resolution.UNRESOLVED),
        ('where <- "a"\nwhere <- "b"\nread.csv(where)', Resolution.UNRESOLVED),
        ('setwd("~/work")\nread.csv("b.csv")', Resolution.UNRESOLVED),
        ('read.csv(paste0("data/", name, ".csv"))', Resolution.TEMPLATE),
        ("get <- function(file, n = 3) {\n  read.csv(file)\n}", Resolution.PARAMETER),
        ('dbGetQuery(con, paste("SELECT", x))', Resolution.UNRESOLVED),
    ],
)
def test_what_only_a_run_tells_is_counted_without_a_name(text: str, resolution: Resolution) -> None:
    (row,) = of(text)
    assert row.resolution is resolution
    assert bool(row.why) is (resolution is not Resolution.TEMPLATE)


@pytest.mark.parametrize(
    "text",
    [
        '# read.csv("a.csv")',
        'x <- "read.csv(1)"',
        'renv::load("a")',
        "d$pdf(x)",
        "pdf(x)",
        'read_csv <- function(x) x\nread_csv("a.csv")',
        "read.csv(snakemake@input[[1]])",
        'read.csv(textConnection("a,b"))',
        "read.csv(stdin())",
        'read_csv("a,b\n1,2\n")',
        "fromJSON('{\"a\": 1}')",
        "read.csv",
    ],
)
def test_what_reads_no_data_of_a_file(text: str) -> None:
    assert of(text) == []


def test_a_place_has_its_line_its_call_and_its_job() -> None:
    (row,) = of('library(readr)\n\nx <- read_csv(\n  "data/raw/a.csv"\n)\n')
    assert (row.line, row.call, row.job, row.kind) == (3, "readr::read_csv", "analysis/a.R", NodeKind.DATASET)
    found = of(
        'read.csv("b.csv")', "analysis/a.R", Started("analysis/a.R", "fit", "data/raw"), Started("analysis/a.R", "z")
    )
    assert [(row.job, row.name) for row in found] == [("z", "b.csv"), ("fit", "data/raw/b.csv")]


def test_where_a_script_runs_is_told_by_what_it_names() -> None:
    assert named('read.csv("../data/raw/a.csv")') == [("read", "data/raw/a.csv")]
    assert named('read.csv("inst/c.csv")', "pkg/R/b.R") == [("read", "pkg/inst/c.csv")]
    assert named('read.csv("new.csv")', "pkg/R/b.R") == [("read", "pkg/new.csv")]


def test_documents_are_read_at_their_own_lines() -> None:
    text = 'read.csv("no.csv")\n\n```{r, echo=FALSE}\nread.csv("b.csv")\n```\n```{python}\nread.csv("c.csv")\n```\n'
    assert [(row.name, row.line) for row in of(text, "docs/look.Rmd")] == [("docs/b.csv", 4)]


@given(st.text("read.csv(\"'`#{}[],=<-\n%|$a\\", max_size=200))
def test_any_text_is_survived(text: str) -> None:
    assert all(row.access in Access for row in of(text))


@pytest.mark.parametrize("piece", ["read.csv(", "(", "x <- ", '"', "function(a) {", 'r"(', "`", "#"])
def test_hostile_text_is_bounded(piece: str) -> None:
    of(piece * (60_000 // len(piece)))
