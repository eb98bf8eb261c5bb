"""Composite actions run here: their expressions, conditions, environments and shell steps, as a runner does it.

Only what ours use is known; anything else fails. Steps that use another action are handed to `others`.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Used = Callable[[Mapping[str, str]], Mapping[str, str]]
"""What an action that is used does, from its inputs to its outputs."""


@dataclass
class Machine:
    """A runner with its folders."""

    folder: Path
    workspace: Path
    contexts: dict[str, Any]  # github, runner
    others: dict[str, Used] = field(default_factory=dict)  # by the action's name, without its commit
    environment: dict[str, str] = field(default_factory=dict)
    log: str = ""

    @property
    def summary(self) -> str:
        path = self.folder / "summary.md"
        return path.read_text("utf-8") if path.exists() else ""

    def use(self, action: Path, inputs: Mapping[str, str]) -> tuple[int, dict[str, str]]:
        """The status of the first step that failed, or 0, and the action's outputs."""
        described = yaml.safe_load((action / "action.yml").read_text("utf-8"))
        unknown = set(inputs) - set(described["inputs"])
        assert not unknown, unknown
        contexts = {**self.contexts, "steps": {}}
        contexts["inputs"] = {
            name: inputs.get(name, filled(str(one["default"]), contexts)) for name, one in described["inputs"].items()
        }
        status = 0
        for step in described["runs"]["steps"]:
            if status or not value_of(step.get("if", "true"), contexts):
                continue
            outputs, ended = self._step(action, step, contexts)
            contexts["steps"][step["id"]] = {"outputs": outputs}
            status = 0 if step.get("continue-on-error") else ended
        told = {name: filled(one["value"], contexts) for name, one in described.get("outputs", {}).items()}
        return status, told

    def _step(self, action: Path, step: Mapping[str, Any], contexts: Mapping[str, Any]) -> tuple[dict[str, str], int]:
        if "uses" in step:
            given = {name: filled(str(value), contexts) for name, value in step.get("with", {}).items()}
            try:
                return dict(self.others[step["uses"].partition("@")[0]](given)), 0
            except FileNotFoundError:
                return {}, 1
        output = self.folder / "output"
        output.write_text("")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_ACTION_PATH": str(action),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            **self.environment,
            **{name: filled(str(value), contexts) for name, value in step.get("env", {}).items()},
        }
        assert step["shell"] == "bash"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        self.log += done.stdout + done.stderr
        lines = [line.partition("=") for line in output.read_text().splitlines()]
        return {name: value for name, _, value in lines}, done.returncode


def filled(text: str, contexts: Mapping[str, Any]) -> str:
    """With the values of its expressions."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(value_of(found[1], contexts)), text)


def value_of(expression: str, contexts: Mapping[str, Any]) -> Any:
    """Of alternatives, comparisons, texts and names."""
    for sign, decide in (("||", any), ("&&", all)):
        parts = expression.split(sign)
        if len(parts) > 1:
            values = [value_of(part, contexts) for part in parts]
            return next((one for one in values if bool(one) is (decide is any)), values[-1])
    found = re.fullmatch(r"\s*(\S+)\s*(==|!=)\s*(\S+)\s*", expression)
    if found:
        return (value_of(found[1], contexts) == value_of(found[3], contexts)) is (found[2] == "==")
    word = expression.strip()
    if text := re.fullmatch(r"'([^']*)'", word):
        return text[1]
    if word == "true":
        return True
    assert re.fullmatch(r"[a-z_]+(\.[\w-]+)+", word), f"not known here: {word}"
    value: Any = contexts
    for name in word.split("."):
        value = value.get(name, "") if isinstance(value, Mapping) else ""
    return "" if value is None else value
