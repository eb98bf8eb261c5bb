"""`mldebt doctor` on deliveries: whether any came, and whether they are seen to."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from mldebt.cli.doctor_inbox import inbox
from mldebt.settings import Settings
from mldebt.store.deliveries import Arrived, keep, seen_to, waiting
from mldebt.store.engine import open_store

NOW = 1_793_700_000.0  # 2026-11-03 10:00 UTC
US = 1_000_000


def test_what_came_and_what_waits(tmp_path: Path) -> None:
    settings = Settings(tmp_path, f"sqlite:///{tmp_path / 'mldebt.db'}")
    assert inbox(settings, NOW) == ("inbox", True, "nothing was received here yet")
    assert list(tmp_path.iterdir()) == [], "who only looks makes nothing"
    with closing(open_store(settings.deliveries_url)) as store:
        assert inbox(settings, NOW).says == "nothing was received here yet"
        with store.writing() as connection:
            keep(connection, Arrived("a", "push", int(NOW - 700) * US, "asked", todo="{}"))
            keep(connection, Arrived("b", "push", int(NOW - 60) * US, "asked", todo="{}"))
        found = inbox(settings, NOW)
        assert not found.passed
        assert found.says.startswith("2 deliveries kept, 2 wait, the first since 2026-11-03 09:48 UTC: see to it")
        with store.writing() as connection:
            seen_to(connection, [waiting(connection)[0].id])
        assert inbox(settings, NOW) == ("inbox", True, "2 deliveries kept, the last of 2026-11-03 09:59 UTC; 1 wait")


def test_an_inbox_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "inbox.db").write_text("no database" * 100)
    found = inbox(Settings(tmp_path, f"sqlite:///{tmp_path / 'mldebt.db'}"), NOW)
    assert not found.passed
    assert "is not a database" in found.says
