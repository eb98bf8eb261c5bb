"""pathlib, and the working directory."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from collectors.facts.lineage import HOLE, Access
from collectors.lineage.accesses import note
from collectors.lineage.files import opened
from collectors.lineage.folding import below
from collectors.lineage.machine import Run, library
from collectors.lineage.naming import ROOT
from collectors.lineage.telling import joined, options, taint, text_of
from collectors.lineage.values import NONE, Call, Const, Items, Native, PathText, Scope, Unknown, Value

_CONDITIONS = {"exists", "is_file", "is_dir", "samefile", "is_absolute", "match", "is_symlink", "is_relative_to"}
_SAME = {"expanduser", "as_posix", "__str__", "__fspath__", "with_segments"}


def here(run: Run) -> str:
    return f"{ROOT}/{run.folder}".rstrip("/")


def absolute(run: Run, text: str) -> str:
    return posixpath.normpath(posixpath.join(here(run), text)) if not text.startswith((HOLE, "~")) else text


def parent(text: str) -> str:
    text = text.rstrip("/") or "/"
    if text.startswith(HOLE) and "/" not in text:
        return HOLE
    return posixpath.dirname(text) or "."


def path_attribute(run: Run, text: str, name: str) -> Value:
    plain = _property(text, name)
    if plain is not None:
        return plain
    if name in _CONDITIONS:
        return Native(name, lambda run, scope, call: Unknown("it is a condition"))
    if name in _SAME:
        made = Const if name in {"as_posix", "__str__", "__fspath__"} else PathText
        return Native(name, lambda run, scope, call: made(text))
    known = _METHODS.get(name)
    if known is None:
        return Native(name, lambda run, scope, call: NONE)
    return Native(name, lambda run, scope, call: known(run, scope, text, call))


def _property(text: str, name: str) -> Value | None:
    last = posixpath.basename(text.rstrip("/"))
    stem, ending = posixpath.splitext(last)
    match name:
        case "parent":
            return PathText(parent(text))
        case "parents":
            found: list[Value] = []
            while parent(text) != text and len(found) < 30:
                text = parent(text)
                found.append(PathText(text))
                if text in {".", HOLE}:
                    break
            return Items(found, "tuple")
        case "path":  # of an entry of os.scandir
            return Const(text)
        case "name":
            return Const(last)
        case "stem":
            return Const(stem)
        case "suffix":
            return Const(ending if HOLE not in last or ending else HOLE)
        case "parts":
            return Items([Const(part) for part in text.split("/") if part], "tuple")
        case "anchor" | "drive" | "root":
            return Const("/" if text.startswith("/") else "")
        case _:
            pass
    return None


def _joinpath(run: Run, scope: Scope, text: str, call: Call) -> Value:
    found: Value = PathText(text)
    for part in call.args:
        found = joined(below(one, other) for one in options(found) for other in options(part))
    return found


def _with(change: Callable[[str, str], str]) -> Callable[[Run, Scope, str, Call], Value]:
    def method(run: Run, scope: Scope, text: str, call: Call) -> Value:
        given = call.given(0, "suffix", "name", "stem")
        found = [change(text, text_of(option) or HOLE) for option in options(given or NONE)]
        return joined(PathText(path) for path in found)

    return method


def _with_suffix(text: str, ending: str) -> str:
    return posixpath.splitext(text)[0] + (ending if ending != "None" else "")


def _with_name(text: str, name: str) -> str:
    return posixpath.join(posixpath.dirname(text), name)


def _with_stem(text: str, stem: str) -> str:
    return posixpath.join(posixpath.dirname(text), stem + posixpath.splitext(text)[1])


def _globbed(run: Run, scope: Scope, text: str, call: Call) -> Value:
    pattern = text_of(call.given(0, "pattern") or Const(HOLE)) or HOLE
    return Items(
        [],
        "list",
        PathText(posixpath.join(text, pattern.replace("**", "*").replace("*/", f"{HOLE}/").replace("*", HOLE))),
    )


def _children(run: Run, scope: Scope, text: str, call: Call) -> Value:
    return Items([], "list", PathText(f"{text}/{HOLE}"))


def _open(run: Run, scope: Scope, text: str, call: Call) -> Value:
    whole = call._replace(args=(PathText(text), *call.args))
    return opened(run, scope, "pathlib.Path.open", whole)


def _reading(run: Run, scope: Scope, text: str, call: Call) -> Value:
    return opened(run, scope, "pathlib.Path.read_text", Call((PathText(text),), {}, call.line))


def _writing(run: Run, scope: Scope, text: str, call: Call) -> Value:
    note(run, scope, "pathlib.Path.write_text", call.line, Access.WRITE, PathText(text), sources=taint(*call.all))
    return NONE


def _touched(run: Run, scope: Scope, text: str, call: Call) -> Value:
    note(run, scope, "pathlib.Path.touch", call.line, Access.WRITE, PathText(text))
    return NONE


def _moved(run: Run, scope: Scope, text: str, call: Call) -> Value:
    seen = note(run, scope, "pathlib.Path.rename", call.line, Access.READ, PathText(text))
    target = call.given(0, "target") or NONE
    note(run, scope, "pathlib.Path.rename", call.line, Access.WRITE, target, sources=seen)
    return target


def _relative(run: Run, scope: Scope, text: str, call: Call) -> Value:
    start = text_of(call.given(0) or NONE) or HOLE
    prefix = start.rstrip("/") + "/"
    return PathText(text.removeprefix(prefix)) if text.startswith(prefix) else PathText(HOLE)


_METHODS: dict[str, Callable[[Run, Scope, str, Call], Value]] = {
    "joinpath": _joinpath,
    "with_suffix": _with(_with_suffix),
    "with_name": _with(_with_name),
    "with_stem": _with(_with_stem),
    "resolve": lambda run, scope, text, call: PathText(absolute(run, text)),
    "absolute": lambda run, scope, text, call: PathText(absolute(run, text)),
    "glob": _globbed,
    "rglob": lambda run, scope, text, call: _globbed(run, scope, f"{text}/{HOLE}", call),
    "iterdir": _children,
    "open": _open,
    "read_text": _reading,
    "read_bytes": _reading,
    "write_text": _writing,
    "write_bytes": _writing,
    "touch": _touched,
    "rename": _moved,
    "replace": _moved,
    "relative_to": _relative,
}


@library("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath",
         "cloudpathlib.AnyPath", "upath.UPath", "path.Path", "pathlib2.Path")  # fmt: skip
def path(run: Run, scope: Scope, call: Call) -> Value:
    if not call.args:
        return PathText(".")
    found: list[Value] = []
    for option in options(call.args[0]):
        text = text_of(option)
        if option is NONE or (isinstance(option, Const) and option.value is None):
            continue
        if text is not None:
            found.append(PathText(text.replace("\\", "/")))
        else:
            found.append(option)
    whole = joined(found)
    for part in call.args[1:]:
        whole = joined(below(one, other) for one in options(whole) for other in options(part))
    return whole


@library("pathlib.Path.cwd")
def working_directory(run: Run, scope: Scope, call: Call) -> Value:
    return PathText(here(run))


@library("pathlib.Path.home")
def home(run: Run, scope: Scope, call: Call) -> Value:
    return PathText("~")
