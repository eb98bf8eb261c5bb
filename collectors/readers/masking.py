"""Secrets and people are known by the names they stand under and by how they look, and do not leave the readers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

MASK = "***"

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SECRET = {
    "password", "passwd", "passphrase", "pwd", "secret", "secrets", "token", "credential", "credentials", "apikey",
    "accesskey", "secretkey", "privatekey", "authtoken", "pat", "dsn",
}  # fmt: skip
_SECRET_KEYS = {
    "api", "access", "secret", "private", "account", "signing", "encryption", "auth", "ssh", "client", "license",
    "deploy", "storage", "webhook", "fernet", "master", "service", "subscription", "shared",
}  # fmt: skip
"""What makes a "key" a secret; a primary, foreign or dictionary key is none."""
# Models call pieces of text tokens.
_TOKENS = {
    "pad", "bos", "eos", "unk", "mask", "cls", "sep", "max", "min", "num", "special", "start", "end", "stop",
    "image", "per", "next", "new", "decoder", "first", "id", "ids", "type", "length", "count", "limit", "size",
    "dim", "level",
}  # fmt: skip
_NAMED_CONTENT = {
    "md5", "sha", "sha1", "sha256", "hash", "hashes", "rev", "revision", "commit", "digest", "etag", "checksum",
    "fingerprint", "version", "ref", "id", "uuid", "guid", "oid",
}  # fmt: skip
_PEOPLE = {
    "author", "authors", "maintainer", "maintainers", "assignee", "assignees", "reviewer", "reviewers", "email",
    "emails", "contributors", "contact", "contacts", "author_email", "maintainer_email",
}  # fmt: skip
_ADDRESS = re.compile(r"(?<![\w.+-])(?!git@)[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_ISSUED = re.compile(
    r"(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w-]{20,64}|xox[abprs]-[\w-]{10,255}"
    r"|AIza[\w-]{35}|hf_[A-Za-z0-9]{20,64}|sk-[\w-]{20,255}|sk_live_\w{16,255}|npm_[A-Za-z0-9]{36}|pypi-[\w-]{40,255}"
    r"|dapi[0-9a-f]{32}|eyJ[\w-]{10,4096}\.eyJ[\w-]{10,4096}(?:\.[\w-]{0,4096})?"
)
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY")
_LOGIN = re.compile(r"(?<=://)[^/\s:@]{0,256}:[^/\s@]{1,256}(?=@)|(?<=://)[^/\s:@]{1,256}(?=@)")
_IN_TEXT = re.compile(
    r"""(?i)((?:password|passwd|pwd|secret|token|api_?key|access_?key|account_?key|sig)["']?\s{0,4}[=:]\s{0,4}["']?)[^\s"'&;,]{4,}"""
)
_REFERENCE = re.compile(
    r"\$\{\{[^{}]*\}\}|\$\{[\w.]+\}|\$\w+|\$\([\w.]+\)|%\(\w+\)s|\{\{[^{}]*\}\}|<[^<>]*>|\$\{oc\.env:\w+\}|%\w+%|"
)
_CANDIDATE = re.compile(r"[A-Za-z0-9+/=_\-]{20,4096}")
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_DIGEST = re.compile(r"(?:sha\d{1,3}|md5)[:-]\Z|@\Z")  # what a digest or commit follows
_ENTROPY, _HEX_BITS = 0.80, 3.2
"""Share of the greatest possible entropy, and bits a character, from which a run was made by a machine."""
_SWITCHES = 0.28
"""Words of CamelCase or numbers, a character: those that mean something are longer.

Of random texts of 20 letters and digits 97 in 100 are known so, of longer ones more; of 2,284 other runs of that length
in fifteen repositories, none."""


def is_secret_name(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    if "key" in words and _SECRET_KEYS & set(words):
        return True
    if "connection" in words and "string" in words:
        return True
    secret = _SECRET & set(words)
    if words[1:] and words[-1] == "pass":
        return True
    return bool(secret) and not (secret == {"token"} and _TOKENS & set(words))


def masked(value: str, above: Sequence[str] = ()) -> str | None:
    """The value without what is secret or says who somebody is; None where that is all of it.

    `above`: the keys it stands under.
    """
    if _REFERENCE.fullmatch(value):
        return value
    name = next((part for part in reversed(above) if not part.startswith("[")), "")
    if _PEOPLE.intersection(part.lower() for part in above):
        return None
    if (is_secret_name(name) and value.lower() not in _HARMLESS) or _PRIVATE_KEY.search(value):
        return None
    value = _LOGIN.sub(MASK, _ISSUED.sub(MASK, value))
    if "@" in value:
        value = _ADDRESS.sub(MASK, value)
    value = _IN_TEXT.sub(rf"\1{MASK}", value)
    if len(value) < 20:
        return value
    names_content = bool(_NAMED_CONTENT & {word.lower() for word in re.findall(r"[A-Za-z]+\d*", name)})
    return _CANDIDATE.sub(lambda match: _checked(match, names_content), value)


def presentable(value: str, above: Sequence[str] = ()) -> str:
    """As `masked`, with a mask where all of it is secret."""
    found = masked(value, above)
    return MASK if found is None else found


_HARMLESS = frozenset({"none", "null", "true", "false", "changeme", "required", "optional"})


def _checked(match: re.Match[str], names_content: bool) -> str:
    return MASK if is_random(match[0]) and not _names_content(match, names_content) else match[0]


def _names_content(match: re.Match[str], by_name: bool) -> bool:
    """A hash, commit or digest says which content is meant; it opens no door."""
    before = match.string[max(0, match.start() - 8) : match.start()]
    return by_name or (_HEX.fullmatch(match[0]) is not None and _DIGEST.search(before) is not None)


def is_random(run: str) -> bool:
    """Whether 20 or more letters and digits in a row look made by a machine."""
    if len(run) < 20 or not re.search(r"\d", run) or not re.search(r"[A-Za-z]", run):
        return False
    if _HEX.fullmatch(run):
        return len(run) >= 32 and _bits(run) >= _HEX_BITS
    # Words joined by strokes, dashes and underscores are names and paths; what is random has long runs between them.
    longest = max(re.split(r"[/_\-]", run), key=len)
    if len(longest) < 16:
        return False
    switches = len(re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", run)) - 1
    return switches >= _SWITCHES * len(run) and _bits(run) >= _ENTROPY * min(math.log2(len(run)), 5.9)


def _bits(run: str) -> float:
    counts = Counter(run)
    return -sum(count / len(run) * math.log2(count / len(run)) for count in counts.values())
