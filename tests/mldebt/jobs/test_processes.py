"""A heavy step in a process of its own: it can be ended from outside, and what it says or does not is understood."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mldebt.jobs.engine import Stopped
from mldebt.jobs.failed import JobFailed
from mldebt.jobs.processes import Processes


def run(tmp_path: Path, program: str, seconds: float = 30, processes: Processes | None = None) -> dict[str, object]:
    (tmp_path / "heavy.py").write_text(program)
    environment = {"PYTHONPATH": str(tmp_path)}
    return (processes or Processes()).run("heavy", environment=environment, seconds=seconds)


def test_what_it_says_last_is_its_result(tmp_path: Path) -> None:
    assert run(tmp_path, "print('noise'); print('{\"snapshot\": 7}')") == {"snapshot": 7}


def test_a_sentence_is_why_it_failed(tmp_path: Path) -> None:
    with pytest.raises(JobFailed, match=r"^the folder is gone$"):
        run(tmp_path, 'print(\'{"failed": "the folder is gone"}\')')


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("raise SystemExit(3)", r"exit status 3"),
        ("", r"exit status 0"),
        ("import os; os.kill(os.getpid(), 9)", r"signal 9.*out of memory"),
        ("import os; os.kill(os.getpid(), 15)", r"signal 15"),
    ],
)
def test_one_that_says_nothing_has_failed(tmp_path: Path, program: str, said: str) -> None:
    with pytest.raises(JobFailed, match=said):
        run(tmp_path, program)


def test_one_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    child = f"open({str(tmp_path / 'pid')!r}, 'w').write(str(subprocess.Popen(['sleep', '60']).pid))"
    for seconds in (3, 10, 30):  # on a busy machine it takes a while to begin
        with pytest.raises(JobFailed, match="took more than"):
            run(tmp_path, f"import subprocess, time; {child}; time.sleep(60)", seconds=seconds)
        if (tmp_path / "pid").exists():
            break
    assert _is_gone(int((tmp_path / "pid").read_text()))


def test_all_are_ended_at_once_and_none_is_begun_any_more(tmp_path: Path) -> None:
    processes, ended = Processes(), threading.Event()

    def waiting() -> None:
        with pytest.raises(Stopped):
            run(tmp_path, f"open({str(tmp_path / 'on')!r}, 'w'); import time; time.sleep(60)", processes=processes)
        ended.set()

    threading.Thread(target=waiting).start()
    while not (tmp_path / "on").exists():
        time.sleep(0.02)
    processes.end()
    assert ended.wait(60)
    with pytest.raises(Stopped):
        run(tmp_path, "print('{}')", processes=processes)


def test_a_scan_dies_with_the_process_that_began_it(tmp_path: Path) -> None:
    """Whoever is killed cannot end its children: these notice that the other end of their input is gone."""
    root = Path(__file__).parents[3]
    program = (
        "import subprocess, sys, time; "
        "p = subprocess.Popen([sys.executable, '-c', 'import threading, time, mldebt.jobs.family as c; "
        "threading.Thread(target=c.die_with_the_parent, daemon=True).start(); print(1, flush=True); time.sleep(60)'], "
        "stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True); "
        "p.stdout.readline(); print(p.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=root) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert not _is_gone(child, seconds=0)
        parent.send_signal(signal.SIGKILL)
    assert _is_gone(child)


def _is_gone(process: int, seconds: float = 30) -> bool:
    """A process that ended may still be listed until somebody asks after it."""
    end = time.monotonic() + seconds
    while True:
        try:
            os.kill(process, 0)
            if Path(f"/proc/{process}/stat").read_text().split()[2] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        if time.monotonic() >= end:
            return False
        time.sleep(0.05)


SLEEPER = "import subprocess, sys; p = subprocess.Popen(['sleep', '60'], start_new_session=True); "


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells who began whom")
def test_what_it_began_in_a_session_of_its_own_ends_with_it(tmp_path: Path) -> None:
    """As git does: a fetch that hangs would go on for as long as the other side says nothing."""
    told = tmp_path / "pid"
    script = f"{SLEEPER}open({str(told)!r}, 'w').write(str(p.pid)); p.wait()"
    for seconds in (2, 10, 29):  # on a busy machine it takes a while to begin
        with pytest.raises(JobFailed, match="more than 0 minutes"):
            run(tmp_path, script, seconds=seconds)
        if told.exists():
            break
    for _ in range(600):
        if is_gone(int(told.read_text())):
            return
        time.sleep(0.05)
    pytest.fail("it goes on")


def is_gone(process: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_what_it_is_told_and_what_it_does_not_see(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLDEBT_APP_KEY", "secret")
    seen = "'MLDEBT_APP_KEY' in os.environ, 'PATH' in os.environ"
    program = f"import json, os, sys; print(json.dumps({{'told': sys.stdin.readline(), 'sees': [{seen}]}}))"
    (tmp_path / "heavy.py").write_text(program)
    environment = {"PYTHONPATH": str(tmp_path)}
    found = Processes().run("heavy", environment=environment, seconds=30, told=b"a line", without={"MLDEBT_APP_KEY"})
    assert found == {"told": "a line\n", "sees": [False, True]}
