"""Scans, and what a change adds and pays. A comparison does not pay for what a scan needs: a store, and SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mldebt.scan.scanning import Report, Scan, Wanted, collector_versions, scan

__all__ = ["Report", "Scan", "Wanted", "collector_versions", "scan"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from mldebt.scan import scanning

    return getattr(scanning, name)
