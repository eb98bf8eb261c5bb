"""How languages write comments and strings, by linguist's names, as data.

One expression per family finds comments and strings side by side, so that neither is taken for the other. Every
repetition is possessive: the time is linear in the text, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

_DOUBLE = r'"[^"\\\n]*+(?:\\(?s:.)[^"\\\n]*+)*+"?'
_SINGLE = r"'[^'\\\n]*+(?:\\(?s:.)[^'\\\n]*+)*+'?"
_CHARACTER = r"'(?:\\[^\n][^'\n]{0,8}|[^'\\\n])'"  # where a lone ' means something else: Rust's lifetimes
_BACKTICK = r"`[^`\\]*+(?:\\(?s:.)[^`\\]*+)*+`?"
_RAW_BACKTICK = r"`[^`]*+`?"
_TRIPLE = r'"""(?:[^"\\]|\\(?s:.)|"(?!""))*+(?:""")?'
_TRIPLE_SINGLE = r"'''(?:[^'\\]|\\(?s:.)|'(?!''))*+(?:''')?"


def _block(opening: str, closing: str) -> str:
    return rf"{opening}(?s:.)*?(?:{closing}|\Z)"


_SLASHES = r"//[^\n]*+"
_STARS = _block(r"/\*", r"\*/")
_HASH = r"(?<![^\s;,({\[])#[^\n]*+"  # not in $#, ${#x}, a#b, url#part
_DASHES = r"--[^\n]*+"
_PERCENT = r"(?<!\\)%[^\n]*+"
_SEMICOLON = r";[^\n]*+"
_XML = _block("<!--", "-->")
_PARENTHESES = _block(r"\(\*", r"\*\)")


class Syntax(NamedTuple):
    comments: tuple[str, ...] = ()  # expressions, the longer openings first
    strings: tuple[str, ...] = ()


_C = Syntax((_SLASHES, _STARS), (_DOUBLE, _SINGLE))
_SCRIPT = Syntax((_SLASHES, _STARS), (_DOUBLE, _SINGLE, _BACKTICK))
_SHELL = Syntax((_HASH,), (_DOUBLE, _SINGLE))
_SQL = Syntax((_DASHES, _STARS, _block(r"\{#", r"#\}")), (_SINGLE, _DOUBLE))
_LISP = Syntax((_block(r"#\|", r"\|#"), _SEMICOLON), (_DOUBLE,))
_MARKUP = Syntax((_XML,))
_ML = Syntax((_PARENTHESES,), (_DOUBLE,))
# A string that is a statement of its own is a docstring: for Python that does not parse.
_PYTHON = Syntax((rf"(?m:^[ \t]*+[rRuUbB]?(?:{_TRIPLE}|{_TRIPLE_SINGLE})[ \t]*+$)", r"#[^\n]*+"),
                 (_TRIPLE, _TRIPLE_SINGLE, _DOUBLE, _SINGLE))  # fmt: skip

_BY_SYNTAX: tuple[tuple[Syntax, str], ...] = (
    (_C, """
         C, C++, C#, Objective-C, Objective-C++, Java, Cuda, GLSL, HLSL, Metal, OpenCL, ShaderLab, Protocol Buffer,
         Solidity, Zig, D, Haxe, Vala, MLIR, SystemVerilog, Verilog, JSON with Comments, JSON5, Bicep, CUE, WGSL,
         Less, SCSS, Sass, Unreal Script, ANTLR, Modelica, Processing, AIDL, Move, Slang, ChucK, FlatBuffers, BAML,
         Pkl, Typst"""),
    (_SCRIPT, "JavaScript, TypeScript, TSX, JSX, Dart, QML, Svelte, Astro"),
    (Syntax((_SLASHES, _STARS), (_DOUBLE, _CHARACTER, _RAW_BACKTICK)), "Go"),
    (Syntax((_SLASHES, _STARS), (_DOUBLE, _CHARACTER)), "Rust"),
    (Syntax((_SLASHES, _STARS), (_TRIPLE, _DOUBLE, _CHARACTER)), "Scala, Kotlin, Swift, Groovy, Gradle"),
    (Syntax((_SLASHES, _STARS), (_TRIPLE, _TRIPLE_SINGLE, _DOUBLE, _SINGLE)), "Nextflow"),
    (Syntax((_STARS,), (_DOUBLE, _SINGLE)), "CSS, PostCSS"),
    (Syntax((_SLASHES, _HASH, _STARS), (_DOUBLE, _SINGLE)), "PHP, HCL, Jsonnet, Thrift, Stan, HOCON"),
    (Syntax((_SLASHES, _STARS, r"(?m:^[ \t]*+\*[^\n]*+)"), (_DOUBLE,)), "Stata"),
    (Syntax((_STARS, r"(?m:^[ \t]*+\*[^;]*+;?)"), (_DOUBLE, _SINGLE)), "SAS"),
    (Syntax((_SLASHES, _PARENTHESES), (_TRIPLE, _DOUBLE)), "F#"),
    (Syntax((_SLASHES, _block(r"\{", r"\}"), _PARENTHESES), (_SINGLE,)), "Pascal"),
    (_SHELL, """
         Shell, R, YAML, TOML, Makefile, Dotenv, Git Attributes, Git Config, Ignore List, GraphQL, Pip
         Requirements, Procfile, Just, Awk, fish, Tcl, Puppet, Meson, Elixir, Crystal, Snakemake, CMake, Gnuplot,
         Earthly, RON, Common Workflow Language, WDL, SSH Config, Mojo, Browserslist, EditorConfig, npm Config,
         Nushell, Gin"""),
    (Syntax((r"(?m:^[ \t]*+#[^\n]*+)",), ()), """
         Dockerfile, Robots Exclusion Rules, Cloud Firestore Security Rules, Salt"""),
    (Syntax((r"(?m:^[ \t]*+[#;!][^\n]*+)",)), "INI, Java Properties, desktop, CODEOWNERS"),
    (Syntax((_block(r"#=", "=#"), _HASH), (_TRIPLE, _DOUBLE)), "Julia"),
    (Syntax((_block(r"#\[", r"\]#"), _HASH), (_TRIPLE, _DOUBLE)), "Nim"),
    (Syntax((_block("<#", "#>"), _HASH), (_DOUBLE, _SINGLE)), "PowerShell"),
    (Syntax((_block(r"(?m:^)=begin\b", r"\n=end\b[^\n]*"), _HASH), (_DOUBLE, _SINGLE)), "Ruby"),
    (Syntax((_block(r"(?m:^)=[a-z]", r"\n=cut\b[^\n]*"), _HASH), (_DOUBLE, _SINGLE)), "Perl, Raku"),
    (Syntax((_HASH, _STARS), (_DOUBLE,)), "Nix"),
    (_PYTHON, "Python, Cython, Starlark"),
    (_SQL, "SQL, PLSQL, PLpgSQL, TSQL, SQLPL, HiveQL, PigLatin"),
    (Syntax((_block(r"--\[\[", r"\]\]"), _DASHES), (_DOUBLE, _SINGLE)), "Lua, Luau"),
    (Syntax((_block(r"\{-", r"-\}"), _DASHES), (_DOUBLE,)), "Haskell, Elm, PureScript, Idris, Agda, Dhall"),
    (Syntax((_DASHES,), (_DOUBLE,)), "Ada, VHDL, AppleScript"),
    (Syntax((_block(r"(?m:^[ \t]*+)%\{", r"%\}"), _PERCENT), (_DOUBLE,)), "MATLAB"),
    (Syntax((_PERCENT,), (_DOUBLE,)), "Erlang"),
    (Syntax((_PERCENT,)), "TeX, BibTeX, PostScript"),
    (Syntax((_PERCENT, _STARS), (_DOUBLE, _SINGLE)), "Prolog"),
    (_LISP, "Emacs Lisp, Common Lisp, Scheme, Racket, Clojure, Hy, Fennel"),
    (Syntax((_SEMICOLON,), (_DOUBLE,)), "LLVM, AutoHotkey, NSIS, M"),
    (Syntax((_SLASHES, _STARS, r"(?m:^[ \t]*+[#;@][^\n]*+)"), (_DOUBLE,)), "Assembly, Unix Assembly"),
    (_MARKUP, "HTML, XML, SVG, XML Property List, Maven POM, HTML+ERB, HTML+EEX"),
    (Syntax((_XML, _SLASHES, _STARS), (_DOUBLE, _SINGLE, _BACKTICK)), "Vue"),
    (Syntax((_block(r"\{#", r"#\}"), _XML)), "Jinja, Twig, Liquid, HTML+Django, Nunjucks"),
    (Syntax((_block(r"\{\{-?/\*", r"\*/-?\}\}"), _HASH)), "Go Template"),
    (Syntax((_block(r"\{\{!--", r"--\}\}"), _block(r"\{\{!", r"\}\}"), _XML)), "Handlebars, Mustache"),
    (Syntax((r"![^\n]*+", r"(?m:^[cC*][ \t*][^\n]*+)"), (_SINGLE, _DOUBLE)), "Fortran"),
    (Syntax((r"![^\n]*+",), (_SINGLE, _DOUBLE)), "Fortran Free Form"),
    (Syntax((r'(?m:^[ \t]*+"[^\n]*+)',)), "Vim script"),
    (Syntax((r"(?mi:^[ \t]*+(?:@?rem\b|::)[^\n]*+)",)), "Batchfile"),
    (Syntax((r"(?<!\w)'[^\n]*+", r"(?mi:^[ \t]*+rem\b[^\n]*+)"), (_DOUBLE,)), "Visual Basic .NET, VBA, VBScript"),
    (_ML, "OCaml, Standard ML, Rocq Prover, Coq, Isabelle, Mathematica, Wolfram Language, Lean"),
)  # fmt: skip

SYNTAX: Mapping[str, Syntax] = {
    name: syntax for syntax, names in _BY_SYNTAX for name in " ".join(names.split()).split(", ")
}


_OPENINGS = {id(_SHELL): ("#",), id(_MARKUP): ("<!--",), id(_C): ("//", "/*"), id(_SCRIPT): ("//", "/*")}
"""Of the largest families: without any of these there is no comment."""


def may_hold_comments(text: str, language: str | None) -> bool:
    """A cheap first look, right wherever it says no."""
    openings = _OPENINGS.get(id(SYNTAX.get(language or "")))
    return openings is None or any(opening in text for opening in openings)


def ends_with_line(language: str | None) -> bool:
    """Whether "#" begins every comment, and neither comments nor strings go on in the next line without a backslash."""
    return SYNTAX.get(language or "") is _SHELL


@cache
def tokens(language: str | None) -> re.Pattern[str] | None:
    """Finds comments (group "comment") and strings. None: the language has no comments, or none that we know."""
    syntax = SYNTAX.get(language or "")
    if syntax is None:
        return None
    return re.compile("|".join([f"(?P<comment>{'|'.join(syntax.comments)})", *syntax.strings]))
