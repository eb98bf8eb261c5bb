"""What a template asks for."""

from __future__ import annotations

import time

import pytest

from collectors.lineage.declared.jinja import blocks
from collectors.lineage.declared.jinja_macros import Macro, macros_of
from collectors.lineage.declared.jinja_values import Template, followed_template

MACROS = """
{% macro direct(name, other='dflt') %}{{ ref(name) }}{{ ref(other) }}{% endmacro %}
{% macro sent(name) %}{{ adapter.dispatch('sent', 'p')(name) }}{% endmacro %}
{% macro default__sent(name) %}{% for x in [1] %}{{ source('s', name) }}{% endfor %}{% endmacro %}
{% macro names() %}{{ return(['r1', 'r2']) }}{% endmacro %}
{% macro endless(x) %}{{ endless(x) }}{{ endless(x) }}{% endmacro %}
"""


def follow(text: str, **variables: object) -> Template:
    macros: dict[str, Macro] = {}
    macros_of(blocks(MACROS), macros)
    return followed_template(blocks(text), macros, variables)


def asked(text: str, **variables: object) -> list[tuple[str, ...]]:
    return [row.names for row in follow(text, **variables).asked]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{ ref('a') }} {{ ref('p', \"b\") }} {{ source('s', 't') }}", [("a",), ("p", "b"), ("s", "t")]),
        ("{{ builtins.ref('a') }}", [("a",)]),
        ("{% set x = 'a' %}{{ ref(x ~ '_' ~ 'b') }}", [("a_b",)]),
        ("{% set x = ['a', 'b'] %}{% for y in x %}{{ ref('m_' ~ y) }}{% endfor %}", [("m_a",), ("m_b",)]),
        ("{% for k, v in {'a': 'b'}.items() %}{{ ref(k + v) }}{% endfor %}", [("ab",)]),
        ("{% for y in var('models') %}{{ ref(y) }}{% endfor %}", [("v1",), ("v2",)]),
        ("{{ var('issue') }}", [("s", "issue")]),
        ("{{ direct('a') }}", [("a",), ("dflt",)]),
        ("{{ p.direct(name='a', other='b') }}", [("a",), ("b",)]),
        ("{{ sent('t') }}", [("s", "t")]),
        ("{% for y in names() %}{{ ref(y) }}{% endfor %}", [("r1",), ("r2",)]),
        ("{% if var('no', false) %}{{ ref('a') }}{% else %}{{ ref('b') }}{% endif %}", [("b",)]),
        ("{% if var('models') | length > 1 and not var('no', false) %}{{ ref('a') }}{% endif %}", [("a",)]),
        ("{% if is_incremental() %}{{ ref('a') }}{% else %}{{ ref('b') }}{% endif %}", [("a",), ("b",)]),
        ("{% if target.name == 'prod' %}{{ ref('a') }}{% endif %}", [("a",)]),
        ("{{ dbt_utils.star(from=ref('a')) }}", [("a",)]),
        ("{% set l = [] %}{% do l.append(ref('a')) %}{{ dbt_utils.union_relations(relations=l) }}", [("a",)]),
        ("{{ x if y is defined else ref('a') }}", [("a",)]),
        ("{{ ref(thing) }}", [()]),
        ("{# {{ ref('a') }} #} -- {{ ref('b') }}", [("b",)]),
    ],
)
def test_what_is_asked_for(text: str, names: list[tuple[str, ...]]) -> None:
    assert asked(text, models=["v1", "v2"], issue="{{ source('s', 'issue') }}") == names


def test_versions_lines_and_settings() -> None:
    found = follow("{{ config(materialized='table', enabled=var('no', false)) }}\n\n{{ ref('a', v=2) }}")
    assert found.config == {"materialized": "table", "enabled": False}
    assert [(row.version, row.line) for row in found.asked] == [("2", 3)]


def test_macros_of_elsewhere_are_named() -> None:
    assert follow("{{ other.thing('x') }}{{ dbt.type_string() }}").foreign == {"other.thing"}


BOMBS = [
    "{{ endless(1) }}",
    "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "{% set a = [1, 2] %}" + "{% set a = [a, a] %}" * 60 + "{{ a }}{{ a == a }}{{ a ~ a }}",
    "{% for a in [" + "1, " * 59 + "1] %}" * 1 + "{% for b in x %}" * 200,
    ("{% for a in [" + "1, " * 59 + "1] %}") * 30 + "{{ ref('a') }}" + "{% endfor %}" * 30,
    "{{ " + "(" * 5_000 + " }}",
    "{{ " + "not " * 5_000 + "x }}",
    "{{ x" + ".y" * 20_000 + " }}",
    "{{ 9 ** 9 ** 9 ** 9 }}{{ 'x' * 10000000000 }}{{ '%s' % range(10**12) }}",
    "{{" * 100_000,
    "{% if x %}" * 10_000,
]


@pytest.mark.parametrize("place", range(len(BOMBS)))
def test_bombs_end_soon(place: int) -> None:
    started = time.process_time()
    assert len(follow(BOMBS[place]).text) <= 200_000
    assert time.process_time() - started < 5


def test_what_was_cut_is_said() -> None:
    assert follow("{{ endless(1) }}").is_cut
