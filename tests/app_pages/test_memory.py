import gc
import tomllib
from pathlib import Path

from streamlit import config

from app_pages import _memory
from app_pages._memory import THRESHOLDS, collect_less


def test_what_is_loaded_is_walked_over_no_more():
    before = gc.get_threshold()
    try:
        collect_less()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == THRESHOLDS
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_the_server_looks_for_garbage_by_itself_not_after_each_click():
    settings = tomllib.loads((Path(_memory.__file__).parents[1] / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["runner"]["postScriptGC"] is False
    assert config.get_config_options()["runner.postScriptGC"].default_val is True
