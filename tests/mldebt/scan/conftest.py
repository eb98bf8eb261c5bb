"""A home for the tests of one file, where nothing else needs one of its own."""

from __future__ import annotations

import pytest

from mldebt.settings import Settings, make_home, read_settings


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    found = read_settings({"MLDEBT_HOME": str(tmp_path_factory.mktemp("home"))})
    make_home(found)
    return found
