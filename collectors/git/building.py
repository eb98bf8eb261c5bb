"""Build a repository from a recipe: a stream of commits in the language of `git fast-import`.

The same stream gives the same commit ids, on any machine: nothing of the user's settings enters.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

from collectors.git.process import CONFIG, _started, _with_config

MARK = "mldebt-example"
"""A file in the git directory of a built repository: it may be thrown away and built anew."""
ENVIRONMENT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_ALLOW_PROTOCOL": "none"}


def build(path: Path, stream: Iterable[bytes], *, branch: str = "main") -> Path:
    """A bare repository at `path` with the commits of `stream`, and HEAD on `branch`.

    It appears whole or not at all. Replaces an empty folder or a repository that `build` made; raises FileExistsError
    where anything else lies there, and GitFailed where the stream is not one.
    """
    path = path.expanduser().absolute()
    _check_free(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        made = draft / "repository"
        _git(made, "init", "--quiet", "--bare", "--template=", "--object-format=sha1", f"--initial-branch={branch}")
        _git(made, "fast-import", "--quiet", "--date-format=raw", stdin=b"".join(stream))
        (made / MARK).touch()
        if path.exists():
            _check_free(path)
            path.rename(draft / "earlier")
        made.rename(path)
    finally:
        shutil.rmtree(draft)
    return path


def is_built(git_dir: Path) -> bool:
    """Whether the repository was made by `build`: an example, not somebody's work."""
    return (git_dir / MARK).is_file()


def _check_free(path: Path) -> None:
    if path.is_symlink() or path.exists():
        if path.is_dir() and not path.is_symlink() and (is_built(path) or not any(path.iterdir())):
            return
        raise FileExistsError(f"{path} is there already: name a folder that is empty or does not exist yet")


def _git(git_dir: Path, *args: str, stdin: bytes | None = None) -> None:
    with _started(git_dir, args, {**_with_config(CONFIG), **ENVIRONMENT}, stdin=stdin) as output:
        output.read()
