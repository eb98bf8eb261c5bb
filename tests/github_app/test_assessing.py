"""Pull requests of a real repository, fetched over HTTPS by a token, to one comment and one check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from github_app.assessing import MOST_OTHERS, Done, Failed, Later
from mldebt.jobs.failed import JobFailed
from tests.github.fake import Answer, Fault
from tests.github.hosted import PATH, THRESHOLD, Hosted, hosted
from tests.github.installed import GRANTED
from tests.repos.histories import commit, git

ONE = "This change adds 1 local path."


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp("hosted")) as made:
        yield made
        assert made.fake.violations == []


def head(there: Hosted, number: int) -> str:
    return str(there.fake.pulls[number]["head"]["sha"])


def said(there: Hosted, number: int) -> tuple[str, str]:
    """What became of comment and check."""
    found = there.assess(number)
    assert isinstance(found, Done), found
    return found.comment, found.check


def titles(there: Hosted, number: int) -> list[str]:
    return [row["output"]["title"] for row in there.checks(number)]


def first_lines(there: Hosted, number: int) -> list[str]:
    return [body.partition("\n")[0] for body in there.bodies(number)]


def test_opened_pushed_paid(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    assert there.assess(number, read=there.read_apart) == Done(
        "The change was measured.", head(there, number), "posted", "written"
    )
    assert first_lines(there, number) == [ONE]
    (check,) = there.checks(number)
    assert (check["name"], check["status"], check["conclusion"]) == ("mldebt", "completed", "neutral")
    assert check["output"]["title"] == ONE
    (note,) = there.fake.rows["annotations"][check["id"]]
    assert (note["path"], note["start_line"]) == ("new.py", 5)
    assert said(there, number) == ("left", "left")
    there.push(number, {"more.py": THRESHOLD % 7})
    assert said(there, number) == ("edited", "written")
    both = "This change adds 1 fixed threshold and 1 local path."
    assert (first_lines(there, number), titles(there, number)) == ([both], [both])
    there.push(number, {"new.py": None, "more.py": None})
    assert said(there, number) == ("edited", "written")
    (body,) = there.bodies(number)
    assert body.startswith("Of what this comment listed nothing is left.")
    assert titles(there, number) == ["This change adds no finding."]


def test_nothing_new_is_a_check_and_no_comment(there: Hosted) -> None:
    number = there.open({"README.md": b"# More\n"})
    assert said(there, number) == ("left", "written")
    assert there.bodies(number) == []
    assert titles(there, number) == ["This change adds no finding."]


def test_a_fork_that_is_private_or_gone_is_read_from_the_base(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"fork"}, fork="mallory/name")
    there.fake.pulls[number]["head"]["repo"] = None
    there.fake.pulls[number]["head"]["user"] = None
    assert said(there, number) == ("posted", "written")
    assert not any("mallory" in path for path in there.host.asked)


def test_a_force_push_starts_over(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"one"})
    said(there, number)
    before = head(there, number)
    there.push(number, {"other.py": THRESHOLD % 3}, base="main")
    assert said(there, number) == ("edited", "written")
    assert first_lines(there, number) == ["This change adds 1 fixed threshold."]
    assert head(there, number) != before


def test_what_the_base_did_meanwhile_is_not_this_change(there: Hosted) -> None:
    git(there.bare, "update-ref", "refs/heads/release", "main")
    number = there.open({"new.py": PATH % b"new"}, base="release")
    commit(there.bare, {"late.py": THRESHOLD % 2}, ref="refs/heads/release")
    said(there, number)
    assert first_lines(there, number) == [ONE]


def test_who_is_not_to_be_spoken_to(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    pull = there.fake.pulls[number]
    quiet: dict[str, dict[str, Any]] = {
        "it is a draft": {"draft": True},
        "a bot opened it": {"user": {**pull["user"], "type": "Bot"}},
        "the pull request is closed": {"state": "closed"},
    }
    for why, row in quiet.items():
        before = {key: pull[key] for key in row}
        pull |= row
        found = there.assess(number)
        pull |= before
        assert isinstance(found, Done)
        assert why in found.sentence
    there.fake.rows["repository"] = {"archived": True}
    assert there.assess(number) == Done("Nothing was done: the repository is archived.")
    there.fake.rows["repository"] = {}
    there.fake.rows["suspended"] = 1
    assert "suspended" in there.assess(number).sentence
    there.fake.rows["suspended"] = 0
    del there.fake.pulls[number]
    assert "no such pull request" in there.assess(number).sentence
    there.fake.pulls[number] = pull
    assert (there.bodies(number), there.checks(number)) == ([], [])


def test_two_requests_with_one_head_share_a_check_and_none_lifts_the_other_s_gate(there: Hosted) -> None:
    git(there.bare, "update-ref", "refs/heads/gated", "main")
    commit(there.bare, {".github/mldebt.yml": b"pull_requests: {fail_on: ['*']}\n"}, ref="refs/heads/gated")
    gated = there.open({"new.py": PATH % b"new"}, base="gated")
    free = there.open({"other.py": PATH % b"x"})
    git(there.bare, "update-ref", f"refs/pull/{free}/head", head(there, gated))
    there.fake.pulls[free]["head"]["sha"] = head(there, gated)
    assert said(there, gated) == ("posted", "written")
    assert said(there, free) == ("posted", "left"), "it tells of both already"
    (check,) = there.checks(free)
    assert check["conclusion"] == "failure"
    assert check["output"]["title"] == f"Into gated: {ONE} Into main: {ONE}"
    assert f"**Into main, #{free}:**" in check["output"]["summary"]
    assert len(there.fake.rows["annotations"][check["id"]]) == 1
    there.fake.pulls[gated]["state"] = "closed"
    assert said(there, free) == ("left", "edited")
    (check,) = there.checks(free)
    assert (check["conclusion"], check["output"]["title"]) == ("neutral", ONE)


def test_a_gate_is_not_lifted_by_a_request_of_the_same_head_that_cannot_be_read(there: Hosted) -> None:
    git(there.bare, "update-ref", "refs/heads/fenced", "main")
    commit(there.bare, {".github/mldebt.yml": b"pull_requests: {fail_on: ['*']}\n"}, ref="refs/heads/fenced")
    gated = there.open({"new.py": PATH % b"new"}, base="fenced")
    said(there, gated)
    free = there.open({"other.py": PATH % b"x"})
    git(there.bare, "update-ref", f"refs/pull/{free}/head", head(there, gated))
    there.fake.pulls[free]["head"]["sha"] = head(there, gated)

    def for_now(told: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"later": "the git host stopped answering"} if told["number"] == gated else there.read(told)

    def at_all(told: Mapping[str, Any]) -> Mapping[str, Any]:
        if told["number"] == gated:
            raise JobFailed("it could not be read")
        return there.read(told)

    for read in (for_now, at_all):
        found = there.assess(free, read=read)
        assert isinstance(found, Done), found
        check = there.checks(free)[-1]
        assert check["conclusion"] == "failure"
        assert f"that stands: #{gated} with the same head could not be read" in check["output"]["summary"]
    many = [there.open({"x.py": PATH % b"y"}) for _ in range(MOST_OTHERS + 1)]
    for number in many:
        there.fake.pulls[number] |= {"head": there.fake.pulls[gated]["head"], "state": "closed"}
    assert said(there, free) == ("left", "edited"), "those that are closed take nobody's turn"
    assert there.checks(free)[-1]["output"]["title"].startswith("Into fenced: ")
    there.fake.pulls[gated]["state"] = "closed"
    there.assess(free, read=at_all)
    assert there.checks(free)[-1]["conclusion"] == "neutral", "who is closed blocks nothing"


def test_the_base_s_configuration_decides_and_never_the_change_s(there: Hosted) -> None:
    git(there.bare, "update-ref", "refs/heads/strict", "main")
    config = b"pull_requests: {comment: off, drafts: on, bots: on, fail_on: ['local_*']}\n"
    commit(there.bare, {".github/mldebt.yml": config}, ref="refs/heads/strict")
    number = there.open({"new.py": PATH % b"new", ".github/mldebt.yml": None}, base="strict", by="renovate[bot]")
    there.fake.pulls[number]["draft"] = True
    assert said(there, number) == ("", "written")
    (check,) = there.checks(number)
    assert (there.bodies(number), check["conclusion"]) == ([], "failure")
    assert check["output"]["summary"].startswith("The branch that this is merged into wants no new local paths")
    there.push(number, {"new.py": THRESHOLD % 4})
    said(there, number)
    assert [row["conclusion"] for row in there.checks(number)] == ["neutral"]

    lax = there.open({"new.py": PATH % b"new", ".github/mldebt.yml": config})
    assert said(there, lax) == ("posted", "written")
    assert [row["conclusion"] for row in there.checks(lax)] == ["neutral"]


def test_a_head_that_moves_while_it_is_read_is_not_spoken_of(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    old = head(there, number)

    def read(told: Mapping[str, Any]) -> Mapping[str, Any]:
        found = there.read(told)
        there.push(number, {"more.py": THRESHOLD % 7})
        return found

    assert isinstance(there.assess(number, read=read), Later)
    assert there.bodies(number) == []
    assert [row for row in there.fake.rows["checks"] if row["head_sha"] == old] == []
    said(there, number)
    assert first_lines(there, number) == ["This change adds 1 fixed threshold and 1 local path."]


def test_a_head_that_git_does_not_have_yet_is_asked_for_later(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    real = head(there, number)
    there.fake.pulls[number]["head"]["sha"] = "d" * 40
    assert isinstance(there.assess(number), Later)
    there.fake.pulls[number]["head"]["sha"] = real
    assert (there.bodies(number), there.fake.rows["checks"][-1]["head_sha"] != "d" * 40) == ([], True)


def test_two_at_once_leave_one_comment_and_one_check(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: there.assess(number), range(2)))
    assert all(isinstance(one, Done) for one in found)
    assert (len(there.bodies(number)), len(there.checks(number))) == (1, 1)


def test_a_new_name_and_a_branch_where_a_folder_was(there: Hosted) -> None:
    git(there.bare, "update-ref", "refs/heads/next", "main")
    first = there.open({"new.py": PATH % b"new"}, base="next")
    said(there, first)
    git(there.bare, "update-ref", "-d", "refs/heads/next")
    git(there.bare, "update-ref", "refs/heads/next/one", "main")
    second = there.open({"new.py": PATH % b"new"}, base="next/one")
    assert said(there, second) == ("posted", "written")
    there.push(second, {"more.py": THRESHOLD % 7})
    there.bare.rename(there.bare.with_name("renamed.git"))
    there.fake.former, there.fake.repository = {"owner/name"}, "owner/renamed"
    try:
        assert said(there, second) == ("edited", "written")
    finally:
        there.fake.former, there.fake.repository = set(), "owner/name"
        there.bare.with_name("renamed.git").rename(there.bare)
    assert len(list(there.settings.mirrors.iterdir())) == 1


def test_what_cannot_be_measured_is_said_on_the_check_alone(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    there.fake.pulls[number]["base"]["ref"] = "gone"
    found = there.assess(number)
    assert isinstance(found, Failed)
    assert found.sentence.startswith("this change was not measured: owner/name could not be fetched")
    (check,) = there.checks(number)
    assert (check["status"], check["conclusion"]) == ("completed", "neutral")
    assert check["output"]["title"] == "This change was not measured"
    assert check["output"]["summary"].endswith("That does not block the merge.")
    assert there.bodies(number) == []
    there.assess(number)
    assert len(there.checks(number)) == 1
    there.fake.pulls[number]["base"]["ref"] = "main"
    assert said(there, number) == ("posted", "edited")
    assert titles(there, number) == [ONE]
    there.fake.pulls[number]["base"]["ref"] = "gone"
    there.assess(number)
    assert titles(there, number) == [ONE]  # what was measured of this commit stays


def test_what_the_app_was_not_granted_is_told(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    there.fake.rows["granted"] = {**GRANTED, "checks": ""}
    found = there.assess(number)
    there.fake.rows["granted"] = dict(GRANTED)
    assert isinstance(found, Failed)
    assert "permissions requested are not granted" in found.sentence
    assert found.sentence.endswith("run `mldebt doctor`")


def test_a_locked_conversation_has_its_check_all_the_same(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    locked = {"message": "Unable to create comment because issue is locked."}
    there.fake.faults = [Fault("POST", "/comments", Answer(403, locked))]
    assert said(there, number) == ("refused", "written")
    assert (there.bodies(number), titles(there, number)) == ([], [ONE])


def test_a_repository_that_is_too_large_is_not_fetched(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    there.fake.rows["repository"] = {"size": 3_000_000}
    before = len(there.host.asked)
    found = there.assess(number)
    there.fake.rows["repository"] = {}
    assert found == Failed("this change was not measured: owner/name is larger than this server fetches")
    assert len(there.host.asked) == before
    assert titles(there, number) == ["This change was not measured"]


def test_many_findings_are_annotated_in_batches_and_counted(there: Hosted) -> None:
    many = b"".join(b"def f%d():\n    return open('/home/ada/%d.csv')\n" % (n, n) for n in range(115))
    number = there.open({"many.py": many, "more.py": many.replace(b"ada", b"bo")})
    said(there, number)
    (check,) = there.checks(number)
    assert check["output"]["annotations_count"] == 200
    assert check["output"]["title"] == "This change adds 230 local paths."
    assert len(there.fake.comments[number][0]["body"]) < 65_536


def test_a_process_that_cannot_read_it_is_one_sentence(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})

    def read(_: Mapping[str, Any]) -> Mapping[str, Any]:
        raise JobFailed("it took more than 20 minutes and was ended")

    assert isinstance(there.assess(number, read=read), Failed)
    assert titles(there, number) == ["This change was not measured"]


def test_a_git_host_that_fails_for_a_moment_is_asked_later(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})

    def unwell(handler: Any) -> bool:
        handler.send_error(503)
        return True

    there.host.answers_with = unwell
    try:
        found = there.assess(number, read=there.read_apart)
        assert isinstance(found, Later)
        assert "could not be fetched" in found.sentence
        assert there.checks(number) == []
        there.assess(number, read=there.read_apart, is_last=True)
        assert titles(there, number) == ["This change was not measured"]
    finally:
        there.host.answers_with = lambda _: False
    assert said(there, number) == ("posted", "edited")


@pytest.mark.parametrize("state", [{}, {"draft": True}, {"state": "closed"}, {"base": {"ref": "gone"}}])
def test_a_check_that_is_asked_for_again_never_stays_pending(there: Hosted, state: dict[str, Any]) -> None:
    number = there.open({"new.py": PATH % b"new"})
    said(there, number)
    there.fake.rows["checks"][-1] |= {"status": "queued", "conclusion": None}
    pull = there.fake.pulls[number]
    for name, value in state.items():
        pull[name] = {**pull[name], **value} if isinstance(value, dict) else value
    there.assess(number)
    assert [(row["status"], row["conclusion"]) for row in there.checks(number)] == [("completed", "neutral")]
    assert len(there.bodies(number)) == 1
