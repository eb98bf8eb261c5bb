"""A blob in, a summary out: the reader is chosen by the path, and nothing else of the path counts.

So a summary may be kept under (oid of the blob, `reader_key` of the path): a renamed or copied file is read once.
"""

from __future__ import annotations

import re
import sys

from collectors.facts.files import File, FileKind, Summary
from collectors.readers.docs import is_setup_document, read_document
from collectors.readers.generated import is_generated
from collectors.readers.kinds import LINK, SUBMODULE, is_vendored, kind_of
from collectors.readers.languages import ENRY_VERSION, language_of, language_type, telling
from collectors.readers.lines import comments, comments_at, count, count_around, spans
from collectors.readers.ml_packages import ml_packages_in
from collectors.readers.notebook import NotebookError, read_notebook
from collectors.readers.notes import may_hold_notes, notes_in
from collectors.readers.place import place_of
from collectors.readers.python import read_python
from collectors.readers.text import decoded, is_binary
from collectors.readers.words import words

_RESULTS = "25"  # raise it whenever a summary changes; a test of fixed samples notices
# The syntax that parses is that of the Python which runs.
READERS_VERSION = f"{_RESULTS}+enry{ENRY_VERSION}+py{sys.version_info.major}.{sys.version_info.minor}"

MIB = 1024 * 1024
LARGEST = 4 * MIB
"""Bytes of a file that is looked into. Nobody writes more by hand."""
LARGEST_PYTHON = MIB // 2
"""Bytes of Python: its syntax tree may take 500 times the memory. The largest module of pandas has 480 kB."""
LARGEST_NOTEBOOK = 64 * MIB
"""Bytes of a notebook that is looked into: most of it may be pictures."""

_PYTHON = (".py", ".pyi", ".pyw")
_BINARY = re.compile(
    r"""\.(?:png|jpe?g|gif|bmp|tiff?|webp|ico|svgz|pdf|eps|psd|mp[34]|avi|mov|mkv|webm|wav|flac|ogg|zip|gz|bz2|xz|zst|7z
    |rar|tar|whl|egg|jar|so|dll|dylib|exe|o|a|pyc|class|woff2?|ttf|otf|eot|npy|npz|parquet|feather|h5|hdf5|onnx|pt|pth
    |safetensors|ckpt|pb|tflite|bin|docx?|xlsx?|pptx?|odt|ods|mat|rds|rdata|sqlite3?|db)$""",
    re.IGNORECASE | re.VERBOSE,
)
_OBJECTS = re.compile(
    r"kind:(?<=^kind:)[ \t]*([A-Z]\w{2,60})[ \t]*$", re.MULTILINE
)  # of Kubernetes, as if they were called
_SETUP = "setup:"  # begins the class of documents whose set-up steps are counted
_OWN = {FileKind.CODE, FileKind.TEST, FileKind.CONFIGURATION}
_NAMING = {"programming", "markup"}  # types of languages whose words are kept
_NAMELESS = {"SVG", "CSS", "TeX", "BibTeX", "MDX"}
_FULL = re.compile(rb"^[^\S\n]*+\S", re.MULTILINE)


def wanted(path: str, mode: str, size: int) -> bool:
    """Whether the blob is worth reading: links, other people's code, pictures and very large files are not."""
    if mode in {LINK, SUBMODULE} or _BINARY.search(path):
        return False
    return size <= _limit(path) and not is_vendored(path)


def reader_key(path: str) -> str:
    """What of the path decides a summary, and the readers' version: one key for all `.py`, another for all `.json`."""
    return f"{_class_of(path)}@{READERS_VERSION}"


def _class_of(path: str) -> str:
    """A base name that stands for all that are read alike."""
    name = path.rpartition("/")[2]
    ending = "." + name.rpartition(".")[2]
    if ending in _PYTHON or ending == ".ipynb":
        return f"x{ending}"
    return f"{_SETUP}{name}" if is_setup_document(path) else telling(name)


def _limit(path: str) -> int:
    if path.endswith(".ipynb"):
        return LARGEST_NOTEBOOK
    return LARGEST_PYTHON if path.endswith(_PYTHON) else LARGEST


def _too_large(limit: int) -> str:
    return f"it is larger than {limit // MIB} MiB" if limit >= MIB else f"it is larger than {limit // 1024} KiB"


def unread(path: str, reason: str) -> Summary:
    """For a blob that was not or cannot be had: the language by its name alone."""
    name = path.rpartition("/")[2]
    return Summary(language="Python" if name.endswith(_PYTHON) else language_of(name, b""), unread=reason)


def summarise(path: str, content: bytes) -> Summary:
    """Never raises, whatever the bytes. Code, comment and blank lines add up to the lines of the text."""
    name = _class_of(path)
    if len(content) > _limit(name):
        return _only_counted(name, content)
    if name.endswith(".ipynb"):
        return _notebook(content)
    if is_binary(content):
        if name.endswith(_PYTHON):
            return _plain(content, "Python")._replace(unread="it holds null bytes")
        return Summary()
    setup, name = name.startswith(_SETUP), name.removeprefix(_SETUP)
    language = "Python" if name.endswith(_PYTHON) else language_of(name, content)
    summary = _python(content) if language == "Python" else _plain(content, language)
    if setup:
        document = read_document(name, decoded(content))
        summary = summary._replace(setup_steps=document.setup_steps, told=document.told, words=words(content))
    return summary._replace(is_generated=is_generated(name, content))


def _only_counted(name: str, content: bytes) -> Summary:
    """Lines of a file too large to look into, comments counted as code."""
    reason = _too_large(_limit(name))
    if is_binary(content):
        return Summary(unread=reason)
    full = len(_FULL.findall(content))
    total = content.count(b"\n") + (not content.endswith(b"\n"))
    return unread(name, reason)._replace(code=full, blank=total - full)


def _plain(content: bytes, language: str | None) -> Summary:
    text = decoded(content)
    found = spans(text, language)
    said = "\n".join([text[start:end] for start, end in found]).encode("utf-8", "replace")
    has_notes = said and may_hold_notes(said)
    notes = notes_in(comments_at(text, found)) if has_notes else ()
    objects = tuple(sorted(set(_OBJECTS.findall(text)))) if language == "YAML" and "apiVersion:" in text else ()
    calls = tuple(f"kubernetes.{name}" for name in objects)
    names = words(content) if _has_names(language) else ""
    return Summary(*count_around(text, found), language, calls=calls, notes=notes, words=names)


def _has_names(language: str | None) -> bool:
    return language == "SQL" or (language_type(language) in _NAMING and language not in _NAMELESS)


def _python(content: bytes) -> Summary:
    return _of_python(decoded(content), may_hold_notes(content, behind_hash=True))._replace(words=words(content))


def _of_python(text: str, has_notes: bool) -> Summary:
    if len(text) > LARGEST_PYTHON:
        return Summary(*count(text, "Python"), "Python", unread=_too_large(LARGEST_PYTHON))
    module = read_python(text, has_notes)
    return Summary(
        *module.lines,
        "Python",
        imports=module.imports,
        reaches=module.reaches,
        estimators=module.estimators,
        calls=module.calls,
        notes=module.notes,
        sites=module.sites,
        handed=module.handed,
        switched=module.switched,
        packages=ml_packages_in(module.imports),
        units=module.units,
        unread=module.unread,
    )


def _notebook(content: bytes) -> Summary:
    text = decoded(content)
    try:
        notebook = read_notebook(text)
    except NotebookError as error:
        return Summary(*count(text, None), "Jupyter Notebook", unread=str(error))
    if notebook.language == "Python":
        summary = _of_cells(notebook.source, content)
    elif notebook.as_python.strip() and _reads_as_python(guess := _of_cells(notebook.as_python, content)):
        summary = guess
    else:
        notes = notes_in(comments(notebook.source, notebook.language))
        summary = Summary(*count(notebook.source, notebook.language), notebook.language, notes=notes)
    return summary._replace(run_cells=notebook.run_cells, run_back=notebook.run_back)


def _of_cells(source: str, content: bytes) -> Summary:
    summary = _of_python(source, may_hold_notes(content, behind_hash=True))
    return summary._replace(words=words(source.encode("utf-8", "replace")))


def _reads_as_python(summary: Summary) -> bool:
    """Jupyter's own kernel is Python's. R and Julia may parse as Python, but for an import or a function."""
    return not summary.unread and bool(summary.imports or summary.units)


def file_of(path: str, oid: str, size: int, mode: str, summary: Summary) -> File:
    """The row of one tree entry. `mode` is git's: 100644, 100755, 120000, 160000.

    An empty summary of a file that was too large to read gets its language and, if it is the system's own, the reason.
    """
    large = size > _limit(path) and summary == Summary() and mode not in {LINK, SUBMODULE} and not _BINARY.search(path)
    if large:
        summary = unread(path, _too_large(_limit(path)))
    kind = kind_of(path, mode, size, summary)
    if large and kind not in _OWN:
        summary = summary._replace(unread=None)
    return File(path, oid, size, kind, place_of(path, kind, summary), summary)
