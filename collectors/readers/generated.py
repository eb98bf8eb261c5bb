"""Text that a program wrote: generators sign at the top."""

from __future__ import annotations

import re

from collectors.readers.languages import clean

_HEAD = 1_500  # bytes
_SHOWN = 64 * 1024  # bytes that enry sees, with the end, where source maps stand
_SIGNED = re.compile(
    rb"""(?ixm)^[ \t]*(?:\#|//|/\*|\*|--|;|<!--|"{3}|%)[^\n]{0,200}?(?:
    @generated\b | code\ generated\ by | (?:auto|machine)-?generated\ (?:by|from|-\ editing)
    | generated\ (?:by|from)\b[^\n]{0,100}(?:do\ not\ (?:edit|modify|change)|compiler|'versioneer)
    | (?:this\ |the\ )?file\ (?:is|was|has\ been)?\ ?(?:auto(?:-|matically\ )?)?\ ?generated\ (?:by|from)
    | this\ file\ (?:is|was)\ (?:auto-?|automatically\ )generated
    )|^[ \t]*@generated\b"""
)
"""In a comment. Linguist knows most generators one by one; gRPC's Python, setuptools_scm, pip-compile, uv, Julia's
manifests and the modular models of transformers are not among them."""


def is_generated(name: str, content: bytes) -> bool:
    """By a generator's signature, else by linguist's rules."""
    if _SIGNED.search(content[:_HEAD]):
        return True
    if name.endswith((".py", ".pyi")):
        return False  # linguist's rules for Python are among the signatures
    import enry

    shown = content if len(content) <= _SHOWN else content[:_SHOWN] + content[-_HEAD:]
    return bool(enry.is_generated(clean(name), shown))
