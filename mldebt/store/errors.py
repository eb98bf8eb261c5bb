"""What went wrong with the database, in a sentence for the person who runs mldebt."""

from __future__ import annotations

_SQLITE = {
    "SQLITE_BUSY": "{place} is locked: another program is writing to it; run again when it is done",
    "SQLITE_LOCKED": "{place} is locked: another program is writing to it; run again when it is done",
    "SQLITE_FULL": "the disk is full: make room for {place}, then run again; what was stored before is unharmed",
    "SQLITE_CORRUPT": "{place} is damaged: move it away, and the next scan makes a new one",
    "SQLITE_NOTADB": "{place} is not a database: move it away, and the next scan makes a new one",
    "SQLITE_READONLY": "{place} may not be written: give yourself write permission for it and its folder",
    "SQLITE_PERM": "{place} may not be opened: give yourself permission to read and write it",
    "SQLITE_CANTOPEN": "{place} cannot be opened: give yourself permission for it and its folder",
    "SQLITE_IOERR": "the disk failed under {place}: check the disk, then run again",
}
"""By the beginning of SQLite's result code. Source: https://www.sqlite.org/rescode.html"""

_POSTGRESQL = {
    "08": "the database at {place} broke off the connection: run again when it is up",
    "25006": "the database at {place} only takes reads: point DATABASE_URL at its primary",
    "28": "the database at {place} refuses this user or password: check DATABASE_URL",
    "42501": "this user may not do that in {place}: grant it all rights on the database's schema",
    "53100": "the disk of {place} is full: make room, then run again; what was stored before is unharmed",
    "53300": "{place} has no connection left: run again later, or raise its max_connections",
    "55P03": "{place} is locked: another program is writing to it; run again when it is done",
    "57P": "the database at {place} is shutting down or starting: run again when it is up",
    "58": "the disk failed under {place}: check its server, then run again",
}
"""By the beginning of SQLSTATE. Source: https://www.postgresql.org/docs/current/errcodes-appendix.html"""

_UNREACHABLE = {"OperationalError", "ConnectionTimeout"}
"""What psycopg raises, without an SQLSTATE, before it has a connection."""


class StoreError(Exception):
    """The store cannot be used. One sentence that says what to do."""


class GoneError(LookupError):
    """What is asked for by its id is not stored, or not any more."""


def sentence_of(error: BaseException | None, place: str) -> str | None:
    """What the driver's `error` means; None where it means a bug of ours."""
    code = getattr(error, "sqlite_errorname", None)
    if code is not None:
        return _begins(_SQLITE, code, place)
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return _begins(_POSTGRESQL, state, place)
    if type(error).__module__.startswith("psycopg") and type(error).__name__ in _UNREACHABLE:
        _, fatal, reason = str(error).partition("FATAL:")
        said = f" (it says: {reason.strip()})" if fatal else ""
        return f"the database at {place} cannot be reached{said}: check DATABASE_URL, and that its server runs"
    return None


def _begins(sentences: dict[str, str], code: str, place: str) -> str | None:
    return next((text.format(place=place) for start, text in sentences.items() if code.startswith(start)), None)
