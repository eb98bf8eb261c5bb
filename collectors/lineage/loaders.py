"""Calls that load settings."""

from __future__ import annotations

from collectors.facts.lineage import HOLE
from collectors.lineage.machine import Run, library
from collectors.lineage.settings import from_text, interpolated, loaded, merge, override
from collectors.lineage.telling import joined, options, taint, text_of
from collectors.lineage.values import NONE, Call, Const, Handle, PathText, Scope, Table, Unknown, Value


def _loader(name: str, *words: str, fills: bool = False) -> None:
    @library(name)
    def load(run: Run, scope: Scope, call: Call) -> Value:
        target = call.given(0, *words) or NONE
        found = loaded(run, scope, name, target, call.line)
        return interpolated(found, run) if fills else found


def _of_open_file(name: str, *words: str) -> None:
    """A loader that is handed an open file, or its text."""

    @library(name)
    def load(run: Run, scope: Scope, call: Call) -> Value:
        target = call.given(0, *words) or NONE
        if isinstance(target, Handle):
            return loaded(run, scope, name, target, call.line)
        if isinstance(target, PathText):
            return loaded(run, scope, name, target, call.line, is_read=False)
        for option in options(target):
            if isinstance(option, Handle):
                return loaded(run, scope, name, option, call.line)

        text = text_of(target)
        if text and name.endswith(("loads", "safe_load", "yaml.load")) and HOLE not in text:
            return from_text(target)
        return Unknown("it is read from a text", f"{name}()", taint(target), _is_parameter(target))


def _is_parameter(value: Value) -> bool:
    return any(isinstance(option, Unknown) and option.is_parameter for option in options(value))


for _name in [
    "yaml.safe_load",
    "yaml.load",
    "yaml.full_load",
    "yaml.unsafe_load",
    "yaml.load_all",
    "yaml.safe_load_all",
    "json.load",
    "json.loads",
    "ujson.load",
    "orjson.loads",
    "tomllib.load",
    "tomllib.loads",
    "tomli.load",
    "tomli.loads",
    "toml.loads",
    "ruamel.yaml.YAML().load",
    "ruamel.yaml.safe_load",
    "simplejson.load",
    "simplejson.loads",
    "hyperpyyaml.load_hyperpyyaml",
    "ruamel.yaml.load",
    "ruamel.yaml.round_trip_load",
]:
    _of_open_file(_name, "stream", "fp", "s", "f")
for _name in ("toml.load", "srsly.read_yaml", "envyaml.EnvYAML", "box.Box.from_yaml_file", "anyconfig.load"):
    _loader(_name, "f", "filename", "path")
_loader("omegaconf.OmegaConf.load", "file_", fills=True)


@library("box.Box.from_yaml", "box.ConfigBox.from_yaml", "munch.Munch.fromYAML", "box.Box.from_json")
def box(run: Run, scope: Scope, call: Call) -> Value:
    named = call.keywords.get("filename")
    if named is not None:
        return loaded(run, scope, "box.Box.from_yaml", named, call.line)
    return loaded(run, scope, "box.Box.from_yaml", call.given(0) or NONE, call.line, is_read=False)


@library("omegaconf.OmegaConf.merge")
def merged(run: Run, scope: Scope, call: Call) -> Value:
    found = Table({})
    for value in call.args:
        for option in options(value):
            if isinstance(option, Table):
                merge(found, option)
            elif not isinstance(option, Const):
                found.rest = option
    return interpolated(found, run)


@library("omegaconf.OmegaConf.create")
def created(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0, "obj")
    found = [from_text(option) for option in options(given)] if given is not None else [Table({})]
    return interpolated(joined(found), run)


@library("omegaconf.OmegaConf.from_cli")
def from_cli(run: Run, scope: Scope, call: Call) -> Value:
    run.uses_argv = True
    found = Table({})
    for word in run.argv or ():
        override(found, word)
    return found


@library(
    "configparser.ConfigParser",
    "configparser.RawConfigParser",
    "configparser.SafeConfigParser",
    "ConfigParser.ConfigParser",
)
def parser(run: Run, scope: Scope, call: Call) -> Value:
    return Table({})


@library("dvc.api.params_show")
def params_show(run: Run, scope: Scope, call: Call) -> Value:
    target = call.given(0) or Const("params.yaml")
    return loaded(run, scope, "dvc.api.params_show", target, call.line)


@library("ruamel.yaml.YAML", "ruamel.yaml.YAML.load")
def ruamel(run: Run, scope: Scope, call: Call) -> Value:
    return Unknown("it reads YAML", "ruamel.yaml.YAML()")


@library(".load")
def by_method(run: Run, scope: Scope, call: Call) -> Value:
    """`YAML().load(file)`: the first argument here is what the method belongs to."""
    target = call.given(1)
    if isinstance(target, Handle):
        return loaded(run, scope, "ruamel.yaml.YAML.load", target, call.line)
    return NONE
