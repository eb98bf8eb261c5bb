"""What counts as an address, and what of it is let through, shown and linked."""

from __future__ import annotations

import pytest

from collectors.git.address import address
from collectors.git.errors import RefusedSource


@pytest.mark.parametrize(
    ("source", "protocol", "name", "web"),
    [
        ("https://github.com/iterative/dvc", "https", "iterative/dvc", "https://github.com/iterative/dvc"),
        ("https://github.com/iterative/dvc.git/", "https", "iterative/dvc", "https://github.com/iterative/dvc"),
        ("https://gitlab.com/group/sub/thing", "https", "sub/thing", "https://gitlab.com/group/sub/thing"),
        ("https://git.example.org:8443/team/thing", "https", "team/thing", None),
        ("git@github.com:iterative/dvc.git", "ssh", "iterative/dvc", "https://github.com/iterative/dvc"),
        ("ssh://git@gitlab.example.org/team/thing", "ssh", "team/thing", "https://gitlab.example.org/team/thing"),
        ("ssh://me@backup/srv/thing.git", "ssh", "srv/thing", None),
        ("file:///srv/team/thing.git", "file", "team/thing", None),
        ("http://localhost:8000/team/thing", "http", "team/thing", None),
    ],
)
def test_an_address_says_where_it_leads_and_how_it_is_called(
    source: str, protocol: str, name: str, web: str | None
) -> None:
    found = address(source)
    assert found is not None
    assert (found.protocol, found.name, found.web) == (protocol, name, web)


@pytest.mark.parametrize("source", [".", "/srv/thing", "../thing", "C", "thing.git", "./git@host:path", "~/code/thing"])
def test_a_path_is_no_address(source: str) -> None:
    assert address(source) is None


@pytest.mark.parametrize(
    "source",
    [
        "ext::sh -c touch% pwned",
        "fd::17",
        "::sh",
        "--upload-pack=touch pwned",
        "-oProxyCommand=touch pwned",
        "ssh://-oProxyCommand=touch/x",
        "-oProxyCommand=touch@host:path",
        "host:--upload-pack=touch",
        "git://example.org/thing",
        "http://example.org/thing",
        "ftp://example.org/thing",
        "javascript://example.org/thing",
        "https:///thing",
        "https://example.org:notaport/thing",
        "https://example.org/a b",
        "https://example.org/a\nb",
        "ssh://-x@host/path",
    ],
)
def test_what_could_start_a_program_is_refused_in_one_sentence(source: str) -> None:
    with pytest.raises(RefusedSource) as refused:
        address(source)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("user", ["ada:secret@", "secret@", ":secret@"])
def test_credentials_reach_git_and_nothing_else(user: str) -> None:
    found = address(f"https://{user}github.com/iterative/dvc")
    assert found is not None
    assert "secret" in found.url
    assert "secret" not in found.shown + found.name + str(found.web) + found.folder


@pytest.mark.parametrize(
    "source",
    [
        'https://github.com/a/"><script>',
        "https://github.com/a/b?c=d",
        "https://github.com/a/b#c",
        "https://github.com/../..",
    ],
)
def test_a_link_holds_only_what_a_link_may_hold(source: str) -> None:
    found = address(source)
    assert found is not None
    assert found.web is None or found.web == "https://github.com/a/b"


def test_two_addresses_never_share_a_folder() -> None:
    sources = ["https://github.com/a/b", "https://gitlab.com/a/b", "git@github.com:a/b", "https://github.com/a/b+c"]
    folders = {found.folder for source in sources if (found := address(source))}
    assert len(folders) == len(sources)
    assert all("/" not in folder and not folder.startswith(".") for folder in folders)
