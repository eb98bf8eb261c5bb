"""Repositories that are broken, odd or hostile, through the whole command: one sentence, or a part said loudly."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from collectors.git.errors import Unreachable
from mldebt.scan import Wanted, scan
from mldebt.settings import make_home, read_settings
from mldebt.store.engine import open_store
from scoring.questions import QUESTIONS
from tests.command import Command, Done, finished
from tests.repos import hostile
from tests.repos.histories import START, Content, Submodule, commit, empty_repository, git
from tests.servers_by_hand import listening

OF_HISTORY = {
    "change_coupling",
    "contributor_absence_factor",
    "docs_freshness",
    "merge_lead_time",
    "multi_language_commits",
    "newcomer_ramp",
    "newcomer_retention",
    "self_admitted_debt_flow",
    "truck_factor",
    "algorithm_introduction_days",
    "algorithm_introduction_files",
}
OF_FILES = {"config_to_code_ratio", "languages", "ml_code_share", "notebook_share", "setup_steps", "truck_factor"}
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]")


def failed(done: Done, sentence: str) -> None:
    """Nothing could be read: status 2, nothing on standard output, one sentence on standard error."""
    assert (done.status, done.out) == (2, "")
    assert re.fullmatch(f"mldebt: {sentence}\n", done.err), done.err


def partial(command: Command, repository: Path, *sentences: str) -> Done:
    """Part of it was read: status 0, and each sentence stands in the scorecard, in JSON, and on standard error."""
    text, card = command("scan", repository), command.scan(repository)
    assert text.status == 0
    for sentence in sentences:
        assert f"partial: {sentence}" in text.err
        assert f"partial: {sentence}" in card.err
        assert f"Partial: {sentence}" in " ".join(text.out.split())
        assert any(said.startswith(sentence) for said in card.card["missing"])
    return card


def unknown(done: Done, names: set[str], reason: str) -> None:
    """None of the signals has a number, each for the reason."""
    signals = {name: signal for name, signal in done.signals.items() if name in names}
    assert signals.keys() == names
    mined = [signal for signal in signals.values() if signal["status"] != "ask"]
    assert {(signal["state"], signal["reason"]) for signal in mined} == {("unknown", reason)}


def nothing_answered(done: Done) -> None:
    """No letter, no number, no zero that nobody counted."""
    card = done.card
    assert card["headline"] == "None of the 5 answers could be measured"
    for answer in card["answers"]:
        assert answer["sentence"].startswith("Not enough evidence")
        assert (answer["letter"], answer["lead"], answer["seen"]) == (None, None, 0)
    states = {"ask": "ask", "show": "unknown", "score": "unknown"}
    for one in card["signals"]:
        assert (one["state"], one["value"], one["n"], one["letter"]) == (states[one["status"]], None, None, None)
    assert not any(signal["evidence"] or signal["details"] for signal in card["signals"])


# -- nothing there ---------------------------------------------------------------------------------


def test_a_folder_without_a_repository(command: Command, tmp_path: Path) -> None:
    outside = Path("/", f"mldebt-none-{os.getpid()}")
    failed(command("scan", outside), f"{outside} does not exist: give the folder of a clone, or a URL")
    plain = tmp_path / "plain"
    plain.mkdir()
    failed(command("scan", plain), f"{plain} is not in a git repository: give the folder of a clone, or a URL")


def test_an_empty_repository_gets_no_letter_and_no_number(command: Command, tmp_path: Path) -> None:
    repository = empty_repository(tmp_path / "empty")
    text, done = command("scan", repository), command.scan(repository)
    nothing_answered(done)
    assert (done.card["commit"], done.card["missing"], done.err) == (None, [], "")
    assert text.out.count("Not enough evidence") == len(QUESTIONS)
    assert not re.search(r"\b0 (%|branches|people|lines|days|steps)", text.out)
    assert "the repository has no commits: make the first one" in " ".join(text.out.split())


def test_a_head_without_commits_beside_a_branch_with_some(command: Command, tmp_path: Path) -> None:
    repository = hostile.unborn(tmp_path / "unborn")
    done = partial(command, repository, "HEAD names the branch main, which has no commits")
    nothing_answered(done)
    reasons = {signal["reason"] for signal in done.signals.values() if signal["status"] != "ask"}
    assert reasons == {"HEAD names a branch that has no commits: check out the branch that is meant"}


def test_a_first_commit_makes_an_empty_repository_a_measured_one(command: Command, tmp_path: Path) -> None:
    repository = empty_repository(tmp_path / "empty")
    nothing_answered(command.scan(repository))
    commit(repository, {"train.py": hostile.CODE})
    assert command.scan(repository).values["languages"] == 1


# -- part of it there ------------------------------------------------------------------------------


def test_a_detached_head_is_measured_where_it_is(command: Command, tmp_path: Path) -> None:
    repository = hostile.detached(tmp_path / "detached")
    done = partial(command, repository, "HEAD is detached: branches are compared with the commit that is checked out")
    assert done.card["commit"] == git(repository, "rev-parse", "main~1").decode().strip()


def test_a_shallow_clone_has_files_and_no_history(command: Command, tmp_path: Path) -> None:
    source = hostile.ordinary(tmp_path / "source", commits=5)
    shallow = hostile.cloned(tmp_path / "shallow", source, "--depth=2")
    done = partial(command, shallow, "the clone is shallow, so older history cannot be seen")
    unknown(done, OF_HISTORY, "the clone is shallow, so history cannot be seen: run git fetch --unshallow")
    assert done.signals["abandoned_branches"]["value"] is None
    assert done.values["ml_code_share"] == command.scan(source).values["ml_code_share"]


def test_a_clone_of_one_branch_does_not_count_the_others_as_none(command: Command, tmp_path: Path) -> None:
    source = hostile.ordinary(tmp_path / "source")
    git(source, "branch", "exp/trial", "main~1")
    narrow, whole = tmp_path / "narrow", tmp_path / "whole"
    git(source, "clone", "-q", "--single-branch", f"file://{source}", str(narrow))
    git(source, "clone", "-q", f"file://{source}", str(whole))
    reason = "the clone was made to fetch some branches alone: run git remote set-branches origin '*', then git fetch"
    unknown(command.scan(narrow), {"abandoned_branches", "branch_lifecycle"}, reason)
    assert command.scan(whole).signals["abandoned_branches"]["n"] == 1
    git(narrow, "branch", "topic", "main~1")
    done = partial(command, narrow, reason)
    assert done.signals["abandoned_branches"]["n"] == 1
    git(narrow, "branch", "-D", "topic")
    git(narrow, "remote", "set-branches", "origin", "*")
    git(narrow, "fetch", "-q")
    assert command.scan(narrow).signals["abandoned_branches"]["n"] == 1


SETTINGS = {
    "core.abbrev": "4",
    "core.bigFileThreshold": "1",
    "core.ignoreCase": "true",
    "core.quotePath": "true",
    "core.worktree": "/nonexistent",
    "color.ui": "always",
    "diff.external": "false",
    "diff.noprefix": "true",
    "diff.orderFile": "/nonexistent",
    "diff.renames": "copies",
    "format.pretty": "oneline",
    "i18n.logOutputEncoding": "UTF-16",
    "log.abbrevCommit": "true",
    "log.date": "relative",
    "log.decorate": "full",
    "log.diffMerges": "on",
    "log.excludeDecoration": "*",
    "log.mailmap": "false",
    "log.showSignature": "true",
    "mailmap.file": "/etc/passwd",
    "trailer.separators": "#",
    "transfer.hideRefs": "refs/heads",
}


def test_no_setting_of_a_repository_changes_what_is_read_in_it(command: Command, tmp_path: Path) -> None:
    plain, set_up = (hostile.ordinary(tmp_path / name / "same", commits=4) for name in ("plain", "set-up"))
    for name, value in SETTINGS.items():
        git(set_up, "config", name, value)
    assert command.scan(set_up) == command.scan(plain)
    with closing(sqlite3.connect(command.home / "mldebt.db")) as store:
        asked = 'SELECT added, deleted, file_change.oid FROM file_change JOIN "commit" c ON c.id = commit_id'
        changes = [
            store.execute(f"{asked} WHERE c.repository_id = ? ORDER BY c.oid, path_id", (number,)).fetchall()
            for number in (1, 2)
        ]
    assert changes[0] == changes[1]
    assert all(added is not None for added, *_ in changes[0])


@pytest.mark.parametrize(
    ("attributes", "is_said"),
    [("*.py -diff\n", True), ("* binary", True), ("*.ipynb filter=strip diff=ipynb\n", False)],
)
def test_attributes_of_one_clone_that_hide_lines_are_said(
    command: Command, tmp_path: Path, attributes: str, *, is_said: bool
) -> None:
    repository = hostile.ordinary(tmp_path / "work")
    (repository / ".git" / "info").mkdir(exist_ok=True)
    (repository / ".git" / "info" / "attributes").write_text(attributes)
    sentence = "info/attributes of this clone calls some files binary, so their lines are not counted: empty it"
    assert (sentence in command.scan(repository).card["missing"]) is is_said


def test_the_environment_of_a_hook_changes_nothing(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = hostile.ordinary(tmp_path / "work")
    first = command.scan(repository)
    for name in ("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "SHALLOW_FILE", "NAMESPACE", "EXTERNAL_DIFF"):
        monkeypatch.setenv(f"GIT_{name}", "/nonexistent")
    monkeypatch.setenv("GIT_TRACE", "1")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.abbrev=4'")
    assert command.scan(repository) == first


def test_a_repository_without_code_gets_no_number(command: Command, tmp_path: Path) -> None:
    where = empty_repository(tmp_path / "words")
    commit(where, {"README.md": b"# Words\n", "rows.csv": b"1,2\n", "node_modules/a.js": b"x = 1\n"})
    done = command.scan(where)
    assert {name for name, value in done.values.items() if value is not None} == set()


@pytest.mark.parametrize("kind", ["sha256", "tag", "other refs", "odd path"])
def test_rare_kinds_of_repositories_are_read(command: Command, tmp_path: Path, kind: str) -> None:
    where = tmp_path / ('odd %s\n"?#[red]' if kind == "odd path" else "rare")
    empty_repository(where, *(["--object-format=sha256"] if kind == "sha256" else []))
    commit(where, {"train.py": hostile.CODE})
    commit(where, {"train.py": hostile.CODE + b"x = 1\n"}, at=START + 86_400)
    git(where, "branch", "exp/a", "main~1")
    heads = where / ".git" / "refs" / "heads"
    if kind == "tag":
        git(where, "tag", "-a", "v1", "-m", "v1")
        (where / ".git" / "HEAD").write_text("ref: refs/tags/v1\n")
    if kind == "other refs":
        (heads / "loop").write_text("ref: refs/heads/loop\n")
        (heads / "nowhere").write_text("ref: refs/heads/nothing\n")
        (heads / "junk").write_text("junk\n")
    done = command.scan(where)
    assert done.values["languages"] == 1
    assert done.signals["abandoned_branches"]["n"] == 1
    assert command("show", "--repo", where, "--format", "json") == done


@pytest.mark.parametrize("text", ["ref: refs/heads/loop\n", "junk\n", "[core\nbroken", ""])
def test_a_repository_that_git_refuses_is_told_in_one_sentence(command: Command, tmp_path: Path, text: str) -> None:
    where = hostile.ordinary(tmp_path / "broken")
    (where / ".git" / "refs" / "heads" / "loop").write_text("ref: refs/heads/loop\n")
    (where / ".git" / ("config" if text.startswith("[") else "HEAD")).write_text(text)
    done = command("scan", where)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"mldebt: {where} ")
    assert done.err.count("\n") == 1


DEEP: dict[str | bytes, Content] = {
    "a.json": b"[" * 200_000 + b"]" * 200_000,
    "b.py": b"(" * 5_000 + b")" * 5_000 + b"\n",
    "c.py": b"x = " + b"-" * 100_000 + b"1\n",
    "d.yaml": b"a: " + b"[" * 50_000,
    "e.ipynb": b'{"cells":' + b"[" * 100_000,
    "f.toml": b"a = " + b"[" * 50_000,
    "g.py": b"\0\0\0",
    "h.py": b"x = 9" + b"9" * 100_000 + b"\n",
    "i.yaml": b"".join(b"%c: &%c [*%c, *%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 120)),
    "j.ipynb": b'{"cells": [{"cell_type": "code", "source": [1, {}, null]}, 3]}',
    "/".join("d" * 900) + "/k.py": b"x = 1\n",
}


def test_files_that_are_made_to_hurt_a_reader_cost_only_themselves(command: Command, tmp_path: Path) -> None:
    done = command.scan(hostile.ordinary(tmp_path / "deep", files=DEEP))
    assert done.err == ""
    assert done.values["languages"] is not None
    assert done.signals["languages"]["seen"] < done.signals["languages"]["total"]


def test_a_clone_without_blobs_has_history_and_no_files(command: Command, tmp_path: Path) -> None:
    files: dict[str | bytes, Content] = {".mailmap": b"Ada <ada@example.org> <a@example.org>\n"}
    source = hostile.ordinary(tmp_path / "source", commits=5, files=files)
    git(source, "branch", "topic")
    clone = hostile.cloned(tmp_path / "clone", source, "--filter=blob:none")
    done = partial(
        command,
        clone,
        "the clone is partial, so lines are not counted",
        "the .mailmap is missing from this clone",
        "7 files of commit",
    )
    unknown(done, OF_FILES, "the contents of files are missing: clone it again, whole, without --filter")
    assert done.values["abandoned_branches"] == 0


def test_a_clone_without_folders_counts_no_commit_whose_files_it_cannot_see(command: Command, tmp_path: Path) -> None:
    source = hostile.ordinary(tmp_path / "source", commits=5)
    git(source, "branch", "topic")
    clone = hostile.cloned(tmp_path / "clone", source, "--filter=tree:0")
    done = partial(command, clone, "the files of 5 commits could not be read, because trees are missing")
    measured = {name for name, value in done.values.items() if value is not None}
    assert measured == {"abandoned_branches"}


@pytest.mark.parametrize("recipe", [hostile.without_a_blob, hostile.with_a_corrupt_blob])
def test_a_blob_that_cannot_be_read_lowers_what_was_seen(
    command: Command, tmp_path: Path, recipe: hostile.Recipe
) -> None:
    whole = Command(tmp_path / "another").scan(hostile.ordinary(tmp_path / "whole"))
    done = partial(
        command,
        recipe(tmp_path / "broken"),
        "1 file of commit",
        "lines of 1 commit could not be counted, because blobs are missing",
    )
    for name in ("config_to_code_ratio", "languages", "ml_code_share"):
        now, before = done.signals[name], whole.signals[name]
        assert before["seen"] == before["total"]
        assert now["value"] is None or now["seen"] < now["total"], name


def test_a_folder_that_cannot_be_read_is_said(command: Command, tmp_path: Path) -> None:
    done = partial(command, hostile.without_a_folder(tmp_path / "broken"), "1 folder of commit")
    unknown(done, OF_HISTORY - {"contributor_absence_factor"}, done.signals["truck_factor"]["reason"])
    assert "folders of too many commits are missing" in done.signals["truck_factor"]["reason"]
    for name in ("languages", "ml_code_share", "setup_steps", "local_paths"):
        now = done.signals[name]
        assert now["value"] is None or now["seen"] < now["total"], name
    assert done.signals["languages"]["value"] is not None
    assert "folders that could not be listed: 1" in done.signals["languages"]["note"]


@pytest.mark.parametrize("back", [1, 2, 4])
def test_a_commit_missing_in_mid_history_makes_history_unknown(command: Command, tmp_path: Path, back: int) -> None:
    repository = hostile.without_a_commit(tmp_path / "broken", back)
    done = partial(command, repository, "history is cut short, because commits are missing: run git fsck")
    reason = "commits are missing, so history cannot be seen as a whole: run git fsck, or clone it again"
    unknown(done, OF_HISTORY, reason)
    assert done.values["languages"] == 1
    assert done.values["config_to_code_ratio"] == pytest.approx(2 / 19)


def test_a_repository_whose_newest_commit_is_gone_cannot_be_read(command: Command, tmp_path: Path) -> None:
    repository = hostile.without_a_commit(tmp_path / "broken", 0)
    failed(
        command("scan", repository), f"{repository} cannot be read: git says '.*missing.*'; look at it with git fsck"
    )


@pytest.mark.parametrize(
    ("recipe", "sentence"),
    [
        (hostile.grafted, "the repository has grafts, which are passed over: history is read as it was committed"),
        (hostile.replaced, "the repository has replace refs, which are passed over"),
    ],
)
def test_views_of_one_clone_change_no_number(
    command: Command, tmp_path: Path, recipe: hostile.Recipe, sentence: str
) -> None:
    done = partial(command, recipe(tmp_path / "seen"), sentence)
    assert done.values == command.scan(hostile.ordinary(tmp_path / "plain")).values


# -- odd -------------------------------------------------------------------------------------------


def test_submodules_are_not_files_and_are_not_fetched(command: Command, tmp_path: Path) -> None:
    repository = hostile.ordinary(tmp_path / "work", files={"vendor/lib": Submodule("1" * 40)})
    done = command.scan(repository)
    assert done.values == command.scan(hostile.ordinary(tmp_path / "plain")).values
    assert done.err == ""


def test_a_link_is_not_what_it_points_to(command: Command, tmp_path: Path) -> None:
    secret = tmp_path / "outside.py"
    secret.write_text("import sklearn  # TODO secret\n" * 500)
    done = command.scan(hostile.with_links(tmp_path / "links", secret))
    assert done.values == command.scan(hostile.ordinary(tmp_path / "plain")).values
    assert "secret" not in done.out


def test_names_speak_to_no_terminal_and_json_stays_json(command: Command, tmp_path: Path) -> None:
    repository = hostile.badly_named(tmp_path / "names")
    text, done = command("scan", repository), command.scan(repository)
    said = [text.out, text.err, done.out, done.err]
    for name in done.signals:
        explained = command("explain", name, "--repo", repository)
        assert explained.status == 0
        said += [explained.out, explained.err]
    assert not any(CONTROL.search(words) for words in said)
    assert done.values["abandoned_branches"] == 3
    named = {row["subject"] for row in done.signals["abandoned_branches"]["evidence"]}
    assert named == {"exp/<script>alert(1)</script>", "exp/\u202eevil", "exp/\\xff\\xfe"}
    assert all(mark in "".join(said) for mark in ("[red]x[/red]", "[bold red]markup[/].py"))  # text, not style


def test_lines_of_a_megabyte_are_lines(command: Command, tmp_path: Path) -> None:
    done = command.scan(hostile.with_long_lines(tmp_path / "long"))
    assert done.err == ""
    assert done.values["languages"] is not None
    text = command("explain", "self_admitted_debt_flow", "--repo", tmp_path / "long")
    assert len(text.out) < 10_000


def test_dates_of_1970_and_2100_are_dates(command: Command, tmp_path: Path) -> None:
    done = command.scan(hostile.at_odd_dates(tmp_path / "dates"))
    assert (done.card["as_of"], done.err) == (START, "")
    assert done.values["languages"] == 1


def test_a_date_beyond_the_calendar_is_its_end(command: Command, tmp_path: Path) -> None:
    repository = hostile.from_the_far_future(tmp_path / "future")
    text, done = command("scan", repository), command.scan(repository)
    assert done.values["languages"] == 1
    assert "9999-12-31" in text.out


def test_a_head_without_a_date_is_said(command: Command, tmp_path: Path) -> None:
    done = partial(
        command, hostile.without_a_date(tmp_path / "undated"), "the commit at HEAD has no date that can be read"
    )
    assert done.card["as_of"] == 0


def test_commits_by_nobody_are_commits(command: Command, tmp_path: Path) -> None:
    done = command.scan(hostile.by_nobody(tmp_path / "nobody"))
    assert done.signals["multi_language_commits"]["state"] == "measured"
    assert done.signals["truck_factor"]["reason"].startswith("there are too few people to show")


def test_what_windows_wrote_is_read(command: Command, tmp_path: Path) -> None:
    words = "# TODO Größe für Übung prüfen\r\nx = 'naïve'\r\n".encode("cp1252")
    old: dict[str | bytes, Content] = {"old.py": words, "old.yaml": "name: Zoë\r\n".encode("cp1252")}
    repository = hostile.ordinary(tmp_path / "windows", files={**old, "wide.py": "# TODO wide\n".encode("utf-16")})
    done = command.scan(repository)
    assert done.err == ""
    assert done.values["config_to_code_ratio"] == pytest.approx(3 / 12)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")
def test_a_repository_of_someone_else_is_read(command: Command, tmp_path: Path) -> None:
    repository = hostile.ordinary(tmp_path / "theirs")
    for path in (repository, *repository.rglob("*")):
        os.chown(path, 12345, 12345)
    done = command.scan(repository)
    assert (done.values["languages"], done.err) == (1, "")


def test_a_hidden_git_folder_that_is_a_loop_ends(command: Command, tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.mkdir()
    (loop / ".git").write_text("gitdir: .\n")
    done = command("scan", loop)
    assert (done.status, done.out) == (2, "")


# -- addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("ext::sh -c 'touch CANARY'", "addresses of the kind ext:: can start programs and are not read: use https"),
        ("fd::17", "addresses of the kind fd:: can start programs and are not read: use https"),
        ("--upload-pack=touch CANARY", "'--upload-pack=.*' is an option, not a repository: .*"),
        ("-x", "'-x' is an option, not a repository: give a path or an https address"),
        ("ssh://-oProxyCommand=touch CANARY/x", "the address holds a space .*"),
        ("ssh://-oProxyCommand=touch${IFS}CANARY/x", "the address names no host: .*"),
        ("-oProxyCommand=x:y", "'-oProxyCommand=x:y' is an option, not a repository: .*"),
        ("ftp://example.invalid/x", "addresses of the kind ftp:// are not read: use https, ssh or a path"),
        ("http://example.invalid/x", "addresses of the kind http:// are not read: .*"),
        ("file:///nonexistent-mldebt", "file:///nonexistent-mldebt .*"),
    ],
)
def test_what_is_no_address_of_a_repository_is_refused(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    failed(command("scan", "--", source.replace("CANARY", str(tmp_path / "canary"))), sentence)
    assert not (tmp_path / "canary").exists()


def test_an_option_is_not_taken_for_a_repository(command: Command) -> None:
    done = command.spawned("scan", "--upload-pack=touch x")
    assert (done.status, done.out) == (2, "")
    assert "No such option" in done.err


def test_a_file_url_is_read_through_a_mirror(command: Command, tmp_path: Path) -> None:
    source = hostile.ordinary(tmp_path / "source")
    here, there = command.scan(source).card, command.scan(f"file://{source}").card
    assert here.pop("repository") == "source"
    assert there.pop("repository").endswith("/source")
    assert here == there


def test_a_url_that_never_answers_is_given_up(tmp_path: Path) -> None:
    settings = read_settings({"MLDEBT_HOME": str(tmp_path / "home")})
    make_home(settings)
    sentence = r"owner/name\.git stopped answering .*: check the address"
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as silent,
        closing(open_store(settings.database_url)) as store,
    ):
        wanted = Wanted(f"http://127.0.0.1:{silent.getsockname()[1]}/owner/name.git")
        with pytest.raises(Unreachable, match=sentence):
            scan(wanted, store, settings, lambda *_: None, patience=0.5)


def test_a_url_that_asks_for_a_password_is_told_how_to_sign_in(command: Command) -> None:
    with _server(401, {"WWW-Authenticate": 'Basic realm="\x1b[31mred"'}) as url:
        failed(
            command.spawned("scan", url),
            f"{url} asks for a name and password, or does not exist: "
            f"check the address, and sign in by `git ls-remote {url}` before the next scan",
        )


@pytest.mark.parametrize("status", [404, 500])
def test_a_url_without_a_repository_is_told_so(command: Command, status: int) -> None:
    with _server(status, {}) as url:
        failed(command("scan", url), f"{url} could not be fetched .*: check the address and the network")


def test_credentials_in_an_address_are_not_said_or_stored(command: Command) -> None:
    with _server(404, {}) as url:
        done = command("scan", url.replace("http://", "http://ada:s3cret@"))
    assert done.status == 2
    assert "s3cret" not in done.err
    held = [path.read_bytes() for path in command.home.rglob("*") if path.is_file()]
    assert not any(b"s3cret" in content for content in held)


@contextmanager
def _server(status: int, headers: dict[str, str]) -> Iterator[str]:
    """The address of a repository on a server that answers everything alike."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

    with listening(Answer) as port:
        yield f"http://127.0.0.1:{port}/owner/name.git"


def test_no_name_and_no_address_of_a_person_is_said_or_stored(command: Command, tmp_path: Path) -> None:
    where = empty_repository(tmp_path / "people")
    trailers = (
        "Joint work\n\nCo-authored-by: Zebulon Quux <zebulon@quux.example>\nSigned-off-by: Mallory <mal@quux.example>"
    )
    for number in range(8):
        author = f"Xenia Plugh{number} <xenia{number}@plugh.example>".encode()
        note = b"# TODO(xenia0) ask xenia1@plugh.example, or @zebulon\n"
        commit(
            where, {"train.py": hostile.CODE + note * (number + 1)}, trailers, author=author, at=START + number * 86_400
        )
    commit(where, {".mailmap": b"Xenia Plugh <xenia@plugh.example> <xenia0@plugh.example>\n"}, at=START + 200 * 86_400)
    said = [command("scan", where).out, command.scan(where).out]
    for name in command.scan(where).signals:
        done = command("explain", name, "--repo", where)
        said += [done.out, done.err]
    said += [path.read_bytes().decode("latin-1") for path in command.home.rglob("*") if path.is_file()]
    for word in ("Zebulon", "Plugh", "Mallory", "quux", "zebulon@", "Joint work"):
        assert not any(word in text for text in said), word


# -- nothing of it runs ----------------------------------------------------------------------------


def test_nothing_in_a_repository_runs_and_nothing_in_it_changes(command: Command, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    repository = hostile.trapped(tmp_path / "trapped", canary)
    before = hostile.seen(repository)
    for args in (("scan",), ("show",), ("explain", "truck_factor"), ("scan", "--format", "json")):
        done = command.spawned(*args, *(["--repo"] if args[0] != "scan" else []), repository)
        assert done.is_clean, (args, done)
    assert hostile.seen(repository) == before
    assert command.spawned("scan", f"file://{repository}").status == 0
    assert not canary.exists()
    assert hostile.seen(repository) == before


def test_the_trap_would_spring(tmp_path: Path) -> None:
    """The canary is worth something: plain git in the same folder leaves it."""
    canary = tmp_path / "canary"
    repository = hostile.trapped(tmp_path / "trapped", canary)
    (repository / "train.py").write_text("changed\n")
    git(repository, "status")
    assert canary.exists()


def test_commands_inside_a_repository_take_no_module_from_it(command: Command, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    repository = hostile.trapped(tmp_path / "trapped", canary)
    before = hostile.seen(repository)
    for args in (("scan",), ("show",), ("doctor",)):
        done = finished(command.started(*args, inside=repository))
        assert done.is_clean, (args, done)
    assert not canary.exists()
    assert hostile.seen(repository) == before


RECIPES: dict[str, Callable[[Path], Path]] = {
    name: getattr(hostile, name)
    for name in ("unborn", "detached", "without_a_blob", "without_a_commit", "badly_named", "by_nobody", "at_odd_dates")
}


@pytest.mark.parametrize("name", RECIPES)
def test_a_rescan_of_what_is_odd_says_the_same_and_changes_nothing_in_it(
    command: Command, tmp_path: Path, name: str
) -> None:
    repository = RECIPES[name](tmp_path / name)
    before = hostile.seen(repository)
    first, second = command.scan(repository), command.scan(repository)
    shown = command("show", "--repo", repository, "--format", "json")
    assert first == second == shown
    assert json.loads(first.out)["repository"] == name
    assert hostile.seen(repository) == before


@pytest.mark.postgres
def test_what_is_odd_is_the_same_on_postgresql(command: Command, tmp_path: Path, empty_postgresql: str) -> None:
    other = Command(tmp_path / "other", {"DATABASE_URL": empty_postgresql})
    recipes = {
        **RECIPES,
        "from_the_far_future": hostile.from_the_far_future,
        "with_long_lines": hostile.with_long_lines,
    }
    for name, recipe in recipes.items():
        repository = recipe(tmp_path / name)
        first = command.scan(repository)
        assert other.scan(repository) == first, name
        assert other("show", "--repo", repository, "--format", "json") == first, name
