"""The settings and the store of this machine, as every command opens them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mldebt.settings import Settings, make_home, read_settings

if TYPE_CHECKING:
    from mldebt.store.engine import Store


def settings_here() -> Settings:
    settings = read_settings(os.environ)
    make_home(settings)
    return settings


def store_here(settings: Settings, wait_seconds: float = 30) -> Store:
    from mldebt.store.engine import open_store

    return open_store(settings.database_url, wait_seconds=wait_seconds)
