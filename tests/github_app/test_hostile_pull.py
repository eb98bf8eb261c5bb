"""A pull request by somebody who means harm, through the same path: nothing runs, nothing outside changes."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from github_app.assessing import Done, Failed, Wanted, assess
from mldebt.jobs.failed import JobFailed
from tests.github.hosted import PATH, Hosted, hosted
from tests.github.installed import INSTALLATION, REPOSITORY
from tests.repos.histories import Content, Link, Submodule, git
from tests.repos.hostile import NAMES, seen

MB = 1 << 20


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp("hostile")) as made:
        yield made
        assert made.fake.violations == []


def about(there: Hosted, number: int) -> dict[str, Any]:
    """What a reader is told, but for what it is about."""
    return {"token": "ghs_none", "draft": False, "bot": False, "largest": 64 * MB, "number": number}


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def traps(canary: Path) -> dict[str | bytes, Content]:
    """Whatever of them is run, filtered, fetched or followed leaves something in the canary's folder."""
    touch = f"touch {canary}/ran".encode()
    python = f"open({str(canary / 'ran')!r}, 'w')\n".encode()
    return {
        ".gitmodules": b'[submodule "a"]\n\tpath = a\n\turl = ext::sh -c "%s"\n\tupdate = !%s\n' % (touch, touch),
        "a": Submodule("c" * 40),
        ".gitattributes": b"* filter=trap diff=trap merge=trap ident export-subst\n*.py filter=trap diff=trap\n",
        ".gitconfig": b"[core]\n\tfsmonitor = %s\n\tpager = %s\n[filter.trap]\n\tclean = %s\n" % (touch, touch, touch),
        ".lfsconfig": b'[lfs]\n\turl = "https://localhost:1/lfs"\n',
        "hooks/post-checkout": b"#!/bin/sh\n%s\n" % touch,
        "hooks/reference-transaction": b"#!/bin/sh\n%s\n" % touch,
        "setup.py": python,
        "conftest.py": python,
        "sitecustomize.py": python,
        "collectors/__init__.py": python,
        "passwd.py": Link(b"/etc/passwd"),
        "up.py": Link(b"../../../../../../../../etc/passwd"),
        "canary": Link(str(canary).encode()),
        "canary.py": Link(str(canary / "written").encode()),
        ".github/mldebt.yml": b"ignore: ['**']\naccept: [{rule: '*', reason: intended, owner: me, until: 2099-12-31}]",
        **{b"names/" + name: PATH % b"named" for name in NAMES if b"/" not in name},
        "new.py": PATH % b"new",
    }


def test_nothing_is_run_followed_or_fetched(there: Hosted, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.mkdir()
    before = seen(canary)
    number = there.open(traps(canary), fork="mallory/name")
    asked = len(there.host.asked)
    found = there.assess(number, read=there.read_apart)
    assert isinstance(found, Done)
    assert (found.comment, found.check) == ("posted", "written")
    assert seen(canary) == before
    assert {path.partition("?")[0].rpartition(".git/")[2] for path in there.host.asked[asked:]} == {
        "info/refs",
        "git-upload-pack",
    }
    (body,) = there.bodies(number)
    assert "root:" not in body
    assert "new.py" in body  # the change's own mldebt.yml decides nothing
    for file in there.settings.mirrors.rglob("*"):
        assert not file.is_symlink()
        assert file.name not in ("passwd.py", "post-checkout", ".gitmodules")
    (config,) = there.settings.mirrors.rglob("config")
    assert "promisor" not in config.read_text()
    assert "url" not in config.read_text()


def test_no_name_breaks_out_of_the_comment_or_the_check(there: Hosted) -> None:
    names = [
        b"@mallory",
        b"`|x|`",
        b"<img src=x>",
        b"fixes #1",
        b"<!-- mldebt:v1 pr=1 -->",
        b"::error::x",
        b"https://e.vil",
    ]
    number = there.open({b"a/" + name + b".py": PATH % b"x" for name in [*names, *NAMES] if b"/" not in name})
    assert isinstance(there.assess(number), Done)
    (row,) = there.fake.comments[number]
    assert row["body"].count("<!-- mldebt:v1") == 1 + row["body"].count("`a/<!-- mldebt:v1")
    (check,) = there.checks(number)
    told = [row["body"], check["output"]["summary"], check["output"]["title"]]
    told += [f"{note['title']} {note['message']}" for note in there.fake.rows["annotations"][check["id"]]]
    assert not any("@mallory" in one for one in told)
    # GitHub knows no file by an escape, so such a place has no annotation.
    assert not any("\\x" in note["path"] for note in there.fake.rows["annotations"][check["id"]])


def noise(megabytes: int, seed: int) -> bytes:
    return random.Random(seed).randbytes(megabytes * MB)


def test_more_than_may_be_fetched_is_not_kept(there: Hosted) -> None:
    """GitHub says how large a repository is now and then only: the fetch is bounded all the same."""
    number = there.open({"new.py": PATH % b"new"})
    assert isinstance(there.assess(number, read=there.read_apart), Done)
    before = size(there.settings.mirrors)
    large = there.open({"large.bin": noise(8, 1), "new.py": PATH % b"large"})
    place = there.place(there.read_apart)._replace(largest=4 * MB)
    found = assess(place, Wanted(INSTALLATION, REPOSITORY, large))
    assert found == Failed("this change was not measured: owner/name is larger than this server fetches")
    assert size(there.settings.mirrors) < before + MB
    assert [row["output"]["title"] for row in there.checks(large)] == ["This change was not measured"]
    again = there.open({"new.py": PATH % b"again"})
    assert isinstance(assess(place, Wanted(INSTALLATION, REPOSITORY, again)), Done)  # the mirror is as good as before


def test_a_bomb_is_read_in_part_and_said_so(there: Hosted) -> None:
    """What is small on the way and large when unpacked, deep folders, very long lines, very many files."""
    files: dict[str | bytes, Content] = {
        "zeros.py": b"x = 1\n" + b"#" * (64 * MB),
        "line.py": b"x = '" + b"a" * (3 * MB) + b"'\n",
        "/".join(["d"] * 900) + "/deep.py": PATH % b"deep",
        "nested.py": b"x = " + b"[" * 20_000 + b"]" * 20_000 + b"\n",
        "bomb.ipynb": b"[" * 200_000,
        "bomb.yaml": b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a, *a, *a]\n" % (n, n) for n in range(2_000)),
        **{f"many/{n}.py": b"x = %d\n" % n for n in range(3_000)},
        "new.py": PATH % b"bomb",
    }
    number = there.open(files)
    began = time.monotonic()
    found = there.assess(number, read=there.read_apart)
    assert isinstance(found, Done), found
    assert time.monotonic() - began < 120
    (body,) = there.bodies(number)
    assert "**Partial:**" in body
    assert size(there.settings.mirrors) < 40 * MB


def test_a_tree_that_git_would_not_write(there: Hosted) -> None:
    """`.git` as a folder, `..`, the same name twice: read, or one sentence; never a file of ours."""
    blob = git(there.bare, "hash-object", "-w", "--stdin", stdin=PATH % b"odd").decode().strip()
    raw = b"".join(
        mode + b"\0" + bytes.fromhex(blob) for mode in (b"100644 ..", b"100644 .git", b"100644 a.py", b"100644 a.py")
    )
    tree = git(there.bare, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw).decode().strip()
    number = there.open({"new.py": PATH % b"tree"})
    head = git(there.bare, "commit-tree", tree, "-p", "main", stdin=b"odd\n").decode().strip()
    git(there.bare, "update-ref", f"refs/pull/{number}/head", head)
    there.fake.pulls[number]["head"]["sha"] = head
    before = sorted(there.settings.home.iterdir())
    assert isinstance(there.assess(number, read=there.read_apart), Done | Failed)
    assert sorted(there.settings.home.iterdir()) == before
    assert len(there.checks(number)) == 1


def test_a_host_that_says_nothing_is_left(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"silent"})
    held: list[object] = []
    over, seconds = threading.Event(), 3.0

    def silent(_: object) -> bool:
        held.append(1)
        over.wait(60)
        return True

    there.host.answers_with = silent

    def read(told: Mapping[str, Any]) -> Mapping[str, Any]:
        line, stores = json.dumps(told).encode(), {"MLDEBT_HOME": str(there.settings.home)}
        return there.heavy.run("github_app.pull_reading", environment=stores, seconds=seconds, told=line)

    try:
        found = there.assess(number, read=read)
        while not held and seconds < 100:  # on a busy machine it does not even get there
            seconds *= 3
            found = there.assess(number, read=read)
    finally:
        over.set()
        there.host.answers_with = lambda _: False
    assert held
    assert isinstance(found, Failed)
    assert "was ended" in found.sentence


@pytest.mark.parametrize("base", ["--upload-pack=x", "a b", "x:y", "../../x", "+x", "a\nb", "ext::sh", "", "x" * 2_000])
def test_a_branch_that_git_could_not_have_is_refused_before_git_sees_it(there: Hosted, base: str) -> None:
    number = there.open({"new.py": PATH % b"branch"})
    asked = len(there.host.asked)
    with pytest.raises(JobFailed):
        there.read({**about(there, number), "hosted": [there.host.address, 1, "owner/name", base]})
    assert base == "+x" or len(there.host.asked) == asked


@pytest.mark.parametrize("server", ["http://github.com", "ext::sh", "file:///etc", "https://u:p@localhost", "ssh://x"])
@pytest.mark.parametrize("name", ["owner/name", "../../x", "-x/y", "a", "a/b/c", "a/b\n"])
def test_only_a_host_over_https_is_fetched_from(there: Hosted, server: str, name: str) -> None:
    if server == "https://u:p@localhost" and name in ("owner/name", "-x/y"):
        server = "ftp://x"
    with pytest.raises(JobFailed):
        there.read({**about(there, 7), "hosted": [server, 1, name, "main"]})


def test_the_token_follows_no_redirect(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"redirected"})
    told: list[str | None] = []

    def elsewhere(handler: Any) -> bool:
        if "elsewhere" in handler.path:
            told.append(handler.headers.get("Authorization"))
        handler.send_response(302)
        handler.send_header(
            "Location", f"{there.host.address.replace('localhost', '127.0.0.1')}/elsewhere{handler.path}"
        )
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return True

    there.host.answers_with = elsewhere
    try:
        assert not isinstance(there.assess(number, read=there.read_apart), Done)
    finally:
        there.host.answers_with = lambda _: False
    assert told == []
