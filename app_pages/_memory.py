"""How often the server looks for garbage: to walk over all that stays cost more than a page does."""

from __future__ import annotations

import gc

THRESHOLDS = 50_000, 20, 20


def collect_less() -> None:
    """Once, when all that every page needs is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
