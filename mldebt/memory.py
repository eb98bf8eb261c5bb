"""How much memory this process took."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

_HIGHEST = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak_bytes() -> int:
    """Bytes that this process held at most, without the commands that it began.

    On Linux `ru_maxrss` outlives `exec`: a process begun by a large one starts with that one's peak (getrusage(2)), so
    the kernel's figure for this program's own memory is read (proc_pid_status(5)). It is the resource's elsewhere.
    """
    try:
        found = _HIGHEST.search(Path("/proc/self/status").read_text())
    except OSError:
        found = None
    if found is not None:
        return int(found[1]) << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1 << 10)
