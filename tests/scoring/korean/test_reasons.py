from __future__ import annotations

import pytest

from scoring.korean.reasons import NAMED, REASONS, reason_in_korean


def test_numbers_keep_their_place() -> None:
    told = reason_in_korean("only 1,196 of 3,304 places that read or write data tell which data")
    assert told == "데이터를 읽거나 쓰는 3,304곳 가운데 1,196곳만 어떤 데이터인지 알 수 있습니다"


def test_names_keep_their_place() -> None:
    told = reason_in_korean(
        "it looks like a library, which must not pin its packages (setup.py names it, .github/x.yml publishes it)"
    )
    assert (
        told == "패키지 버전을 고정하면 안 되는 라이브러리로 보입니다(setup.py에 이름이 있고, .github/x.yml에서 배포)"
    )


@pytest.mark.parametrize("english", ["", "the moon was full", "there are no Python modules and no moon"])
def test_what_has_no_korean_is_told(english: str) -> None:
    assert reason_in_korean(english) is None


def test_each_holds_the_numbers_of_its_english_and_no_full_stop() -> None:
    for english, korean in REASONS.items():
        numbers = english.count("{}")
        told = korean.format(*(f"<{at}>" for at in range(numbers)))
        assert all(f"<{at}>" in told for at in range(numbers)), english
        assert told.strip() == told
        assert not told.endswith("."), english
    assert all(pattern.groups == korean.count("{}") for pattern, korean in NAMED)
