"""The only door to git. Every command goes through here, hardened, and ends when its reader leaves.

A repository on disk belongs to whoever made it: its config, hooks, attributes, grafts and refs are input. What we run
in it is a fixed list of commands that read, with everything switched off that would start another program (hooks,
fsmonitor, pager, gpg, external diffs, text conversion, filters) or talk to another machine. Replace refs and grafts
are views that differ from clone to clone, so they are passed over: history is read as it was committed.
"""

from __future__ import annotations

import os
import re
import select
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from errno import E2BIG
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Protocol, cast

from collectors.git.errors import GitFailed, GitMissing, Stalled

if TYPE_CHECKING:
    from subprocess import Popen

    from git.cmd import Git

READERS = {
    *("cat-file", "check-mailmap", "config", "diff-tree", "for-each-ref", "log", "ls-tree"),
    *("merge-base", "patch-id", "rev-list", "rev-parse", "symbolic-ref"),
}
DIFFERS = {"log", "diff-tree"}
NEVER = ("--ext-diff", "--textconv", "--filters", "--output", "--show-signature", "--exec", "--upload-pack")

NO_GIT = "git was not found on this machine: install git 2.32 or newer"
BLOCK = 1 << 20
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

# Repository config could turn any of these; GIT_CONFIG_COUNT overrides it as `-c` does.
CONFIG = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "core.pager": "cat",
    "core.quotePath": "false",
    "core.warnAmbiguousRefs": "false",
    "submodule.recurse": "false",
    "protocol.ext.allow": "never",
    "gpg.program": "false",
    "gpg.ssh.program": "false",
    "gpg.x509.program": "false",
}
READING = {
    **CONFIG,
    "protocol.allow": "never",
    "credential.helper": "",
    "core.sshCommand": "false",
    "core.bigFileThreshold": "512m",  # lines of larger files are not counted; this is git's own
    "attr.tree": EMPTY_TREE,  # newer git would read .gitattributes of HEAD in a bare repository, and only there
    "mailmap.blob": "HEAD:.mailmap",
    "mailmap.file": "",
    "color.ui": "never",
    "i18n.logOutputEncoding": "UTF-8",
    "log.showSignature": "false",
    "log.showRoot": "true",
    "log.decorate": "no",
    "log.follow": "false",
    "diff.algorithm": "myers",
    "diff.context": "3",
    "diff.ignoreSubmodules": "none",
    "diff.interHunkContext": "0",
    "diff.mnemonicPrefix": "false",
    "diff.noPrefix": "false",
    "diff.relative": "false",
    "diff.renameLimit": "1000",
    "diff.submodule": "short",
}
ENVIRONMENT = {
    "GIT_ADVICE": "0",
    "GIT_ASKPASS": "",
    "GIT_CONFIG_PARAMETERS": "",
    "GIT_EDITOR": ":",
    "GIT_GRAFT_FILE": f"{os.devnull}/none",  # an empty file would do, and draw a hint
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "GCM_INTERACTIVE": "never",
    "SSH_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
}
# The user's own way to the network. Any other GIT_* (a hook sets GIT_DIR, GIT_INDEX_FILE, …) is not meant for us.
KEPT = ("GIT_SSH", "GIT_SSL_", "GIT_HTTP_", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
KEPT_ALWAYS = ("GIT_EXEC_PATH", "GIT_PYTHON_", "GIT_TEST_")
# Nobody's own way: what a server asks for in somebody else's name. Certificates and proxies stay the machine's.
BY_TOKEN = {
    **ENVIRONMENT,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_SSH_COMMAND": "false",
    "HOME": f"{os.devnull}/none",  # no .netrc
    "XDG_CONFIG_HOME": f"{os.devnull}/none",
}


class Located(Protocol):
    @property
    def git_dir(self) -> Path: ...


def run(repository: Located, *args: str, stdin: bytes | None = None) -> bytes:
    """Everything a reading command prints. Raises GitFailed where it fails."""
    with stream(repository, *args, stdin=stdin) as output:
        return output.read()


@contextmanager
def stream(repository: Located, *args: str, stdin: bytes | None = None) -> Iterator[IO[bytes]]:
    """What a reading command prints, while it prints it. Its standard input is `stdin`, or nothing.

    Leaving the block with output unread stops git without an error; having read to the end raises GitFailed where git
    failed, so rows already taken may be half the story. Pass commits as hex ids, never a name that others chose.
    """
    name, *rest = args
    if name not in READERS or any(arg.startswith(NEVER) for arg in rest):
        raise ValueError(f"not a command that only reads: git {' '.join(args)}")
    if name in DIFFERS:
        rest = ["--no-ext-diff", "--no-textconv", f"-O{os.devnull}", *rest]
    environment = {
        **_with_config({**READING, "safe.directory": str(repository.git_dir)}),
        "GIT_ALLOW_PROTOCOL": "none",  # holds for lazy fetches too, where git is too old for GIT_NO_LAZY_FETCH
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_WORK_TREE": str(repository.git_dir),  # nothing is read from the real one
    }
    with _started(repository.git_dir, [name, *rest], environment, stdin=stdin) as output:
        yield output


def run_in_mirror(
    mirror: Located,
    *args: str,
    protocols: str = "none",
    patience: float | None = None,
    heard: Callable[[str], None] | None = None,
    credentials: Mapping[str, str] | None = None,
) -> bytes:
    """Run a command that writes into a mirror of our own, or asks the network by the user's own credentials.

    `protocols` are those that git may speak ("https:ssh"); `patience` the seconds of silence after which the command
    is stopped and Stalled raised; `heard` is called, in another thread, with each line of progress. `credentials` is
    git config that takes the place of all of the user's, and stands in the environment of the command alone.
    """
    config = {**CONFIG, "gc.auto": "0", "http.lowSpeedLimit": "1000", "http.lowSpeedTime": "60", "core.bare": "true"}
    environment = {**_with_config({**config, **(credentials or {})}), "GIT_ALLOW_PROTOCOL": protocols}
    if credentials is not None:
        environment = {**BY_TOKEN, **environment}
    with _started(mirror.git_dir, args, environment, patience=patience, heard=heard) as output:
        return output.read()


def git_version() -> tuple[int, ...]:
    """The version of the git that runs. Raises GitMissing."""
    try:
        from git.cmd import Git
        from git.exc import GitCommandNotFound
    except ImportError as error:
        raise GitMissing(NO_GIT) from error
    try:
        return tuple(Git().version_info)
    except GitCommandNotFound as error:
        raise GitMissing(NO_GIT) from error


def _with_config(config: Mapping[str, str]) -> dict[str, str]:
    environment = {**ENVIRONMENT, "GIT_CONFIG_COUNT": str(len(config))}
    for position, (key, value) in enumerate(config.items()):
        environment |= {f"GIT_CONFIG_KEY_{position}": key, f"GIT_CONFIG_VALUE_{position}": value}
    return environment


@contextmanager
def _started(
    git_dir: Path,
    args: Sequence[str],
    environment: Mapping[str, str],
    *,
    stdin: bytes | None = None,
    patience: float | None = None,
    heard: Callable[[str], None] | None = None,
) -> Iterator[IO[bytes]]:
    with ExitStack() as closing:
        source = None
        if stdin is not None:  # a file, not a pipe: nobody has to feed it while the output is read
            source = closing.enter_context(TemporaryFile())
            source.write(stdin)
            source.seek(0)
        held = _popen(git_dir, args, environment, source)  # ends the process when it is forgotten
        process = cast("Popen[bytes]", held.proc)
        output = cast("IO[bytes]", process.stdout)
        errors = _Errors(process, patience, heard)
        try:
            yield output
            unread = bool(getattr(output, "peek")(1))  # noqa: B009  IO has no peek, BufferedReader has
            if not unread:
                process.wait()
        finally:
            _kill(process)
            errors.join()
            output.close()
        if errors.stalled:
            raise Stalled(args[0], process.returncode, f"nothing was heard for {patience:g} seconds")
        if not unread and process.returncode:
            raise GitFailed(args[0], process.returncode, errors.last, tuple(errors.lines))


def _popen(
    git_dir: Path, args: Sequence[str], environment: Mapping[str, str], stdin: IO[bytes] | None
) -> Git.AutoInterrupt:
    try:
        from git.cmd import Git
        from git.exc import GitCommandNotFound
    except ImportError as error:
        raise GitMissing(NO_GIT) from error
    reading = "GIT_WORK_TREE" in environment
    kept = KEPT_ALWAYS if reading else KEPT + KEPT_ALWAYS
    foreign = [key for key in os.environ if key.startswith("GIT_") and not key.startswith(kept)]
    unset = [part for key in foreign if key not in environment for part in ("-u", key)]
    command = [*(["env", *unset] if unset else []), "git", f"--git-dir={git_dir}", *args]
    try:
        started: Git.AutoInterrupt = Git(git_dir).execute(
            command,
            istream=cast("None", stdin),
            env=environment,
            shell=False,
            as_process=True,
            start_new_session=True,  # without a terminal nothing can ask; as a group it dies together
        )
    except GitCommandNotFound as error:
        raise GitMissing(NO_GIT) from error
    except OSError as error:
        if error.errno != E2BIG:
            raise
        raise GitFailed(args[0], 0, "it was asked about more paths than this system hands to one command") from error
    return started


def _kill(process: Popen[bytes]) -> None:
    """End the command and all that it started, and wait for it."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _plain(line: str) -> str:
    """Without what a terminal would obey: the other side of a fetch, or a file's name, speaks here too."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u200e-\u202e\u2066-\u2069]+", " ", line).strip()


class _Errors(threading.Thread):
    """Reads standard error to its end, so that git never waits for us; keeps the last lines."""

    def __init__(self, process: Popen[bytes], patience: float | None, heard: Callable[[str], None] | None) -> None:
        super().__init__(daemon=True)
        self.stalled = False
        self._process = process
        self._patience = patience
        self._heard = heard
        self.lines: deque[str] = deque(maxlen=20)
        self.start()

    def run(self) -> None:
        pipe = cast("IO[bytes]", self._process.stderr)
        rest = ""
        with pipe:
            while True:
                if self._patience and not select.select([pipe], [], [], self._patience)[0]:
                    self.stalled = True
                    with suppress(ProcessLookupError):
                        os.killpg(self._process.pid, signal.SIGKILL)
                    return
                block = os.read(pipe.fileno(), 1 << 16)
                *lines, rest = (rest + block.decode(errors="replace")).replace("\r", "\n").split("\n")
                for line in filter(None, map(_plain, lines if block else [rest])):
                    self.lines.append(line)
                    if self._heard:
                        self._heard(line)
                if not block:
                    return

    @property
    def last(self) -> str:
        """git's own last word: the last line that says fatal or error, or just the last."""
        spoken = [line for line in self.lines if line.startswith(("fatal:", "error:"))]
        return (spoken or [*self.lines] or [""])[-1]
