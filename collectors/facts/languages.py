"""General-purpose programming languages, by linguist's names, and the endings of their files."""

from __future__ import annotations

from collections.abc import Mapping

FAMILIES: Mapping[str, str] = {"C": "C/C++", "C++": "C/C++", "TSX": "TypeScript"}
"""Languages that count as one. C and C++ share headers; studies of languages join them (arXiv:2311.08424)."""

BY_ENDING: Mapping[str, str] = {
    "adb": "Ada",
    "ads": "Ada",
    "c": "C",
    "cc": "C++",
    "clj": "Clojure",
    "cljs": "Clojure",
    "coffee": "CoffeeScript",
    "cpp": "C++",
    "cr": "Crystal",
    "cs": "C#",
    "cu": "Cuda",
    "cuh": "Cuda",
    "cxx": "C++",
    "d": "D",
    "dart": "Dart",
    "erl": "Erlang",
    "ex": "Elixir",
    "exs": "Elixir",
    "f": "Fortran",
    "f90": "Fortran",
    "fs": "F#",
    "go": "Go",
    "groovy": "Groovy",
    "h": "C",
    "hh": "C++",
    "hpp": "C++",
    "hs": "Haskell",
    "hxx": "C++",
    "ipynb": "Python",
    "java": "Java",
    "jl": "Julia",
    "js": "JavaScript",
    "jsx": "JavaScript",
    "kt": "Kotlin",
    "kts": "Kotlin",
    "lisp": "Common Lisp",
    "lua": "Lua",
    "m": "Objective-C",
    "mjs": "JavaScript",
    "ml": "OCaml",
    "mli": "OCaml",
    "mm": "Objective-C++",
    "nim": "Nim",
    "pas": "Pascal",
    "php": "PHP",
    "pl": "Perl",
    "pm": "Perl",
    "py": "Python",
    "pyi": "Python",
    "pyx": "Cython",
    "r": "R",
    "rb": "Ruby",
    "rkt": "Racket",
    "rs": "Rust",
    "scala": "Scala",
    "scm": "Scheme",
    "swift": "Swift",
    "ts": "TypeScript",
    "tsx": "TSX",
    "vb": "Visual Basic .NET",
    "zig": "Zig",
}
"""For paths whose content was not read. A shared ending goes to its commonest owner; a notebook counts as Python."""

GENERAL_PURPOSE = frozenset(BY_ENDING.values()) | {"MATLAB", "Mojo"}
"""No shells, query languages, markup, build or configuration languages: those stand beside a program anywhere."""


SETTINGS = frozenset(
    [
        "Dotenv",
        "INI",
        "JSON",
        "JSON with Comments",
        "JSON5",
        "Java Properties",
        "Pip Requirements",
        "TOML",
        "XML",
        "YAML",
    ]
)
"""Languages that hold settings and data, also where they lie among tests."""


def general_purpose(language: str | None) -> str | None:
    """The language, or the family it counts with, where it is a general-purpose one."""
    return FAMILIES.get(language, language) if language in GENERAL_PURPOSE else None


def language_by_ending(path: str) -> str | None:
    name = path.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return BY_ENDING.get(ending.lower()) if dot and stem else None
