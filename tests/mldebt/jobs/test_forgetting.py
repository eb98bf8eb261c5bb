"""What is forgotten by itself: deliveries, and all of repositories that the App was taken away from."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest

from collectors.facts.files import Summary
from collectors.git.remote import folder_of
from collectors.git.turns import locked
from collectors.git.whole import WHOLE
from mldebt.jobs.asking import Asked, enqueue
from mldebt.jobs.claim import claim
from mldebt.jobs.database import Database
from mldebt.jobs.engine import Chore, Engine
from mldebt.jobs.forgetting import DAY, _remove, forget_what_is_over
from mldebt.jobs.listing import State, listing
from mldebt.settings import Settings
from mldebt.store.cache import Cache, Key
from mldebt.store.deliveries import Arrived, keep, tally
from mldebt.store.engine import open_store
from mldebt.store.hosted import (
    Head,
    head_of,
    hosted,
    link_scanned,
    remove_installation,
    remove_repositories,
    source_of,
    tell_head,
    tell_installation,
    tell_repository,
)
from mldebt.store.reading import repositories
from mldebt.store.survival import ages_of
from tests.dashboard_by_hand import add_repository
from tests.github_app.webhooks_by_hand import APP

NOW = 2_000_000_000
US = 1_000_000
SERVER = APP["GITHUB_SERVER_URL"]
KEY = Key("a" * 40, "python 1")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in APP.items():
        monkeypatch.setenv(name, value)


def mirror(settings: Settings, id_: int) -> Path:
    """A pretended one."""
    folder = folder_of(settings.mirrors, SERVER, id_)
    (folder / "git").mkdir(parents=True)
    (folder / "git" / "HEAD").write_text("ref: refs/heads/main\n")
    return folder


def fill(settings: Settings, ready: Database) -> None:
    """Two repositories of one installation, scanned, mirrored, with a job each."""
    with closing(open_store(settings.database_url)) as store:
        for number, name in ((1, "shop/gone"), (2, "shop/here")):
            add_repository(store, name, quarters=1)
            with store.writing() as connection:
                tell_installation(connection, 7, 1, account="shop")
                tell_repository(connection, number, 7, 1, full_name=name)
                row = next(row for row in repositories(connection) if row.name == name)
                link_scanned(connection, number, row.id)
                tell_head(connection, Head(number, 5, "a" * 40, NOW - 9))
            mirror(settings, number)
            ages_of(settings.ages, source_of(SERVER, number)).parent.mkdir(exist_ok=True)
            ages_of(settings.ages, source_of(SERVER, number)).touch()
    keys = ("pull:1:5", "pull:2:5", "command:1:77", "pull:11:5", "scan:1", "hosted_scan:1")
    enqueue(ready, [Asked(key, "x", "pull_request", {"title": key}) for key in keys])
    with closing(Cache(settings.cache)) as cache:
        cache.keep({KEY: Summary()})


def what_is_there(settings: Settings, ready: Database) -> tuple[list[str], list[str], list[int], int]:
    """Stored repositories, jobs, mirrors, cached blobs."""
    with closing(open_store(settings.database_url)) as store, store.reading() as connection:
        names = [row.name for row in repositories(connection)]
    with closing(Cache(settings.cache)) as cache:
        blobs = len(cache.summaries([KEY], Summary))
    mirrors = [id_ for id_ in (1, 2) if folder_of(settings.mirrors, SERVER, id_).exists()]
    return sorted(names), sorted(job.key for job in listing(ready).of(State.WAITING)), mirrors, blobs


BOTH = ["shop/gone", "shop/here"]
JOBS = ["command:1:77", "hosted_scan:1", "pull:11:5", "pull:1:5", "pull:2:5", "scan:1"]


@pytest.mark.usefixtures("app")
def test_a_repository_that_the_app_may_not_see_any_more_is_forgotten_wherever_it_was_kept(
    on_sqlite: Settings, ready: Database
) -> None:
    fill(on_sqlite, ready)
    forget_what_is_over(on_sqlite, ready, NOW)
    assert what_is_there(on_sqlite, ready) == (BOTH, JOBS, [1, 2], 1)
    with closing(open_store(on_sqlite.database_url)) as store, store.writing() as connection:
        remove_repositories(connection, 7, [1], (NOW - 1) * US)
    forget_what_is_over(on_sqlite, ready, NOW)
    assert what_is_there(on_sqlite, ready) == (["shop/here"], ["pull:11:5", "pull:2:5", "scan:1"], [2], 0)
    assert [ages_of(on_sqlite.ages, source_of(SERVER, id_)).exists() for id_ in (1, 2)] == [False, True]


@pytest.mark.parametrize("part", [".", WHOLE])
def test_what_is_fetched_into_is_removed_after_that(on_sqlite: Settings, part: str) -> None:
    folder = mirror(on_sqlite, 1)
    (folder / WHOLE).mkdir()
    removing = threading.Thread(target=_remove, args=(folder,))
    with locked(folder / part / "lock", lambda: None):
        removing.start()
        removing.join(0.3)
        assert (folder / "git" / "HEAD").exists()
    removing.join(10)
    assert not folder.exists()


@pytest.mark.usefixtures("app")
def test_another_machine_forgets_its_own_mirror(on_sqlite: Settings, ready: Database) -> None:
    """What is in the store is gone then."""
    fill(on_sqlite, ready)
    with closing(open_store(on_sqlite.database_url)) as store, store.writing() as connection:
        remove_installation(connection, 7, (NOW - 1) * US)
    forget_what_is_over(on_sqlite, ready, NOW)
    mirror(on_sqlite, 1)
    forget_what_is_over(on_sqlite, ready, NOW)
    assert what_is_there(on_sqlite, ready)[0::2] == ([], [])


@pytest.mark.usefixtures("app")
def test_what_is_suspended_for_a_month_is_forgotten_and_known_again_when_it_resumes(
    on_sqlite: Settings, ready: Database
) -> None:
    fill(on_sqlite, ready)
    with closing(open_store(on_sqlite.database_url)) as store:
        with store.writing() as connection:
            tell_installation(connection, 7, 2, suspended_at=NOW - 30 * DAY)
        forget_what_is_over(on_sqlite, ready, NOW)
        assert what_is_there(on_sqlite, ready)[0] == BOTH
        forget_what_is_over(on_sqlite, ready, NOW + 1)
        assert what_is_there(on_sqlite, ready) == ([], ["pull:11:5", "scan:1"], [], 0)
        with store.writing() as connection:
            from mldebt.store.hosted import meet_repository

            tell_installation(connection, 7, 3, suspended_at=None)
            meet_repository(connection, 1, 7, full_name="shop/gone", default_branch="main")
        mirror(on_sqlite, 1)
        forget_what_is_over(on_sqlite, ready, NOW + 2)
        assert what_is_there(on_sqlite, ready)[2] == [1]
        with store.reading() as connection:
            assert hosted(connection, 1) == (1, 7, "shop/gone", "main", True, False, None, None, None)


def test_old_deliveries_and_heads_are_forgotten(on_sqlite: Settings, ready: Database) -> None:
    with closing(open_store(on_sqlite.deliveries_url)) as deliveries, deliveries.writing() as connection:
        for number, days in enumerate((29, 31, 40)):
            todo = "{}" if days == 40 else None
            keep(connection, Arrived(f"g-{number}", "push", (NOW - days * DAY) * US, "ignored", todo=todo))
    with closing(open_store(on_sqlite.database_url)) as store, store.writing() as connection:
        tell_head(connection, Head(1, 5, "a" * 40, NOW - 181 * DAY))
        tell_head(connection, Head(1, 6, "a" * 40, NOW - 179 * DAY))
    forget_what_is_over(on_sqlite, ready, NOW)
    with closing(open_store(on_sqlite.deliveries_url)) as deliveries, deliveries.reading() as connection:
        assert tally(connection)[:2] == (2, 1), "what waits stays"
    with closing(open_store(on_sqlite.database_url)) as store, store.reading() as connection:
        assert (head_of(connection, 1, 5), head_of(connection, 1, 6) is None) == (None, False)


def test_a_long_chore_keeps_nothing_else_waiting(ready: Database) -> None:
    goes, done = threading.Event(), threading.Event()
    counted: list[int] = []
    chores = [Chore(0, lambda: goes.wait(60), is_long=True), Chore(0, lambda: _second(counted, done))]
    engine = Engine(ready, claim(ready, "a test"), chores, lambda: None, lambda: None)
    beat = threading.Thread(target=engine._keep_well)
    beat.start()
    assert done.wait(60)
    engine._ending.set()
    beat.join()
    assert len(engine._long) == 1
    goes.set()
    engine._long[0].join()
    engine.claim.close()


def _second(counted: list[int], done: threading.Event) -> None:
    counted.append(1)
    if len(counted) == 2:
        done.set()
