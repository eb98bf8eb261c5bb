"""Open files, and what is read from and written to them."""

from __future__ import annotations

import re

from collectors.facts.lineage import HOLE, Access, NodeKind
from collectors.lineage.accesses import note
from collectors.lineage.machine import Run, library
from collectors.lineage.values import (
    NONE,
    Call,
    Const,
    Handle,
    Items,
    Native,
    Scope,
    Unknown,
    Value,
    options,
    taint,
    text_of,
    united,
)

_READS = frozenset(
    [
        "read",
        "readline",
        "readlines",
        "getvalue",
        "content",
        "text",
        "json",
        "iter_content",
        "read_text",
        "load",
        "namelist",
        "infolist",
        "filelist",
    ]
)
_WRITES = frozenset(
    [
        "write",
        "writelines",
        "writerow",
        "writerows",
        "writeheader",
        "writestr",
        "dump",
        "create_dataset",
        "add",
        "addfile",
    ]
)
_TABLES = re.compile(
    r"\b(?:(from|join)|(into|update|create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:table|view)(?:\s+if\s+not\s+exists)?"
    r"|drop\s+table(?:\s+if\s+exists)?))\s+[`\"\[]?([\w.]+)",
    re.IGNORECASE,
)
_SPECIAL = {"/dev/null", "/dev/stdin", "/dev/stdout", "-"}


def opened(run: Run, scope: Scope, name: str, call: Call, default: str = "r") -> Value:
    target = call.given(0, "file", "filename", "name", "fileobj", "urlpath", "uri", "path") or NONE
    if isinstance(target, Handle):
        return target
    if isinstance(target, Const) and (isinstance(target.value, int) or target.value in _SPECIAL):
        return Unknown("it is no file")
    mode = text_of(call.given(1, "mode") or Const(default)) or default
    writes = any(letter in mode for letter in "wax+")
    access = Access.WRITE if writes else Access.READ
    names = note(run, scope, name, call.line, access, target)
    return Handle(target, writes, frozenset() if writes else names, frozenset(), scope, call.line, name)


def _opener(name: str, default: str = "r") -> None:
    @library(name)
    def open_it(run: Run, scope: Scope, call: Call) -> Value:
        return opened(run, scope, name, call, default)


for _name in [
    "open",
    "io.open",
    "codecs.open",
    "gzip.open",
    "bz2.open",
    "lzma.open",
    "fsspec.open",
    "smart_open.open",
    "smart_open.smart_open",
    "aiofiles.open",
    "tensorflow.io.gfile.GFile",
    "zipfile.ZipFile",
    "tarfile.open",
    "tarfile.TarFile",
    "h5py.File",
    "s3fs.S3File",
    "file",
    "tables.open_file",
    "xopen.xopen",
    "dvc.api.open",
    "os.fdopen",
    "anyio.open_file",
    "pandas.HDFStore",
]:
    _opener(_name)


@library("dvc.api.read")
def read_at_once(run: Run, scope: Scope, call: Call) -> Value:
    return opened(run, scope, "dvc.api.read", Call(call.args[:1], {}, call.line))


@library("dvc.api.get_url")
def address(run: Run, scope: Scope, call: Call) -> Value:
    """Where the data lies; what is read from there is the data."""
    return call.given(0, "path") or NONE


def pour(run: Run, handle: Handle, flowed: frozenset[str]) -> None:
    """What is written to an open file flows into its data."""
    if handle.writes and flowed and handle.scope is not None:
        handle.taint = united(handle.taint, flowed)
        note(run, handle.scope, handle.call, handle.line, Access.WRITE, handle.target, sources=flowed)


def handle_method(handle: Handle, name: str) -> Value:
    if name in _READS:
        return Native(name, lambda run, scope, call: handle)
    if name in _WRITES:
        return Native(name, lambda run, scope, call: _written(run, handle, call))
    if name == "open":
        return Native(name, lambda run, scope, call: handle)
    if name in {"extractall", "extract"}:
        return Native(name, lambda run, scope, call: _extracted(run, scope, handle, name, call))
    if name in {"cursor", "connect", "begin", "raw_connection", "connection", "session"}:
        return Native(name, lambda run, scope, call: handle)
    if name in {"execute", "executemany", "executescript", "sql", "query"}:
        return Native(name, lambda run, scope, call: _executed(run, scope, handle, name, call))
    if name == "name":
        return handle.target
    return Unknown("it comes from an open file", f"{handle.call}().{name}", handle.names | handle.taint)


def _written(run: Run, handle: Handle, call: Call) -> Value:
    pour(run, handle, taint(*call.all))
    return NONE


def _extracted(run: Run, scope: Scope, handle: Handle, name: str, call: Call) -> Value:
    target = call.given(1 if name == "extract" else 0, "path") or Const(".")
    note(run, scope, f"{handle.call}().{name}", call.line, Access.WRITE, target, sources=handle.names)
    return NONE


# Databases. A file is one dataset, whatever its tables; of a server each table is one.


@library("sqlite3.connect", "duckdb.connect")
def database(run: Run, scope: Scope, call: Call) -> Value:
    return Handle(call.given(0, "database") or NONE, writes=True, scope=scope, line=call.line, call="sqlite3.connect")


@library("sqlalchemy.create_engine", "sqlmodel.create_engine", "sqlalchemy.ext.asyncio.create_async_engine")
def engine(run: Run, scope: Scope, call: Call) -> Value:
    return Handle(
        call.given(0, "url") or NONE, writes=True, scope=scope, line=call.line, call="sqlalchemy.create_engine"
    )


@library("psycopg2.connect", "pymysql.connect", "mysql.connector.connect", "pyodbc.connect", "psycopg.connect",
         "snowflake.connector.connect", "cx_Oracle.connect")  # fmt: skip
def server(run: Run, scope: Scope, call: Call) -> Value:
    base = text_of(call.given(None, "database", "dbname", "db") or NONE)
    host = text_of(call.given(None, "host", "account") or NONE)
    uri = f"sql://{host if host and host != 'None' else HOLE}/{base if base and base != 'None' else HOLE}"
    return Handle(Const(uri), writes=True, scope=scope, line=call.line, call="connect")


def place_of(connection: Value | None, table: str) -> Value:
    """What a table is called: the file it lies in, or the server's address and its name."""
    for option in options(connection) if connection is not None else ():
        text = text_of(option.target if isinstance(option, Handle) else option)
        if text and text.startswith("sqlite:///"):
            return Const(text.removeprefix("sqlite:///"))
        if isinstance(option, Handle) and option.call == "sqlite3.connect" and text != ":memory:":
            return option.target
        if text and "://" in text:
            return Const(f"{text}#{table}")
    return Const(f"sql://{HOLE}/{table}") if table and table != HOLE else Unknown("its table is not known")


def tables_in(text: str) -> list[tuple[Access, str]]:
    found = [(Access.READ if match[1] else Access.WRITE, match[3].lower()) for match in _TABLES.finditer(text[:4_000])]
    written = {name for access, name in found if access is Access.WRITE}
    return [(access, name) for access, name in dict.fromkeys(found) if access is Access.WRITE or name not in written]


def _executed(run: Run, scope: Scope, handle: Handle, name: str, call: Call) -> Value:
    return asked_in_sql(run, scope, f"{handle.call}().{name}", handle, call)


def asked_in_sql(run: Run, scope: Scope, name: str, connection: Value | None, call: Call) -> Value:
    text = text_of(call.given(0, "sql", "query", "statement") or NONE)
    names = frozenset[str]()
    if text and text != "None":
        pairs = tables_in(text) if " " in text.strip() else [(Access.READ, text)]
        for access, table in pairs:
            known = note(run, scope, name, call.line, access, place_of(connection, table), sources=taint(*call.all))
            names |= known if access is Access.READ else frozenset()
    return Unknown(f"it is what {name} gives", f"{name}()", names)


@library("pandas.read_sql", "pandas.read_sql_query", "pandas.read_sql_table", "polars.read_database",
         "dask.dataframe.read_sql_table", "dask.dataframe.read_sql")  # fmt: skip
def read_sql(run: Run, scope: Scope, call: Call) -> Value:
    query = call.given(0, "sql", "query", "table_name")
    connection = call.given(1, "con", "connection", "uri")
    return asked_in_sql(run, scope, "pandas.read_sql", connection, Call((query or NONE,), {}, call.line))


@library("sqlalchemy.text", "sqlalchemy.sql.text", "textwrap.dedent", "os.fspath", "str.strip")
def as_it_is(run: Run, scope: Scope, call: Call) -> Value:
    return call.given(0) or NONE


@library(".to_sql")
def to_sql(run: Run, scope: Scope, call: Call) -> Value:
    table = text_of(call.given(1, "name") or NONE) or HOLE
    target = place_of(call.given(2, "con"), table)
    note(run, scope, "pandas.DataFrame.to_sql", call.line, Access.WRITE, target, sources=taint(*call.all))
    return Unknown("it is a number")


# What serialises into, or from, an open file.


def _dumps(name: str, place: int, *words: str) -> None:
    @library(name)
    def dump(run: Run, scope: Scope, call: Call) -> Value:
        target = call.given(place, *words)
        for option in options(target) if target is not None else ():
            if isinstance(option, Handle):
                pour(run, option, taint(*call.all))
        return NONE if target is not None else Unknown("it is a text", taint=taint(*call.all))


for _name, _place, _words in (
    ("json.dump", 1, ("fp",)), ("pickle.dump", 1, ("file",)), ("yaml.dump", 1, ("stream",)), ("yaml.safe_dump", 1,
    ("stream",)),
    ("toml.dump", 1, ("f",)), ("ujson.dump", 1, ("fp",)), ("msgpack.dump", 1, ("file",)), ("marshal.dump", 1,
    ("file",)),
    ("numpy.save_handle", 0, ()),
):  # fmt: skip
    _dumps(_name, _place, *_words)


@library("pickle.load", "pickle.loads", "marshal.load", "csv.reader", "csv.DictReader", "pickle.Unpickler",
         "io.BytesIO",
         "io.StringIO", "io.TextIOWrapper", "json.JSONDecoder", "csv.writer", "csv.DictWriter", "gzip.GzipFile",
         "json.loads_lines", "tqdm.tqdm")  # fmt: skip
def through(run: Run, scope: Scope, call: Call) -> Value:
    """A view of an open file is that file."""
    given = call.given(0, "file", "f", "csvfile", "fileobj", "iterable")
    for option in options(given) if given is not None else ():
        if isinstance(option, Handle | Items):
            return option
    return Unknown("it is what was stored", "pickle.load()", taint(*call.all))


# Object stores.


def _key(bucket: Value | None, key: Value | None, scheme: str = "s3") -> Value:
    one, other = text_of(bucket or NONE), text_of(key or NONE)
    if (one in {None, "None"}) and (other in {None, "None"}):
        return Unknown("its bucket and key are not known")
    return Const(f"{scheme}://{HOLE if one in {None, 'None'} else one}/{HOLE if other in {None, 'None'} else other}")


@library(".download_file")
def downloaded(run: Run, scope: Scope, call: Call) -> Value:
    whole = len(call.args) + len({"Bucket", "Key", "Filename"} & set(call.keywords)) >= 4
    if whole:
        bucket, key, name = call.given(1, "Bucket"), call.given(2, "Key"), call.given(3, "Filename")
    else:
        bucket, key, name = None, call.given(1, "Key", "object_key"), call.given(2, "Filename", "path")
    if name is None:
        return NONE
    seen = note(run, scope, "boto3.download_file", call.line, Access.READ, _key(bucket, key))
    note(run, scope, "boto3.download_file", call.line, Access.WRITE, name, sources=seen)
    return Unknown("it is downloaded", taint=seen)


@library(".upload_file")
def uploaded(run: Run, scope: Scope, call: Call) -> Value:
    whole = len(call.args) + len({"Bucket", "Key", "Filename"} & set(call.keywords)) >= 4
    name = call.given(1, "Filename", "path_or_fileobj", "filename")
    bucket, key = (call.given(2, "Bucket"), call.given(3, "Key")) if whole else (None, call.given(2, "Key"))
    if name is None or isinstance(name, Handle):
        return NONE
    seen = note(run, scope, "boto3.upload_file", call.line, Access.READ, name)
    note(run, scope, "boto3.upload_file", call.line, Access.WRITE, _key(bucket, key), sources=seen)
    return Unknown("it is uploaded")


@library(".get_object")
def got(run: Run, scope: Scope, call: Call) -> Value:
    if not {"Bucket", "Key"} & set(call.keywords):
        return NONE
    target = _key(call.keywords.get("Bucket"), call.keywords.get("Key"))
    names = note(run, scope, "boto3.get_object", call.line, Access.READ, target)
    return Unknown("it is downloaded", "boto3.get_object()", names)


@library(".put_object")
def put(run: Run, scope: Scope, call: Call) -> Value:
    if not {"Bucket", "Key"} & set(call.keywords):
        return NONE
    target = _key(call.keywords.get("Bucket"), call.keywords.get("Key"))
    note(run, scope, "boto3.put_object", call.line, Access.WRITE, target, sources=taint(*call.all))
    return Unknown("it is uploaded")


@library("dvclive.Live")
def live(run: Run, scope: Scope, call: Call) -> Value:
    target = call.given(0, "dir") or Const("dvclive")
    names = note(run, scope, "dvclive.Live", call.line, Access.WRITE, target, NodeKind.METRICS)
    return Unknown("it logs", "dvclive.Live()", names)
