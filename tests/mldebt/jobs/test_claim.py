"""Who may run jobs: one process on SQLite, many on PostgreSQL; whoever dies lets go."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace

import pytest

from mldebt.jobs.claim import Taken, claim
from mldebt.jobs.database import open_database
from mldebt.settings import Settings
from mldebt.store.errors import StoreError


def test_on_sqlite_a_second_one_is_refused_in_one_sentence_until_the_first_ends(on_sqlite: Settings) -> None:
    database = open_database(on_sqlite)
    with closing(claim(database, "serve")):
        with pytest.raises(Taken) as refused:
            claim(database, "worker")
        said = str(refused.value)
        assert said.startswith(f"the jobs of {on_sqlite.home}/engine.db are run by mldebt serve (process ")
        assert "ENGINE_URL" in said
        assert "\n" not in said
    claim(database, "worker").close()
    database.close()


def test_on_sqlite_whoever_is_noted_beside_the_holder_is_dead(on_sqlite: Settings) -> None:
    database = open_database(on_sqlite)
    with closing(claim(database, "serve")) as held:
        assert held.dead(["local", "machine-1-ab"]) == ["machine-1-ab"]
        assert held.is_held
    database.close()


@pytest.mark.postgres
def test_on_postgresql_each_has_a_name_of_its_own_and_sees_who_is_dead(on_postgresql: Settings) -> None:
    database = open_database(on_postgresql)
    one, other = claim(database, "worker"), claim(database, "worker")
    names = [one.executor, other.executor, "gone"]
    assert len(set(names)) == 3
    assert one.dead(names) == ["gone"]
    assert other.dead(names) == []  # whoever looks after the dead one holds its name meanwhile
    one.let_go(["gone"])
    assert other.dead(names) == ["gone"]
    one.close()
    end = time.monotonic() + 60
    while other.dead(names[:1]) != names[:1]:  # the server hears of it in its own time
        assert time.monotonic() < end
        time.sleep(0.05)
    assert other.is_held
    other.close()
    database.close()


def test_a_database_that_is_not_there_is_told(on_sqlite: Settings) -> None:
    unreachable = replace(on_sqlite, engine="postgresql://u:secret@127.0.0.1:9/x")
    with pytest.raises(StoreError, match="cannot be reached") as raised:
        claim(open_database(unreachable), "worker")
    assert "secret" not in str(raised.value)
