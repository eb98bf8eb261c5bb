"""GitHub fails while a pull request is assessed, in each way and at each step: one comment and one check in the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from github_app import client
from github_app.assessing import Done, Failed, Later
from tests.github.fake import Answer, Fault
from tests.github.hosted import PATH, Hosted, hosted
from tests.github_app.test_faults import ANSWERS

STEPS = {
    "token": ("POST", "/access_tokens"),
    "pull": ("GET", "/pulls/"),
    "comments": ("GET", "/comments"),
    "comment": ("POST", "/comments"),
    "checks": ("GET", "/check-runs"),
    "check": ("POST", "/check-runs"),
}
NAMES = (
    *("502", "429", "429 with a time", "403 secondary", "403 primary", "401"),
    *("301", "307", "no answer", "cut", "no JSON"),
)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp("faults")) as made:
        made.pause = 0.0001
        yield made


@pytest.fixture(scope="module")
def change(there: Hosted) -> Mapping[str, Any]:
    """What a real change reads as; the same for every pull request of these tests but for its head and number."""
    found: list[Mapping[str, Any]] = []

    def read(told: Mapping[str, Any]) -> Mapping[str, Any]:
        found.append(there.read(told))
        return found[0]

    there.assess(there.open({"new.py": PATH % b"new"}), read=read)
    return found[0]


def asked(there: Hosted, number: int, change: Mapping[str, Any]) -> Done | Later | Failed:
    head = there.fake.pulls[number]["head"]["sha"]

    def read(_: Mapping[str, Any]) -> Mapping[str, Any]:
        texts = {key: change[key].replace("pr=7 ", f"pr={number} ") for key in ("comment", "correction")}
        return {**change, **texts, "head": head}

    return there.assess(number, read=read)


@cache
def heads() -> Iterator[str]:
    return (f"{n:040x}" for n in range(1, 10_000))


@pytest.mark.parametrize("answer", NAMES)
@pytest.mark.parametrize("step", STEPS)
def test_one_comment_and_one_check(there: Hosted, change: Mapping[str, Any], step: str, answer: str) -> None:
    method, part = STEPS[step]
    for times, is_done in ((1, False), (1, True), (20, False)):
        number = 1_000 + there.fake.new_id()
        there.fake.open_pull(number, next(heads()))
        there.fake.faults = [Fault(method, part, ANSWERS[answer], is_done=is_done) for _ in range(times)]
        first = asked(there, number, change)
        there.fake.faults.clear()
        if times > 1:
            assert isinstance(first, Later), first
            assert "ghs_" not in first.sentence
        assert isinstance(asked(there, number, change), Done)
        assert asked(there, number, change)[2:] == ("left", "left")
        assert (len(there.bodies(number)), len(there.checks(number))) == (1, 1)


def test_how_long_to_wait_is_what_github_says(there: Hosted, change: Mapping[str, Any]) -> None:
    for answer, least, is_told in (("403 primary", 3_600, True), ("429", 0, False)):
        number = 1_000 + there.fake.new_id()
        there.fake.open_pull(number, next(heads()))
        there.fake.faults = [Fault("POST", "/comments", ANSWERS[answer])]
        found = asked(there, number, change)
        assert isinstance(found, Later)
        assert found.seconds > least
        assert found.is_told is is_told


def test_a_token_that_ends_while_it_runs_is_had_anew(there: Hosted, change: Mapping[str, Any]) -> None:
    number = 1_000 + there.fake.new_id()
    there.fake.open_pull(number, next(heads()))
    head = there.fake.pulls[number]["head"]["sha"]

    def read(_: Mapping[str, Any]) -> Mapping[str, Any]:
        there.fake.rows["tokens"].clear()
        return {**change, "head": head}

    assert isinstance(there.assess(number, read=read), Done)
    assert (len(there.bodies(number)), len(there.checks(number))) == (1, 1)


@pytest.mark.parametrize("is_done", [True, False])
def test_annotations_are_not_put_twice(there: Hosted, change: Mapping[str, Any], is_done: bool) -> None:
    number = 1_000 + there.fake.new_id()
    there.fake.open_pull(number, next(heads()))
    *about, (one,) = change["verdict"]
    many = {**change, "verdict": [*about, [[f"{n}.py", *one[1:]] for n in range(130)]]}
    for part in ("POST", "PATCH"):
        there.fake.faults.append(Fault(part, "/check-runs", Answer(502), is_done=is_done))
    assert isinstance(asked(there, number, many), Done)
    (check,) = there.checks(number)
    assert [row["path"] for row in there.fake.rows["annotations"][check["id"]]] == [f"{n}.py" for n in range(130)]


def test_the_last_time_says_that_nothing_was_measured(there: Hosted, change: Mapping[str, Any]) -> None:
    number = 1_000 + there.fake.new_id()
    there.fake.open_pull(number, next(heads()))
    there.fake.faults = [Fault("GET", "/comments", Answer(502)) for _ in range(4)]
    head = there.fake.pulls[number]["head"]["sha"]
    assert isinstance(there.assess(number, read=lambda _: {**change, "head": head}, is_last=True), Later)
    (check,) = there.checks(number)
    assert (check["status"], check["conclusion"]) == ("completed", "neutral")
    assert "does not block the merge" in check["output"]["summary"]
    assert isinstance(asked(there, number, change), Done)
    assert [row["output"]["title"] for row in there.checks(number)] == ["This change adds 1 local path."]


@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.parametrize("step", ["token", "pull", "comment", "check"])
def test_an_answer_that_comes_too_late(
    there: Hosted, change: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch, step: str, is_done: bool
) -> None:
    monkeypatch.setattr(client, "SECONDS", 0.5)
    number = 1_000 + there.fake.new_id()
    there.fake.open_pull(number, next(heads()))
    there.fake.faults = [Fault(*STEPS[step], Answer(502, late=1), is_done=is_done)]
    first = asked(there, number, change)
    assert isinstance(first, Done | Later)
    monkeypatch.undo()
    assert isinstance(asked(there, number, change), Done)
    assert (len(there.bodies(number)), len(there.checks(number))) == (1, 1)
