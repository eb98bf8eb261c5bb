"""Who wrote a commit, as a keyed digest: names and addresses end here.

One person is one address after the `.mailmap` at HEAD, in lower case. GitHub's two no-reply forms are folded to the
login they hold; without an address the name stands in; without both, everyone is the same nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from collectors.git.errors import GitFailed
from collectors.git.process import Located, run
from collectors.readers.bots import is_bot

# https://docs.github.com/account-and-profile/reference/email-addresses-reference
NOREPLY = re.compile(r"(?:\d+\+)?([^+@]+)@users\.noreply\.github\.com")
CONTACT = re.compile(r"\s*([^<>]*?)\s*<([^<>]*)>\s*")
REMEMBERED = 100_000


class Person(NamedTuple):
    digest: bytes  # 8 bytes
    is_bot: bool


class People:
    """Digests under one salt. Remembers whom it has seen, up to a bound."""

    def __init__(self, repository: Located, salt: bytes) -> None:
        self._repository = repository
        self._salt = salt
        self._seen: dict[tuple[bytes, bytes], Person] = {}
        self._contacts: dict[str, Person] = {}
        self._nobody = self._digested("", "")
        self._has_mailmap: bool | None = None

    def person(self, email: bytes, name: bytes) -> Person:
        """The person of an address and a name that git has put through the mailmap."""
        found = self._seen.get((email, name))
        if found is None:
            if len(self._seen) > REMEMBERED:
                self._seen.clear()
            written = email.lower() != b"%ae"  # git leaves the placeholder where a commit has no author
            found = self._seen[email, name] = self._digested(_text(email), _text(name)) if written else self._nobody
        return found

    def contacts(self, trailers: Iterable[str]) -> dict[str, Person]:
        """The persons of co-author trailers ("Name <address>"), which git leaves to us to put through the mailmap."""
        new = [trailer for trailer in dict.fromkeys(trailers) if trailer not in self._contacts]
        if len(self._contacts) > REMEMBERED:
            self._contacts.clear()
        for trailer, mapped in zip(new, self._mapped(new), strict=True):
            match = CONTACT.fullmatch(mapped)
            name, email = match.groups() if match else (mapped, "")
            self._contacts[trailer] = self._digested(email, name)
        return self._contacts

    def _mapped(self, contacts: list[str]) -> list[str]:
        askable = [contact for contact in contacts if CONTACT.fullmatch(contact) and "\n" not in contact]
        if not askable:
            return contacts
        if self._has_mailmap is None:
            self._has_mailmap = mailmap(self._repository) is not None
        if not self._has_mailmap:
            return contacts
        try:
            said = run(self._repository, "check-mailmap", "--stdin", stdin="".join(f"{c}\n" for c in askable).encode())
        except GitFailed:
            return contacts
        answers = _text(said).split("\n")[:-1]
        if len(answers) != len(askable):
            return contacts
        mapping = dict(zip(askable, answers, strict=True))
        return [mapping.get(contact, contact) for contact in contacts]

    def _digested(self, email: str, name: str) -> Person:
        email, name = email.strip().lower(), name.strip().lower()
        noreply = NOREPLY.fullmatch(email)
        key = f"github:{noreply[1]}" if noreply else email or (name and f"name:{name}") or "nobody"
        digest = blake2b(key.encode(errors="surrogatepass"), digest_size=8, key=self._salt).digest()
        return Person(digest, is_bot(email, name))


def mailmap(repository: Located) -> str | None:
    """The blob of the `.mailmap` at HEAD, hex, or None where there is none."""
    try:
        return run(repository, "rev-parse", "--verify", "-q", "HEAD:.mailmap").decode().strip() or None
    except GitFailed:
        return None


def is_mappable(repository: Located) -> bool:
    """False where a partial clone lacks the `.mailmap` at HEAD, or the folder that would list it.

    git then ends at the first name that it should put through it.
    """
    try:
        oid = run(repository, "rev-parse", "--verify", "-q", "HEAD:.mailmap").decode().strip()
    except GitFailed as error:
        return error.status == 1
    try:
        run(repository, "cat-file", "-e", oid)
    except GitFailed:
        return False
    return True


def _text(raw: bytes) -> str:
    return raw.decode(errors="backslashreplace")
