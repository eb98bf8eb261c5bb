"""Text as Markdown that shows it and does nothing else, at GitHub and in the mails that it sends.

In code spans nothing is markup, a mention or a reference. In a mail all is plain text, so a character without width
follows each @. Source: CommonMark 0.31, 6.1 (code spans) and 2.4 (backslash escapes).
"""

from __future__ import annotations

import re

from scoring.report.text import visible

JOINER = "\u2060"
LONGEST_LINK = 2_000
_SIGN = re.compile(r"[\\`*_{}\[\]<>#|~&$]|^[-+=]|(?<=^\d)[.)]")
_RUN = re.compile(r"`+")
_LINKED = re.compile(r"[@#]|(?:https?|ftp|www)(?=[:.])", re.IGNORECASE)  # what GitHub makes a link of, also in a word
_ADDRESS = re.compile(r"https://[A-Za-z0-9.:-]+/[\w/.~%#?&+:@,;=-]*", re.ASCII)


def code(text: str, limit: int = 200) -> str:
    """A code span on one line; its fence is longer than any run of backticks in it."""
    shown = visible(text, limit).replace("@", f"@{JOINER}") or " "
    fence = "`" * (max((len(run) for run in _RUN.findall(shown)), default=0) + 1)
    # One space at both ends is not shown where there is more than spaces between.
    pad = " " if shown.strip(" ") and (shown[0] in "` " or shown[-1] in "` ") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def plain(text: str, limit: int = 1_000) -> str:
    """Words on one line: no markup, mention, reference or address in them."""
    shown = _SIGN.sub(lambda sign: f"\\{sign[0]}", visible(text, limit))
    return _LINKED.sub(lambda begins: f"{begins[0]}{JOINER}", shown)


def link(label: str, address: str | None) -> str:
    """`label`, which is Markdown, as a link where the address is one that cannot end it early."""
    if address is None or len(address) > LONGEST_LINK or not _ADDRESS.fullmatch(address):
        return label
    return f"[{label}]({address})"
