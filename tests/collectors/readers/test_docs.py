"""Set-up steps in READMEs and their like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.readers.docs import is_setup_document, read_document
from collectors.readers.reading import summarise


def setup_steps(path: str, text: str) -> int | None:
    return read_document(path, text).setup_steps


README = """# Churn model

Predicts churn.

## Installation

```bash
git clone x   # the code
pip install -r requirements.txt \\
    --no-deps

# a comment
dvc pull
```

or

    conda env create

### On Windows

```powershell
choco install x
```

## Usage

```bash
python train.py
```

## Results

```
accuracy 0.9
```
"""


def test_commands_below_setup_headings_are_counted() -> None:
    assert setup_steps("README.md", README) == 5
    assert summarise("README.md", README.encode()).setup_steps == 5


@pytest.mark.parametrize(
    ("body", "steps"),
    [
        ("no block", 0),
        ("```console\n$ make\nbuilding…\ndone\n$ make test\n```", 2),
        ("```\nmake\nbuilding…\n```", 1),
        ("```python\nimport a\n```", 0),
        ("```yaml\na: b\n```", 0),
        ("```sh\ncat <<EOF > .env\nA=1\nB=2\nEOF\nmake\n```", 2),
        ("```bash\n(venv) $ pip install a\n```", 1),
        ("```\nC:\\work> pip install a\n```", 1),
        ("- step\n\n  ```bash\n  make\n  ```", 1),
        ("> ```bash\n> make\n> ```", 1),
        ("~~~sh\nmake\n~~~", 1),
        ("```bash\nmake", 1),
    ],
)
def test_what_is_a_command(body: str, steps: int) -> None:
    assert setup_steps("README.md", f"# X\n\n## Getting started\n\n{body}\n") == steps


@pytest.mark.parametrize(
    "heading", ["Install", "Set-up", "Setup", "Getting Started", "Quickstart", "Development", "🚀 Installing"]
)
def test_headings_that_speak_of_setup(heading: str) -> None:
    assert setup_steps("README.md", f"# X\n\n## {heading}\n\n```sh\nmake\n```\n") == 1


@pytest.mark.parametrize(
    "text", ["", "# Setup tool\n\n## Usage\n```sh\nmake\n```\n", "# X\n\n## Results\n", "```sh\nmake\n```"]
)
def test_no_such_section_is_none_and_not_zero(text: str) -> None:
    assert setup_steps("README.md", text) is None


def test_sections_below_a_setup_heading_belong_to_it() -> None:
    text = "# X\n\n# Installation\n\n## Linux\n\n```sh\nmake\n```\n\n# Else\n\n```sh\nrun\n```\n"
    assert setup_steps("README.md", text) == 1


def test_a_document_about_installation_counts_as_a_whole() -> None:
    assert setup_steps("docs/install.md", "# Linux\n\n```sh\nmake\n```\n") == 1


RST = """
Model
=====

Installation
------------

.. code-block:: bash
   :linenos:

   $ pip install a
   $ make

Then::

    make test

Usage
-----

.. code:: bash

   python train.py
"""


def test_restructured_text() -> None:
    assert setup_steps("README.rst", RST) == 3


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("README.md", True),
        ("src/readme.rst", True),
        ("README", True),
        ("CONTRIBUTING.md", True),
        ("INSTALL.txt", True),
        ("docs/user/installation.md", True),
        ("docs/index.md", False),
        ("README.zh-CN.md", True),
        ("README_ko.md", True),
        ("readmes.py", False),
        ("src/install.py", False),
    ],
)
def test_which_documents_are_asked(path: str, expected: bool) -> None:
    assert is_setup_document(path) is expected


def test_what_commands_start_is_told_at_its_own_line() -> None:
    assert [(one.target, one.line) for one in read_document("README.md", README).told] == [("train.py", 29)]
    assert [(one.target, one.line) for one in read_document("README.rst", RST).told] == [("train.py", 23)]


def test_the_line_is_that_of_the_command_in_lists_and_behind_prompts() -> None:
    listed = "- step\n\n  ```console\n  $ make\n  building\n  $ python a/b.py \\\n      --x\n  ```\n"
    text = f"# X\n\n{listed}\nThen\n\n    sh c/d.sh\n"
    assert [(one.target, one.line) for one in read_document("README.md", text).told] == [("a/b.py", 8), ("c/d.sh", 14)]


@given(st.sampled_from(["README.md", "README.rst"]), st.text("#=-`~>. \n:abc$\\<", max_size=200))
def test_any_text_is_survived(path: str, text: str) -> None:
    assert (read_document(path, text).setup_steps or 0) >= 0


@pytest.mark.parametrize("piece", ["> ", "- ", "[", "`", "#", "\n", "::\n", "* a\n  "])
def test_a_hostile_readme_is_bounded(piece: str) -> None:
    read_document("README.md", piece * (200_000 // len(piece)))
    read_document("README.rst", piece * (200_000 // len(piece)))
