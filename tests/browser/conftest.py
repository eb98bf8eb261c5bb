"""A real server and a real browser, once for all tests of this folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard_by_hand import HOSTILE, add_empty_repository, add_repository, empty_store

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard over four repositories; only the process that is started here is ended."""
    folder = tmp_path_factory.mktemp("dashboard")
    store, address = empty_store(folder)
    add_repository(store, "northwind/ranking", partial=["3 of 41 files could not be read."])
    add_repository(store, "northwind/ads", seed=2, is_example=True)
    add_repository(store, HOSTILE, seed=3, hostile=True)
    add_empty_repository(store, "northwind/new")
    store.close()
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = os.environ | {"MLDEBT_HOME": str(folder), "DATABASE_URL": address, "MLDEBT_WEEKLY": "off"}
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _await(f"http://127.0.0.1:{port}/healthz", process, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)
    assert "Traceback" not in (folder / "log").read_text()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own server
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the dashboard did not start:\n{log.read_text()}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """The system's Chromium. Without one the tests are skipped, but in a full run they fail."""
    if CHROMIUM is None:
        if os.environ.get("FULL"):
            pytest.fail("a full run tests the pages in a browser: install Chromium")
        pytest.skip("Chromium is not installed, so no page was opened in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, as whom containers often run.
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


class Visitor:
    """One tab. Whatever it asks of another host, and each error it meets, is noted."""

    def __init__(
        self, browser: Any, server: str, theme: str = "light", width: int = 1280, *, bypass_csp: bool = False
    ) -> None:
        self.server = server
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            reduced_motion="reduce",
            locale="en-US",
            timezone_id="UTC",
            bypass_csp=bypass_csp,
        )
        self.tab = self.context.new_page()
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.tab.on("request", self._note_request)
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.on("console", self._note_console)

    def open(self, path: str) -> Any:
        self.tab.goto(self.server + path)
        return self.settled()

    def settled(self) -> Any:
        """The tab, once the script has run and the page is drawn."""
        self.tab.wait_for_selector(READY, timeout=30_000)
        self.tab.wait_for_selector(".md", timeout=30_000)
        for unfinished in ('[data-stale="true"]', '[data-testid="stSkeleton"]'):
            self.gone(self.tab.locator(unfinished))
        return self.tab

    def gone(self, what: Any) -> None:
        """Wait until nothing fits the locator. Playwright's functions in the page would need eval: forbidden."""
        from playwright.sync_api import expect

        expect(what).to_have_count(0, timeout=30_000)

    def _note_request(self, request: Any) -> None:
        host = self.server.removeprefix("http://")
        if not request.url.startswith((self.server, f"ws://{host}", "data:", "blob:")):
            self.outside.append(request.url)

    def _note_console(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location}")


@pytest.fixture
def visitor(browser: Any, server: str) -> Iterator[Visitor]:
    made = Visitor(browser, server)
    yield made
    made.context.close()
    assert not made.outside
    assert not made.errors
