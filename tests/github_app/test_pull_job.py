"""The job in a real worker: asked for, killed at each step, limited, refused; and where its secrets are seen."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from github_app.assessing import Later
from github_app.pull_job import asked_for, seconds_to_wait
from mldebt.jobs.asking import Asked, enqueue
from mldebt.jobs.database import open_database
from mldebt.jobs.listing import Job, State, listing, states
from mldebt.store.engine import open_store
from mldebt.store.hosted import Head, remove_repositories, tell_head, tell_repository
from tests.github.fake import DROPPED, Answer, Fault
from tests.github.hosted import PATH, SECRETS, THRESHOLD, Hosted, hosted
from tests.github.installed import INSTALLATION, REPOSITORY, key
from tests.github_app.test_faults import SECONDARY

ROOT = Path(__file__).parents[2]
LONGEST = 240.0
HAS_PROC = Path("/proc/self/environ").exists()


@dataclass
class Worker:
    """`mldebt worker`, which may be killed and begun again."""

    there: Hosted
    log: Path
    process: subprocess.Popen[bytes] | None = None
    begun: int = 0

    def begin(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mldebt", "worker"],
                cwd=ROOT,
                env={**os.environ, **self.there.environment, "PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.begun += 1

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def done(self, id_: str, *, again: bool = False) -> Job:
        """The job once it ended; `again` begins the worker anew whenever it was killed."""
        end = time.monotonic() + LONGEST
        with closing(open_database(self.there.settings)) as database:
            while time.monotonic() < end:
                job = states(database, [id_]).get(id_)
                if job is not None and job.state in (State.DONE, State.FAILED):
                    return job
                if again and self.process is not None and self.process.poll() is not None:
                    self.begin()
                time.sleep(0.1)
        pytest.fail(self.log.read_text()[-3_000:])


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp("jobs")) as made:
        open_store(made.settings.database_url).close()
        yield made
        assert made.fake.violations == []


@pytest.fixture(scope="module")
def worker(there: Hosted) -> Iterator[Worker]:
    made = Worker(there, there.settings.home.parent / "worker.log")
    made.begin()
    until(lambda: b"Running jobs" in made.log.read_bytes())
    yield made
    made.kill()


def until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.05)


def ask(there: Hosted, number: int, when: str = "event") -> str:
    with closing(open_database(there.settings)) as database:
        (id_,) = enqueue(database, [asked_for(INSTALLATION, REPOSITORY, number, f"owner/name#{number}", when)])
    return id_


def every(there: Hosted) -> tuple[Job, ...]:
    with closing(open_database(there.settings)) as database:
        return listing(database, shown=1_000).jobs


def test_asked_for_it_is_done(there: Hosted, worker: Worker) -> None:
    number = there.open({"new.py": PATH % b"new"})
    job = worker.done(ask(there, number))
    assert (job.state, job.kind, job.title) == (State.DONE, "pull_request", f"owner/name#{number}")
    assert (len(there.bodies(number)), len(there.checks(number))) == (1, 1)


def test_one_job_of_a_pull_request_at_a_time_and_none_is_lost(there: Hosted, worker: Worker) -> None:
    """Asked for while it runs, after the head was read: the head that came meanwhile is spoken of in the end."""
    number = there.open({"new.py": PATH % b"new"})
    moved: list[str] = []

    def push(handler: object) -> bool:
        if not moved:
            moved.append(there.push(number, {"more.py": THRESHOLD % 7}))
            with closing(open_store(there.settings.database_url)) as store, store.writing() as connection:
                tell_head(connection, Head(REPOSITORY, number, moved[0], int(time.time()) + 60))
            ask(there, number, "pushed")
        return False

    there.host.answers_with = push
    worker.done(ask(there, number, "opened"))
    there.host.answers_with = lambda _: False
    until(lambda: not [job for job in every(there) if job.state in (State.RUNNING, State.WAITING)])
    assert there.bodies(number)[0].startswith("This change adds 1 fixed threshold and 1 local path.")
    assert (len(there.bodies(number)), len(there.checks(number))) == (1, 1)


Step = tuple[str, str, bool]
"""Method, what is in the path, and whether it was done when the worker dies."""
GIT: Step = ("GET", "/git", False)
STEPS: list[Step] = [GIT, ("POST", "/comments", True), ("POST", "/check-runs", True)]
EVERY: list[Step] = [
    *(("POST", "/access_tokens", False), ("POST", "/access_tokens", True), ("GET", "/pulls/", False), GIT),
    *(("GET", "/comments", False), ("POST", "/comments", False), ("POST", "/comments", True)),
    *(("GET", "/check-runs", False), ("POST", "/check-runs", False), ("POST", "/check-runs", True)),
]


def test_killed_at_each_step_in_turn(there: Hosted, worker: Worker) -> None:
    """By SIGKILL, with all that it began: one comment, one check, and nothing of it runs on."""
    killed_at(STEPS, there, worker)


@pytest.mark.soak
def test_killed_at_every_step_in_turn(there: Hosted, worker: Worker) -> None:
    killed_at(EVERY, there, worker)


def killed_at(steps: list[Step], there: Hosted, worker: Worker) -> None:
    number = there.open({"new.py": PATH % b"killed"})
    left, before, mine = list(steps), worker.begun, list[int]()

    def kills(method: str, target: str, *, is_done: bool) -> bool:
        if not left or left[0][0] != method or left[0][1] not in target or left[0][2] is not is_done:
            return False
        left.pop(0)
        mine.extend(begun_by(worker.process.pid) if worker.process else [])
        worker.kill()
        return True

    with killing(there, kills):
        job = worker.done(ask(there, number), again=True)
    assert (left, job.state, job.why) == ([], State.DONE, None)
    assert worker.begun == before + len(steps)
    assert (len(there.bodies(number)), len(there.checks(number))) == (1, 1)
    until(lambda: not any(is_alive(one) for one in mine))


@contextmanager
def killing(there: Hosted, kills: Callable[..., bool]) -> Iterator[None]:
    """Around each request: before it is done, and after."""
    answer = there.fake.answer

    def answered(method: str, target: str, sent: object, authorization: str) -> Answer:
        if kills(method, target, is_done=False):
            return Answer(DROPPED)
        found = answer(method, target, sent, authorization)
        return Answer(DROPPED) if kills(method, target, is_done=True) else found

    there.fake.answer = answered  # type: ignore[method-assign]
    there.host.answers_with = lambda _: kills("GET", GIT[1], is_done=False)
    try:
        yield
    finally:
        there.fake.answer = answer  # type: ignore[method-assign]
        there.host.answers_with = lambda _: False


def begun_by(process: int) -> list[int]:
    found: list[int] = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        for child in listed.read_text().split():
            found += [int(child), *begun_by(int(child))]
    return found


def is_alive(process: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_limit_is_waited_for_by_nobody(there: Hosted, worker: Worker) -> None:
    """The job ends, another of its key waits, and the worker does something else meanwhile."""
    number = there.open({"new.py": PATH % b"limited"})
    there.fake.faults = [Fault("POST", "/comments", Answer(403, SECONDARY, {"Retry-After": "3600"}))]
    job = worker.done(ask(there, number))
    assert job.state is State.DONE
    (later,) = [one for one in every(there) if one.key == f"pull:{REPOSITORY}:{number}" and one.state is State.WAITING]
    assert ask(there, number, "pushed") == later.id
    other = there.open({"new.py": PATH % b"other"})
    assert worker.done(ask(there, other)).state is State.DONE
    assert (there.bodies(number), len(there.bodies(other))) == ([], 1)


def test_github_that_fails_for_a_moment_is_asked_anew(there: Hosted, worker: Worker) -> None:
    number = there.open({"new.py": PATH % b"moment"})
    there.fake.faults = [Fault("POST", "/comments", Answer(502))]
    worker.done(ask(there, number))
    until(lambda: len(there.checks(number)) == 1)
    assert len(there.bodies(number)) == 1


def test_what_fails_for_good_is_listed_with_its_sentence(there: Hosted, worker: Worker) -> None:
    number = there.open({"new.py": PATH % b"failed"})
    there.fake.pulls[number]["base"]["ref"] = "gone"
    job = worker.done(ask(there, number))
    assert job.state is State.FAILED
    assert str(job.why).startswith("this change was not measured: owner/name could not be fetched")
    assert [row["status"] for row in there.checks(number)] == ["completed"]


def test_what_was_taken_away_is_left_alone(there: Hosted, worker: Worker) -> None:
    number = there.open({"new.py": PATH % b"removed"})
    with closing(open_store(there.settings.database_url)) as store, store.writing() as connection:
        tell_repository(connection, REPOSITORY, INSTALLATION, 1, full_name="owner/name")
        remove_repositories(connection, INSTALLATION, [REPOSITORY], 2)
    before = len(there.fake.exchanges)
    assert worker.done(ask(there, number)).state is State.DONE
    with closing(open_store(there.settings.database_url)) as store, store.writing() as connection:
        tell_repository(connection, REPOSITORY, INSTALLATION, 3, removed_at=None)
    assert len(there.fake.exchanges) == before


@dataclass
class Seen:
    commands: set[bytes] = field(default_factory=set)
    readers: list[bytes] = field(default_factory=list)  # environments of the process that reads


@pytest.mark.skipif(not HAS_PROC, reason="only Linux shows processes as files")
def test_no_secret_is_seen_where_it_does_not_belong(there: Hosted, worker: Worker) -> None:
    """In no command line, file, database, log or sentence; and the process that reads a repository has no key."""
    seen = Seen()

    def look(_: object) -> bool:
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes()
                if b"github_app.pull_reading" in command:
                    seen.readers.append((process / "environ").read_bytes())
                seen.commands.add(command)
            except OSError:
                continue
        return False

    there.host.answers_with = look
    number = there.open({"new.py": PATH % b"secret"})
    worker.done(ask(there, number))
    there.host.answers_with = lambda _: there.fake.rows["tokens"].clear() is not None  # git is refused: it fails aloud
    refused = there.open({"new.py": PATH % b"refused"})
    failed = worker.done(ask(there, refused))
    there.host.answers_with = lambda _: False
    assert failed.why == f"this change was not measured: {there.host.address} did not let mldebt read owner/name"

    pem = [line for line in key().splitlines() if not line.startswith("-----")]
    tokens = there.fake.rows["minted"]
    basic = [base64.b64encode(f"x-access-token:{one}".encode()).decode() for one in tokens]
    secrets = [one.encode() for one in (*tokens, *basic, *pem, *SECRETS)]
    assert len(tokens) > 3
    assert any(b"git" in command and b"fetch" in command for command in seen.commands)
    places = [*seen.commands, worker.log.read_bytes(), repr(every(there)).encode(), repr(there.access).encode()]
    files = [file for file in there.settings.home.rglob("*") if file.is_file()]
    assert {"mldebt.db", "engine.db", "config"} <= {file.name for file in files}
    found = re.compile(b"|".join(map(re.escape, secrets)))
    assert [place[:200] for place in places if found.search(place)] == []
    assert [file for file in files if found.search(file.read_bytes())] == []
    assert seen.readers
    own = re.compile(b"|".join(map(re.escape, [one.encode() for one in (*tokens, *pem, *SECRETS)])))
    assert not any(own.search(environment) for environment in seen.readers)


def test_how_long_is_waited_for_github() -> None:
    """As long as it says; else longer each time, and never much longer than an hour."""
    for turn in range(8):
        for told, least in (
            (Later("", 90, is_told=True), 90.0),
            (Later(""), 10 * 2**turn),
            (Later("", 60), 60 * 2**turn),
        ):
            assert min(least, 3_900) <= seconds_to_wait(told, turn) <= 1.1 * min(least, 3_900)
    assert seconds_to_wait(Later("", 10**9, is_told=True), 0) < 4_300


def test_a_job_says_nothing_that_somebody_wrote(there: Hosted, worker: Worker) -> None:
    one: Asked = asked_for(1, 2, 3, "owner/name#3" * 100, "when")
    assert set(one.inputs) == {"installation", "repository", "number", "title"}
    assert len(str(one.inputs["title"])) == 200
