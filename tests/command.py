"""`mldebt` as a person runs it: in this process where only its words matter, in one of its own where its end does."""

from __future__ import annotations

import io
import json
import math
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pytest
from jsonschema import Draft202012Validator

from mldebt.cli import main, progress

ROOT = Path(__file__).parent.parent
SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas" / "scorecard-1.json").read_text()))


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str

    @property
    def is_clean(self) -> bool:
        """Done, and nothing to complain about; progress is none."""
        return self.status == 0 and not any(word in self.err for word in ("mldebt:", "partial:", "Traceback", "rror"))

    @property
    def card(self) -> dict[str, Any]:
        """What `--format json` printed."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def signals(self) -> dict[str, dict[str, Any]]:
        return {signal["name"]: signal for signal in self.card["signals"]}

    @property
    def values(self) -> dict[str, float | None]:
        return {name: signal["value"] for name, signal in self.signals.items()}


@dataclass(frozen=True)
class Command:
    """The command with a home, and so a store, of its own."""

    home: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {"MLDEBT_HOME": str(self.home), "DATABASE_URL": "", "PORT": "", **self.settings}

    def __call__(self, *args: str | Path) -> Done:
        """Run in this process: quicker, and whatever warns fails the test."""
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        before = signal.getsignal(signal.SIGINT)
        status: Any = 0
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            patch.setattr(progress, "PLAIN_SECONDS", math.inf)  # on a busy machine, too, only what is wrong is said
            patch.setattr(sys, "argv", ["mldebt", *map(str, args)])
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            try:
                main()
            except SystemExit as end:
                status = end.code or 0
            finally:
                signal.signal(signal.SIGINT, before)
        return Done(status, _text(out), _text(err))

    def scan(self, repository: str | Path, *options: str) -> Done:
        """As JSON, which must have been printed and hold to its schema."""
        done = self("scan", repository, *options, "--format", "json")
        assert done.status == 0, done.err
        SCHEMA.validate(done.card)
        return done

    def started(self, *args: str | Path, inside: Path = ROOT, **environment: str) -> subprocess.Popen[bytes]:
        """Begun in a process of its own, which leads a group of its own; as the installed command does, it takes no
        module from the folder that it is called in."""
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "mldebt", *map(str, args)],
            cwd=inside,
            env={**os.environ, "PYTHONPATH": str(ROOT), **self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def spawned(self, *args: str | Path) -> Done:
        return finished(self.started(*args))


def finished(process: subprocess.Popen[bytes], seconds: float = 60) -> Done:
    """Wait for the end of a process. One that takes longer than `seconds` hangs, and fails the test."""
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        pytest.fail(f"it hangs: {err.decode(errors='backslashreplace')}")
    return Done(process.returncode, out.decode(errors="backslashreplace"), err.decode(errors="backslashreplace"))


def _text(stream: IO[str]) -> str:
    stream.flush()
    raw: bytes = stream.buffer.getvalue()  # type: ignore[attr-defined]
    return raw.decode()
