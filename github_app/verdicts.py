"""What a change comes to as a check run. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from github_app.port import Annotation, Verdict
from scoring.finding import Finding
from scoring.finding.globs import matches
from scoring.report.change import Change
from scoring.report.comment import LARGEST, summary
from scoring.report.links import BYTE
from scoring.report.markdown import JOINER, plain
from scoring.report.text import visible

NAME = "mldebt"
MOST = 200
"""Annotations of one check."""
NO_GATE, GATE, UNMEASURED = "neutral", "failure", "neutral"
_LONGEST_TITLE = 200
_LONGEST_BRANCH = 40
_LONGEST_WORDS = 400


def verdict(change: Change, fail_on: Sequence[str]) -> Verdict:
    """`fail_on` are globs over rules, as the branch that is merged into has them: of these a change may add none."""
    gated = sorted({row.rule for row in change.added if any(matches(glob, row.rule) for glob in fail_on)})
    untold = [one for one in change.left_out if any(matches(glob, one.rule) for glob in fail_on if "*" not in glob)]
    words = [summary(change)]
    if gated:
        rules = " or ".join(change.definition(rule).counted(2).removeprefix("2 ") for rule in gated)
        words.insert(
            0, f"The branch that this is merged into wants no new {plain(rules)} (`fail_on` in its mldebt.yml)."
        )
    words += [f"Whether it adds {plain(one.rule)} could not be checked: {plain(one.reason)}." for one in untold]
    rows = [row for row in change.added if _is_spelled(row.path)]
    return _sealed(
        Verdict(
            GATE if gated else NO_GATE,
            _short(change.sentence, _LONGEST_TITLE),
            "\n\n".join(words)[: LARGEST + 4_000],
            annotations=tuple(_annotation(change, row) for row in rows[:MOST]),
        )
    )


def together(said: Mapping[int, tuple[str, Verdict]]) -> Verdict:
    """Of several requests with one head: GitHub has one check for a commit. By number: into which branch, and what.

    Where one of them adds what its branch wants no more of, the check fails: none lifts another's gate.
    """
    rows = sorted(said.items())
    if len(rows) == 1:
        return rows[0][1][1]
    titles = [f"Into {_short(base, _LONGEST_BRANCH)}: {one.title}" for _, (base, one) in rows]
    words = [f"**Into {plain(base)}, #{number}:**\n\n{one.summary}" for number, (base, one) in rows]
    failed = any(one.conclusion == GATE for _, (_, one) in rows)
    return _sealed(
        Verdict(
            GATE if failed else NO_GATE,
            _short(" ".join(titles), _LONGEST_TITLE),
            "\n\n".join(words)[: LARGEST + 4_000],
            annotations=tuple(dict.fromkeys(row for _, (_, one) in rows for row in one.annotations))[:MOST],
        )
    )


def still_failed(said: Verdict, unread: Sequence[int]) -> Verdict:
    """What is said where the check failed before: of whom could not be read, nothing is lifted."""
    if not unread or said.conclusion == GATE:
        return said
    which = ", ".join(f"#{number}" for number in sorted(unread))
    why = f"This check failed before, and that stands: {which} with the same head could not be read this time."
    return _sealed(said._replace(conclusion=GATE, summary=f"{why}\n\n{said.summary}"))


def unmeasured(why: str) -> Verdict:
    """`why` is a clause."""
    told = f"This change was not measured: {plain(why)}. That does not block the merge."
    return _sealed(Verdict(UNMEASURED, "This change was not measured", told), "unmeasured ")


def is_unmeasured(external_id: str) -> bool:
    return external_id.startswith("unmeasured ")


def same_annotations(one: str, other: str) -> bool:
    """Of two `external_id`s."""
    return one.rpartition(":")[2] == other.rpartition(":")[2]


def _sealed(said: Verdict, before: str = "") -> Verdict:
    """With the digests by which the next run knows what stands there already."""
    words = _digest([said.conclusion, said.title, said.summary])
    return said._replace(external_id=f"{before}v1:{words}:{_digest(said.annotations)}")


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:24]


def _annotation(change: Change, row: Finding) -> Annotation:
    about = change.definition(row.rule)
    seen = _short(row.snippet, _LONGEST_WORDS)
    return Annotation(
        row.path,
        row.line,
        max(row.line, row.end_line),
        _short(about.title, _LONGEST_TITLE),
        f"{seen}\n\n{about.pay_off}",
    )


def _short(text: str, limit: int) -> str:
    """As it stands there, in a mail too: nobody is called."""
    return visible(text, limit).replace("@", f"@{JOINER}")


def _is_spelled(path: str) -> bool:
    """Whether GitHub knows the file by these characters, and they can be sent to it."""
    return not BYTE.search(path) and path == path.encode("utf-8", "replace").decode()
