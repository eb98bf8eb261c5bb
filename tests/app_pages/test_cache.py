import ast
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app_pages import _cache
from app_pages._cache import kept

PAGES = Path(_cache.__file__).parent


def counting() -> tuple[list[tuple[int, ...]], Callable[..., str]]:
    asked: list[tuple[int, ...]] = []

    def answer(*numbers: int) -> str:
        asked.append(numbers)
        return ", ".join(map(str, numbers))

    return asked, answer


def test_what_was_asked_before_is_not_worked_out_again() -> None:
    asked, answer = counting()
    remembered = kept(most=10)(answer)
    assert [remembered(1, 2), remembered(2, 1), remembered(1, 2)] == ["1, 2", "2, 1", "1, 2"]
    assert asked == [(1, 2), (2, 1)]


def test_arguments_that_follow_from_the_others_decide_nothing() -> None:
    asked, answer = counting()
    remembered = kept(most=10, by=1)(answer)
    assert [remembered(1, 2), remembered(1, 3), remembered(2, 3)] == ["1, 2", "1, 2", "2, 3"]
    assert asked == [(1, 2), (2, 3)]


def test_names_of_arguments_are_told_apart() -> None:
    remembered = kept(most=10)(lambda one=0, two=0: (one, two))
    assert remembered(one=1) == (1, 0)
    assert remembered(two=1) == (0, 1)


def test_the_answer_asked_for_longest_ago_makes_room() -> None:
    asked, answer = counting()
    remembered = kept(most=2)(answer)
    for number in (1, 2, 1, 3, 1, 2):
        remembered(number)
    assert asked == [(1,), (2,), (3,), (2,)]


def test_an_answer_is_kept_for_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("app_pages._cache.time.monotonic", lambda: now[0])
    asked, answer = counting()
    remembered = kept(most=10, seconds=10)(answer)
    for moment in (100.0, 110.0, 110.1):
        now[0] = moment
        remembered(1)
    assert len(asked) == 2


def test_nothing_is_kept_of_a_failure() -> None:
    asked = []

    @kept(most=10)
    def fails_once(number: int) -> int:
        asked.append(number)
        if len(asked) == 1:
            raise ValueError("not now")
        return number

    with pytest.raises(ValueError, match="not now"):
        fails_once(1)
    assert fails_once(1) == 1
    assert fails_once(1) == 1
    assert len(asked) == 2


def test_who_asks_for_the_same_meanwhile_waits_for_it() -> None:
    begun, go_on, asked = threading.Event(), threading.Event(), []

    @kept(most=10)
    def slow(number: int) -> int:
        asked.append(number)
        begun.set()
        assert go_on.wait(20)
        return number

    both = [threading.Thread(target=slow, args=(1,)) for _ in range(2)]
    for one in both:
        one.start()
    assert begun.wait(20)
    go_on.set()
    for one in both:
        one.join(20)
    assert asked == [1]


def test_what_is_cleared_is_worked_out_anew() -> None:
    asked, answer = counting()
    remembered = kept(most=10)(answer)
    remembered(1)
    remembered.clear()
    remembered(1)
    assert len(asked) == 2


def test_no_page_keeps_anything_itself() -> None:
    """Its script runs anew for each visitor, and so would forget."""
    scripts = sorted(PAGES.glob("[!_]*.py"))
    assert len(scripts) > 5
    for script in scripts:
        parts = ast.walk(ast.parse(script.read_text("utf-8")))
        assert _cache.__name__ not in {one.module for one in parts if isinstance(one, ast.ImportFrom)}, script.name
