"""Fixtures of other detectors are parsed and held against ours."""

from pathlib import Path

import pytest

from benchmarks.smells import DEFAULTS, RULES, SEEDS, Fixture, fixtures, main, seen

THEIRS = '''
class TestIt:
    def test_speaks(self):
        """A docstring
        of two lines, longer than the snippet that stands below it, by far."""
        node = extract_node(
            """
            KMeans() #@
            """
        )
        with self.assertAddsMessages(message(node)):
            self.checker.visit_call(node)

    @set_config(strict_hyperparameters_scikitlearn=True)
    def test_of_an_option(self):
        script = """
        KMeans(3)
        """
        with self.assertAddsMessages():
            pass

    def test_helper(self):
        assert has("a\\nb")


def test_silent(detector):
    code = (
        "import torch\\n"
        "torch.manual_seed(1)\\n"
        "torch.randn(3)\\n"
    )
    assert len(result) == 0


def test_counts(detector):
    code = "import torch\\n" "torch.randn(3)\\n"
    assert len(result) == 2
'''


def test_snippets_and_expectations_are_read() -> None:
    found = {one.name: one for one in fixtures(THEIRS)}
    assert {name: one.speaks for name, one in found.items()} == {
        "test_speaks": True,
        "test_silent": False,
        "test_counts": True,
    }
    assert found["test_speaks"].code.startswith("from sklearn.cluster import KMeans\n")
    assert seen(found["test_speaks"], DEFAULTS).found
    assert [seen(found[name], SEEDS).found for name in ("test_silent", "test_counts")] == [False, True]


def test_only_the_marked_call_counts() -> None:
    code = "from sklearn.svm import SVC\nSVC()\nSVC(C=1) #@\n"
    assert not seen(Fixture("a", code, speaks=False), DEFAULTS).found


def test_the_table_compares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _, whose, path, _ in RULES:
        file = tmp_path / whose / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(THEIRS if "sklearn" in path or "scikit" in path else "", "utf-8")
    assert main([str(tmp_path / "dslinter"), str(tmp_path / "CodeSmile")]) == 0
    printed = capsys.readouterr().out
    assert "| **together** |  | 6 | 4 | 3 | 0 | 1.000 | 0.750 |" in printed
    assert "- hyper-parameters, dslinter: `test_counts` (not found by us)" in printed
    assert main([]) == 2
