"""The dashboard as its visitors meet it, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mldebt.store.engine import Store
from tests.dashboard_by_hand import empty_store

MAIN = Path(__file__).resolve().parents[2] / "app_pages" / "_main.py"

Visit = Callable[..., AppTest]


@pytest.fixture
def dashboard_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store that the pages read."""
    store, address = empty_store(tmp_path)
    monkeypatch.setenv("MLDEBT_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", address)
    yield store
    store.close()


@pytest.fixture(params=["light", "dark"])
def visit(request: pytest.FixtureRequest, dashboard_store: Store) -> Visit:
    """Open a page at an address, in one theme: `visit("scorecard", repo="x", at="…")`."""

    def opened(page: str = "", /, locale: str = "en-US", **query: str) -> AppTest:
        test = AppTest.from_file(str(MAIN), default_timeout=60)
        test.context = {"theme": request.param, "locale": locale, "timezone": "UTC"}
        for name, value in query.items():
            test.query_params[name] = value
        test.run()
        if page:
            test.switch_page(f"{page}.py")
            test.query_params.clear()
            test.query_params.update(query)
            test.run()
        return test

    return opened
