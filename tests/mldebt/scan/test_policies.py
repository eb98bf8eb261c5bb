"""What a team says in its repository, from the commit to the scorecard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.registry import discover
from tests.command import Command
from tests.repos.histories import START, Content, Link, commit, empty_repository

RULE = "self_admitted_debt_flow"
CODE = b"import pandas\n\n\ndef load():\n    # TODO read in chunks\n    return pandas.read_csv('a.csv')\n"
MORE = b"import pandas\n\n\ndef fit():\n    # FIXME the seed\n    return 1\n"
ACCEPT = f"accept:\n  - {{rule: {RULE}, path: load.py, reason: intended, owner: '@ml', until: 2099-12-31}}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Half a year old, so that there is something to compare with."""
    made = empty_repository(tmp_path / "shop")
    commit(made, {"load.py": CODE, "fit.py": MORE}, at=START)
    return made


def scanned(command: Command, repository: Path, **files: Content) -> Any:
    """The scorecard after a commit of these files; "_" in a name is a dot, and "__" a slash."""
    named: dict[str | bytes, Content] = {
        name.replace("__", "/").replace("_", "."): content for name, content in files.items()
    }
    commit(repository, {**named, "README.md": b"# Shop\n"}, at=START + 200 * 86_400)
    return command.scan(repository).card


def findings(card: Any) -> list[Any]:
    """Of the rule: the code may tell other rules something too."""
    return [one for one in card["findings"] if one["rule"] == RULE]


def places(card: Any) -> Any:
    [signal] = [one for one in card["signals"] if one["name"] == RULE]
    return signal["places"]


def test_without_a_policy_nothing_is_accepted(command: Command, repository: Path) -> None:
    card = scanned(command, repository)
    assert places(card) == {"total": 2, "accepted": 0, "lapsed": 0}
    assert [(one["path"], one["line"], one["snippet"]) for one in findings(card)] == [
        ("fit.py", 5, "FIXME the seed"),
        ("load.py", 5, "TODO read in chunks"),
    ]
    assert card["missing"] == []


@pytest.mark.parametrize("name", ["_github__mldebt_yml", "mldebt_yml"])
def test_what_the_file_accepts_is_counted_in_a_second_number(command: Command, repository: Path, name: str) -> None:
    before = scanned(command, repository)
    card = scanned(command, repository, **{name: ACCEPT.encode()})
    assert places(card) == {"total": 2, "accepted": 1, "lapsed": 0}
    by_path = {one["path"]: one for one in findings(card)}
    source = f"{name.replace('__', '/').replace('_', '.')}:2"
    assert by_path["load.py"]["accepted"] == {
        "reason": "intended",
        "owner": "@ml",
        "until": "2099-12-31",
        "note": "",
        "source": source,
    }
    assert by_path["fit.py"]["accepted"] is None
    assert card["identity"] != before["identity"]


def test_the_file_in_the_folder_of_github_comes_first(command: Command, repository: Path) -> None:
    card = scanned(command, repository, mldebt_yml=ACCEPT.encode(), _github__mldebt_yml=b"# nothing\n")
    assert places(card)["accepted"] == 0


def test_a_comment_accepts_what_stands_below_it(command: Command, repository: Path) -> None:
    said = f"    # mldebt: accept {RULE} intended @ml until 2099-12-31 small files only\n".encode()
    code = CODE.replace(b"    # TODO", said + b"    # TODO")
    card = scanned(command, repository, load_py=code)
    assert places(card) == {"total": 2, "accepted": 1, "lapsed": 0}
    [accepted] = [one["accepted"] for one in findings(card) if one["accepted"]]
    assert (accepted["source"], accepted["note"]) == ("load.py:5", "small files only")


def test_what_ran_out_counts_again_and_is_told(command: Command, repository: Path) -> None:
    card = scanned(command, repository, mldebt_yml=ACCEPT.replace("2099", "2020").encode())
    assert places(card) == {"total": 2, "accepted": 0, "lapsed": 1}
    assert "the acceptance of 1 ran out" in " ".join(command("show", "--repo", repository).out.split())


def test_a_broken_file_accepts_nothing_and_hides_people(command: Command, repository: Path) -> None:
    card = scanned(command, repository, mldebt_yml=ACCEPT.replace("reason", "resaon").encode())
    assert places(card)["accepted"] == 0
    why = "line 2: 'resaon' is no key here: did you mean reason?"
    so = "so nothing is accepted, ignored or stated, and no number about people is shown"
    assert card["missing"] == [f"mldebt.yml cannot be used ({why}), {so}"]
    assert all(one["state"] == "unknown" for one in card["signals"] if one["name"] == "truck_factor")


def test_a_link_in_its_place_is_no_file(command: Command, repository: Path) -> None:
    card = scanned(command, repository, mldebt_yml=Link(b"/etc/passwd"))
    assert "mldebt.yml cannot be used (it is no file)" in str(card["missing"])


def test_a_comment_that_accepts_nothing_is_told(command: Command, repository: Path) -> None:
    code = CODE.replace(b"    # TODO", b"    # mldebt: accept everything\n    # TODO")
    card = scanned(command, repository, load_py=code)
    assert card["missing"] == [
        "the comment at load.py:5 accepts nothing: write: mldebt: accept RULE REASON OWNER until YYYY-MM-DD"
    ]


def test_ignored_files_are_no_part_of_the_system(command: Command, repository: Path) -> None:
    card = scanned(command, repository, mldebt_yml=b"ignore: [load.py]\n")
    assert [one["path"] for one in findings(card)] == ["fit.py"]


def test_findings_stand_in_their_component(command: Command, repository: Path) -> None:
    card = scanned(command, repository, mldebt_yml=b"components:\n  loading: [load.py]\n")
    found = {one["path"]: one["component"] for one in findings(card)}
    assert found == {"load.py": "loading", "fit.py": ""}


def test_people_are_off_where_a_team_says_so(command: Command, repository: Path) -> None:
    card = scanned(command, repository, mldebt_yml=b"people: off\n")
    reasons = {one["name"]: one["reason"] for one in card["signals"] if "people: off" in one["reason"]}
    assert set(reasons) == {one.definition.name for one in discover() if one.definition.about_people}
    assert "truck_factor" in reasons


# -- what matches nothing ------------------------------------------------------------------------------

IDLE = "accept:\n  - {rule: local_*, path: gone/, reason: intended, owner: '@ml', until: 2099-12-31}\n"


def test_acceptances_that_match_nothing_are_told(command: Command, repository: Path) -> None:
    code = b"import pandas\n\n\n# mldebt: accept fixed_thresholds intended @ml until 2099-12-31\nx = 1\n"
    card = scanned(command, repository, mldebt_yml=IDLE.encode(), more_py=code)
    assert card["advice"] == [
        "the acceptance of local_* at gone/ (mldebt.yml:2) matches nothing: remove it",
        "the acceptance of fixed_thresholds at more.py:4 matches nothing: remove it",
    ]
    assert card["missing"] == []
    shown = " ".join(command("show", "--repo", repository).out.split())
    assert "To tidy up in mldebt.yml, or beside the code · the acceptance of local_* at gone/" in shown


def test_acceptances_that_match_or_ran_out_are_not(command: Command, repository: Path) -> None:
    assert scanned(command, repository, mldebt_yml=ACCEPT.encode())["advice"] == []
    assert scanned(command, repository, mldebt_yml=ACCEPT.replace("2099", "2020").encode())["advice"] == []


def test_what_was_not_seen_is_no_reason_to_remove_an_acceptance(command: Command, repository: Path) -> None:
    broken = IDLE.replace("gone/", "load.py")
    assert scanned(command, repository, mldebt_yml=broken.encode(), load_py=b"def (:\n")["advice"] == []
    every = IDLE.replace("local_*", "self_admitted_debt_flow")  # needs an earlier tree
    young = empty_repository(repository.parent / "young")
    commit(young, {"mldebt.yml": every.encode(), "a.py": b"x = 1\n"}, at=START)
    assert command.scan(young).card["advice"] == []


def test_many_idle_acceptances_are_counted(command: Command, repository: Path) -> None:
    entries = "".join(
        f"  - {{rule: local_paths, path: {n}.py, reason: intended, owner: o, until: 2099-12-31}}\n" for n in range(25)
    )
    told = scanned(command, repository, mldebt_yml=f"accept:\n{entries}".encode())["advice"]
    assert (len(told), told[-1]) == (21, "5 more acceptances match nothing")
