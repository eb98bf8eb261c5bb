import gc

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
