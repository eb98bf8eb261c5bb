"""docs/accepting.md says what the readers take."""

import re
from pathlib import Path

from collectors.readers.policy import read_policy
from scoring.finding.acceptance import Reason, inline

PAGE = (Path(__file__).parents[2] / "docs" / "accepting.md").read_text("utf-8")


def block(language: str) -> str:
    return PAGE.partition(f"```{language}\n")[2].partition("```")[0]


def test_the_example_is_taken():
    policy = read_policy(block("yaml").encode(), "mldebt.yml")
    assert (len(policy.acceptances), len(policy.components), len(policy.ignore)) == (1, 2, 2)
    assert [one.about for one in policy.attestations] == ["undeclared_consumers"]
    assert not policy.shows_people


def test_the_comment_is_taken():
    accepted = inline(block("python"), "a.py", 1)
    assert accepted is not None
    assert accepted.note == "until the rewrite"


def test_every_reason_is_told():
    assert re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE) == list(Reason)
