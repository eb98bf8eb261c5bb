"""Secrets in snippets, taken out before anything is stored, shown or digested.

The forms of keys are those that their issuers document: AWS, GitHub, GitLab, Slack, Google, Stripe, OpenAI, Anthropic,
Hugging Face, npm and PyPI; beside them JSON web tokens, PEM blocks, addresses with a password, and whatever is assigned
to a name that says it is secret. It rather takes too much.
"""

from __future__ import annotations

import re

MASK = "***"
MOST = 4_000
"""Characters that are looked at; the rest is cut off first."""

_ISSUED = re.compile(
    r"""(?<![A-Za-z0-9])(?:
      (?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{12,}
    | gh[pousr]_[A-Za-z0-9]{16,} | github_pat_\w{16,} | gl(?:pat|ptt|dt|rt)-[\w-]{16,}
    | xox[a-z]-[\w-]{8,} | xapp-[\w-]{8,} | AIza[\w-]{30,} | ya29\.[\w.-]{16,}
    | [rsp]k_(?:live|test)_\w{10,} | whsec_\w{10,} | sk-[\w-]{16,}
    | hf_[A-Za-z0-9]{16,} | npm_[A-Za-z0-9]{16,} | pypi-[\w-]{16,}
    | eyJ[\w-]{6,}\.[\w-]{4,}(?:\.[\w-]*)?
    )""",
    re.VERBOSE | re.ASCII,
)
_BEGINNINGS = (
    "AKIA", "ASIA", "ABIA", "ACCA", "AROA", "AIDA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-",
    "glptt-", "gldt-", "glrt-", "xox", "xapp-", "AIza", "ya29.", "k_live_", "k_test_", "whsec_", "sk-", "hf_", "npm_",
    "pypi-", "eyJ",
)  # fmt: skip
"""What the keys of issuers begin with: most snippets hold none, and looking for these is cheap."""
_SECRETIVE = re.compile(r"pass|pwd|secret|token|credential|sig|key", re.IGNORECASE)
_RUN = re.compile(r"[A-Za-z0-9+/_-]{32}")
_HOOK = re.compile(r"(?<=hooks\.slack\.com/)[\w/-]+", re.ASCII)
_PEM = re.compile(r"(-----BEGIN [A-Z0-9 ]{0,40}-----).*?(-----END|\Z)", re.DOTALL)
_ADDRESS = re.compile(
    r"(?P<scheme>\b[a-z][a-z0-9+.-]{0,20}://)(?P<user>[^\s/:@'\"]{0,200})(?::(?P<word>[^\s/'\"]*))?@", re.IGNORECASE
)
_BEARER = re.compile(r"\b(Bearer|Basic)(\s+)([A-Za-z0-9+/=._~-]{6,})")
_ASSIGNED = re.compile(
    r"""(?P<name>[\w.-]{0,60}(?:pass(?:word|wd|phrase)|(?<![a-z])pass|pwd|secret|token|credentials?|(?<=[?&])sig
      |(?:api|access|private|account|secret|shared|auth|license|encryption|signing)[_.-]?key))
    (?P<between>['"]?\]?\s{0,9}(?:[:=!]=|=>|=|:)\s{0,99}[(\[{]?\s{0,99})
    (?:(?P<open>[rbfu]{0,2}(?P<quote>\"\"\"|\'\'\'|"|'))(?P<quoted>.*?)(?:(?<!\\)(?P=quote)|\Z)|(?P<bare>[^\s,;&'"]+))""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_HARMLESS = re.compile(
    r"""(?:none|null|nil|true|false|str|int|bytes|bool|any|optional\S*|os\.environ\S*|(?:os\.)?getenv\(.*|getpass\S*|input\(.*
    |\$\{\w+\}|(?-i:\$[A-Z_][A-Z0-9_]*)|\$?\{\{.*|(?:self|args|settings|config|cfg|env|secrets)\.\w+)[)\]}]*""",
    re.VERBOSE | re.IGNORECASE,
)
_LONG = re.compile(r"(?<![A-Za-z0-9+_-])[A-Za-z0-9+_-]{32,}={0,2}")
_AWS_SECRET = re.compile(r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")
_BASE64_LINE = re.compile(r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{60,}={0,2}")


def masked(text: str) -> str:
    """`text` (its first MOST characters) with *** in place of each secret."""
    text = keys_masked(text[:MOST])
    if _SECRETIVE.search(text):
        text = _ASSIGNED.sub(_without_value, text)
    if _RUN.search(text):
        for pattern in (_BASE64_LINE, _AWS_SECRET, _LONG):
            text = pattern.sub(_unless_a_name, text)
    return text


def keys_masked(text: str) -> str:
    """Without what is a secret by its form alone: commits and other long words stay as they are."""
    if "-----BEGIN" in text:
        text = _PEM.sub(rf"\1{MASK}\2", text)
    if "://" in text:
        text = _ADDRESS.sub(_without_password, text)
    text = _HOOK.sub(MASK, text) if "hooks.slack" in text else text
    if any(begin in text for begin in _BEGINNINGS):
        text = _ISSUED.sub(MASK, text)
    if "Bearer" in text or "Basic" in text:
        text = _BEARER.sub(rf"\1\2{MASK}", text)
    return text


def _without_password(match: re.Match[str]) -> str:
    """A user without a password may be a token: both go."""
    user = f"{match['user']}:" if match["word"] is not None else ""
    return f"{match['scheme']}{user}{MASK}@"


def _without_value(match: re.Match[str]) -> str:
    name = f"{match['name']}{match['between']}"
    if match["quote"]:
        value = MASK if match["quoted"] else ""
        return f"{name}{match['open']}{value}{match['quote']}"
    bare = match["bare"]
    return match[0] if _HARMLESS.fullmatch(bare) or bare == match["name"] else f"{name}{MASK}"


def _unless_a_name(match: re.Match[str]) -> str:
    """Long words of code are snake_case or CamelCase: keys have digits among letters of both cases, or are hex."""
    word = match[0]
    has_digit = any(c.isdigit() for c in word)
    mixed = any(c.isupper() for c in word) and any(c.islower() for c in word)
    is_plain = all(c.isalnum() for c in word)
    return MASK if has_digit and (mixed or is_plain) else word
