"""What nnU-Net and its kin bring in with `from batchgenerators.utilities.file_and_folder_operations import *`."""

from __future__ import annotations

from collectors.facts.lineage import HOLE, Access
from collectors.lineage.accesses import note
from collectors.lineage.machine import LIBRARY, Run, library
from collectors.lineage.os_paths import each
from collectors.lineage.settings import loaded
from collectors.lineage.telling import taint, text_of
from collectors.lineage.values import NONE, Call, Const, Items, Scope, Unknown, Value

_WHERE = "batchgenerators.utilities.file_and_folder_operations"
for _name in ("join", "isfile", "isdir"):
    library(f"{_WHERE}.{_name}")(LIBRARY[f"os.path.{_name}"])


def _lists(name: str, ending: str = "") -> None:
    @library(f"{_WHERE}.{name}")
    def listed(run: Run, scope: Scope, call: Call) -> Value:
        """What lies in a folder, with the folder before it unless the second argument says otherwise."""
        begins, ends = text_of(call.given(2, "prefix") or NONE), text_of(call.given(3, "suffix") or NONE)
        last = f"{_known(begins)}{HOLE}{ending or _known(ends)}"
        is_joined = getattr(call.given(1, "join"), "value", True)
        folder = call.given(0, "folder") or Const(HOLE)
        if isinstance(folder, Unknown) and folder.is_parameter:
            return Items([], "list", folder)
        return Items([], "list", each(lambda text: f"{text}/{last}", folder) if is_joined else Const(last))


def _known(text: str | None) -> str:
    return "" if text in {None, "None"} else text or ""


_lists("subfiles")
_lists("subdirs")
_lists("subfolders")
_lists("nifti_files", ".nii.gz")


@library(f"{_WHERE}.load_json")
def read_json(run: Run, scope: Scope, call: Call) -> Value:
    return loaded(run, scope, "load_json", call.given(0, "file") or NONE, call.line)


@library(f"{_WHERE}.load_pickle")
def read_pickle(run: Run, scope: Scope, call: Call) -> Value:
    names = note(run, scope, "load_pickle", call.line, Access.READ, call.given(0, "file") or NONE)
    return Unknown("it is what was stored", "load_pickle()", names)


def _writes(name: str) -> None:
    @library(f"{_WHERE}.{name}")
    def written(run: Run, scope: Scope, call: Call) -> Value:
        target = call.given(1, "file") or NONE
        note(run, scope, name, call.line, Access.WRITE, target, sources=taint(*call.args[:1]))
        return NONE


for _name in ("save_json", "write_json", "save_pickle", "write_pickle"):
    _writes(_name)
