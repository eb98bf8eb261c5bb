"""The one check run of a commit, through a request's life."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from github_app.checks import end_pending, write_check, write_unmeasured
from github_app.installation import ASSESSING, AppOnRepository, as_installation
from github_app.port import GitHubFailed, Verdict
from github_app.verdicts import unmeasured, verdict
from tests.github.fake import Answer, FakeGitHub, Fault, serving
from tests.github.installed import INSTALLATION, INSTALLED, REPOSITORY, AccessByHand, install, key
from tests.scoring.report.changes_by_hand import change, cut_in, path_in

HEAD = "c" * 40
ONE = verdict(change([cut_in("a.py", 3)]), [])
GATED = verdict(change([cut_in("a.py", 3)]), ["*"])
OTHER = verdict(change([path_in("b.py", 9)]), [])
MANY = verdict(change([path_in(f"{n}.py", n) for n in range(1, 121)]), [])


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with serving(install(FakeGitHub(INSTALLED))) as there:
        yield there
        assert there.violations == []


@pytest.fixture
def github(fake: FakeGitHub) -> AppOnRepository:
    return as_installation(AccessByHand(fake.address, key()), INSTALLATION, REPOSITORY, ASSESSING, pause=0.001)


def shown(fake: FakeGitHub) -> list[tuple[str, str, list[str]]]:
    """Of each check: its conclusion, its title, and where its annotations are."""
    rows: list[dict[str, Any]] = fake.rows["checks"]
    notes = fake.rows.get("annotations", {})
    return [
        (row["conclusion"], row["output"]["title"], [note["path"] for note in notes.get(row["id"], [])]) for row in rows
    ]


def as_shown(said: Verdict) -> tuple[str, str, list[str]]:
    return said.conclusion, said.title, [one.path for one in said.annotations]


def test_written_left_and_edited(fake: FakeGitHub, github: AppOnRepository) -> None:
    assert write_check(github, HEAD, ONE) == "written"
    assert write_check(github, HEAD, ONE) == "left"
    assert write_check(github, HEAD, GATED) == "edited"
    assert shown(fake) == [as_shown(GATED)]


def test_other_annotations_need_another_check(fake: FakeGitHub, github: AppOnRepository) -> None:
    """GitHub never takes an annotation back; of two with one name the newer counts."""
    write_check(github, HEAD, ONE)
    assert write_check(github, HEAD, OTHER) == "written"
    assert write_check(github, HEAD, OTHER) == "left"
    assert shown(fake) == [as_shown(ONE), as_shown(OTHER)]


def test_what_was_not_measured_becomes_what_was(fake: FakeGitHub, github: AppOnRepository) -> None:
    assert write_unmeasured(github, HEAD, unmeasured("no reason")) == "written"
    assert write_unmeasured(github, HEAD, unmeasured("no reason")) == "left"
    assert write_check(github, HEAD, ONE) == "edited"
    assert write_unmeasured(github, HEAD, unmeasured("no reason")) == "left"
    assert shown(fake) == [as_shown(ONE)]


@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.parametrize(("method", "times"), [("POST", 1), ("PATCH", 1), ("PATCH", 2)])
def test_what_is_in_doubt_is_looked_up(
    fake: FakeGitHub, github: AppOnRepository, method: str, times: int, is_done: bool
) -> None:
    fake.faults = [Fault(method, "/check-runs", Answer(502), is_done=is_done) for _ in range(times)]
    assert write_check(github, HEAD, MANY) == "written"
    assert shown(fake) == [as_shown(MANY)]


def test_cut_short_it_goes_on_where_it_ended(fake: FakeGitHub, github: AppOnRepository) -> None:
    fake.faults = [Fault("PATCH", "/check-runs", Answer(502)) for _ in range(4)]
    with pytest.raises(GitHubFailed):
        write_check(github, HEAD, MANY)
    assert [len(one[2]) for one in shown(fake)] == [50]
    assert write_check(github, HEAD, MANY) == "edited"
    assert shown(fake) == [as_shown(MANY)]


@pytest.mark.parametrize("new", [ONE, OTHER, GATED, unmeasured("no reason")])
def test_asked_for_again_it_waits_until_it_is_written(fake: FakeGitHub, github: AppOnRepository, new: Verdict) -> None:
    """GitHub sets a check that somebody wants again back to queued, and leaves the rest of it as it was."""
    write_check(github, HEAD, ONE)
    fake.rows["checks"][0] |= {"status": "queued", "conclusion": None}
    write = write_unmeasured if new.title.endswith("measured") else write_check
    assert write(github, HEAD, new) == "edited"
    (row,) = fake.rows["checks"]
    assert (row["status"], row["conclusion"], row["output"]["title"]) == ("completed", new.conclusion, new.title)


def test_what_waits_ends_though_nothing_is_to_be_said(fake: FakeGitHub, github: AppOnRepository) -> None:
    assert not end_pending(github, HEAD, unmeasured("it is a draft"))
    write_check(github, HEAD, ONE)
    assert not end_pending(github, HEAD, unmeasured("it is a draft"))
    assert shown(fake) == [as_shown(ONE)]
    fake.rows["checks"][0] |= {"status": "queued", "conclusion": None}
    assert end_pending(github, HEAD, unmeasured("it is a draft"))
    assert [row["status"] for row in fake.rows["checks"]] == ["completed"]
