"""Takes the pictures under docs/pictures of the example, with the system's Chromium: `python docs/make_pictures.py`."""
# ruff: noqa: INP001

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

PICTURES = Path(__file__).with_name("pictures")
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PATIENCE_SECONDS = 60
A_QUARTER = 91 * 86_400


class Picture(NamedTuple):
    name: str
    path: str
    until: str  # the selector whose lower edge ends the picture
    width: int = 1280
    theme: Literal["light", "dark"] = "light"
    only: bool = False  # nothing but what the selector finds
    scale: float = 1  # pixels of the picture to one of the page


SHOWN = (
    Picture("scorecard", "/scorecard", ".md-answers", width=1160, scale=1.5),
    Picture("scorecard-dark", "/scorecard", ".md-answers", width=1160, scale=1.5, theme="dark"),
    Picture("first", "/scorecard", ".md-two", width=1160, scale=1.5, only=True),
    Picture("first-dark", "/scorecard", ".md-two", width=1160, scale=1.5, theme="dark", only=True),
    Picture("figure", "/scorecard", ".st-key-figure", only=True),
    Picture("debts", "/debts", ".st-key-section_3"),
    Picture("data", "/data", '[data-testid="data-problems"]'),
    Picture("branches", "/branches", ".st-key-silence"),
    Picture("changes", "/scorecard?q=change_impact", ".st-key-picture_change_impact", only=True),
    Picture("models", "/scorecard?q=cross_degradation", ".st-key-picture_cross_degradation", only=True),
    Picture("newcomers", "/scorecard?q=onboarding", ".st-key-picture_onboarding", only=True),
    Picture("phone", "/scorecard", '[data-testid="answer-data_dependencies"]', width=390, scale=2),
)


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("Install Chromium first: the pictures are taken with it.\n")
        return 1
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, dashboard(Path(home)) as address:
        take(chromium, address)
        look_back(Path(home))
        prepare(chromium, address)
    return 0


@contextmanager
def dashboard(home: Path) -> Iterator[str]:
    """The address of a dashboard that shows the example and nothing else."""
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"MLDEBT_HOME": str(home)}
    mldebt = [sys.executable, "-m", "mldebt"]
    subprocess.run([*mldebt, "example"], env=environment, check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    process = subprocess.Popen([*mldebt, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        _await(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _await(url: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own server
        except (urllib.error.URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def take(chromium: str, address: str) -> None:
    from playwright.sync_api import sync_playwright

    # Chromium refuses its sandbox to root, as whom containers often run.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for picture in SHOWN:
            tab = browser.new_page(
                viewport={"width": picture.width, "height": 4_000},
                color_scheme=picture.theme,
                device_scale_factor=picture.scale,
                reduced_motion="reduce",
                locale="en-US",
                timezone_id="UTC",
            )
            tab.goto(address + picture.path)
            tab.wait_for_selector(READY)
            tab.wait_for_selector(picture.until)
            tab.wait_for_timeout(2_000)  # charts draw themselves after the page says that it is ready
            shown = tab.locator(picture.until).first
            edge = shown.bounding_box()
            height = edge["y"] + edge["height"] + 8 if edge else 900
            clip = {"x": 0, "y": 0, "width": picture.width, "height": height}
            whole = shown.screenshot() if picture.only else tab.screenshot(clip=clip)
            save(whole, PICTURES / f"{picture.name}.png")
            tab.close()
        browser.close()


def look_back(home: Path) -> None:
    """Scan the example as it stood a quarter before, so that its review tells which places came and went."""
    shop = home / "example" / "example-shop"
    git = ["git", "-C", str(shop)]
    head, seconds = _said([*git, "log", "-1", "--format=%H %ct"]).split()
    then = int(seconds) - A_QUARTER
    before = _said([*git, "rev-list", "-1", f"--before={then}", "HEAD"])
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"MLDEBT_HOME": str(home)}
    for commit, at in ((before, then), (head, then + A_QUARTER)):
        day = time.strftime("%Y-%m-%d", time.gmtime(at))
        scan = [sys.executable, "-m", "mldebt", "scan", str(shop), "--as-of", day]
        subprocess.run([*git, "update-ref", "HEAD", commit], check=True)
        subprocess.run(scan, env=environment, check=True, stdout=subprocess.DEVNULL)


def _said(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def prepare(chromium: str, address: str) -> None:
    """A review: its page, the form of a decision, and the report that it leaves as."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        tab = browser.new_page(viewport={"width": 1280, "height": 1_250}, reduced_motion="reduce", locale="en-US")
        tab.goto(f"{address}/review")
        tab.get_by_role("button", name="Open the review").click()
        tab.get_by_text("What is typed is kept").wait_for()
        tab.wait_for_timeout(2_000)
        save(tab.screenshot(), PICTURES / "review-open.png")
        tab.get_by_role("button", name="Export").click()
        with tab.expect_download() as download:
            tab.get_by_role("button", name="HTML, to print").click()
        tab.keyboard.press("Escape")
        tab.get_by_role("button", name="Decide", exact=True).first.click()
        form = tab.get_by_role("dialog")
        form.get_by_text("Refactor", exact=True).click()
        tab.wait_for_timeout(1_000)
        save(form.screenshot(), PICTURES / "review-decide.png")
        paper = browser.new_page(viewport={"width": 794, "height": 1_123})  # A4 at 96 dots an inch
        paper.set_content(download.value.path().read_text("utf-8"))
        save(paper.screenshot(), PICTURES / "review-print.png")
        browser.close()


def save(picture: bytes, path: Path) -> None:
    """With 256 colours, the rare ones kept: a third of the size."""
    from PIL import Image

    Image.open(BytesIO(picture)).convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
