"""Particles: which of two forms stands behind a word, by the sound that the word ends with."""

from __future__ import annotations

import re

_LAST = re.compile(r"[가-힣0-9A-Za-z%][^가-힣0-9A-Za-z%]*\Z")
_CLOSED_DIGITS = frozenset("013678")  # 영, 일, 삼, 육, 칠, 팔; tens and thousands end in 십, 백, 천, 만
_CLOSED_LETTERS = frozenset("LMNR")  # 엘, 엠, 엔, 아르 as 알
_LIQUID = frozenset("178LR")  # end in ㄹ, which takes 로
_FIRST, _LAST_SYLLABLE, _CODAS, _RIEUL = 0xAC00, 0xD7A3, 28, 8


def attached(word: str, forms: str) -> str:
    """`word` with the form that suits it. `forms` holds both, the one after a consonant first: "을|를", "으로|로".

    Raises ValueError where how the word is read cannot be told from how it is written: a word in small Latin letters.
    """
    closed, bar, open_ = forms.partition("|")
    if not bar or not closed or not open_:
        raise ValueError(f"a particle has two forms parted by a bar, not {forms!r}")
    found = _LAST.search(word)
    if found is None:
        raise ValueError(f"nothing tells how {word!r} is read")
    last = found[0][0]
    if closed == "으로" and _is_liquid(last):
        return word + open_
    return word + (closed if _is_closed(last, word) else open_)


def _is_closed(last: str, word: str) -> bool:
    """It ends in a consonant."""
    if _FIRST <= ord(last) <= _LAST_SYLLABLE:
        return (ord(last) - _FIRST) % _CODAS != 0
    if last == "%":  # 퍼센트
        return False
    if last.islower():
        raise ValueError(f"nothing tells how {word!r} is read")
    return last in _CLOSED_DIGITS or last in _CLOSED_LETTERS


def _is_liquid(last: str) -> bool:
    if _FIRST <= ord(last) <= _LAST_SYLLABLE:
        return (ord(last) - _FIRST) % _CODAS == _RIEUL
    return last in _LIQUID


class Noun(str):
    """A word in a template: `{value:이|가}` is the word with its particle."""

    __slots__ = ()

    def __format__(self, forms: str) -> str:
        return attached(self, forms) if forms else str(self)
