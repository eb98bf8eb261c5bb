"""What a driver's error means, in a sentence."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest

from mldebt.store.errors import sentence_of

PLACE = "/home/ada/mldebt.db"


def sqlite_error(code: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("words of SQLite")
    error.sqlite_errorname = code
    return error


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("SQLITE_BUSY_SNAPSHOT", "is locked"),
        ("SQLITE_READONLY_DIRECTORY", "may not be written: give yourself write permission"),
        ("SQLITE_IOERR_WRITE", "the disk failed under"),
        ("SQLITE_CANTOPEN", "cannot be opened"),
        ("SQLITE_CORRUPT_INDEX", "is damaged"),
    ],
)
def test_sqlite_by_result_code(code: str, says: str) -> None:
    sentence = sentence_of(sqlite_error(code), PLACE)
    assert sentence is not None
    assert says in sentence
    assert PLACE in sentence


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (psycopg.errors.DiskFull(), "is full: make room"),
        (psycopg.errors.LockNotAvailable(), "is locked"),
        (psycopg.errors.InsufficientPrivilege(), "may not do that"),
        (psycopg.errors.ReadOnlySqlTransaction(), "only takes reads"),
        (psycopg.errors.AdminShutdown(), "is shutting down"),
        (psycopg.errors.TooManyConnections(), "no connection left"),
        (psycopg.OperationalError("the connection is lost"), "cannot be reached: check DATABASE_URL"),
    ],
)
def test_postgresql_by_sqlstate(error: psycopg.Error, says: str) -> None:
    sentence = sentence_of(error, "postgresql://db/mldebt")
    assert sentence is not None
    assert says in sentence


@pytest.mark.parametrize(
    "error",
    [
        sqlite_error("SQLITE_CONSTRAINT_PRIMARYKEY"),
        sqlite_error("SQLITE_ERROR"),
        psycopg.errors.UniqueViolation(),
        psycopg.errors.UndefinedColumn(),
        ZeroDivisionError(),
        None,
    ],
)
def test_a_bug_of_ours_has_no_sentence(error: Exception | None) -> None:
    assert sentence_of(error, PLACE) is None
