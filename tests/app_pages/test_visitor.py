import pytest

from app_pages import _visitor


def test_the_language_is_asked_for_once_within_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter(["ko", "en", "ko", "en"])
    monkeypatch.setattr(_visitor, "_language", lambda: next(told))
    with _visitor.asked_once():
        assert [_visitor.language(), _visitor.language()] == ["ko", "ko"]
        with _visitor.asked_once():  # a part of the page that runs by itself asks anew
            assert _visitor.language() == "en"
        assert _visitor.language() == "ko"
    assert [_visitor.language(), _visitor.language()] == ["ko", "en"]


def test_what_ends_a_page_early_forgets_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter(["ko", "en"])
    monkeypatch.setattr(_visitor, "_language", lambda: next(told))
    with pytest.raises(KeyError), _visitor.asked_once():
        raise KeyError
    assert _visitor.language() == "en"
