"""Whether a delivery is GitHub's."""

from __future__ import annotations

import pytest

from github_app.signature import is_signed, looks_signed, signed

BODY, SECRET = b"Hello, World!", "It's a Secret to Everybody"
SIGNATURE = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"


def test_githubs_own_example_is_signed() -> None:
    """https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries"""
    assert signed(BODY, SECRET) == SIGNATURE
    assert is_signed(BODY, SIGNATURE, [SECRET])


@pytest.mark.parametrize("secrets", [["new", SECRET], [SECRET, "new"]])
def test_two_secrets_are_taken_while_one_replaces_the_other(secrets: list[str]) -> None:
    assert is_signed(BODY, SIGNATURE, secrets)
    assert is_signed(BODY, signed(BODY, "new"), secrets)
    assert not is_signed(BODY, signed(BODY, "older"), secrets)


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        SIGNATURE.removeprefix("sha256="),
        SIGNATURE.upper(),
        SIGNATURE + "\n",
        " " + SIGNATURE,
        SIGNATURE[:-1],
        SIGNATURE + "0",
        SIGNATURE.replace("7", "٧"),
        "sha1=" + "0" * 40,
        "sha256=" + "0" * 64,
    ],
)
def test_what_is_not_this_very_signature_is_none(signature: str | None) -> None:
    assert not is_signed(BODY, signature, [SECRET])


def test_a_body_that_differs_in_one_bit_is_not_signed() -> None:
    for at in range(len(BODY)):
        other = BODY[:at] + bytes([BODY[at] ^ 1]) + BODY[at + 1 :]
        assert not is_signed(other, SIGNATURE, [SECRET])
    assert not is_signed(BODY + b"\n", SIGNATURE, [SECRET])


def test_without_a_secret_nothing_is_signed() -> None:
    assert not is_signed(BODY, signed(BODY, ""), [])
    assert not is_signed(BODY, signed(BODY, ""), [""])
    assert looks_signed(signed(BODY, ""))
