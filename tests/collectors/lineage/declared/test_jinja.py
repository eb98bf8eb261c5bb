"""Templates cut into blocks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collectors.lineage.declared.jinja import blocks


def test_words_bodies_and_parts() -> None:
    found = blocks("a{% if x %}b{% elif y %}c{% else %}{{ d }}{% endif %}{# {{ no }} #}\n{% set e = 1 %}")
    assert [(block.word, block.rest) for block in found] == [
        ("text", "a"), ("if", "x"), ("text", "\n"), ("set", "e = 1"),
    ]  # fmt: skip
    assert [(part.word, part.body[0].rest.strip()) for part in found[1].others] == [("elif", "c"), ("else", "d")]


def test_lines_raw_text_and_block_sets() -> None:
    found = blocks("\n{% raw %}{{ x }}{% endraw %}\n\n{%- set q -%}\nselect{% endset %}{{ q }}")
    assert [(block.word, block.line) for block in found] == [
        ("text", 1), ("text", 2), ("text", 2), ("set", 4), ("show", 5),
    ]  # fmt: skip
    assert found[1].rest == "{{ x }}"


@given(
    st.lists(st.sampled_from(["{{", "}}", "{%", "%}", "{#", "#}", "if x", "endif", "for a in b", "endfor", " ", "\n"]))
)
def test_any_text_is_cut(parts: list[str]) -> None:
    blocks("".join(parts))
