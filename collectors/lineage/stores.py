"""Object stores, and libraries that keep two files for one."""

from __future__ import annotations

import re

from collectors.facts.lineage import HOLE, Access, NodeKind
from collectors.lineage.accesses import note
from collectors.lineage.machine import Run, library
from collectors.lineage.telling import joined, options, taint, text_of
from collectors.lineage.values import NONE, Call, Const, Handle, Scope, Unknown, Value

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


# mlem keeps what describes a model beside it.


@library("mlem.api.save", "mlem.save")
def kept(run: Run, scope: Scope, call: Call) -> Value:
    target, flowed = call.given(1, "path") or NONE, taint(*call.all)
    for one in (target, _described(target)):
        note(run, scope, "mlem.api.save", call.line, Access.WRITE, one, NodeKind.MODEL, sources=flowed)
    return NONE


@library("mlem.api.load", "mlem.load", "mlem.api.load_meta")
def kept_before(run: Run, scope: Scope, call: Call) -> Value:
    target = call.given(0, "path") or NONE
    names = note(run, scope, "mlem.api.load", call.line, Access.READ, target, NodeKind.MODEL)
    names |= note(run, scope, "mlem.api.load", call.line, Access.READ, _described(target), NodeKind.MODEL)
    return Unknown("it is what mlem.api.load gives", "mlem.api.load()", names)


def _described(target: Value) -> Value:
    found = [f"{text.removesuffix('.mlem')}.mlem" for one in options(target) if (text := text_of(one))]
    return joined(map(Const, found)) if found else target


# Data sets that a library knows by a name.


def _by_name(call_name: str, scheme: str) -> None:
    @library(call_name)
    def fetched(run: Run, scope: Scope, call: Call) -> Value:
        names = [text_of(one) for one in options(call.given(0, "name", "data_id") or NONE)]
        target = joined(Const(f"{scheme}://{HOLE if one in {None, 'None'} else one}") for one in names)
        seen = note(run, scope, call_name, call.line, Access.READ, target)
        return Unknown(f"it is what {call_name} gives", f"{call_name}()", seen)


for _name, _scheme in (
    ("sklearn.datasets.fetch_openml", "openml"), ("seaborn.load_dataset", "seaborn"),
    ("tensorflow_datasets.load", "tfds"),
):  # fmt: skip
    _by_name(_name, _scheme)


_PACKAGED = re.compile(r"[A-Za-z][\w.-]*")


def _packaged(name: str, scheme: str) -> None:
    @library(name)
    def load(run: Run, scope: Scope, call: Call) -> Value:
        """A model that the library installs or downloads by a name of its own, or a path."""
        given = call.given(0, "name") or NONE
        found = joined(_own(run, option, scheme) for option in options(given))
        names = note(run, scope, name, call.line, Access.READ, found, NodeKind.MODEL)
        return Unknown(f"it is what {name} gives", f"{name}()", names)


def _own(run: Run, value: Value, scheme: str) -> Value:
    text = text_of(value) if isinstance(value, Const) else None
    is_path = text is None or not _PACKAGED.fullmatch(text) or run.project.holds(text)
    return value if is_path else Const(f"{scheme}://{text}")


_packaged("spacy.load", "spacy")
_packaged("whisper.load_model", "whisper")
