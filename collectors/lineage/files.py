"""Open files, and what is read from and written to them."""

from __future__ import annotations

from collectors.facts.lineage import HOLE, Access, NodeKind
from collectors.lineage.accesses import note
from collectors.lineage.databases import executed
from collectors.lineage.machine import Run, library
from collectors.lineage.telling import joined, options, taint, text_of, united
from collectors.lineage.values import NONE, Call, Const, Handle, Items, Native, PathText, Scope, Unknown, Value

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
_SPECIAL = {"/dev/null", "/dev/stdin", "/dev/stdout", "-"}


def opened(run: Run, scope: Scope, name: str, call: Call, default: str = "r") -> Value:
    target = call.given(0, "file", "filename", "name", "fileobj", "urlpath", "uri", "path") or NONE
    if isinstance(target, Handle):
        return target
    if isinstance(target, Const) and (isinstance(target.value, int) or target.value in _SPECIAL):
        return Unknown("it is no file")
    target = joined(map(_file_below, options(target)))
    writes = _writes(call.given(1, "mode") or Const(default))
    if writes is None:
        unsure = Unknown("whether it is opened to read or to write is not known")
        note(run, scope, name, call.line, Access.READ, unsure)
        return Handle(target, False, scope=scope, line=call.line, call=name, is_either=True)
    access = Access.WRITE if writes else Access.READ
    names = note(run, scope, name, call.line, access, target)
    return Handle(target, writes, frozenset() if writes else names, frozenset(), scope, call.line, name)


def _file_below(target: Value) -> Value:
    """A folder is never opened: what is put behind it is a name that is not known."""
    text = text_of(target)
    return Const(text + HOLE) if isinstance(target, Const | PathText) and text and text.endswith("/") else target


def _writes(mode: Value) -> bool | None:
    """None where it may be either."""
    texts = {text_of(option) if isinstance(option, Const) else None for option in options(mode)}
    found = {None if not text or HOLE in text else any(letter in text for letter in "wax+") for text in texts}
    return found.pop() if len(found) == 1 else None


def read_from(run: Run, handle: Handle) -> None:
    """Whoever reads from an open file has opened it to read."""
    if handle.is_either and handle.scope is not None:
        handle.names |= note(run, handle.scope, handle.call, handle.line, Access.READ, handle.target)


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
    "tensorflow.io.gfile.Open",
    "tensorflow.io.gfile.FastGFile",
    "zenml.io.fileio.open",
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
_opener("pandas.ExcelWriter", "w")


@library("dvc.api.read")
def read_at_once(run: Run, scope: Scope, call: Call) -> Value:
    return opened(run, scope, "dvc.api.read", Call(call.args[:1], {}, call.line))


@library("dvc.api.get_url", "cached_path.cached_path", "cached_path.cache_file.cached_path")
def address(run: Run, scope: Scope, call: Call) -> Value:
    """Where the data lies; what is read from there is the data."""
    return call.given(0, "path", "url_or_filename") or NONE


def pour(run: Run, handle: Handle, flowed: frozenset[str]) -> None:
    """What is written to an open file flows into its data."""
    if handle.is_either and handle.scope is not None:
        note(run, handle.scope, handle.call, handle.line, Access.WRITE, handle.target, sources=flowed)
    if handle.writes and flowed and handle.scope is not None:
        handle.taint = united(handle.taint, flowed)
        note(run, handle.scope, handle.call, handle.line, Access.WRITE, handle.target, sources=flowed)


def handle_method(handle: Handle, name: str) -> Value:
    if name in _READS:
        return Native(name, lambda run, scope, call: _read(run, handle))
    if name in _WRITES:
        return Native(name, lambda run, scope, call: _written(run, handle, call))
    if name == "open":
        return Native(name, lambda run, scope, call: handle)
    if name in {"extractall", "extract"}:
        return Native(name, lambda run, scope, call: _extracted(run, scope, handle, name, call))
    if name in {"cursor", "connect", "begin", "raw_connection", "connection", "session"}:
        return Native(name, lambda run, scope, call: handle)
    if name in {"execute", "executemany", "executescript", "sql", "query"}:
        return Native(name, lambda run, scope, call: executed(run, scope, handle, name, call))
    if name == "name":
        return handle.target
    return Unknown("it comes from an open file", f"{handle.call}().{name}", handle.names | handle.taint)


def _read(run: Run, handle: Handle) -> Value:
    read_from(run, handle)
    return handle


def _written(run: Run, handle: Handle, call: Call) -> Value:
    pour(run, handle, taint(*call.all))
    return NONE


def _extracted(run: Run, scope: Scope, handle: Handle, name: str, call: Call) -> Value:
    target = call.given(1 if name == "extract" else 0, "path") or Const(".")
    note(run, scope, f"{handle.call}().{name}", call.line, Access.WRITE, target, sources=handle.names)
    return NONE


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
    ("toml.dump", 1, ("f",)), ("ujson.dump", 1, ("fp",)),
    ("rapidjson.dump", 1, ("stream",)), ("simplejson.dump", 1, ("fp",)), ("jsonpickle.dump", 1, ("fp",)),
    ("tomli_w.dump", 1, ("fp",)), ("plistlib.dump", 1, ("fp",)),
    ("msgpack.dump", 1, ("file",)), ("marshal.dump", 1,
    ("file",)),
    ("numpy.save_handle", 0, ()),
):  # fmt: skip
    _dumps(_name, _place, *_words)


@library("pickle.load", "pickle.loads", "marshal.load", "csv.reader", "csv.DictReader", "pickle.Unpickler",
         "json.JSONDecoder", "json.loads_lines")  # fmt: skip
def taken(run: Run, scope: Scope, call: Call) -> Value:
    """What is read from an open file is that file."""
    found = through(run, scope, call)
    if isinstance(found, Handle):
        read_from(run, found)
    return found


@library("io.TextIOWrapper", "csv.writer", "csv.DictWriter", "gzip.GzipFile", "tqdm.tqdm")
def through(run: Run, scope: Scope, call: Call) -> Value:
    """A view of an open file is that file."""
    given = call.given(0, "file", "f", "csvfile", "fileobj", "iterable")
    for option in options(given) if given is not None else ():
        if isinstance(option, Handle | Items):
            return option
    return Unknown("it is what was stored", "pickle.load()", taint(*call.all))


@library("io.BytesIO", "io.StringIO", "six.BytesIO", "six.StringIO", "tempfile.SpooledTemporaryFile")
def memory(run: Run, scope: Scope, call: Call) -> Value:
    """Bytes in memory are no data by themselves; what flowed into them is known where they were made."""
    for option in options(call.given(0, "initial_bytes", "initial_value") or NONE):
        if isinstance(option, Handle):
            return option
    return Handle(Unknown("it lies in memory"), writes=False, taint=taint(*call.all), call="io.BytesIO")


@library("dvclive.Live")
def live(run: Run, scope: Scope, call: Call) -> Value:
    target = call.given(0, "dir") or Const("dvclive")
    names = note(run, scope, "dvclive.Live", call.line, Access.WRITE, target, NodeKind.METRICS)
    return Unknown("it logs", "dvclive.Live()", names)
