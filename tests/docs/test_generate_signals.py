from pathlib import Path

import pytest

from collectors.registry import discover
from docs import generate_signals
from docs.generate_signals import PAGE, main, page

SIGNALS = discover()


def test_the_page_is_as_the_docstrings_say() -> None:
    assert PAGE.read_text("utf-8") == page(SIGNALS), "run `python docs/generate_signals.py`"
    assert main(["--check"]) == 0


def test_every_signal_has_its_section_under_its_debt() -> None:
    text = page(SIGNALS)
    for signal in SIGNALS:
        section = text.partition(f"\n## {signal.definition.name}\n")[2].partition("\n## ")[0]
        assert signal.definition.source in section
        assert signal.definition.cannot_see in section
        assert f"`{signal.definition.debt}`" in section or signal.definition.debt is None


def test_the_order_of_the_files_does_not_matter() -> None:
    assert page(SIGNALS[::-1]) == page(SIGNALS)


def test_a_stale_page_is_said_so_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate_signals, "PAGE", tmp_path / "signals.md")
    assert main(["--check"]) == 1
    assert "stale" in capsys.readouterr().err
    assert main([]) == 0
    assert main(["--check"]) == 0
