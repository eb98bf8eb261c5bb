"""The way to GitHub and back: what a browser must bring, and what a code is good for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit
from urllib.request import urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_app.oauth import Begun, Forged, Refused, Token, begin, exchange, returned, safe_next
from github_app.port import GitHubFailed
from tests.github.people import CLIENT_ID, CLIENT_SECRET, GitHubWithPeople, Person, back, web
from tests.github.registering import seen

NOW = 1_795_500_000
NONCE = "n" * 43


@dataclass(frozen=True)
class ClientByHand:
    server: str = "https://github.com"
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET
    public_url: str = "https://debt.example.com"


HERE = ClientByHand()


def state_of(begun: Begun) -> str:
    return dict(parse_qsl(urlsplit(begun.address).query))["state"]


def test_a_browser_is_sent_with_a_state_and_a_challenge() -> None:
    begun = begin(HERE, NONCE, "/debts?repo=shop%2Franking", NOW)
    asked = dict(parse_qsl(urlsplit(begun.address).query))
    assert begun.address.startswith("https://github.com/login/oauth/authorize?")
    assert asked["redirect_uri"] == "https://debt.example.com/auth/callback"
    assert asked["code_challenge_method"] == "S256"
    assert (len(asked["state"]), len(asked["code_challenge"])) == (43, 43)
    assert CLIENT_SECRET not in begun.address + begun.cookie
    back = returned(HERE, begun.cookie, asked["state"], NOW + 599)
    assert back.next == "/debts?repo=shop%2Franking"
    assert len(back.verifier) == 43
    assert back.verifier not in begun.address + begun.cookie


def test_each_sign_in_has_its_own_state_and_verifier() -> None:
    one, other = begin(HERE, NONCE, "/", NOW), begin(HERE, "m" * 43, "/", NOW)
    assert state_of(one) != state_of(other)
    verifiers = {returned(HERE, each.cookie, state_of(each), NOW).verifier for each in (one, other)}
    assert len(verifiers) == 2


@pytest.mark.parametrize("tampered", ["", "x", "..", "n.1.Lw", "n" * 43 + ".9999999999.Lw"])
def test_a_cookie_that_was_not_made_here_is_refused(tampered: str) -> None:
    begun = begin(HERE, NONCE, "/", NOW)
    for cookie, state in ((tampered, state_of(begun)), (begun.cookie, tampered), (tampered, tampered)):
        with pytest.raises(Forged):
            returned(HERE, cookie, state, NOW)


def test_the_state_of_another_browser_of_another_server_or_of_long_ago_is_refused() -> None:
    mine, other = begin(HERE, NONCE, "/", NOW), begin(HERE, "m" * 43, "/", NOW)
    elsewhere = begin(replace(HERE, client_secret="another"), NONCE, "/", NOW)  # noqa: S106
    for cookie, state, now in (
        (mine.cookie, state_of(other), NOW),
        (other.cookie, state_of(mine), NOW),
        (elsewhere.cookie, state_of(elsewhere), NOW),
        (mine.cookie, state_of(mine), NOW + 600),
        (mine.cookie, "é", NOW),
    ):
        with pytest.raises(Forged):
            returned(HERE, cookie, state, now)


@given(cookie=st.text(max_size=80), state=st.text(max_size=80))
def test_whatever_comes_back_is_refused_in_a_sentence(cookie: str, state: str) -> None:
    with pytest.raises(Forged):
        returned(HERE, cookie, state, NOW)


@pytest.mark.parametrize(
    "wanted",
    [
        *("https://evil.org", "//evil.org", "/\\evil.org", "\\\\evil.org", "javascript:alert(1)", "evil.org", ""),
        *("/\t/evil.org", "/\n/evil.org", "/ /evil.org", "/auth/logout", "/auth/login?next=/", "/" + "a" * 2_000),
        *("///evil.org", "http:/evil.org", "/é", "/\x00"),
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(wanted: str) -> None:
    assert safe_next(wanted) == "/"
    begun = begin(HERE, NONCE, wanted, NOW)
    assert returned(HERE, begun.cookie, state_of(begun), NOW).next == "/"


def test_a_page_of_this_server_is_come_back_to() -> None:
    for page in ("/", "/debts", "/scorecard?repo=shop%2Franking&at=77d8c56", "/authors"):
        assert safe_next(page) == page


@pytest.fixture
def github() -> Iterator[GitHubWithPeople]:
    fake = GitHubWithPeople(Person(7, "ada"))
    with web(fake):
        yield fake
    assert fake.wrong == []


def code_for(fake: GitHubWithPeople, begun: Begun) -> str:
    """What the browser of ada brings back."""
    with urlopen(begun.address, timeout=30) as page:  # noqa: S310 - the fake's
        links = seen(page.read().decode()).links
    query = dict(parse_qsl(urlsplit(links[0]).query))
    return dict(parse_qsl(urlsplit(back(fake, query)).query))["code"]


def test_a_code_is_good_once_and_for_its_own_verifier(github: GitHubWithPeople) -> None:
    here = replace(HERE, server=github.web)
    begun = begin(here, NONCE, "/", NOW)
    code = code_for(github, begun)
    verifier = returned(here, begun.cookie, state_of(begun), NOW).verifier
    token = exchange(here, code, verifier)
    assert github.tokens[token.value].login == "ada"
    assert token.seconds == 28_800
    with pytest.raises(Refused):  # replayed
        exchange(here, code, verifier)
    with pytest.raises(Refused):  # stolen on its way
        exchange(here, code_for(github, begun), "v" * 43)
    with pytest.raises(Refused):
        exchange(replace(here, client_secret="guessed"), code_for(github, begun), verifier)  # noqa: S106


def test_a_token_that_does_not_say_how_long_it_lives(github: GitHubWithPeople) -> None:
    here, github.token_lives = replace(HERE, server=github.web), None
    begun = begin(here, NONCE, "/", NOW)
    verifier = returned(here, begun.cookie, state_of(begun), NOW).verifier
    assert exchange(here, code_for(github, begun), verifier).seconds == 28_800


def test_a_token_is_not_shown() -> None:
    assert "ghu_" not in repr(Token("ghu_secret", 5))


def test_a_github_that_is_not_there() -> None:
    with pytest.raises(GitHubFailed, match="could not be reached"):
        exchange(replace(HERE, server="http://127.0.0.1:9"), "code", "v")
