"""Every command, in every state that a machine or a store can be in."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from collectors.registry import discover
from mldebt.profiles import shipped
from scoring.debts import DEBTS, Debt
from scoring.questions import QUESTIONS
from scoring.signal import Status
from tests.command import ROOT, Command, Done, finished
from tests.repos import hostile
from tests.repos.lived_in import lived_in

DEFINITIONS = {function.definition.name: function.definition for function in discover()}
UNSCANNED = "this repository was not scanned: run `mldebt scan`"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived_in(tmp_path_factory.mktemp("repository") / "lived-in")


@pytest.fixture(scope="module")
def scanned(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Command:
    command = Command(tmp_path_factory.mktemp("home"))
    command.scan(repository)
    return command


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A home in which nothing was scanned."""
    return Command(tmp_path_factory.mktemp("fresh"))


def folded(text: str) -> str:
    return " ".join(text.split())


# -- explain --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_signal_is_explained_with_its_number_or_without(
    scanned: Command, fresh: Command, repository: Path, name: str
) -> None:
    definition = DEFINITIONS[name]
    here = scanned("explain", name, "--repo", repository)
    nowhere = fresh("explain", name, "--repo", repository)
    sentence = scanned("show", "--repo", repository, "--format", "json").signals[name]["sentence"]
    assert (here.status, here.err, nowhere.status, nowhere.err) == (0, "", 0, "")
    assert folded(sentence)[:300] in folded(here.out)
    assert definition.status is Status.ASK or UNSCANNED in folded(nowhere.out)
    for words in (definition.title, definition.summary, definition.why, definition.cannot_see, definition.ask):
        assert folded(words) in folded(here.out)
        assert folded(words) in folded(nowhere.out)


@pytest.mark.parametrize("debt", Debt)
def test_a_debt_is_explained_with_its_signals_and_its_question(
    scanned: Command, fresh: Command, repository: Path, debt: Debt
) -> None:
    for command in (scanned, fresh):
        done = command("explain", debt, "--repo", repository)
        assert (done.status, done.err) == (0, "")
        for words in (DEBTS[debt].title, DEBTS[debt].sentence, DEBTS[debt].ask, DEBTS[debt].remedy):
            assert folded(words.en) in folded(done.out)
        for definition in DEFINITIONS.values():
            if definition.debt is debt:
                assert f"({definition.name})" in folded(done.out)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_question_is_explained_with_every_debt_it_consults(
    scanned: Command, fresh: Command, repository: Path, question
) -> None:
    here = scanned("explain", question.id, "--repo", repository)
    nowhere = fresh("explain", question.id, "--repo", repository)
    assert (here.status, here.err, nowhere.status, nowhere.err) == (0, "", 0, "")
    assert folded(question.text.en) in folded(here.out)
    assert folded(question.text.en) in folded(nowhere.out)
    assert all(debt in here.out for debt in question.debts)
    assert "This repository was not scanned" in nowhere.out


@pytest.mark.parametrize("name", ["Truck-Factor", "truck factor", " TRUCK_FACTOR "])
def test_a_name_is_taken_as_people_write_it(scanned: Command, repository: Path, name: str) -> None:
    assert "(truck_factor)" in scanned("explain", name, "--repo", repository).out


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("truk_factor", "did you mean truck_factor?"),
        ("zzzzzz", "`mldebt signals` lists what is known"),
        ("\x1b[31mred", "`mldebt signals` lists what is known"),
        ("", "`mldebt signals` lists what is known"),
    ],
)
def test_an_unknown_name_gets_a_hint(fresh: Command, name: str, hint: str) -> None:
    done = fresh("explain", name)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("mldebt: nothing is called ")
    assert done.err.endswith(f": {hint}\n")
    assert "\x1b" not in done.err


# -- show and signals -----------------------------------------------------------------------------


def test_show_of_what_was_not_scanned_says_how_to_scan_it(fresh: Command, repository: Path) -> None:
    done = fresh("show", "--repo", repository)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"mldebt: {repository} was not scanned yet: run `mldebt scan {repository}`\n"


@pytest.mark.parametrize("at", ["0000000", "nothing", "999999999999", "HEAD", ""])
def test_show_of_a_snapshot_that_is_not_there(scanned: Command, repository: Path, at: str) -> None:
    done = scanned("show", "--repo", repository, "--at", at)
    assert (done.status, done.out) == (2, "")
    assert f"is of commit {at}:" in done.err


def test_show_takes_a_folder_inside_and_a_name(command: Command, tmp_path: Path, monkeypatch) -> None:
    where = hostile.ordinary(tmp_path / "shop")
    (where / "src" / "deep").mkdir(parents=True)
    first = command.scan(where)
    monkeypatch.chdir(where / "src" / "deep")
    for args in ((), ("--repo", "."), ("--repo", where / "src"), ("--repo", "shop"), ("--repo", where / ".git")):
        assert command("show", *args, "--format", "json") == first


def test_show_does_not_look_at_the_repository(command: Command, tmp_path: Path) -> None:
    where = hostile.ordinary(tmp_path / "shop")
    first = command.scan(where)
    shutil.rmtree(where)
    assert command("show", "--repo", where, "--format", "json") == first
    assert command("scan", where).status == 2


def test_signals_lists_what_is_discovered(fresh: Command) -> None:
    text, listed = fresh("signals"), json.loads(fresh("signals", "--format", "json").out)
    assert [entry["id"] for entry in listed] == list(DEFINITIONS)
    for entry in listed:
        definition = DEFINITIONS[entry["id"]]
        status = Status.SCORE if entry["id"] in shipped().scored else definition.status
        assert (entry["debt"], entry["unit"], entry["status"]) == (definition.debt, definition.unit, status)
        assert entry["summary"] == definition.summary
        assert entry["source"]
        assert entry["id"] in text.out


def test_the_same_repository_by_two_paths_is_one(command: Command, tmp_path: Path, monkeypatch) -> None:
    where = hostile.ordinary(tmp_path / "shop")
    (tmp_path / "link").symlink_to(where)
    monkeypatch.chdir(where)
    cards = [command.scan(source) for source in (where, ".", f"{where}/.git", tmp_path / "link", f"{where}/../shop/")]
    assert all(card == cards[0] for card in cards)


# -- doctor ---------------------------------------------------------------------------------------


def verdicts(done: Done) -> dict[str, str]:
    return {line.split()[1]: line.split()[0] for line in done.out.splitlines()}


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


def test_a_machine_that_has_all_passes(command: Command) -> None:
    done = Command(command.home, {"PORT": str(free_port())})("doctor")
    assert (done.status, done.err) == (0, "")
    assert verdicts(done) == dict.fromkeys(("python", "git", "store", "disk", "port"), "ok")


def test_a_taken_port_fails_and_says_what_to_do(command: Command) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = str(listener.getsockname()[1])
        done = Command(command.home, {"PORT": port})("doctor")
    assert done.status == 2
    assert verdicts(done)["port"] == "FAIL"
    assert f"{port} is taken: set PORT to another" in done.out


def test_a_machine_without_git_fails_in_one_sentence_each(command: Command, tmp_path: Path) -> None:
    settings = {"PATH": str(tmp_path), "PORT": str(free_port())}
    machine = Command(command.home, settings)
    done = machine.spawned("doctor")
    assert done.status == 2
    assert verdicts(done)["git"] == "FAIL"
    assert "install git 2.32 or newer" in done.out
    assert "Traceback" not in done.err
    scan = machine.spawned("scan", tmp_path)
    assert (scan.status, scan.out) == (2, "")
    assert scan.err.count("\n") == 1


def test_a_git_that_is_too_old_fails(command: Command, tmp_path: Path) -> None:
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho git version 2.17.1\n")
    old.chmod(0o755)
    done = Command(command.home, {"PATH": f"{old.parent}:{os.environ['PATH']}"}).spawned("doctor")
    assert done.status == 2
    assert "git 2.17.1 is too old: install 2.32 or newer" in done.out


def test_a_home_that_cannot_be_made_is_told_by_every_command(tmp_path: Path, repository: Path) -> None:
    (tmp_path / "file").write_text("")
    for home, why in ((tmp_path / "file", "which is a file"), (Path("/proc/mldebt"), "cannot be made")):
        for args in (("doctor",), ("scan", repository), ("show",), ("example",), ("explain", "languages")):
            done = Command(home)(*args)
            assert (done.status, done.out) == (2, "")
            assert why in done.err
            assert done.err.count("\n") == 1


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_home_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "may not be written" in Command(tmp_path)("doctor").err


def test_a_store_that_is_none_fails_and_is_left_alone(command: Command, repository: Path) -> None:
    command.home.mkdir()
    store = command.home / "mldebt.db"
    store.write_bytes(b"not a database " * 1000)
    doctor, scan = command("doctor"), command("scan", repository)
    assert verdicts(doctor)["store"] == "FAIL"
    assert (doctor.status, scan.status, scan.out) == (2, 2, "")
    assert scan.err.count("\n") == 1
    assert store.read_bytes() == b"not a database " * 1000


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://ada:s3cret@127.0.0.1:1/none", "nonsense", "sqlite://"])
def test_a_database_that_cannot_be_used_is_told_without_its_password(command: Command, url: str) -> None:
    done = Command(command.home, {"DATABASE_URL": url})("doctor")
    assert done.status == 2
    assert "s3cret" not in done.out + done.err
    assert "Traceback" not in done.err


def test_a_damaged_cache_costs_time_and_nothing_else(command: Command, tmp_path: Path) -> None:
    where = hostile.ordinary(tmp_path / "shop")
    first = command.scan(where)
    (command.home / "cache.db").write_bytes(b"\0" * 5_000)
    assert command.scan(where).card == first.card


# -- terminals, pipes and disks -------------------------------------------------------------------

PRINTING = [
    ("show",),
    ("show", "--format", "json"),
    ("explain", "languages"),
    ("explain", "onboarding"),
    ("explain", "cultural_debt"),
    ("signals",),
    ("signals", "--format", "json"),
]
ASCII = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}


def at(repository: Path, args: tuple[str, ...]) -> tuple[str, ...]:
    return args if args[0] == "signals" else (*args, "--repo", str(repository))


@pytest.mark.parametrize("args", PRINTING, ids=" ".join)
def test_a_reader_that_has_seen_enough_is_no_error(scanned: Command, repository: Path, args: tuple[str, ...]) -> None:
    process = scanned.started(*at(repository, args))
    assert process.stdout is not None
    process.stdout.close()  # before anything is printed
    done = finished(process)
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("args", [("--help",), ("scan", "--help"), ("jobs", "--help")], ids=" ".join)
def test_a_reader_of_help_that_has_seen_enough_is_no_error_either(fresh: Command, args: tuple[str, ...]) -> None:
    process = fresh.started(*args)
    assert process.stdout is not None
    process.stdout.close()
    done = finished(process)
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_an_output_that_is_closed_is_written_nowhere(scanned: Command, repository: Path, closed: str) -> None:
    before = (scanned.home / "mldebt.db").read_bytes()
    shell = f'"$0" -m mldebt show --repo "$1" {closed}'
    done = subprocess.run(
        ["sh", "-c", shell, sys.executable, str(repository)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "MLDEBT_HOME": str(scanned.home)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (done.stdout == "") is (">&-" in closed.split())
    assert (scanned.home / "mldebt.db").read_bytes() == before


def test_who_interrupts_the_very_start_is_answered_too(tmp_path: Path) -> None:
    begun = (
        "import os, signal, sys\n"
        "class Typer:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'typer':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Typer())\n"
        "from mldebt.cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", begun], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.startswith("mldebt: interrupted")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [("--help",), ("scan", "--help")], ids=" ".join)
def test_help_on_a_full_disk_is_an_error_in_one_sentence(fresh: Command, args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mldebt", *args], stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
    assert (done.returncode, done.stderr.decode()) == (
        2,
        "mldebt: there is no room left to write: make room on the disk, then run it again\n",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", PRINTING[:3], ids=" ".join)
def test_a_full_disk_is_an_error_in_one_sentence(scanned: Command, repository: Path, args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mldebt", *at(repository, args)],
            cwd=ROOT,
            env={**os.environ, **scanned.environment},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        "mldebt: the output cannot be written (No space left on device): make room, or write it elsewhere\n"
    )


@pytest.mark.parametrize("args", [*PRINTING, ("doctor",)], ids=" ".join)
def test_an_output_that_knows_ascii_alone_shows_the_rest_spelled_out(
    scanned: Command, repository: Path, args: tuple[str, ...]
) -> None:
    machine = Command(scanned.home, {**ASCII, "PORT": str(free_port())})
    done = machine.spawned(*(args if args == ("doctor",) else at(repository, args)))
    assert (done.status, done.err) == (0, "")
    if args == ("show",):
        assert "\\u2013" in done.out


def test_names_that_are_not_ascii_are_scanned_and_shown_there(command: Command, tmp_path: Path) -> None:
    where = hostile.ordinary(tmp_path / "größe-크기", files={"größe.py": hostile.CODE})
    machine = Command(command.home, ASCII)
    done = machine.spawned("scan", where)
    assert done.is_clean
    assert done.out.startswith("gr\\xc3\\xb6\\xc3\\x9fe-\\xed\\x81\\xac\\xea\\xb8\\xb0  ")  # bytes that are no ASCII


@pytest.mark.parametrize("columns", [20, 40, 300])
@pytest.mark.parametrize("args", [("show",), ("explain", "truck_factor"), ("signals",)], ids=" ".join)
def test_a_terminal_of_any_width_shows_no_line_that_is_longer(
    scanned: Command, repository: Path, args: tuple[str, ...], columns: int
) -> None:
    status, said = on_a_terminal(scanned, columns, *at(repository, args))
    assert status == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", said)
    assert max(map(len, plain.splitlines())) <= columns
    assert "\x1b[" in said  # a terminal gets its colours


def test_a_scan_on_a_terminal_leaves_the_cursor_where_it_was(command: Command, tmp_path: Path) -> None:
    status, said = on_a_terminal(command, 80, "scan", str(hostile.badly_named(tmp_path / "names")))
    assert status == 0
    assert said.count("\x1b[?25l") == said.count("\x1b[?25h")
    assert "owned" not in said or "\x1b]0;owned" not in said
    assert "\u202e" not in said


def on_a_terminal(command: Command, columns: int, *args: str) -> tuple[int, str]:
    """Status, and all that a terminal of this many columns was sent."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with _forgotten("COLUMNS", "NO_COLOR") as environment:
        process = subprocess.Popen(
            [sys.executable, "-m", "mldebt", *args],
            cwd=ROOT,
            env={**environment, **command.environment, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
    os.close(theirs)
    said = b""
    with suppress(OSError):  # the other side is gone
        while block := os.read(ours, 1 << 16):
            said += block
    os.close(ours)
    return process.wait(60), said.decode()


@contextmanager
def _forgotten(*names: str) -> Iterator[dict[str, str]]:
    yield {name: value for name, value in os.environ.items() if name not in names}


# -- the command line itself ----------------------------------------------------------------------


@pytest.mark.parametrize("args", [("frob",), ("scan", "a", "b"), ("show", "--nothing"), ("scan", "--format", "xml")])
def test_what_is_no_command_is_told_with_status_2(fresh: Command, args: tuple[str, ...]) -> None:
    done = fresh(*args)
    assert (done.status, done.out) == (2, "")
    assert "Usage:" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("args", [("--help",), *((name, "--help") for name in ("scan", "show", "explain", "serve"))])
def test_help_needs_no_home(tmp_path: Path, args: tuple[str, ...]) -> None:
    done = Command(tmp_path / "never")(*args)
    assert (done.status, done.err) == (0, "")
    assert "Usage:" in done.out
    assert not (tmp_path / "never").exists()


def test_the_list_of_commands_cuts_no_sentence_and_begins_with_what_comes_first(tmp_path: Path) -> None:
    commands = Command(tmp_path)("--help").out.partition("Commands:\n")[2]
    assert "..." not in commands
    assert [line.split()[0] for line in commands.splitlines()][:2] == ["scan", "diff"]


@pytest.mark.parametrize("port", ["0", "70000", "-1"])
def test_a_port_that_cannot_be_chosen_is_told(command: Command, port: str) -> None:
    done = command("serve", "--port", port)
    assert (done.status, done.out) == (2, "")
    assert "Invalid value for '--port'" in done.err


@pytest.mark.parametrize("port", ["0", "70000", "http", "-1"])
def test_a_port_that_is_none_is_told(command: Command, port: str) -> None:
    done = Command(command.home, {"PORT": port})("serve")
    assert (done.status, done.out) == (2, "")
    assert done.err == f"mldebt: PORT is {port!r}: write a number from 1 to 65535\n"


def test_serving_on_a_taken_port_is_told(command: Command) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = str(listener.getsockname()[1])
        done = command("serve", "--port", port)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"mldebt: port {port} is taken: stop what listens there, or choose another with --port\n"


def test_the_example_is_built_scanned_and_marked(command: Command) -> None:
    first, again = command("example"), command("example", "--format", "json")
    assert (first.status, first.err, again.status) == (0, "", 0)
    assert first.out.startswith("example-shop  ")
    assert again.card["repository"] == "example-shop"
    assert command("show", "--repo", "example-shop").out == first.out


def test_serving_inside_a_hostile_folder_takes_nothing_from_it(command: Command, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    folder = hostile.trapped(tmp_path / "trapped", canary)
    (folder / ".streamlit" / "secrets.toml").write_text("broken [")
    (folder / "app.py").write_text(f"open({str(canary)!r}, 'w')\n")
    before, port = hostile.seen(folder), free_port()
    process = command.started("serve", "--port", str(port), "--ready", "Now yours", inside=folder)
    assert process.stdout is not None
    try:
        said = []
        while (line := process.stdout.readline().decode()) not in ("Now yours\n", ""):
            said.append(line)
        assert said[-1] == f"Dashboard: http://127.0.0.1:{port}  (Ctrl-C stops it)\n"
        with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
            assert page.status == 200
    finally:
        process.send_signal(signal.SIGINT)
        done = finished(process)
    assert done.status == 130
    assert "Traceback" not in done.err
    assert not canary.exists()
    assert hostile.seen(folder) == before
