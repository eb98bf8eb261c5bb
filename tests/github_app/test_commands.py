"""What a comment asks for; whatever stands in it, it is read and never fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_app.commands import Accept, Command, Explain, Help, Rescan, Wrong, command_in
from scoring.finding.acceptance import Reason

ID = "a1b2c3d4e5f6"


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        (f"/mldebt explain {ID}", Explain(ID)),
        ("/mldebt explain local_paths", Explain("local_paths")),
        ("/mldebt explain Local-Paths.", Explain("local_paths")),
        (f"/MLDEBT Explain `{ID}-2`, please", Explain(f"{ID}-2")),
        ("/mldebt explain", Help("a finding or a rule is missing")),
        (f"/mldebt wrong {ID.upper()}", Wrong(ID)),
        (f"/mldebt wrong `{ID}`: this path is a placeholder", Wrong(ID)),
        ("/mldebt wrong", Help("the id of a finding is missing")),
        (
            "/mldebt wrong local_paths",
            Help("what stands there is not the id of a finding: 12 characters of 0-9 and a-f"),
        ),
        ("/mldebt rescan", Rescan()),
        ("/mldebt   rescan!\nthanks", Rescan()),
        ("\n\n  /mldebt\trescan", Rescan()),
        ("/mldebt\u00a0re\u200bscan\r\n", Rescan()),
        ("/mldebt", Help()),
        ("/mldebt help", Help()),
        ("/mldebt dance", Help("that is no command here")),
    ],
)
def test_a_command_is_its_first_line(body: str, meant: Command) -> None:
    assert command_in(body) == meant


@pytest.mark.parametrize(
    ("rest", "meant"),
    [
        ("intended until 2027-03-31", Accept(ID, Reason.INTENDED, "", "2027-03-31", "2027-03-31")),
        (
            "test-data: fixtures, on purpose until 2027-03-31.",
            Accept(ID, Reason.TEST_DATA, "fixtures, on purpose", "2027-03-31", "2027-03-31"),
        ),
        ("we like it until 2027-03-31", Accept(ID, None, "we like it", "2027-03-31", "2027-03-31")),
        ("until we move until 2027-03-31", Accept(ID, None, "until we move", "2027-03-31", "2027-03-31")),
        ("intended until 2027-02-30", Accept(ID, Reason.INTENDED, "", None, "2027-02-30")),
        ("intended until summer", Accept(ID, Reason.INTENDED, "", None, "summer")),
        ("intended", Accept(ID, Reason.INTENDED, "", None, "")),
        ("until 2027-03-31", Accept(ID, None, "", "2027-03-31", "2027-03-31")),
        ("", Accept(ID, None, "", None, "")),
    ],
)
def test_what_is_accepted_why_and_until_when(rest: str, meant: Accept) -> None:
    assert command_in(f"/mldebt accept {ID} {rest}") == meant


@pytest.mark.parametrize(
    "body",
    [
        "",
        "see /mldebt rescan",
        "> /mldebt rescan",
        "`/mldebt rescan`",
        "thanks\n/mldebt rescan",
        "/mldebtrescan",
        "/mldebt-rescan",
        "mldebt rescan",
        "<!-- mldebt:reply to=1 -->\n/mldebt rescan",
    ],
)
def test_what_only_speaks_of_commands_is_none(body: str) -> None:
    assert command_in(body) is None


@given(st.text())
def test_any_text_after_our_name_is_read(rest: str) -> None:
    found = command_in(f"/mldebt {rest}")
    assert found is not None
    assert all(len(part) <= 500 for part in found if isinstance(part, str))


@given(st.text())
def test_any_text_is_read(body: str) -> None:
    command_in(body)
    command_in(f"/mldebt accept {ID} {body}")
