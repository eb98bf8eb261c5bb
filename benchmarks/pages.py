"""What a page costs: its script, over 200 repositories with 260 weekly snapshots each.

`python -m benchmarks.pages [FOLDER]`; FOLDER keeps the seeded store between runs.

CPU of one run, Streamlit's own work and that of its test harness included: what a visitor waits for on the server.
"Again" is a page that was shown before. "First look" is the first page of a snapshot that nobody has opened since the
server started: nothing of it is cached. "Lists asked again" is what one visitor in ten seconds pays: which
repositories and snapshots there are is asked of the store anew.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.harness import ROUNDS, Figure, cpu_seconds, report
from benchmarks.seed import seeded
from mldebt.store.engine import open_store
from mldebt.store.reading import repositories

MAIN = Path(__file__).resolve().parents[1] / "app_pages" / "_main.py"
GOAL = "≤ 80"
PAGES = ("portfolio", "scorecard", "debts", "branches")


def pages(url: str) -> Iterator[Figure]:
    from streamlit.testing.v1 import AppTest

    from app_pages._memory import collect_less

    logging.getLogger("streamlit").setLevel(logging.ERROR)
    store = open_store(url)
    with store.reading() as connection:
        names = [row.name for row in repositories(connection)]
    store.close()
    os.environ["DATABASE_URL"] = url
    visit = AppTest.from_file(str(MAIN), default_timeout=60)
    visit.run()
    collect_less()  # as the server does
    for page in PAGES:
        visit.switch_page(f"{page}.py")
        _shown(visit, names[0])
        firsts = [cpu_seconds(partial(_shown, visit, name)) for name in names[1 : ROUNDS + 1]]
        again = [cpu_seconds(partial(_shown, visit, names[1])) for _ in range(ROUNDS)]
        anew = [_anew(visit, names[1]) for _ in range(ROUNDS)]
        if page != "portfolio":
            yield Figure(f"{page}, first look", median(firsts) * 1000, "ms", GOAL, _rounds(firsts))
        yield Figure(f"{page}, lists asked again", median(anew) * 1000, "ms", GOAL, _rounds(anew))
        yield Figure(f"{page}, again", median(again) * 1000, "ms", GOAL, _rounds(again))
    _shown(visit, names[0])  # the seeded store's first repository has 20,000 branches
    large = [cpu_seconds(partial(_shown, visit, names[0])) for _ in range(ROUNDS)]
    yield Figure("branches of 20,000, again", median(large) * 1000, "ms", GOAL, _rounds(large))
    visit.switch_page("scorecard.py")
    listed = [cpu_seconds(partial(_shown, visit, names[0], box="ml_code")) for _ in range(ROUNDS)]
    yield Figure("scorecard, files of a box", median(listed) * 1000, "ms", GOAL, _rounds(listed))


def _anew(visit: object, repository: str) -> float:
    from app_pages import _door

    _door.forget_lists()
    return cpu_seconds(partial(_shown, visit, repository))


def _shown(visit: object, repository: str, **query: str) -> None:
    from streamlit.testing.v1 import AppTest

    assert isinstance(visit, AppTest)
    visit.query_params.clear()
    visit.query_params.update({"repo": repository, **query})
    visit.run()
    assert not visit.exception, visit.exception


def _rounds(seconds: list[float]) -> str:
    return "each: " + ", ".join(f"{second * 1000:.0f}" for second in seconds)


def main() -> int:
    warnings.simplefilter("ignore")
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        return 0 if report(pages(seeded(folder))) else 1
    with tempfile.TemporaryDirectory() as name:
        return 0 if report(pages(seeded(Path(name)))) else 1


if __name__ == "__main__":
    sys.exit(main())
