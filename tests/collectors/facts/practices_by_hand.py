"""Repositories as texts, read as a scan reads them, and what they say of practices."""

from __future__ import annotations

from collectors.facts.declarations import Declarations, Declared, declarations
from collectors.facts.files import Files
from collectors.facts.practices import Practices, practices
from collectors.readers.declarations import is_declared_in, read_settings_file
from collectors.readers.reading import file_of, summarise

MODEL = "from sklearn.svm import SVC\n\n\ndef train(x, y):\n    return SVC().fit(x, y)\n"
CI = "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: {}\n"
WORKFLOW = ".github/workflows/ci.yml"


def practised(texts: dict[str, str]) -> Practices:
    return practices(read(texts), declared(texts))


def read(texts: dict[str, str]) -> Files:
    return Files(
        tuple(
            file_of(path, f"{number:040x}", len(text.encode()), "100644", summarise(path, text.encode()))
            for number, (path, text) in enumerate(sorted(texts.items()))
        )
    )


def declared(texts: dict[str, str]) -> Declarations:
    rows = [
        Declared(file.path, found)
        for file in read(texts)
        if is_declared_in(file) and (found := read_settings_file(file.path, texts[file.path].encode()))
    ]
    return declarations(rows, texts)


def level(texts: dict[str, str], name: str) -> float | None:
    return practised(texts).measured(name).value
