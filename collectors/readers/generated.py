"""Text that a program wrote: generators sign at the top."""

from __future__ import annotations

import re

from collectors.readers.languages import clean

_HEAD = 1_500  # bytes
_SHOWN = 64 * 1024  # bytes that enry sees, with the end, where source maps stand
_SIGNED = re.compile(
    rb"""(?imx)
    ^[ \t]*(?:\#|//|/\*|\*|--|;|<!--|"{3}|%)[ \t*/\#-]*
      (?:(?:this|the)\ )?(?:(?:file|code|module|script)\ )?
      (?:(?:is|was|has\ been)\ )?(?:auto-?|machine-?|automatically\ )?generated\ (?:by|from|using|with|-\ editing)\b
    |^[ \t]*(?:\#|//|/\*|\*|--|;|<!--|"{3}|%)?[^\n\w'"]{0,40}@generated\b""",
)
"""At the start of a comment. Linguist knows most generators one by one; gRPC's Python, setuptools_scm, pip-compile, uv,
Julia's manifests and the modular models of transformers are not among them."""


def is_generated(name: str, content: bytes) -> bool:
    """By a generator's signature, else by linguist's rules."""
    head = content[:_HEAD]
    if b"generated" in head.lower() and _SIGNED.search(head):
        return True
    if name.endswith((".py", ".pyi")):
        return False  # linguist's rules for Python are among the signatures
    import enry

    shown = content if len(content) <= _SHOWN else content[:_SHOWN] + content[-_HEAD:]
    return bool(enry.is_generated(clean(name), shown))
