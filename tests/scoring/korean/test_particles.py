from __future__ import annotations

import pytest

from scoring.korean.particles import Noun, attached


@pytest.mark.parametrize(
    ("word", "forms", "told"),
    [
        ("파일", "이|가", "파일이"),
        ("커밋 3개", "이|가", "커밋 3개가"),
        ("2명", "을|를", "2명을"),
        ("7.5일", "은|는", "7.5일은"),
        ("12 %", "은|는", "12 %는"),
        ("12%", "이|가", "12%가"),
        ("0", "이|가", "0이"),
        ("2", "이|가", "2가"),
        ("1,000", "을|를", "1,000을"),
        ("9", "을|를", "9를"),
        ("A", "을|를", "A를"),
        ("SQL", "이|가", "SQL이"),
        ("“테스트”", "을|를", "“테스트”를"),
        ("길(12개)", "은|는", "길(12개)는"),
        ("길", "으로|로", "길로"),
        ("1", "으로|로", "1로"),
        ("파일", "으로|로", "파일로"),
        ("3명", "으로|로", "3명으로"),
        ("나무", "으로|로", "나무로"),
    ],
)
def test_the_form_goes_with_the_last_sound(word: str, forms: str, told: str) -> None:
    assert attached(word, forms) == told
    assert f"{Noun(word):{forms}}" == told


@pytest.mark.parametrize("word", ["commit", "main.py", "", "…"])
def test_a_word_whose_sound_cannot_be_told_takes_no_particle(word: str) -> None:
    with pytest.raises(ValueError, match="nothing tells"):
        attached(word, "을|를")


@pytest.mark.parametrize("forms", ["을", "을|", "|를"])
def test_both_forms_are_needed(forms: str) -> None:
    with pytest.raises(ValueError, match="two forms"):
        attached("파일", forms)
