"""Profiles of scales by hand."""

from __future__ import annotations

import json
from typing import Any

from scoring.answers import Identity
from scoring.profile import Profile, Size

MEDIUM = Size(commits=500, ml_files=9, ml_notebooks=1)
STRATA = [
    {"name": "small", "least": 100, "most": 199, "n": 60},
    {"name": "medium", "least": 200, "most": 1000, "n": 80},
    {"name": "large", "least": 1001, "most": None, "n": 50},
]


def scale(signal: str = "glue", stratum: str = "medium", **but: Any) -> dict[str, Any]:
    """Bounds at 0.1, 0.2, 0.3 and 0.4, each known to 0.02."""
    bounds = but.pop("bounds", [0.1, 0.2, 0.3, 0.4])
    spread = but.pop("spread", [[bound - 0.02, bound + 0.02] for bound in bounds])
    return {"signal": signal, "stratum": stratum, "version": 1, "n": 80, "bounds": bounds, "spread": spread, **but}


def made(*scales: dict[str, Any], name: str = "corpus-1") -> dict[str, Any]:
    """As a file holds it."""
    about = {"name": name, "made": "2026-11-28", "corpus": "public ML repositories", "strata": STRATA}
    return {**about, "scales": list(scales)}


def profile(*scales: dict[str, Any]) -> Profile:
    return Profile.read(json.dumps(made(*scales)))


def identity(of: Profile, size: Size | None = MEDIUM) -> Identity:
    return Identity("c" * 40, 1_700_000_000, profile=of.id, size=size)
