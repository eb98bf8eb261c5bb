"""Set-up documents: how many commands a newcomer has to type, and what those of the whole document start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from collectors.facts.files import Told
from collectors.readers.told import told

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SETUP = re.compile(
    r"\b(?:install\w*|set[- ]?up|getting[- ]started|quick[- ]?start|build(?:ing)?|develop(?:ment|ing|ers?)?"
    r"|contributing|requirements|prerequisites|dependencies|environment)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"(?:^|/)(?:readme|contributing|install|installation|development|hacking)"
    r"(?:(?:[_-][\w-]+)?(?:\.[\w-]+)?\.(?:md|markdown|rst|txt))?$"
    r"|(?:^|/)docs?/(?:[^/]+/)*[^/]*(?:install|setup|getting[-_]?started|contributing|development)[^/]*\.(?:md|rst)$",
    re.IGNORECASE,
)
# Documents that are about setting up as a whole.
_WHOLE = re.compile(r"install|setup|getting|contributing|development|hacking", re.IGNORECASE)
_LARGEST = 256 * 1024  # characters; a guide is smaller
_SHELLS = {"", "bash", "sh", "shell", "console", "zsh", "shell-session", "shellsession", "powershell", "cmd", "text"}
_SHELLS |= {"bat", "batch", "pwsh", "terminal", "fish", "commandline", "command-line", "cli"}
_PROMPT = re.compile(
    r"""^(?:\([\w.-]+\)\s*)?(?:\$|>(?!>)|%|\#(?=\s*(?:pip|apt|conda|docker|yum|dnf)\b)|[\w.-]+@[\w.-]+:[^$#]*[$#]
    |PS\ [^>]*>|[A-Z]:\\[^>]*>)\s*""",
    re.VERBOSE,
)
# In a block without a language, a line counts only if it begins like a command.
_COMMAND = re.compile(
    r"""(?:sudo|pip3?|pipx|pipenv|poetry|pdm|uv|uvx|hatch|tox|nox|conda|mamba|micromamba|pixi|python[\d.]*|py|virtualenv
    |source|\.|export|set|cd|mkdir|cp|mv|ln|chmod|touch|echo|cat|git|make|cmake|ninja|bash|sh|\./[\w./-]+|apt|apt-get|yum
    |dnf|pacman|brew|snap|choco|winget|npm|npx|yarn|pnpm|cargo|rustup|go|gem|bundle|mvn|gradle|docker|docker-compose
    |podman|kubectl|helm|minikube|terraform|aws|gcloud|az|wget|curl|unzip|tar|dvc|jupyter|mlflow|streamlit|uvicorn|flask
    |pre-commit|nvidia-smi|R|Rscript|julia|modal|huggingface-cli|hf|wandb|kaggle|srun|sbatch|invoke|just|task|direnv
    |asdf|mise|nix|nix-shell)(?=\s|$)""",
    re.VERBOSE,
)
_HEREDOC = re.compile(r"<<-?\s*['\"]?(\w+)")


class _Block(NamedTuple):
    language: str
    text: str
    line: int  # of its first line, from 1


class _Row(NamedTuple):
    line: int
    command: str  # without its prompt, continued lines joined


class Document(NamedTuple):
    setup_steps: int | None  # None where no heading speaks of set-up
    told: tuple[Told, ...]


def is_setup_document(path: str) -> bool:
    """README, CONTRIBUTING and INSTALL in any folder, and pages about installation below docs/."""
    return _DOCUMENT.search(path) is not None


def read_document(path: str, text: str) -> Document:
    """Shell commands in code blocks: how many stand under headings that speak of set-up, and what all of them start.

    A line continued with a backslash is one command; comments and output are none. A document that is itself about
    installation (INSTALL.md, docs/install.rst) counts as a whole.
    """
    text = text[:_LARGEST]
    sections = list(_rst_sections(text) if path.lower().endswith(".rst") else _markdown_sections(text))
    whole = _WHOLE.search(path.rpartition("/")[2]) is not None
    rows = [[row for block in blocks for row in _commands(block)] for _, blocks in sections]
    chosen = [len(some) for (heading, _), some in zip(sections, rows, strict=True) if whole or _SETUP.search(heading)]
    return Document(sum(chosen) if chosen else None, told([row for some in rows for row in some]))


def _markdown_sections(text: str) -> Iterator[tuple[str, list[_Block]]]:
    """Each heading, with those above it, and the code blocks below it before the next."""
    above: list[tuple[int, str]] = []
    heading = ""
    blocks: list[_Block] = []
    seen = False
    tokens = _reader().parse(text)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            yield heading, blocks
            level = int(token.tag[1])
            above = [(depth, title) for depth, title in above if depth < level]
            # The document's own title says nothing of the sections below it.
            above.append((level, tokens[place + 1].content if seen or level > 1 else ""))
            seen = True
            heading, blocks = " / ".join(title for _, title in above), []
        elif token.type in {"fence", "code_block"}:
            language = token.info.strip().split(" ")[0].strip("{}.").lower()
            start = token.map[0] if token.map else 0
            blocks.append(_Block(language, token.content, start + 1 + (token.type == "fence")))
    yield heading, blocks


@cache
def _reader() -> MarkdownIt:
    """Made once: it holds nothing of what it reads."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"maxNesting": 20})
    reader.core.ruler.disable(["inline", "text_join"])  # blocks are all that counts here
    return reader


_UNDERLINE = re.compile(r"^([=\-~^\"'`#*+.:_])\1{2,}\s*$")
_DIRECTIVE = re.compile(r"^(\s*)\.\. (?:code|code-block|sourcecode|prompt|parsed-literal)::\s*(\S*)")


def _rst_sections(text: str) -> Iterator[tuple[str, list[_Block]]]:
    heading = ""
    blocks: list[_Block] = []
    lines = text.split("\n")
    place = 0
    while place < len(lines):
        line = lines[place]
        directive = _DIRECTIVE.match(line)
        if _UNDERLINE.match(line) and place and lines[place - 1].strip() and not _UNDERLINE.match(lines[place - 1]):
            yield heading, blocks
            heading, blocks = lines[place - 1].strip(), []
        elif directive or line.rstrip().endswith("::"):
            start = place + 1
            body, place = _indented(lines, start, len(line) - len(line.lstrip()))
            blocks.append(_Block(directive[2].lower() if directive else "", body, start + 1))
            continue
        place += 1
    yield heading, blocks


def _indented(lines: list[str], place: int, indent: int) -> tuple[str, int]:
    """The lines from `place` that are blank or indented deeper, and where they end."""
    start = place
    while place < len(lines) and (not lines[place].strip() or len(lines[place]) - len(lines[place].lstrip()) > indent):
        place += 1
    return "\n".join("" if re.match(r"\s*:\w+:", line) else line.strip() for line in lines[start:place]), place


def _commands(block: _Block) -> Iterator[_Row]:
    if block.language not in _SHELLS:
        return
    rows = list(_joined(block))
    prompted = any(_PROMPT.match(row.command) for row in rows)
    ends_with: str | None = None
    for row in rows:
        if ends_with is not None:
            ends_with = None if row.command == ends_with else ends_with
            continue
        if _is_command(row.command, prompted, block.language):
            yield row._replace(command=_PROMPT.sub("", row.command)) if prompted else row
            heredoc = _HEREDOC.search(row.command)
            ends_with = heredoc[1] if heredoc else None


def _joined(block: _Block) -> Iterator[_Row]:
    """Rows, those that end with the shell's sign of continuation joined with the next."""
    held, start = "", block.line
    for line, text in enumerate(block.text.split("\n"), block.line):
        start = start if held else line
        if text.endswith(("\\", "^", "`")):
            held += text[:-1] + " "
            continue
        yield _Row(start, (held + text.lstrip() if held else text).strip())
        held = ""
    if held:
        yield _Row(start, held.strip())


def _is_command(row: str, prompted: bool, language: str) -> bool:
    if prompted:
        return _PROMPT.match(row) is not None and _PROMPT.sub("", row) != ""
    if not row or row.startswith(("#", "//", "::", "REM ")):
        return False
    if language in {"", "text"}:
        return _COMMAND.match(row) is not None
    return True
