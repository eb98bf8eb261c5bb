"""What somebody is told to type about a stored repository."""

from __future__ import annotations

from mldebt.store.hosted import source_of
from mldebt.store.names import how_to_scan


def test_a_repository_of_the_app_is_scanned_by_its_name() -> None:
    assert how_to_scan("/src/shop", "shop", " --since 2024-01-01") == "mldebt scan /src/shop --since 2024-01-01"
    assert how_to_scan(source_of("https://github.com", 8), "acme/shop") == "mldebt jobs scan acme/shop"
