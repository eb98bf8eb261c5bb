"""Notebooks: kernels, cells, magics, and files that are none."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.codec import from_json, to_json
from collectors.facts.files import RunBack, Summary
from collectors.readers.notebook import UNKNOWN, NotebookError, read_notebook
from collectors.readers.reading import summarise

PYTHON = {"kernelspec": {"name": "python3", "language": "python"}}


def code(source: str | list[str], **more: object) -> dict[str, object]:
    return {"cell_type": "code", "source": source, "metadata": {}, **more}


def notebook(*cells: Mapping[str, object], metadata: object = PYTHON) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells})


def test_only_code_cells_are_read_and_outputs_are_not() -> None:
    text = notebook(
        {"cell_type": "markdown", "source": "# import no"},
        code(["import torch\n", "\n"], outputs=[{"text": "import no\n" * 100_000}]),
        code("# TODO: look\nx = 1"),
    )
    summary = summarise("a.ipynb", text.encode())
    assert summary[:4] == (2, 1, 2, "Python")
    assert summary.imports == ("torch",)
    assert [(note.tag, note.line) for note in summary.notes] == [("TODO", 4)]


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        (PYTHON, "Python"),
        ({"kernelspec": {"name": "ir", "language": "R"}}, "R"),
        ({"language_info": {"name": "julia"}}, "Julia"),
        ({"kernelspec": {"name": "julia-1.9"}}, "Julia"),
        ({"kernelspec": {"name": "conda-env-x-py", "language": "python"}}, "Python"),
        ({"kernelspec": {"name": "python3"}}, "Python"),
        ({"kernelspec": {"name": ".net-csharp", "language": "C#"}}, "C#"),
        ({}, UNKNOWN),
        ([], UNKNOWN),
        ({"kernelspec": "python"}, UNKNOWN),
    ],
)
def test_the_language_is_the_kernels(metadata: object, language: str) -> None:
    assert read_notebook(notebook(code("x"), metadata=metadata)).language == language


def test_format_3_has_worksheets_and_names_the_language_in_cells() -> None:
    cells = [{"cell_type": "code", "language": "python", "input": ["import a\n", "a.b()"]}]
    text = json.dumps({"nbformat": 3, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]})
    assert read_notebook(text)[:2] == ("Python", "import a\na.b()")


@pytest.mark.parametrize(
    ("cell", "source"),
    [
        ("%matplotlib inline\nimport a", "pass\nimport a"),
        ("!pip install a \\\n    b\nimport a", "pass\npass\nimport a"),
        ("if x:\n    !ls\n", "if x:\n    pass\n"),
        ("a.b?\n?a\nhelp(a)", "pass\npass\nhelp(a)"),
        ("files = !ls\nt = %time f()\nok = a != b", "files = None\nt = None\nok = a != b"),
        ("%%time\nimport a", "pass\nimport a"),
        ("%%bash\nls\n\necho 'a", "pass\npass\n\npass"),
        ("%%sql\nSELECT 1", "pass\npass"),
    ],
)
def test_magics_and_shell_lines_leave_lines_and_indentation(cell: str, source: str) -> None:
    assert read_notebook(notebook(code(cell))).source == source


def test_magics_of_other_kernels_are_left_alone() -> None:
    metadata = {"kernelspec": {"language": "R"}}
    assert read_notebook(notebook(code("x %>% y\n%in%"), metadata=metadata)).source == "x %>% y\n%in%"


def test_an_r_notebook_is_counted_as_r() -> None:
    text = notebook(code("# FIXME: a\nlibrary(x)"), metadata={"kernelspec": {"name": "ir"}})
    summary = summarise("a.ipynb", text.encode())
    assert summary[:4] == (1, 1, 0, "R")
    assert summary.notes[0].text == "FIXME: a"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<<<<<<< HEAD\n{}", "it is not JSON"),
        ("", "it is not JSON"),
        ("[]", "it is JSON, but no notebook"),
        ("[" * 100_000, "it is nested too deeply"),
    ],
)
def test_what_is_no_notebook_has_a_reason(text: str, reason: str) -> None:
    with pytest.raises(NotebookError, match=reason):
        read_notebook(text)
    assert summarise("a.ipynb", text.encode()).unread == reason


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"cells": None},
        {"cells": [None, 1, {}, {"cell_type": "code"}, {"cell_type": "code", "source": 1}]},
        {"worksheets": [None, {"cells": 1}]},
        {"metadata": {"kernelspec": {"language": 1}}, "cells": [code([1, "a"])]},  # type: ignore[list-item]
    ],
)
def test_odd_shapes_are_survived(document: Mapping[str, object]) -> None:
    assert summarise("a.ipynb", json.dumps(document).encode()).unread is None


def test_an_empty_notebook_has_no_lines() -> None:
    assert summarise("a.ipynb", notebook().encode()) == Summary(language="Python")


KEYS = ["cells", "worksheets", "source", "input", "cell_type", "metadata", "kernelspec", "language", "name"]
leaves = st.none() | st.text("ab%!?\n") | st.just("code")


@given(st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS), inner)))
def test_any_json_is_survived(document: object) -> None:
    summarise("a.ipynb", json.dumps(document).encode())


def test_cells_that_ran_before_one_above_are_told() -> None:
    summary = summarise(
        "a.ipynb",
        notebook(
            code("a = 1\nb = 2", execution_count=3),
            code("never", execution_count=None),
            code("\n  password='hunter2'\nx", execution_count=2),
            code("z", execution_count=4),
            code("split from the cell above", execution_count=4),
            code(" \n", execution_count=1),
            code("odd", execution_count=True),
            code("odd", execution_count="9"),
        ).encode(),
    )
    assert summary.run_cells == 4
    assert summary.run_back == (RunBack(4, "password='***'", 2, 3),)
    assert from_json(Summary, to_json(summary)) == summary


def test_format_3_and_other_kernels_tell_their_order_too() -> None:
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "input": "1", "language": "r", "prompt_number": number, "outputs": []}
        for number in (2, 1)
    ]
    summary = summarise("a.ipynb", json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]}).encode())
    assert (summary.language, summary.run_cells, summary.run_back) == ("R", 2, (RunBack(2, "1", 1, 2),))
