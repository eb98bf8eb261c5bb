"""Lines of code, comment and blank."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.readers.lines import Lines, comments, count, line_count, spans
from collectors.readers.syntax import SYNTAX, ends_with_line, may_hold_comments, tokens

SAMPLES = {
    "C": ('int a; // x\n\n/* b\n\n   c */\nchar *s = "/*"; /* y\n z */ int c;\n', Lines(3, 2, 2)),
    "Cuda": ("// kernel\n__global__ void f() {}\n", Lines(1, 1, 0)),
    "JavaScript": ("const a = `//\n// in a template\n`;\n// out\n", Lines(3, 1, 0)),
    "Go": ("a := `\n// raw\n`\nr := '\"' // quote\n// last\n", Lines(4, 1, 0)),
    "Rust": ("fn f<'a>(x: &'a str) {} // x\n/// doc\n", Lines(1, 1, 0)),
    "Scala": ('val a = """\n// text\n"""\n/* c */\n', Lines(3, 1, 0)),
    "R": ("x <- '# no' # yes\n# all\n", Lines(1, 1, 0)),
    "Julia": ("#=\nblock\n=#\nx = 1\n# one\n", Lines(1, 4, 0)),
    "Shell": ("echo ${#a} $# 'it # is'\n# yes\n", Lines(1, 1, 0)),
    "YAML": ("# top\na: b#c # d\n\n", Lines(1, 1, 1)),
    "INI": ("; one\n# two\n[a]\nb = 1 ; c\n", Lines(2, 2, 0)),
    "Dockerfile": ("# syntax=x\nRUN echo '# no'\n", Lines(1, 1, 0)),
    "SQL": ("-- a\nSELECT '--' /* b\n*/ FROM t;\n{# jinja #}\n", Lines(2, 2, 0)),
    "HTML": ("<!-- a\nb -->\n<p>c</p>\n", Lines(1, 2, 0)),
    "Lua": ("--[[ a\nb ]]\nx = 1 -- c\n", Lines(1, 2, 0)),
    "Haskell": ("{- a\n-}\nf = 1\n-- b\n", Lines(1, 3, 0)),
    "MATLAB": ("%{\nx\n%}\na = 1; % b\n", Lines(1, 3, 0)),
    "Ruby": ("=begin\na\n=end\nx = '#'\n", Lines(1, 3, 0)),
    "PowerShell": ("<#\na\n#>\n$x = 1\n", Lines(1, 3, 0)),
    "Fortran Free Form": ("! a\nx = '!' ! b\n", Lines(1, 1, 0)),
    "Batchfile": ("@REM a\n:: b\necho c\n", Lines(1, 2, 0)),
    "Vim script": ('" a\nlet x = "b"\n', Lines(1, 1, 0)),
    "OCaml": ('(* a\n*)\nlet x = "(*"\n', Lines(1, 2, 0)),
    "Emacs Lisp": ("; a\n(x)\n", Lines(1, 1, 0)),
    "TeX": ("% a\n50\\% b\n", Lines(1, 1, 0)),
    "JSON": ('{\n\n"a": "// no"}\n', Lines(2, 0, 1)),
    "Markdown": ("# Title\n\ntext\n", Lines(2, 0, 1)),
}


@pytest.mark.parametrize("language", SAMPLES)
def test_each_language_has_its_comments(language: str) -> None:
    text, expected = SAMPLES[language]
    assert count(text, language) == expected


@pytest.mark.parametrize(("text", "lines"), [("", 0), ("a", 1), ("a\n", 1), ("\n", 1), ("a\n\n", 2), ("a\nb", 2)])
def test_a_last_line_without_an_end_is_a_line(text: str, lines: int) -> None:
    assert line_count(text) == sum(count(text, None)) == lines


def test_comments_know_their_lines() -> None:
    text = "int a;\n/* b\nc */ int d; // e\n"
    assert list(comments(text, "C")) == [(2, "/* b\nc */"), (3, "// e")]


def test_an_unknown_language_has_code_and_blank_lines_only() -> None:
    assert count("# a\n\n// b\n", "Brainfuck") == count("# a\n\n// b\n", None) == Lines(2, 0, 1)


@pytest.mark.parametrize("language", SYNTAX)
def test_every_expression_compiles(language: str) -> None:
    assert tokens(language) is not None


@given(st.sampled_from(sorted(SYNTAX)), st.text("ab\"'#/*-%;!{}()<>=[]|\\`\n \t", max_size=80))
def test_lines_add_up_in_every_language(language: str, text: str) -> None:
    counted = count(text, language)
    assert sum(counted) == line_count(text)
    assert min(counted) >= 0


@given(st.text("abc =(){};\n ", max_size=60))
def test_indentation_does_not_change_the_counts(text: str) -> None:
    assert count(textwrap.indent(text, "    "), "C") == count(text, "C")


@pytest.mark.parametrize("language", ["C", "Python", "JavaScript", "YAML", "SQL", "HTML", "SAS"])
@pytest.mark.parametrize("piece", ['"', "'", "/*", "`", '"""', "\\", "--", "{#", "<!--", "* "])
def test_a_megabyte_on_one_line_is_counted(language: str, piece: str) -> None:
    assert sum(count(piece * (300_000 // len(piece)), language)) == 1


@given(st.sampled_from(sorted(SYNTAX)), st.text(alphabet="#/*<!-'\"\n a;%"))
def test_a_text_that_cannot_hold_comments_has_none(language: str, text: str) -> None:
    if not may_hold_comments(text, language):
        assert not list(comments(text, language))


@given(st.sampled_from(["YAML", "Shell", "TOML"]), st.text(alphabet="#'\"\\\n a;", max_size=80))
def test_only_lines_with_a_comment_sign_are_looked_at_and_nothing_is_missed(language: str, text: str) -> None:
    finder = tokens(language)
    assert finder is not None
    assert ends_with_line(language)
    whole = [match.span() for match in finder.finditer(text) if match.lastgroup == "comment"]
    assert spans(text, language) == whole
