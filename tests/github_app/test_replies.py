"""What is answered to a command, byte by byte, and what no answer can do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from collectors.readers.policy import read_policy
from collectors.registry import discover
from github_app.commands import Accept, Help
from github_app.comments import Comment, marker
from github_app.replies import (
    DEBTS_BY_NAME,
    Known,
    about_debt,
    about_finding,
    about_rule,
    accepting,
    counted_wrong,
    help_text,
    not_found,
    not_known,
    replies_to,
    reply,
)
from scoring.finding.acceptance import Reason
from scoring.finding.globs import path_matches
from scoring.report.doubted import muted_line
from scoring.report.markdown import JOINER
from tests.scoring.report.changes_by_hand import WEB, change, path_in
from tests.scoring.report.test_comment_rendered import FRAGMENTS, names, rendered

GOLDEN = Path("tests/golden")
RULES = {one.definition.name: one.definition for one in discover()}
TODAY = "2026-11-29"


def known(path: str = "src/train.py", snippet: str = "open('/home/x')") -> Known:
    (row,) = change([path_in(path, 12, snippet)]).difference.added
    return Known(row, RULES["local_paths"], WEB, "c" * 40)


def asked(reason: Reason | None = Reason.INTENDED, note: str = "", until: str | None = "2027-03-31") -> Accept:
    return Accept(known().finding.id, reason, note, until, until or "summer")


GOLDENS = {
    "reply-help": help_text(Help("that is no command here")),
    "reply-finding": about_finding(known(), doubted=1),
    "reply-rule": about_rule(RULES["fixed_thresholds"], doubted=3),
    "reply-debt": about_debt(DEBTS_BY_NAME["undeclared_consumers"]),
    "reply-accept": accepting(known(), asked(None, "we read it on one machine"), TODAY),
    "reply-accept-never": accepting(known(), asked(until=None), TODAY),
}


@pytest.mark.parametrize("name", GOLDENS)
def test_as_it_was_agreed(name: str) -> None:
    assert GOLDENS[name] == (GOLDEN / f"{name}.md").read_text("utf-8")


def lines_of(text: str) -> str:
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert 'owner: ""' in block
    return str(block).replace('owner: ""', "owner: us", 1)


@pytest.mark.parametrize(
    "path", ["train.py", "src/train.py", "src/Daten für @ada `x`.py", 'a "b" \\xff.py', "새/파일.py"]
)
@pytest.mark.parametrize("note", ["", 'it is "so": @ada `x` # 1\u202e', "우리는 압니다", "&anchor *alias !!tag"])
def test_what_is_to_be_committed_accepts_that_finding(path: str, note: str) -> None:
    told = accepting(known(path), asked(note=note), TODAY)
    (one,) = read_policy(lines_of(told).encode(), ".github/mldebt.yml").acceptances
    assert (one.rule, one.reason, one.until) == ("local_paths", Reason.INTENDED, "2027-03-31")
    assert path_matches(one.path, path)
    assert not path_matches(one.path, f"other/{path}")
    assert one.note == note.replace("\u202e", "\\u202e")


def test_nobody_has_accepted_before_somebody_says_who() -> None:
    """What is copied as it stands is refused, with its line."""
    told = accepting(known(), asked(), TODAY)
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", told, re.MULTILINE | re.DOTALL)
    with pytest.raises(Exception, match="line 5: a text of 1 to 500 characters is wanted here"):
        read_policy(block.encode(), ".github/mldebt.yml")


def test_a_path_that_fits_no_line_is_accepted_beside_the_code() -> None:
    told = accepting(known(f"{'p' * 210}/a.py"), asked(), TODAY)
    assert "yaml" not in told.replace("mldebt.yml", "")
    assert "mldebt: accept local_paths intended OWNER until 2027-03-31" in told


def test_a_day_that_is_over_is_told() -> None:
    assert "2026-11-28 is over." in accepting(known(), asked(until="2026-11-28"), TODAY)
    assert "```yaml" in accepting(known(), asked(until=TODAY), TODAY)


def test_a_secret_in_a_note_is_masked() -> None:
    assert "ghp_" not in accepting(known(), asked(note=f"token ghp_{'a1' * 18}"), TODAY)


def test_how_many_it_takes_and_how_to_undo_it() -> None:
    assert counted_wrong("local_paths", 1, is_new=True) == (
        "Noted: 1 of the 3 findings that mute `local_paths` in this repository.\n"
    )
    assert counted_wrong("local_paths", 2, is_new=False).startswith("That was noted before: 2 of the 3")
    muted = counted_wrong("local_paths", 3, is_new=True)
    assert "is muted" in muted
    assert "`rules: {local_paths: on}`" in muted
    assert read_policy(b"rules: {local_paths: on}", "mldebt.yml").lists("local_paths", False)
    assert muted_line(()) == ""
    assert muted_line(["local_paths"]).endswith("commit `rules: {local_paths: on}` to `.github/mldebt.yml`.")


def test_the_nearest_name_is_told() -> None:
    assert "Did you mean `local_paths`?" in not_known("local_path", list(RULES))
    assert "Did you mean" not in not_known("@everyone", list(RULES))


def test_an_answer_is_found_by_its_author_and_what_it_answers() -> None:
    body = reply(5, "words\n")
    rows = [
        Comment(9, "mldebt[bot]", True, body),
        Comment(8, "mldebt[bot]", True, body),
        Comment(7, "mldebt[bot]", True, reply(6, "words\n")),
        Comment(6, "ada", False, body),
        Comment(5, "mldebt[bot]", False, body),
        Comment(4, "mldebt[bot]", True, f"> {body}"),
    ]
    assert [one.id for one in replies_to(rows, "mldebt[bot]", 5)] == [8, 9]
    assert marker(body) is None  # it is not the comment about the change


def hostile(name: str) -> list[str]:
    """Every answer that repeats what somebody wrote, with `name` in all such places."""
    one = known("x.py", name)
    path = f"src/{name.encode('utf-8', 'replace').decode()[:150]}.py"
    one = one._replace(finding=one.finding._replace(path=path, note=name or "x"))
    said = [about_finding(one), not_known(f"{'q' * 9}{name}", []), not_found(name)]
    said += [accepting(one, asked(note=f"x{name}"), TODAY), accepting(one, asked(None, name), TODAY)]
    return [*said, accepting(one, asked(until=None)._replace(until_word=name), TODAY)]


def test_no_name_breaks_out_of_an_answer() -> None:
    first = rendered(reply(1, "")).skeleton
    expected = [rendered(text).skeleton for text in hostile("plain")]
    for name in (*FRAGMENTS, *names(3, 300)):
        for text, skeleton in zip(hostile(name), expected, strict=True):
            there = rendered(reply(1, text))
            assert shape(there.skeleton) == shape([*first, *skeleton]), name
            assert not re.search(f"@(?!{JOINER})", text), name
            assert all(address.startswith(f"{WEB}/blob/{'c' * 40}/") for address in there.addresses), name


def shape(skeleton: list[str]) -> list[str]:
    """Without the words in which a note is told as they stand."""
    return [part for part in skeleton if part.startswith("<")]
