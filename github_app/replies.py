"""What is answered to a command: Markdown in which what somebody wrote is shown, and does nothing. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from github_app.commands import Accept, Help
from github_app.comments import Comment
from scoring.debts import DEBTS, Debt, DebtKind
from scoring.finding import Finding
from scoring.finding.acceptance import Reason
from scoring.finding.doubts import MUTES
from scoring.finding.globs import LONGEST, path_matches
from scoring.finding.masking import masked
from scoring.report.doubted import doubts_line
from scoring.report.links import permalink
from scoring.report.markdown import code, link, plain
from scoring.report.text import visible
from scoring.signal import Definition

LONGEST_NOTE = 300
_MARKER = re.compile(r"<!-- mldebt:reply to=(\d{1,20}) body=sha256:([0-9a-f]{64}) -->")


class Known(NamedTuple):
    """A finding with where it was seen."""

    finding: Finding
    definition: Definition | None
    web: str | None
    commit: str


def reply(to: int, text: str) -> str:
    """A comment that answers the comment `to`, which its first line tells programs."""
    digest = hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
    return f"<!-- mldebt:reply to={to} body=sha256:{digest} -->\n{text}"


def replies_to(comments: Iterable[Comment], login: str, to: int) -> list[Comment]:
    """Ours that answer `to`; the oldest first. A first line alone proves nothing, since anyone can paste it."""
    found = []
    for one in comments:
        told = _MARKER.match(one.body)
        if told and int(told[1]) == to and one.login == login and one.is_bot is login.endswith("[bot]"):
            found.append(one)
    return sorted(found)


def help_text(asked: Help) -> str:
    begins = f"{plain(asked.about[:1].upper() + asked.about[1:])}. " if asked.about else ""
    return _paragraphs(
        f"{begins}A comment may begin with one of these; people with write access are answered:",
        "\n".join(
            (
                "- `/mldebt explain ID`, or a rule or a kind of debt: what it is, why it matters, how to pay it off",
                "- `/mldebt accept ID REASON until YYYY-MM-DD`: what to commit so that a finding is accepted",
                f"- `/mldebt wrong ID`: the rule is wrong there; {MUTES} such findings mute it in this repository",
                "- `/mldebt rescan`: look at this change again",
            )
        ),
    )


def about_finding(known: Known, doubted: int = 0) -> str:
    """`doubted`: how many findings of its rule were called wrong in this repository."""
    one, rule = known.finding, known.definition
    seen = f": {plain(one.note)}" if one.note else ""
    said = "" if one.accepted is None else f" It is accepted until {one.accepted.until}, as {one.accepted.reason}."
    words = f"Severity {one.severity.word}, effort {one.effort}.{said}"
    title = plain(rule.title) if rule else "A rule that this mldebt does not know any more"
    return _paragraphs(
        f"**{title}** at {_place(known)}",
        f"{code(one.snippet)}{seen}",
        _told(rule) if rule else "",
        f"This is finding {code(one.id)} of {code(one.rule)}. {words}",
        "" if one.accepted else _what_next(one.id),
        doubts_line(one.rule, doubted),
    )


def about_rule(rule: Definition, doubted: int = 0) -> str:
    return _paragraphs(
        f"**{plain(rule.title)}** ({code(rule.name)})",
        plain(rule.summary),
        _told(rule),
        doubts_line(rule.name, doubted),
    )


def about_debt(kind: DebtKind) -> str:
    return _paragraphs(
        f"**{plain(kind.title.en)}** (section {kind.section} of the paper)",
        plain(kind.sentence.en),
        _list({"For example": kind.example.en, "Pay it off": kind.remedy.en, "Ask": kind.ask.en}),
    )


def not_known(word: str, rules: Sequence[str]) -> str:
    """For what is neither a finding, a rule nor a debt."""
    close = get_close_matches(word[:50], [*rules, *(debt.value for debt in Debt)], n=1)
    hint = f" Did you mean {code(close[0])}?" if close else ""
    return _paragraphs(f"{code(word, 60)} is no rule and no kind of debt that is known here.{hint}")


def not_looked(why: str) -> str:
    return _paragraphs(f"This change could not be looked at, so nothing was done: {plain(why)}. Try again later.")


def not_found(finding: str) -> str:
    return _paragraphs(
        f"No finding {code(finding)} is in this change, nor among what the last scan of this repository listed. "
        "Ids are told beside each finding."
    )


def accepting(known: Known, asked: Accept, today: str) -> str:
    """The lines to commit; they accept nothing before they are."""
    if asked.until is None:
        why = f"{code(asked.until_word, 40)} is no day" if asked.until_word else "It does not say until when"
        return _form(f"{why}.", asked.finding)
    if asked.until < today:
        return _form(f"{asked.until} is over.", asked.finding)
    reason = asked.reason or Reason.INTENDED
    rule, path = known.finding.rule, known.finding.path
    glob = path if "/" in path else f"/{path}"
    fits = len(glob) <= LONGEST and glob == glob.strip() and path_matches(glob, path)
    beside = f"mldebt: accept {rule} {reason} OWNER until {asked.until}"
    how = f"The path {code(path)} fits no line of `.github/mldebt.yml`."
    if fits:
        how = (
            "Commit this to `.github/mldebt.yml` of the branch that this change goes into, and fill in who answers for "
        )
        how += f"it. It accepts what {code(rule)} finds in {code(path)}."
    return _paragraphs(
        f"Nothing is accepted yet. {how}",
        _yaml(rule, glob, reason, asked.until, asked.note) if fits else "",
        f"For this place alone, write it beside the code, in a comment on its line or the one above: {code(beside)}",
        "" if asked.reason else _reasons(),
    )


def counted_wrong(rule: str, doubted: int, *, is_new: bool) -> str:
    said = "Noted" if is_new else "That was noted before"
    if doubted >= MUTES:
        return _paragraphs(f"{said}: {code(rule)} is muted.", doubts_line(rule, doubted))
    return _paragraphs(f"{said}: {doubted} of the {MUTES} findings that mute {code(rule)} in this repository.")


def _what_next(finding: str) -> str:
    return (
        f"To live with it: {code(f'/mldebt accept {finding} intended until YYYY-MM-DD')}. "
        f"Where the rule is wrong: {code(f'/mldebt wrong {finding}')}."
    )


def _form(why: str, finding: str) -> str:
    form = f"/mldebt accept {finding} intended until YYYY-MM-DD"
    return _paragraphs(
        f"Nothing is accepted yet. {why} Write {code(form)}, with the last day on which it is to hold.", _reasons()
    )


def _reasons() -> str:
    return f"Reasons are {', '.join(code(reason) for reason in Reason)}."


def _place(known: Known) -> str:
    one = known.finding
    address = permalink(known.web, "file", one.path, known.commit, one.line, one.end_line)
    return link(code(f"{one.path}:{one.line}"), address)


def _told(rule: Definition) -> str:
    return _list(
        {
            "Why it matters": rule.why,
            "Pay it off": rule.pay_off,
            "Cannot see": rule.cannot_see,
            "Ask": rule.ask,
            "Source": rule.source,
        }
    )


def _list(texts: Mapping[str, str]) -> str:
    return "\n".join(f"- **{name}:** {plain(text)}" for name, text in texts.items() if text)


def _yaml(rule: str, glob: str, reason: Reason, until: str, note: str) -> str:
    lines = [
        "accept:",
        f"  - rule: {rule}",
        f"    path: {_quoted(glob)}",
        f"    reason: {reason}",
        '    owner: ""  # who answers for it: a person or a team, as you like to write it',
        f"    until: {until}",
    ]
    if note:
        lines.append(f"    note: {_quoted(visible(masked(note), LONGEST_NOTE))}")
    return "\n".join(["```yaml", *lines, "```"])


def _quoted(text: str) -> str:
    """A YAML scalar on one line that names nobody, ends no fence and hides nothing."""
    return f'"{"".join(map(_spelled, text))}"'


def _spelled(one: str) -> str:
    if one in '"\\@`' or (one != " " and unicodedata.category(one)[0] in "CZ"):
        return f"\\u{ord(one):04x}" if ord(one) <= 0xFFFF else f"\\U{ord(one):08x}"
    return one


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


DEBTS_BY_NAME: Mapping[str, DebtKind] = {debt.value: kind for debt, kind in DEBTS.items()}
