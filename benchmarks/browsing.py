"""What a visitor waits for, in a real browser: 200 repositories, 260 weeks of each, 50,000 findings.

`python -m benchmarks.browsing [FOLDER]`; FOLDER keeps the seeded store between runs. Needs Chromium and Playwright.

From the click to the page drawn, on the wall's clock, browser and server on this same machine: run it on one that does
nothing else. Beside each figure stands what the server spent on it, in CPU milliseconds, which a busy machine does not
change much.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.harness import ROUNDS, Figure, report
from benchmarks.seed import seeded

ROOT = Path(__file__).resolve().parents[1]
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
UNFINISHED = '[data-stale="true"], [data-testid="stSkeleton"]'
MOVE, WARM, EMPTY = "≤ 0.5", "≤ 1.2", "≤ 3"
LARGE = "repo=team-0%2Fsystem-0"  # lists 10,000 findings and 20,000 branches


class Server(NamedTuple):
    address: str
    process: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """Seconds that it spent so far; 0 where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(url: str, home: Path) -> Iterator[Server]:
    """A dashboard over a store, in a process of its own."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = os.environ | {"MLDEBT_HOME": str(home), "DATABASE_URL": url, "MLDEBT_WEEKLY": "off"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(f"http://127.0.0.1:{port}/healthz")
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(20)


def _await(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own server
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the dashboard did not start")


class Wait(NamedTuple):
    seconds: float
    cpu: float


class Tab:
    """One tab, and how long each thing took until it was drawn."""

    def __init__(self, tab: Any, server: Server) -> None:
        self.tab, self.server = tab, server

    def timed(self, act: Callable[[], object], sign: str | re.Pattern[str]) -> Wait:
        """From the act until the sign of what was asked for is seen, and nothing is unfinished."""
        cpu, start = self.server.cpu(), time.perf_counter()
        act()
        self.tab.locator('[data-testid="stMain"]').get_by_text(sign).first.wait_for(timeout=30_000)
        self.tab.wait_for_selector(READY, timeout=30_000)
        while self.tab.locator(UNFINISHED).count():
            time.sleep(0.005)
        return Wait(time.perf_counter() - start, self.server.cpu() - cpu)

    def open(self, path: str, sign: str) -> Wait:
        def go() -> None:
            self.tab.goto(self.server.address + path)
            self.tab.wait_for_selector(READY, timeout=30_000)  # first: to look for words in a page costs it time

        return self.timed(go, sign)

    def follow(self, page: str, sign: str | re.Pattern[str]) -> Wait:
        link = self.tab.locator('[data-testid="stSidebarNav"]').get_by_role("link", name=page, exact=True)
        return self.timed(link.click, sign)


def links(browser: Any, server: Server) -> Iterator[Figure]:
    """A link from elsewhere: the page's own files are in the browser's cache, or are not."""
    scorecard = f"/scorecard?{LARGE}", "What these numbers depend on"
    Tab(browser.new_page(), server).open(*scorecard)  # whoever comes first to a snapshot
    empty = []
    for _ in range(ROUNDS):
        context = browser.new_context()
        empty.append(Tab(context.new_page(), server).open(*scorecard))
        context.close()
    yield figure("a link to a scorecard, empty cache", empty, EMPTY)
    for path, sign in (scorecard, (f"/debts?{LARGE}", "Of no kind in the paper"), ("/portfolio", "200 repositories")):
        context = browser.new_context()
        Tab(context.new_page(), server).open(path, sign)
        warm = [Tab(context.new_page(), server).open(path, sign) for _ in range(ROUNDS)]
        context.close()
        yield figure(f"a link to {path.partition('?')[0]}, warm cache", warm, WARM)


def moves(browser: Any, server: Server) -> Iterator[Figure]:
    """From page to page, and within one."""
    tab = Tab(browser.new_page(), server)
    tab.open(f"/scorecard?{LARGE}", "What these numbers depend on")
    ways = {
        "Debts": "Of no kind in the paper",
        "Data": "What data rests on what|what data rests on what",
        "Scorecard": "What these numbers depend on",
    }
    taken: dict[str, list[Wait]] = {page: [] for page in ways}
    for _ in range(ROUNDS):
        for page, sign in ways.items():
            taken[page].append(tab.follow(page, re.compile(sign)))
    for page, waits in taken.items():
        yield figure(f"to the page {page}", waits, MOVE)
    yield figure("another question of the scorecard", [_question(tab, n) for n in range(ROUNDS)], MOVE)
    yield from _findings(tab)
    yield from _portfolio(tab)


def _question(tab: Tab, number: int) -> Wait:
    name, sign = (("New people", "How newcomers come to more"), ("Side effects", "Which models hang together"))[
        number % 2
    ]
    return tab.timed(tab.tab.get_by_role("radio", name=name).click, sign)


def _findings(tab: Tab) -> Iterator[Figure]:
    tab.open(f"/debts?{LARGE}&debt=reproducibility_debt", "The heaviest first")
    on = tab.tab.get_by_role("button", name="Next")
    firsts = [f"{50 * page + 1:,} to" for page in range(1, ROUNDS + 1)]
    yield figure("the next 50 of 10,000 findings", [tab.timed(on.click, first) for first in firsts], MOVE)
    pills = tab.tab.get_by_role("radio")
    waits = []
    for number in range(ROUNDS):
        name = ("High", "Medium", "Low")[number % 3]
        shown = re.compile(r"1 to \d|No match|high severity|medium severity|low severity")
        waits.append(tab.timed(pills.filter(has_text=name).first.click, shown))
    yield figure("a filter over 10,000 findings", waits, MOVE)


def _portfolio(tab: Tab) -> Iterator[Figure]:
    tab.open("/portfolio", "200 repositories")
    find, waits = tab.tab.get_by_label("Find a repository"), []
    for number in range(ROUNDS):
        name = f"system-{191 + number}"
        find.fill(name)
        waits.append(tab.timed(lambda: tab.tab.keyboard.press("Enter"), name))
    yield figure("a filter over 200 repositories", waits, MOVE)
    tab.open("/portfolio", "200 repositories")
    names = tab.tab.locator('.st-key-repositories [data-testid="stPageLink"]').first
    pages = []
    for number in range(2, ROUNDS + 2):
        before = names.inner_text()
        button = tab.tab.locator('[data-testid="stPagination"]').get_by_role("button", name=re.compile(rf"\b{number}$"))
        pages.append(tab.timed(button.click, re.compile(f"^(?!{re.escape(before)}$)team-")))
    yield figure("the next 20 of 200 repositories", pages, MOVE)


def figure(what: str, waits: list[Wait], goal: str) -> Figure:
    each = ", ".join(f"{one.seconds:.2f}" for one in waits)
    spent = median(one.cpu for one in waits) * 1000
    return Figure(what, median(one.seconds for one in waits), "s", goal, f"server {spent:.0f} ms CPU; each: {each}")


def browsing(folder: Path) -> Iterator[Figure]:
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("install Chromium: pages are timed in a browser")
    url, home = seeded(folder), folder / "home"
    home.mkdir(exist_ok=True)
    with served(url, home) as server, sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield from links(browser, server)
        yield from moves(browser, server)
        browser.close()
    load = os.getloadavg()[0]
    print(f"\nAt the end this machine of {os.cpu_count()} cores had a load of {load:.1f}.")


def main() -> int:
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        return 0 if report(browsing(folder)) else 1
    with tempfile.TemporaryDirectory() as name:
        return 0 if report(browsing(Path(name))) else 1


if __name__ == "__main__":
    sys.exit(main())
