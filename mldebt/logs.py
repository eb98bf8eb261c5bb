"""What is logged, by whatever library, holds no key: what comes out of a formatter is looked through."""

from __future__ import annotations

import logging

_plainly = logging.Handler.format
_known: set[str] = set()
"""Secrets that have no form of their own, such as a webhook's."""
_SHORTEST = 8


def keep_secrets_out_of_logs(*secrets: str) -> None:
    """In every handler of this process, also those made later; tracebacks too. `secrets` are added to those known."""
    _known.update(one for one in secrets if len(one) >= _SHORTEST)
    logging.Handler.format = _formatted  # type: ignore[method-assign]


def _formatted(self: logging.Handler, record: logging.LogRecord) -> str:
    from scoring.finding.masking import MASK, keys_masked  # who logs nothing does not pay for it

    text = keys_masked(_plainly(self, record))
    for secret in _known:
        text = text.replace(secret, MASK)
    return text
