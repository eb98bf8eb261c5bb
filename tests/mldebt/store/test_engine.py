"""Opening a store: migrations, locks, and what goes wrong."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import column, create_engine, inspect, table, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from mldebt.store.engine import REVISION, VERSION_TABLE, Store, open_store, stored_revision
from mldebt.store.errors import StoreError


def test_a_new_store_has_every_table_and_the_newest_revision(store: Store) -> None:
    assert set(inspect(store.engine).get_table_names()) == {*SQLModel.metadata.tables, VERSION_TABLE}
    assert stored_revision(store.engine) == REVISION


def test_what_is_written_is_read_by_the_next_transaction(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(text("INSERT INTO meta (key, value) VALUES ('salt', 'ab')"))
    with store.reading() as connection:
        assert connection.execute(text("SELECT value FROM meta")).scalar() == "ab"


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.writing() as connection:
            connection.execute(text("INSERT INTO meta (key, value) VALUES ('salt', 'ab')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM meta")).scalar() == 0


def test_foreign_keys_hold(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing() as connection:
        connection.execute(text("INSERT INTO tip (repository_id, oid) VALUES (7, 'x')"))


def test_opening_again_changes_nothing_and_imports_no_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    open_store(url).close()
    program = "import sys; from mldebt.store.engine import open_store; open_store(sys.argv[1]).close()"
    program += "; print(*{name.partition('.')[0] for name in sys.modules} & {'alembic', 'sqlmodel', 'pandas'})"
    done = subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_many_programs_may_open_a_new_store_at_once(empty_url: str) -> None:
    found: list[object] = []

    def open_one() -> None:
        try:
            opened = open_store(empty_url)
            found.append(stored_revision(opened.engine))
            opened.close()
        except BaseException as error:  # noqa: BLE001 - told below
            found.append(error)

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [REVISION] * 4


def test_a_path_with_signs_that_mean_something_in_urls(tmp_path: Path) -> None:
    folder = tmp_path / "50% of? #1 & more"
    folder.mkdir()
    open_store(f"sqlite:///{folder / 'my store.db'}").close()
    assert (folder / "my store.db").exists()


def test_a_durable_store_waits_for_the_disk_whatever_the_server_was_told(empty_url: str) -> None:
    for is_durable in (False, True):
        opened = open_store(empty_url, is_durable=is_durable)
        with opened.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                found = connection.exec_driver_sql("PRAGMA synchronous").scalar()
                assert found == (2 if is_durable else 1)
            elif is_durable:
                assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
            else:
                name = connection.exec_driver_sql("SELECT current_database()").scalar()
                connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
                connection.commit()
        opened.close()


def test_many_writers_say_so_where_no_connection_is_left(store: Store) -> None:
    with ExitStack() as held:
        engine = create_engine(store.engine.url, pool_size=1, max_overflow=0, pool_timeout=0.05)
        held.callback(engine.dispose)
        small = Store(engine, store.place)
        held.enter_context(small.reading())
        with pytest.raises(StoreError, match="every connection to it is in use"), small.reading():
            pass


def test_a_second_writer_waits_and_then_says_that_the_store_is_locked(store: Store) -> None:
    other = open_store(store.engine.url.render_as_string(hide_password=False), wait_seconds=0.1)
    with store.writing() as connection:
        connection.execute(text("INSERT INTO meta (key, value) VALUES ('salt', 'ab')"))
        with pytest.raises(StoreError, match="is locked: another program"), other.writing() as second:
            second.execute(text("INSERT INTO meta (key, value) VALUES ('salt', 'cd')"))
    other.close()


def test_reading_goes_on_while_another_program_writes(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(text("INSERT INTO meta (key, value) VALUES ('salt', 'ab')"))
        with store.reading() as second:
            assert second.execute(text("SELECT count(*) FROM meta")).scalar() == 0


def test_a_store_of_a_newer_mldebt_is_refused(empty_url: str) -> None:
    opened = open_store(empty_url)
    with opened.writing() as connection:
        connection.execute(update(table(VERSION_TABLE, column("version_num"))).values(version_num="9999"))
    opened.close()
    with pytest.raises(StoreError, match="was written by a newer mldebt: update mldebt"):
        open_store(empty_url)


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "app.db") as other:
        other.execute("CREATE TABLE users (name TEXT)")
    other.close()
    with pytest.raises(StoreError, match="holds tables of another program"):
        open_store(f"sqlite:///{tmp_path / 'app.db'}")
    with sqlite3.connect(tmp_path / "app.db") as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("users",)]
    other.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("not a database, " * 100)
    with pytest.raises(StoreError, match="is not a database: move it away"):
        open_store(f"sqlite:///{tmp_path / 'a.db'}")


def test_a_damaged_store(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_store(f"sqlite:///{path}").close()
    content = bytearray(path.read_bytes())
    content[1024:] = os.urandom(len(content) - 1024)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged: move it away"):
        open_store(f"sqlite:///{path}")


def test_a_full_disk(tmp_path: Path) -> None:
    opened = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    with opened.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk is full: make room"), opened.writing() as connection:
        connection.exec_driver_sql("INSERT INTO meta VALUES ('a', zeroblob(1000000))")
    opened.close()


def test_a_folder_without_write_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    folder = Path("/proc") if os.geteuid() == 0 else tmp_path  # root may write everywhere but there
    with pytest.raises(StoreError, match="cannot be opened: give yourself permission"):
        open_store(f"sqlite:///{folder / 'a.db'}")


def test_a_folder_where_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "a.db").mkdir()
    with pytest.raises(StoreError, match="cannot be opened: give yourself permission"):
        open_store(f"sqlite:///{tmp_path / 'a.db'}")


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"the folder .*absent does not exist: make it"):
        open_store(f"sqlite:///{tmp_path / 'absent' / 'a.db'}")


@pytest.mark.parametrize("url", ["", "a.db", "mysql://x/y", "postgresql://user:secret@host:port/x", "sqlite:a.db"])
def test_a_malformed_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL is not one mldebt can use") as raised:
        open_store(url)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_store_in_memory_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="names no file"):
        open_store(url)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(StoreError, match="cannot be reached: check DATABASE_URL") as raised:
        open_store("postgresql://ada:secret@127.0.0.1:9/mldebt")
    assert "secret" not in str(raised.value)
    assert "127.0.0.1:9" in str(raised.value)


@pytest.mark.postgres
def test_a_database_that_does_not_exist(postgresql_server: str) -> None:
    with pytest.raises(StoreError, match=r"cannot be reached \(it says: database .nowhere. does not exist\)"):
        open_store(postgresql_server.replace("/postgres?", "/nowhere?"))
