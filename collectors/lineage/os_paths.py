"""os, os.path and glob."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from fnmatch import fnmatch
from itertools import product

from collectors.facts.lineage import HOLE
from collectors.lineage.machine import Run, library
from collectors.lineage.naming import ROOT
from collectors.lineage.paths import absolute, here
from collectors.lineage.telling import joined, options, text_of
from collectors.lineage.values import LONGEST_TEXT, NONE, Call, Const, Items, PathText, Scope, Unknown, Value


@library("os.getcwd", "os.getcwdb", "hydra.utils.get_original_cwd", "os.path.curdir")
def working_text(run: Run, scope: Scope, call: Call) -> Value:
    return Const(here(run))


def each(change: Callable[..., str], *values: Value) -> Value:
    """The change of every combination of alternatives."""
    texts = [[_text(option) for option in _possible(value)] for value in values]
    return joined(Const(change(*some)[:LONGEST_TEXT]) for some in list(product(*texts))[:12])


def _text(value: Value) -> str:
    found = None if isinstance(value, Const) and value.value is None else text_of(value)
    return HOLE if found is None else found


def _possible(value: Value) -> list[Value]:
    """Without None where it may be something else: it is no path."""
    found = list(options(value))
    return [option for option in found if not (isinstance(option, Const) and option.value is None)] or found


@library("os.path.join", "posixpath.join", "ntpath.join")
def join(run: Run, scope: Scope, call: Call) -> Value:
    values = [*call.args, *([Const(HOLE)] if call.rest is not None else [])]
    if len(values) == 1 or not values:
        return values[0] if values else Const("")
    if all(isinstance(option, Unknown) and option.is_parameter for value in values for option in options(value)):
        return values[0]
    return each(posixpath.join, *values)


def _keeps(name: str, change: Callable[[str], str]) -> None:
    @library(f"os.path.{name}", f"posixpath.{name}", f"ntpath.{name}")
    def changed(run: Run, scope: Scope, call: Call) -> Value:
        given = call.given(0, "path", "p")
        return each(change, given) if given is not None else Const(HOLE)


_keeps("dirname", lambda text: "" if not text.startswith(HOLE) and "/" not in text else posixpath.dirname(text) or HOLE)
_keeps("basename", posixpath.basename)
_keeps("normpath", posixpath.normpath)
_keeps("expanduser", lambda text: text)
_keeps("expandvars", lambda text: text)
_keeps("normcase", lambda text: text)


@library("os.path.abspath", "os.path.realpath", "hydra.utils.to_absolute_path", "posixpath.abspath")
def abspath(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0, "path", "filename")
    return each(lambda text: absolute(run, text), given) if given is not None else Const(HOLE)


@library("os.path.splitext")
def splitext(run: Run, scope: Scope, call: Call) -> Value:
    text = text_of(call.given(0) or NONE) or HOLE
    stem, ending = posixpath.splitext(text)
    return Items([Const(stem), Const(ending or (HOLE if text.endswith(HOLE) else ""))], "tuple")


@library("os.path.split")
def split(run: Run, scope: Scope, call: Call) -> Value:
    text = text_of(call.given(0) or NONE) or HOLE
    return Items([Const(posixpath.dirname(text)), Const(posixpath.basename(text))], "tuple")


@library("os.path.relpath")
def relpath(run: Run, scope: Scope, call: Call) -> Value:
    text = text_of(call.given(0) or NONE) or HOLE
    start = text_of(call.given(1, "start") or Const(here(run))) or HOLE
    if HOLE in text + start:
        return Const(posixpath.basename(text) if HOLE in start else text.removeprefix(start).strip("/"))
    return Const(posixpath.relpath(absolute(run, text), absolute(run, start)))


@library("os.path.exists", "os.path.isfile", "os.path.isdir", "os.path.getsize", "os.access", "os.stat",
         "os.path.getmtime", "os.makedirs", "os.mkdir", "os.remove", "shutil.rmtree", "os.path.islink")  # fmt: skip
def asked(run: Run, scope: Scope, call: Call) -> Value:
    return Unknown("it is asked of the disk")


@library("glob.glob", "glob.iglob", "tensorflow.io.gfile.glob", "natsort.natsorted_glob")
def globbed(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0, "pathname") or Const(HOLE)
    base = call.given(None, "root_dir")
    if base is not None:
        given = each(posixpath.join, base, given)
    found = each(lambda text: text.replace("**", "*").replace("*", HOLE).replace("?", HOLE), given)
    return Items([], "list", given if isinstance(given, Unknown) else found)


@library("os.listdir", "tensorflow.io.gfile.listdir", "natsort.os_sorted")
def listed(run: Run, scope: Scope, call: Call) -> Value:
    return Items([], "list", Const(HOLE))


@library("os.scandir")
def scanned(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0, "path") or Const(".")
    return Items([], "list", joined(PathText(f"{text_of(option) or HOLE}/{HOLE}") for option in _possible(given)))


@library("os.walk")
def walked(run: Run, scope: Scope, call: Call) -> Value:
    top = call.given(0, "top") or Const(HOLE)
    names = Items([], "list", Const(HOLE))
    whole = joined([top]) if isinstance(top, Unknown) else each(lambda text: text, top)
    return Items([], "list", Items([whole, names, names], "tuple"))


@library("tempfile.mkdtemp", "tempfile.gettempdir", "tempfile.mktemp", "tempfile.TemporaryDirectory",
         "tempfile.NamedTemporaryFile", "tempfile.mkstemp")  # fmt: skip
def temporary(run: Run, scope: Scope, call: Call) -> Value:
    return Const(f"/tmp/{HOLE}")  # noqa: S108


@library("os.chdir")
def moved(run: Run, scope: Scope, call: Call) -> Value:
    """Relative paths begin elsewhere from here on, where that is in the tree."""
    text = text_of(call.given(0, "path") or NONE)
    if text and text[1:3] in {":/", ":\\"}:
        return NONE  # of somebody's machine
    place = absolute(run, text) if text and HOLE not in text and text != "None" else ""
    if text and here(run).endswith(f"/{text.strip('/')}"):
        return NONE  # as in a loop: it is there already
    if text and not text.startswith((".", "/")):
        place = run.entered.setdefault(text, place)  # the second time too it is entered from where the loop began
    if place == ROOT or place.startswith(f"{ROOT}/"):
        run.folder = place[len(ROOT) :].strip("/")
    return NONE


@library("fnmatch.fnmatch", "fnmatch.fnmatchcase")
def matched(run: Run, scope: Scope, call: Call) -> Value:
    """Whether a name has an ending: what most patterns ask."""
    text, pattern = text_of(call.given(0, "name") or NONE), text_of(call.given(1, "pat") or NONE)
    if not text or not pattern or HOLE in pattern:
        return Unknown("it is a condition")
    if HOLE not in text:
        return Const(fnmatch(text, pattern))
    ending = pattern[1:]
    is_told = pattern.startswith("*") and not set("*?[") & set(ending) and len(text.rpartition(HOLE)[2]) >= len(ending)
    return Const(text.endswith(ending)) if is_told else Unknown("it is a condition")
