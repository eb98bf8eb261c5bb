"""docs/github.md and the table of docs/security.md say what the Action, its workflows and their tests say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "github.md").read_text("utf-8")
EXAMPLES = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


def described(name: str) -> Any:
    return yaml.safe_load((ROOT / ".github" / "actions" / name / "action.yml").read_text("utf-8"))


def test_ten_lines_add_it() -> None:
    (lines,) = [text.splitlines() for text in re.findall(r"```yaml\n(name: mldebt\n.*?)```", PAGE, re.DOTALL)]
    assert len(lines) == 10


@pytest.mark.parametrize(("example", "workflow"), [(0, "mldebt.yml"), (1, "mldebt-comment.yml")])
def test_the_examples_ask_for_what_our_own_workflows_do(example: int, workflow: str) -> None:
    ours = yaml.safe_load((ROOT / ".github" / "workflows" / workflow).read_text("utf-8"))
    (job,) = ours["jobs"].values()
    assert EXAMPLES[example]["permissions"] == job["permissions"]
    assert EXAMPLES[example]["name"] == ours["name"]
    (shown,) = EXAMPLES[example]["jobs"].values()
    used = [step["uses"].rpartition("/")[2].partition("@")[0] for step in shown["steps"]]
    assert [name for name in used if name.startswith("mldebt")] == [
        step["uses"].rpartition("/")[2] for step in job["steps"] if step["uses"].startswith("./")
    ]


def test_the_example_s_checkout_is_our_own() -> None:
    ours = yaml.safe_load((ROOT / ".github" / "workflows" / "mldebt.yml").read_text("utf-8"))
    assert EXAMPLES[0]["jobs"]["mldebt"]["steps"][0] == ours["jobs"]["mldebt"]["steps"][0]


def test_every_input_and_output_is_told() -> None:
    rows = re.findall(r"^\| (`[^|]+`) \| .* \| (.+) \|$", PAGE, re.MULTILINE)
    told = {name: default for names, default in rows for name in re.findall(r"`([\w-]+)`", names)}
    inputs = described("mldebt")["inputs"]
    assert set(told) == set(inputs)
    for name, default in told.items():
        if default.startswith("`"):
            assert default.strip("`") == inputs[name]["default"]
    for name in described("mldebt")["outputs"]:
        assert f"`{name}`" in PAGE.partition("Its outputs are ")[2].partition("\n\n")[0]


def test_the_hook_is_the_one_that_is_there() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (used,) = EXAMPLES[2]["repos"][0]["hooks"]
    assert (used["id"], used["args"][:1]) == (hook["id"], hook["args"])


def test_each_line_of_the_security_page_names_a_test_that_is_there() -> None:
    lines = list(lines_about_tests((ROOT / "docs" / "security.md").read_text("utf-8")))
    written = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert len(lines) > 30
    for line in lines:
        named = re.findall(r"`(test_\w+)`", line)
        assert named, line
        assert set(named) <= written, set(named) - written


def lines_about_tests(page: str) -> Iterator[str]:
    """Of every table that has a column for them."""
    for table in re.findall(r"^\| against \| what is done \| test \|\n\|---.*\n((?:\|.*\n)+)", page, re.MULTILINE):
        yield from table.splitlines()
