"""Whether a delivery is GitHub's: a keyed digest over the very bytes that came.

https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from hashlib import sha256

_SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}")


def signed(body: bytes, secret: str) -> str:
    """What GitHub writes into `X-Hub-Signature-256`."""
    return f"sha256={hmac.new(secret.encode(), body, sha256).hexdigest()}"


def looks_signed(signature: str | None) -> bool:
    """Whether it is worth reading what was signed."""
    return signature is not None and _SIGNATURE.fullmatch(signature) is not None


def is_signed(body: bytes, signature: str | None, secrets: Sequence[str]) -> bool:
    """By one of the secrets: there are two while one takes the other's place. Takes as long whichever it is."""
    if signature is None or not looks_signed(signature):
        return False
    # An empty secret anybody has.
    matches = [hmac.compare_digest(signed(body, secret), signature) for secret in secrets if secret]
    return any(matches)
