"""Tables that are handed over whole."""

import pytest

from collectors.facts.words import number_of, numbers_in
from collectors.readers.reading import summarise


@pytest.mark.parametrize(
    "text",
    [
        "Model(**cfg.model)",
        'Model(**cfg["model"])',
        'build(cfg["model"])',
        "build(settings=cfg.model)",
        'build(**dict(cfg["model"]))\nx = cfg["model"]\ny(x)',
        'params = cfg["model"]\nfit(params, rows)',
        'params = cfg.get("model", {})\nfit(**params)',
        'for key, value in cfg["model"].items(): f()',
    ],
)
def test_each_way_to_hand_it_over(text: str) -> None:
    assert number_of("model") in numbers_in(summarise("a.py", text.encode()).handed)


@pytest.mark.parametrize("text", ['depth = cfg["model"]["depth"]', "x = cfg.model.depth", "f(1, 'model')", "model()"])
def test_what_is_read_by_its_keys_is_not_handed_over(text: str) -> None:
    assert number_of("model") not in numbers_in(summarise("a.py", text.encode()).handed)
