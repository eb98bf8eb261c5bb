"""The graph of data as columns and lines, and the page that shows it."""

from __future__ import annotations

from base64 import b64decode

import pytest

from app_pages._lineage import MOST, Ask, Problem, Stage, around, folded, lines, picture, problems, readers, stages
from app_pages._lineage_html import FIRST, graph
from app_pages._lineage_html import problems as told_html
from app_pages._lineage_names import ROOM, labelled
from collectors.facts.data_graph import Lineage
from collectors.facts.lineage import NodeKind
from mldebt.store.engine import Store
from mldebt.store.lineage import save_lineage
from mldebt.store.reading import latest_snapshot, repositories
from tests.app_pages.conftest import Visit
from tests.collectors.signals.accesses import SHOP, access, pipeline
from tests.dashboard_by_hand import add_repository
from tests.page_text import html, words
from tests.pages_by_hand import open_page

HERE = "/data?repo=x"
GRAPH = pipeline(
    *SHOP,
    "prepare < https://x.example/rates.csv",
    "train <= data/train.csv",
    "train < data/extra.csv",
    "serve < models/model.pkl",
    "serve > out/predictions.csv",
)


def test_each_set_of_data_has_its_column() -> None:
    assert stages(GRAPH) == {
        "data/extra.csv": Stage.SOURCES,
        "data/raw.csv": Stage.SOURCES,
        "data/test.csv": Stage.DATA,
        "data/train.csv": Stage.FEATURES,
        "https://x.example/rates.csv": Stage.SOURCES,
        "metrics.json": Stage.CONSUMERS,
        "models/model.pkl": Stage.MODELS,
        "out/predictions.csv": Stage.CONSUMERS,
    }


def test_lines_lead_from_what_a_job_reads_to_what_it_writes() -> None:
    drawn = picture(GRAPH)
    assert ("data/train.csv", "models/model.pkl") in drawn.lines
    assert ("data/raw.csv", "models/model.pkl") not in drawn.lines
    assert b64decode(lines(drawn).partition("base64,")[2]).count(b"<path") == len(drawn.lines)


def test_what_is_to_be_looked_at() -> None:
    assert problems(GRAPH) == {
        "data/extra.csv": Problem(Ask.UNDECLARED, "read by train, which does not declare it", "train"),
        "https://x.example/rates.csv": Problem(Ask.UNPINNED, "comes from elsewhere, tied to no version"),
    }
    pinned = pipeline("a < https://x.example/r.csv", access("a <= https://x.example/r.csv", version="md5:0"))
    assert problems(pinned) == {}


def test_around_a_node_is_what_it_rests_on_and_what_rests_on_it() -> None:
    assert around(GRAPH, "data/test.csv") == {
        *("data/test.csv", "data/raw.csv", "https://x.example/rates.csv", "metrics.json"),
    }


def test_a_large_graph_is_folded_and_says_so() -> None:
    many = pipeline(*(f"a{i} < data/{i:03}.csv" for i in range(MOST + 5)), "b < https://x.example/z.csv")
    drawn = picture(many)
    assert drawn.total[Stage.SOURCES] == MOST + 6
    assert [chip.name for chip in drawn.chips if chip.problem] == ["https://x.example/z.csv"]
    assert folded(drawn, stages(many)) == f"{MOST} of {MOST + 6} sets of data shown"
    assert f'Sources <span class="muted">{MOST} of {MOST + 6}</span>' in graph(drawn, "", HERE)
    assert 'Models <span class="muted">none</span>' in graph(drawn, "", HERE)


def test_what_is_connected_is_drawn_before_what_stands_alone() -> None:
    alone = [f"a{i} < https://x.example/{i:03}.csv" for i in range(MOST + 5)]
    drawn = picture(pipeline(*alone, "train < data/zzz.csv", "train > m.pkl"))
    assert drawn.lines == (("data/zzz.csv", "m.pkl"),)
    assert next(chip.row for chip in drawn.chips if chip.name == "data/zzz.csv") == 0


def test_lines_that_would_cross_lie_at_one_height() -> None:
    drawn = picture(pipeline("t1 < a.csv", "t1 > y.pkl", "t2 < b.csv", "t2 > x.pkl"))
    rows = {chip.name: chip.row for chip in drawn.chips}
    assert rows["a.csv"] == rows["y.pkl"]
    assert rows["b.csv"] == rows["x.pkl"]


def test_names_that_end_alike_are_told_apart() -> None:
    assert labelled(["a/b/long_enough/◌", "c/b/long_enough/◌", "x/y.csv"]) == {
        "a/b/long_enough/◌": "a/b/long_enough/◌",
        "c/b/long_enough/◌": "c/b/long_enough/◌",
        "x/y.csv": "x/y.csv",
    }
    assert "known only while the code runs" in graph(picture(pipeline("a < x/◌.csv")), "", HERE)
    assert "known only while the code runs" not in graph(picture(GRAPH), "", HERE)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("◌/forecast/◌/◌", "forecast/◌/◌"),
        ("a/b/◌/◌.csv", "b/◌/◌.csv"),
        ("◌/◌", "◌/◌"),
        ("◌/orders", "◌/orders"),
        ("sql://◌/warehouse.stock_snapshot", "stock_snapshot"),
        ("https://weather.example.com/open/daily.csv", "open/daily.csv"),
    ],
)
def test_what_tells_of_a_name_is_kept(name: str, shown: str) -> None:
    assert labelled([name]) == {name: shown}


def test_names_that_begin_and_end_alike_are_shown_where_they_differ() -> None:
    names = [f"{'a' * 60}/{one}/{'b' * 60}" for one in "xyz"]
    assert len(set(labelled(names).values())) == 3
    assert all(len(shown) <= ROOM for shown in labelled(names).values())


def test_what_is_to_be_looked_at_stands_by_its_reason_with_where_it_is_read() -> None:
    many = pipeline(
        *SHOP,
        "train <= data/train.csv",
        "train < data/extra.csv",
        *(f"a < https://x.example/{i:02}" for i in range(FIRST + 3)),
    )
    told = problems(many)
    made = told_html(told, readers(many, told), "https://github.com/o/n", "c" * 40, 100, HERE)
    assert made.index(Ask.UNDECLARED.value) < made.index(Ask.UNPINNED.value)
    assert f'{Ask.UNPINNED.value} <span class="muted">{FIRST + 3}</span>' in made
    assert "3 more</summary>" in made
    assert f'<bdi>train</bdi>, at <a href="https://github.com/o/n/blob/{"c" * 40}/src/train.py#L' in made
    assert 'data-label="Read by"' in made
    assert 'data-label="Read at"' in made
    assert Ask.RUNNING.value not in made


def test_a_table_stands_apart_from_addresses_and_says_how_it_is_counted() -> None:
    found = pipeline("a < sql://◌/shop.orders", "a < https://x.example/a.csv", "b > sql://◌/shop.made")
    told = problems(found)
    assert {name: problem.ask for name, problem in told.items()} == {
        "sql://◌/shop.orders": Ask.TABLE,
        "https://x.example/a.csv": Ask.UNPINNED,
    }
    made = told_html(told, readers(found, told), None, "", 100, HERE)
    assert "“Tables that others write”" in made
    assert "“Data and models that may change without a commit”" in made


def test_a_line_that_several_jobs_run_is_told_of_the_one_that_does_not_declare_it() -> None:
    shared = pipeline(
        access("first < data/extra.csv", path="src/shared.py"),
        access("train < data/extra.csv", path="src/shared.py"),
        *("train <= data/train.csv", "train < data/train.csv", "train > models/model.pkl"),
    )
    told = problems(shared)
    assert told["data/extra.csv"].by == "train"
    made = told_html(told, readers(shared, told), None, "", 100, HERE)
    assert "src/shared.py:1" in made
    assert "no place seen" not in made
    assert "more" not in made


def test_chips_that_begin_alike_are_told_apart_by_their_ends() -> None:
    names = ("kedro://mining_quality_kedro/mq_train_set", "kedro://mining_quality_kedro/mq_test_set", "data/a.csv")
    drawn = graph(picture(pipeline(*(f"a < {name}" for name in names))), "", HERE)
    for shown in (">mq_train_set<", ">mq_test_set<", ">data/a.csv<"):
        assert drawn.count(shown) == 1


def test_a_service_is_asked_and_has_no_version() -> None:
    asked = access("a < https://x.example/api")._replace(kind=NodeKind.SERVICE)
    assert problems(pipeline(asked)) == {"https://x.example/api": Problem(Ask.RUNNING, "is asked while the code runs")}


def keep(store: Store, graph: Lineage) -> None:
    with store.writing() as connection:
        (row,) = repositories(connection)
        snapshot = latest_snapshot(connection, row.id)
        assert snapshot is not None
        save_lineage(connection, row.id, snapshot.id, graph)


def test_the_page_shows_the_graph_and_how_sure_it_is(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    keep(dashboard_store, GRAPH)
    shown = html(visit("data"))
    assert 'data-testid="question-data_dependencies"' in shown
    assert shown.count('class="chip') == 8
    assert "13 of 13 places that read or write data name it in full. 8 sets of data shown." in shown
    assert "which does not declare it" in shown  # beside its chip
    assert 'data-testid="look-undeclared"' in shown
    assert 'data-testid="closure-up"' not in shown


def test_who_reads_korean_first_leaves_no_korean_to_others(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    keep(dashboard_store, GRAPH)
    column = 'data-label="{}"'.format
    korean, english = (html(visit("data", lang=language)) for language in ("ko", "en"))
    assert column("데이터") in korean
    assert column("Data") in english
    assert column("데이터") not in english


def test_a_node_in_the_address_is_in_focus(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    keep(dashboard_store, GRAPH)
    shown = html(visit("data", node="models/model.pkl"))
    assert 'data-testid="closure-up"' in shown
    assert "src/train.py:4" in shown
    assert "data/test.csv" not in shown.partition('data-testid="closure-up"')[0]


def test_only_problems_stands_in_the_address(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    keep(dashboard_store, GRAPH)
    page = visit("data")
    page.toggle(key="data_problems").set_value(True).run()
    assert html(page).count('class="chip') == 2
    assert page.query_params["only"] in ("1", ["1"])
    assert html(visit("data", only="1")).count('class="chip') == 2
    page.toggle(key="data_problems").set_value(False).run()
    assert "only" not in page.query_params


def test_an_empty_graph_says_why_and_leads_out(dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    keep(dashboard_store, pipeline(*SHOP, "b < https://x.example/z.csv"))
    page = open_page("data", node="metrics.json", only="1")
    assert "Nothing around it is to be looked at" in html(page)
    assert 'class="chip' not in html(page)
    page.button(key="widen").click().run()
    assert "only" not in page.query_params
    assert "chip focus" in html(page)
    page.button(key="whole_graph").click().run()
    assert "node" not in page.query_params
    assert 'data-testid="closure-up"' not in html(page)


def test_a_graph_without_problems_says_so(dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    keep(dashboard_store, pipeline("a < x.csv", "a > m.pkl"))
    page = open_page("data", only="1")
    assert "Nothing is to be looked at" in html(page)
    page.button(key="widen").click().run()
    assert html(page).count('class="chip') == 2


def test_a_chip_leads_to_what_stands_around_it_and_back() -> None:
    drawn = graph(picture(GRAPH), "metrics.json", HERE)
    assert f'href="{HERE}&amp;node=data%2Ftrain.csv"' in drawn
    assert f'href="{HERE}" target="_self"' in drawn
    assert drawn.count('aria-current="true"') == 1


def test_what_is_in_focus_is_drawn_whatever_is_folded() -> None:
    many = pipeline(*(f"a < data/{i:03}.csv" for i in range(MOST + 9)), "a > m.pkl")
    last = f"data/{MOST + 8:03}.csv"
    assert last not in {chip.name for chip in picture(many).chips}
    assert last in {chip.name for chip in picture(many, None, last).chips}


@pytest.mark.parametrize("graph", [None, pipeline(), pipeline("a < ?")])
def test_without_a_graph_it_is_said(visit: Visit, dashboard_store: Store, graph: Lineage | None) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    if graph is not None:
        keep(dashboard_store, graph)
    assert "No graph is kept" in words(visit("data"))


def test_who_reads_elsewhere_what_is_written_here(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    keep(dashboard_store, pipeline("score > s3://shop/a.csv"))
    assert "who else reads this data is not known" in html(visit("data"))


def test_readers_elsewhere_are_listed(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    keep(dashboard_store, pipeline("score > s3://shop/a.csv"))
    add_repository(dashboard_store, "northwind/<b>mails</b>")
    with dashboard_store.writing() as connection:
        row = next(row for row in repositories(connection) if row.name.endswith("</b>"))
        snapshot = latest_snapshot(connection, row.id)
        assert snapshot is not None
        save_lineage(connection, row.id, snapshot.id, pipeline("send < s3://shop/a.csv"))
    shown = html(visit("data", repo="northwind/ranking"))
    assert "1 of 1 other repository of this store reads data that this one writes." in shown
    table = shown.partition('data-testid="shared-consumers"')[2]
    assert "src/send.py" in table
    assert "which no pipeline there says" in table
    assert "<b>mails" not in shown


def test_names_from_a_repository_become_no_html(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, "northwind/ranking")
    name = "<script>alert(1)</script>'\"&.csv"
    graph = pipeline(access("a < x.csv")._replace(name=name), "a > m.pkl")
    keep(dashboard_store, graph)
    for shown in (html(visit("data")), html(visit("data", node=name))):
        assert "<script" not in shown
        assert "&lt;script&gt;" in shown


def test_a_read_that_its_pipeline_does_not_declare_is_a_line_of_its_own() -> None:
    found = pipeline(
        "train <= data/a.csv", "train < data/a.csv", "train < data/b.csv", "train => m.pkl", "train > m.pkl"
    )
    drawn = picture(found)
    assert drawn.undeclared == {("data/b.csv", "m.pkl")}
    assert set(drawn.lines) == {("data/a.csv", "m.pkl"), ("data/b.csv", "m.pkl")}
    assert "its pipeline does not declare" in graph(drawn, "", HERE)
    assert "does not declare" not in graph(picture(pipeline(*SHOP)), "", HERE)
