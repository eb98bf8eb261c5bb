"""Languages by linguist's rules."""

from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.readers.languages import ENRY_VERSION, clean, language_of, language_type, telling
from collectors.readers.syntax import SYNTAX

NAMES = {
    "train.py": "Python",
    "model.R": "R",
    "kernel.cu": "Cuda",
    "a.jl": "Julia",
    "A.scala": "Scala",
    "q.sql": "SQL",
    "params.yaml": "YAML",
    "setup.cfg": "INI",
    "pyproject.toml": "TOML",
    "Dockerfile": "Dockerfile",
    "Dockerfile.gpu": "Dockerfile",
    "gpu.Dockerfile": "Dockerfile",
    "Makefile": "Makefile",
    "Snakefile": "Snakemake",
    "requirements.txt": "Pip Requirements",
    "requirements-dev.txt": "Pip Requirements",
    "data.csv.dvc": "YAML",
    "dvc.lock": "YAML",
    "MLproject": "YAML",
    "config.yaml.example": "YAML",
    ".env.example": "Dotenv",
    "app.service": "INI",
    ".Rhistory": "R",
    ".vimrc": "Vim script",
    "robots.txt": "Robots Exclusion Rules",
    "rows.ndjson": "JSON",
    "main.tf": "HCL",
    "README.md": "Markdown",
    "no-such-thing.qqq": None,
    "": None,
}


@pytest.mark.parametrize("name", NAMES)
def test_names_decide_where_they_can(name: str) -> None:
    assert language_of(name, b"a = 1\n") == NAMES[name]


@pytest.mark.parametrize(
    ("name", "content", "language"),
    [
        ("run", b"#!/usr/bin/env python3\nprint()\n", "Python"),
        ("run", b"#!/bin/bash\nls\n", "Shell"),
        ("a.h", b"#include <vector>\nnamespace a { template <class T> class B; }\n", "C++"),
        ("a.m", b"% comment\nfunction y = f(x)\n  y = x';\nend\n", "MATLAB"),
        ("a.pl", b"use strict;\nmy $x = 1;\n", "Perl"),
    ],
)
def test_content_decides_where_names_cannot(name: str, content: bytes, language: str) -> None:
    assert language_of(name, content) == language


@given(
    st.sampled_from([name for name in NAMES if name] + ["a.b.json", "x.min.js", "jest.tsconfig.json", "a.yaml.tmpl"]),
    st.sampled_from([b"", b"#!/bin/sh\n", b"a: 1\n", b"{}", b"<?xml?>", b"-- a\n"]),
)
def test_the_telling_part_of_a_name_tells_the_same_language(name: str, content: bytes) -> None:
    assert language_of(telling(name), content) == language_of(name, content)
    assert telling(telling(name)) == telling(name)


def test_names_that_cannot_be_told_apart_share_a_telling_part() -> None:
    assert telling("a.json") == telling("b.json") != telling("package.json5")
    assert telling("start-server") == telling("entrypoint")
    assert telling("requirements.txt") != telling("notes.txt")


@given(st.text(), st.binary(max_size=60))
def test_any_name_and_content_are_survived(name: str, content: bytes) -> None:
    language_of(name, content)
    telling(name)


def test_only_64_kib_are_looked_at() -> None:
    assert language_of("run", b"\n" * 70_000 + b"#!/bin/sh\n") == language_of("run", b"\n" * 70_000)


@pytest.mark.parametrize(
    ("language", "kind"),
    [
        ("Python", "programming"),
        ("YAML", "data"),
        ("HTML", "markup"),
        ("Markdown", "prose"),
        ("No such", None),
        (None, None),
    ],
)
def test_types(language: str | None, kind: str | None) -> None:
    assert language_type(language) == kind


def test_a_path_that_cannot_cross_into_c_is_cleaned() -> None:
    assert clean("a\0\ud800é") == "a?é"


def test_the_version_of_enry_in_cache_keys_is_the_one_installed() -> None:
    assert version("enry-python") == ENRY_VERSION


UNKNOWN_TO_LINGUIST = {"Gin", "JSX", "npm Config", "HTML+Django", "Coq", "Mathematica", "Unreal Script"}


def test_syntax_speaks_of_linguists_languages() -> None:
    assert {name for name in SYNTAX if language_type(name) is None} <= UNKNOWN_TO_LINGUIST
