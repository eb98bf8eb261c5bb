"""Keys do not reach a log, whoever writes it."""

from __future__ import annotations

import io
import logging

import pytest

from mldebt.logs import keep_secrets_out_of_logs

COMMIT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"


@pytest.fixture
def log(request: pytest.FixtureRequest) -> logging.Logger:
    """Of somebody else, with a handler of their own that was there before."""
    made = logging.getLogger(f"somebody.else.{request.node.name}")
    made.setLevel(logging.INFO)
    made.addHandler(logging.StreamHandler(io.StringIO()))
    made.handlers[0].setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    keep_secrets_out_of_logs("webhook-secret-1", "short")
    return made


def written(log: logging.Logger) -> str:
    handler = log.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    return str(handler.stream.getvalue())


@pytest.mark.parametrize(
    "secret",
    [
        "ghs_16C7e42F292c6912E7710c838347Ae178B4a",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "github_pat_11ABCDEFG0123456789_abcdefghijklmnop",
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMiJ9.c2lnbmF0dXJl",
        "webhook-secret-1",
        "MIIEowIBAAKCAQEA",
    ],
)
def test_a_secret_is_not_written(log: logging.Logger, secret: str) -> None:
    told = KEY if secret in KEY else secret
    log.error("asked with %s for %s", told, COMMIT)
    try:
        int(f"what was sent: {told}")
    except ValueError:
        log.exception("it failed")
    assert secret not in written(log)
    assert f"for {COMMIT}" in written(log)
    assert "Traceback" in written(log)


def test_a_header_and_an_address_lose_their_secrets(log: logging.Logger) -> None:
    log.warning("Authorization: Basic eC1hY2Nlc3MtdG9rZW46eA== to https://x-access-token:abc@github.com/a/b.git")
    assert written(log) == "WARNING Authorization: Basic *** to https://x-access-token:***@github.com/a/b.git\n"


def test_what_holds_none_stays_as_it_is(log: logging.Logger) -> None:
    log.info("short: %d of %s", 3, "webhook")
    log.warning("a page failed at %s; short", "/scorecard?repo=acme/shop")
    assert written(log) == "INFO short: 3 of webhook\nWARNING a page failed at /scorecard?repo=acme/shop; short\n"


def test_a_handler_that_is_made_later_is_held_to_it_too(log: logging.Logger) -> None:
    keep_secrets_out_of_logs()  # twice is once
    stream = io.StringIO()
    log.addHandler(logging.StreamHandler(stream))
    log.error("webhook-secret-1")
    assert stream.getvalue() == "***\n"
