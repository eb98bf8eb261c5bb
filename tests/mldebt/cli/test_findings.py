"""Findings at the command line: explained one by one and by rule, and as SARIF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import Command
from tests.repos.histories import START, Content, commit, empty_repository, git

RULE = "self_admitted_debt_flow"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    made = empty_repository(tmp_path / "shop")
    commit(made, {"a.py": b"x = 1\n"}, at=START)
    notes = b"".join(f"# TODO number {number}\n".encode() for number in range(12))
    accept = f"accept: [{{rule: {RULE}, path: b.py, reason: intended, owner: '@ml', until: 2099-12-31}}]\n"
    files: dict[str | bytes, Content] = {
        "a.py": b"x = 1\n" + notes,
        "b.py": b"# FIXME later\n",
        "mldebt.yml": accept.encode(),
    }
    commit(made, files, at=START + 200 * 86_400)
    git(made, "remote", "add", "origin", "https://github.com/owner/shop.git")
    return made


def test_a_rule_shows_its_heaviest_places_with_links(command: Command, repository: Path) -> None:
    card = command.scan(repository).card
    shown = command("explain", RULE, "--repo", repository)
    assert shown.status == 0
    assert "13 places, of which 1 accepted" in shown.out
    first = card["findings"][0]
    assert f"· {first['id']}  a.py:2  TODO number 0" in shown.out
    assert first["link"] == f"https://github.com/owner/shop/blob/{card['commit']}/a.py#L2"
    assert first["link"] in shown.out
    assert "and 3 more" in shown.out


def test_a_finding_is_explained_by_its_id(command: Command, repository: Path) -> None:
    by_path = {one["path"]: one for one in command.scan(repository).card["findings"]}
    shown = command("explain", by_path["a.py"]["id"], "--repo", repository).out
    words = " ".join(shown.split())
    assert "a.py:" in words
    assert "TODO number" in words
    assert "Pay off take the new ones into the next planning" in words
    assert "Effort M; severity low; 2 changes touched its file in a year" in words
    assert f"# mldebt: accept {RULE} REASON OWNER until YYYY-MM-DD" in words
    assert "https://github.com/owner/shop/blob/" in words
    accepted = " ".join(command("explain", by_path["b.py"]["id"], "--repo", repository).out.split())
    assert "Accepted intended by @ml until 2099-12-31, in mldebt.yml:1" in accepted
    assert "REASON OWNER" not in accepted


def test_an_id_that_is_not_there_says_what_to_do(command: Command, repository: Path) -> None:
    command.scan(repository)
    done = command("explain", "0123456789ab", "--repo", repository)
    assert done.status == 2
    assert "the last scan of owner/shop has no finding 0123456789ab: it may be paid off" in done.err


def test_sarif_holds_the_findings_of_the_scan(command: Command, repository: Path) -> None:
    card = command.scan(repository).card
    done = command("scan", repository, "--format", "sarif")
    [run] = json.loads(done.out)["runs"]
    ids = [result["partialFingerprints"]["mldebtFinding/v1"] for result in run["results"]]
    assert sorted(ids) == sorted(one["id"] for one in card["findings"])
    assert [bool(result.get("suppressions")) for result in run["results"]] == [False] * 12 + [True]
    assert run["versionControlProvenance"][0]["revisionId"] == card["commit"]
    assert command("show", "--repo", repository, "--format", "sarif").out == done.out


def test_ids_stay_through_a_rename_and_a_shift_of_lines(command: Command, repository: Path) -> None:
    before = {one["id"] for one in command.scan(repository).card["findings"]}
    moved = b"# a new head\n\nimport os\n" + git(repository, "show", "HEAD:a.py")
    commit(repository, {"a.py": None, "src/z.py": moved}, at=START + 201 * 86_400)
    assert {one["id"] for one in command.scan(repository).card["findings"]} == before
