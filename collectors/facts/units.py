"""Functions and classes of Python code: where they stand, what they repeat, what they inherit and are given."""

from __future__ import annotations

from typing import NamedTuple

LEAST_TOKENS = 50
"""Of a body that is compared with others: shorter ones are alike by chance."""


class Unit(NamedTuple):
    """A class, a plain function or a method. What stands inside a function is part of it."""

    symbol: str  # dotted: "Model.fit"
    line: int  # from 1, of `def` or `class`; in a notebook, within its code cells joined
    end_line: int
    body: str = ""  # digest of a function's body without docstring, comments and white space, every text and number
    # as one, names as they are; "" below LEAST_TOKENS
    is_class: bool = False
    bases: tuple[str, ...] = ()  # dotted; absolute where they come from an import
    methods: tuple[str, ...] = ()  # of a class, as written
    typed: int = 0  # of a public function: parameters and results whose type says what they mean
    bare: int = 0  # … that are plain numbers, texts, containers and tables of them
    untyped: int = 0  # … that have no annotation

    @property
    def name(self) -> str:
        return self.symbol.rpartition(".")[2]

    @property
    def lines(self) -> int:
        return self.end_line - self.line + 1
