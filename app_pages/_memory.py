"""How often the server looks for garbage: to walk over all that stays cost more than a page does.

Streamlit would walk over all of it after each run of a script, while others wait; its configuration says not to.
"""

from __future__ import annotations

import gc

THRESHOLDS = 50_000, 5, 5


def collect_less() -> None:
    """Once, when all that every page needs is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
