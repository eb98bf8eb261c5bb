"""How settings are loaded: as plain dictionaries or through a schema; and what is asserted of features."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.python_names import absolute_name, dotted_name
from collectors.readers.site_names import SETTINGS_CALLS
from collectors.readers.site_text import Found, Text, called, keywords

_RAW = re.compile(
    r"(?:yaml|ruamel\.yaml|ruamel_yaml|toml|tomllib|tomli|pytoml|rtoml|json|json5|hjson)\.(?:YAML\.)?(?:safe_load|full_load|loads?)\Z"
    r"|omegaconf\.OmegaConf\.load\Z|configparser\.(?:ConfigParser|RawConfigParser)\Z|hydra\.(?:main|compose)\Z|dynaconf\.Dynaconf\Z"
)
_CHECKED = re.compile(
    r"omegaconf\.OmegaConf\.structured\Z|jsonschema\.(?:validate|\w*Validator)\Z|cerberus\.Validator\Z|yamale\.validate\Z|pykwalify\.core\.Core\Z"
    r"|voluptuous\.Schema\Z|strictyaml\.load\Z|schema\.Schema\Z|dacite\.from_dict\Z|cattrs?\.structure\Z|(?:draccus|pyrallis)\.parse\Z"
    r"|simple_parsing\.parse\Z|jsonargparse\.CLI\Z|(?:pytorch_)?lightning\.(?:\w+\.)*(?:Lightning)?CLI\Z"
    r"|gin\.(?:config\.)?parse_config\w*\Z|pydantic\.(?:parse_obj_as|TypeAdapter\.validate_python)\Z"
)
"""Calls that refuse settings they do not know, or miss ones they need."""
_METHODS = frozenset(
    {"model_validate", "parse_obj", "parse_file", "model_validate_json", "parse_yaml_file", "parse_json_file"}
)
"""Of pydantic's models and of HfArgumentParser, whatever the name before."""
_BASES = re.compile(
    r"pydantic(?:_settings)?\.(?:\w+\.)*Base(?:Model|Settings)\Z|(?:\w+\.)*BaseSettings\Z|marshmallow\.Schema\Z"
)
_DECORATORS = re.compile(
    r"dataclasses\.dataclass\Z|attrs?\.(?:s|define|frozen|attrs)\Z|pydantic\.dataclasses\.dataclass\Z|chex\.dataclass\Z"
)
_SCHEMA = ("Config", "Configuration", "Settings", "Params", "Parameters", "Args", "Arguments", "Options", "Cfg")
"""How the name of a class of settings ends."""
_COLUMNS = re.compile(
    r"(?:^|_)(?:features?|feature_names|columns|cols|feature_columns|n_features\w*|num_features|n_columns|schema|dtypes)_?\Z",
    re.IGNORECASE,
)
_COMPARING = frozenset({ast.Compare, ast.BoolOp})
_EXPECTED = frozenset(name for name in SETTINGS_CALLS if name.startswith("expect_"))
_EQUALS = frozenset({"assertEqual", "assertListEqual", "assertSetEqual", "assertCountEqual"})


def settings(text: Text) -> Iterator[Found]:
    yield from (Found(SiteKind.SETTINGS_NAME, node, str(node.value)) for node in text.marks.settings)
    for name, call in text.marks.calls:
        if name in _EXPECTED or (name in _EQUALS and any(map(_tells_shape, call.args[:2]))):
            yield Found(SiteKind.ASSERTED_SHAPE, call)
        elif name in SETTINGS_CALLS:
            yield from _loaded(name, call, text)
    yield from _composed(text)
    for call in text.marks.built:
        if called(call).endswith(_SCHEMA) and _is_filled(call, text):
            yield Found(SiteKind.CHECKED_SETTINGS, call, called(call))
    yield from (Found(SiteKind.SETTINGS_SCHEMA, scope, scope.name) for scope in _schemas(text))
    yield from (Found(SiteKind.ASSERTED_SHAPE, node) for node in text.marks.asserts if _asserts_shape(node))


def _loaded(name: str, call: ast.Call, text: Text) -> Iterator[Found]:
    dotted = text.name_of(call)
    if name in _METHODS and "." in dotted:
        yield Found(SiteKind.CHECKED_SETTINGS, call, name)
    elif _CHECKED.match(dotted) or (name == "store" and _is_store(call, text)):
        yield Found(SiteKind.CHECKED_SETTINGS, call, dotted)
    elif _RAW.match(dotted):
        yield Found(SiteKind.RAW_SETTINGS, call, dotted)
        if name in {"main", "compose"}:
            yield from _of_hydra(call)


def _composed(text: Text) -> Iterator[Found]:
    """`initialize(config_path=…)` and `compose(config_name=…)`: what Hydra's tests load."""
    calls = [(name, call) for name, call in text.marks.calls if name in {"initialize", "compose"}]
    texts = {"initialize": "config_path", "compose": "config_name"}
    said: dict[str, list[ast.Constant]] = {"initialize": [], "compose": []}
    for name, call in calls:
        if text.name_of(call).startswith("hydra."):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            constant = text.text_of(given.get(texts[name]))
            if constant is not None:
                said[name].append(constant)
    for folder in said["initialize"][:5]:
        for file in said["compose"][:50]:
            name = str(file.value)
            name = name if name.endswith((".yaml", ".yml")) else f"{name}.yaml"
            yield Found(SiteKind.SETTINGS_NAME, file, f"{str(folder.value).rstrip('/')}/{name}")


def _of_hydra(call: ast.Call) -> Iterator[Found]:
    for keyword in call.keywords:
        value = keyword.value
        if keyword.arg == "config_path" and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield Found(SiteKind.SETTINGS_NAME, value, f"{value.value.rstrip('/')}/**")


def _is_store(call: ast.Call, text: Text) -> bool:
    """`ConfigStore.instance().store(name=…, node=Class)`: Hydra's structured configs."""
    given = keywords(call) or {}
    return "node" in given and any(module.startswith("hydra") for module in text.imports)


def _is_filled(call: ast.Call, text: Text) -> bool:
    """`Config(**yaml.safe_load(file))`, or of a name that was given what such a call returned."""
    for keyword in call.keywords:
        if keyword.arg is None:
            value = keyword.value
            found = text.values.get(value.id, []) if isinstance(value, ast.Name) else [value]
            if any(isinstance(one, ast.Call) and _RAW.match(text.name_of(one)) for one in found):
                return True
    return False


def _schemas(text: Text) -> Iterator[ast.ClassDef]:
    for scope in text.marks.scopes:
        if isinstance(scope, ast.ClassDef) and scope.name.endswith(_SCHEMA):
            decorators = [one.func if isinstance(one, ast.Call) else one for one in scope.decorator_list]
            if any(_BASES.match(name) for name in _names(scope.bases, text)) or any(
                _DECORATORS.match(name) for name in _names(decorators, text)
            ):
                yield scope


def _names(nodes: list[ast.expr], text: Text) -> Iterator[str]:
    for node in nodes:
        dotted = dotted_name(node)
        if dotted:
            yield absolute_name(dotted, text.aliases) or dotted


def _asserts_shape(node: ast.Assert) -> bool:
    test = node.test
    if test.__class__ not in _COMPARING:
        return False
    parts = test.values if isinstance(test, ast.BoolOp) else [test]
    return any(
        isinstance(part, ast.Compare) and any(map(_tells_shape, [part.left, *part.comparators])) for part in parts[:10]
    )


def _tells_shape(node: ast.expr) -> bool:
    """`x.shape[1]`, `len(FEATURES)`, `list(frame.columns)`, `model.n_features_in_`."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
        index = ast.unparse(node.slice) if isinstance(node.slice, ast.Constant | ast.UnaryOp) else ""
        return index in {"1", "-1"}
    if isinstance(node, ast.Call) and called(node) in {"len", "list", "set", "sorted", "tuple", "tolist"}:
        inner = node.args[0] if node.args else node.func.value if isinstance(node.func, ast.Attribute) else node
        return isinstance(inner, ast.Name | ast.Attribute) and _COLUMNS.search(_last(inner)) is not None
    return isinstance(node, ast.Attribute) and node.attr in {"n_features_in_", "columns", "dtypes", "feature_names_in_"}


def _last(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr
