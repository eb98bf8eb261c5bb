"""Commands of comments, over real HTTP: who is answered, what is done, and once, whatever GitHub does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from collectors.registry import discover
from github_app.installation import as_installation
from github_app.obeying import OBEYING, Obeyed, obey
from github_app.port import GitHubFailed, Installed
from github_app.replies import Known
from scoring.signal import Definition
from tests.github.fake import FakeGitHub, Fault, serving
from tests.github.installed import INSTALLATION, INSTALLED, REPOSITORY, AccessByHand, install, key
from tests.github_app.test_faults import ANSWERS
from tests.scoring.report.changes_by_hand import WEB, change, path_in

HEAD = "c" * 40
RULES = {one.definition.name: one.definition for one in discover()}
(ROW,) = change([path_in("src/train.py", 12)]).difference.added
OTHERS = change([path_in(f"src/{name}.py", 1, f"open('/home/{name}')") for name in "abc"]).difference.added


@dataclass
class HereByHand:
    """One change with a few findings, and a store of doubts."""

    rules: Mapping[str, Definition] = field(default_factory=lambda: RULES)
    today: str = "2026-11-29"
    doubts: dict[tuple[str, str], int] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)

    def finding(self, wanted: str) -> Known | None:
        row = next((row for row in (ROW, *OTHERS) if row.id == wanted), None)
        return None if row is None else Known(row, RULES[row.rule], WEB, HEAD)

    def doubted(self, rule: str) -> int:
        return Counter(name for name, _ in self.doubts)[rule]

    def doubt(self, rule: str, finding: str, comment_id: int) -> bool:
        return self.doubts.setdefault((rule, finding), comment_id) == comment_id

    def rescan(self, comment_id: int) -> None:
        self.asked.add(comment_id)


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with serving(install(FakeGitHub(INSTALLED))) as there:
        there.open_pull(7, HEAD)
        there.rows["people"] = {"ada": "write", "root": "admin", "eve": "read"}
        yield there
        assert there.violations == []


def told(fake: FakeGitHub, here: HereByHand, comment_id: int, number: int = 7) -> Obeyed:
    github = as_installation(AccessByHand(fake.address, key()), INSTALLATION, REPOSITORY, OBEYING, pause=0.0005)
    return obey(github, here, number, comment_id)


def write(fake: FakeGitHub, body: str, login: str = "ada", kind: str | None = None) -> int:
    return int(fake.write_comment(7, body, login, kind)["id"])


def ours(fake: FakeGitHub) -> list[str]:
    return [str(row["body"]) for row in fake.comments[7] if row["user"]["login"] == "mldebt[bot]"]


def reactions(fake: FakeGitHub) -> list[Any]:
    return [content for _, content in fake.rows.get("reactions", [])]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (f"/mldebt explain {ROW.id}", "**Paths of somebody's own machine** at [`src/train.py:12`]"),
        ("/mldebt explain fixed_thresholds", "**Thresholds written in the code**"),
        ("/mldebt explain undeclared-consumers", "**Undeclared consumers**"),
        ("/mldebt explain local_path", "Did you mean `local_paths`?"),
        ("/mldebt explain 0123456789ab", "No finding `0123456789ab` is in this change"),
        (f"/mldebt accept {ROW.id} intended until 2027-03-31", 'path: "src/train.py"'),
        ("/mldebt accept 0123456789ab intended until 2027-03-31", "No finding `0123456789ab`"),
        (f"/mldebt wrong {ROW.id}", "Noted: 1 of the 3 findings that mute `local_paths`"),
        ("/mldebt", "A comment may begin with one of these"),
    ],
)
def test_who_may_write_is_answered_once(fake: FakeGitHub, body: str, says: str) -> None:
    here, row = HereByHand(), write(fake, body)
    for _ in range(2):
        assert told(fake, here, row).what == "answered"
    (said,) = ours(fake)
    assert said.startswith(f"<!-- mldebt:reply to={row} body=sha256:")
    assert says in said
    assert reactions(fake) == ["+1"]


def test_what_is_not_understood_is_answered_with_what_would_be(fake: FakeGitHub) -> None:
    assert told(fake, HereByHand(), write(fake, "/mldebt dance @everyone")).what == "answered"
    (said,) = ours(fake)
    assert "That is no command here." in said
    assert "everyone" not in said
    assert reactions(fake) == ["confused"]


@pytest.mark.parametrize("login", ["eve", "stranger"])
def test_who_may_not_write_gets_a_sign_and_nothing_is_done(fake: FakeGitHub, login: str) -> None:
    here = HereByHand()
    for body in (f"/mldebt wrong {ROW.id}", "/mldebt rescan", "/mldebt explain local_paths"):
        assert told(fake, here, write(fake, body, login)).what == "refused"
    assert (ours(fake), here.doubts, here.asked, set(reactions(fake))) == ([], {}, set(), {"-1"})


def test_the_permission_is_that_of_this_moment(fake: FakeGitHub) -> None:
    row = write(fake, "/mldebt rescan")
    fake.rows["people"]["ada"] = "read"
    assert told(fake, HereByHand(), row).what == "refused"


def test_bots_are_never_answered(fake: FakeGitHub) -> None:
    fake.rows["people"] |= {"other[bot]": "write", "mldebt[bot]": "write"}
    for login, kind in (("other[bot]", "Bot"), ("mldebt[bot]", "Bot"), ("ada", "Bot")):
        assert told(fake, HereByHand(), write(fake, "/mldebt help", login, kind)).what == "left"
    assert (len(ours(fake)), reactions(fake)) == (1, [])


def test_the_text_is_the_one_that_stands_there_now(fake: FakeGitHub) -> None:
    row = write(fake, f"/mldebt wrong {ROW.id}")
    fake.comments[7][-1]["body"] = "never mind"
    here = HereByHand()
    assert told(fake, here, row).what == "left"
    fake.comments[7].clear()
    assert told(fake, here, row) == Obeyed("left", "The comment is not there any more.")
    assert not here.doubts


def test_a_comment_of_another_pull_request_is_not_obeyed(fake: FakeGitHub) -> None:
    fake.open_pull(8, HEAD)
    assert told(fake, HereByHand(), write(fake, "/mldebt help"), number=8).what == "left"
    assert fake.comments[8] == []


def test_an_archived_repository_is_left_alone(fake: FakeGitHub) -> None:
    fake.rows["repository"] = {"archived": True}
    assert told(fake, HereByHand(), write(fake, "/mldebt help")).what == "left"
    assert (ours(fake), reactions(fake)) == ([], [])


def test_three_findings_mute_and_one_finding_thrice_does_not(fake: FakeGitHub) -> None:
    here = HereByHand()
    for _ in range(3):
        told(fake, here, write(fake, f"/mldebt wrong {OTHERS[0].id}", "root"))
    assert "That was noted before: 1 of the 3" in ours(fake)[-1]
    for row in OTHERS[1:]:
        told(fake, here, write(fake, f"/mldebt wrong {row.id}"))
    assert "Noted: `local_paths` is muted." in ours(fake)[-1]
    assert "`rules: {local_paths: on}`" in ours(fake)[-1]


def test_a_rescan_is_asked_for_and_not_talked_about(fake: FakeGitHub) -> None:
    here, row = HereByHand(), write(fake, "/mldebt rescan")
    assert told(fake, here, row).what == "done"
    assert (here.asked, ours(fake), reactions(fake)) == ({row}, [], ["+1"])


def test_a_pasted_answer_is_not_taken_for_ours(fake: FakeGitHub) -> None:
    row = write(fake, "/mldebt help")
    write(fake, f"<!-- mldebt:reply to={row} body=sha256:{'0' * 64} -->\nours", "eve")
    assert told(fake, HereByHand(), row).what == "answered"
    assert len(ours(fake)) == 1


STEPS = {
    "comment": ("GET", "/issues/comments/"),
    "permission": ("GET", "/permission"),
    "list": ("GET", "/7/comments"),
    "post": ("POST", "/7/comments"),
    "react": ("POST", "/reactions"),
}


@pytest.fixture(scope="module")
def lasting() -> Iterator[tuple[FakeGitHub, Installed]]:
    """For what needs many runs: making a client takes longer than all that it does."""
    with serving(install(FakeGitHub(INSTALLED))) as fake:
        access = AccessByHand(fake.address, key())
        yield fake, as_installation(access, INSTALLATION, REPOSITORY, OBEYING, pause=0.0002)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("step", STEPS)
def test_one_answer_in_the_end(lasting: tuple[FakeGitHub, Installed], step: str, answer: str) -> None:
    """Once instead of what was asked for, once after it was done, and for good."""
    fake, github = lasting
    for times, is_done in ((1, False), (1, True), (9, False)):
        fake.comments.clear()
        fake.open_pull(7, HEAD)
        fake.rows["people"] = {"ada": "write"}
        here, row = HereByHand(), write(fake, f"/mldebt wrong {ROW.id}")
        method, part = STEPS[step]
        fake.faults = [Fault(method, part, ANSWERS[answer], is_done=is_done) for _ in range(times)]
        assert "ghs_" not in failure(github, here, row)
        fake.faults.clear()
        assert failure(github, here, row) == ""
        (said,) = ours(fake)
        assert "Noted: 1 of the 3" in said
        assert len(here.doubts) == 1


def failure(github: Installed, here: HereByHand, row: int) -> str:
    """In words; anything else that is raised fails the test."""
    try:
        obey(github, here, 7, row)
    except GitHubFailed as error:
        return str(error)
    return ""
