"""Trim GitHub's own description of its API to the operations that mldebt uses: what the fake is held to.

    npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
    python tests/github/trim_openapi.py package/generated/api.github.com.json

Schemas become JSON Schema (`nullable` is OpenAPI 3.0's own word); examples and descriptions are left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OPERATIONS = (
    "POST /app-manifests/{code}/conversions",
    "GET /app",
    "GET /app/hook/config",
    "GET /app/hook/deliveries",
    "GET /app/hook/deliveries/{delivery_id}",
    "POST /app/hook/deliveries/{delivery_id}/attempts",
    "GET /app/installations",
    "POST /app/installations/{installation_id}/access_tokens",
    "GET /installation/repositories",
    "GET /rate_limit",
    "GET /repos/{owner}/{repo}",
    "POST /repos/{owner}/{repo}/check-runs",
    "GET /repos/{owner}/{repo}/check-runs/{check_run_id}",
    "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
    "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations",
    "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
    "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    "GET /repos/{owner}/{repo}/installation",
    "GET /repos/{owner}/{repo}/issues",
    "POST /repos/{owner}/{repo}/issues",
    "GET /repos/{owner}/{repo}/issues/comments",
    "GET /repos/{owner}/{repo}/issues/events",
    "GET /repos/{owner}/{repo}/issues/{issue_number}",
    "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
    "GET /repos/{owner}/{repo}/issues/{issue_number}/timeline",
    "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
    "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    "GET /repos/{owner}/{repo}/labels",
    "GET /repos/{owner}/{repo}/pulls",
    "GET /repos/{owner}/{repo}/pulls/comments",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    "GET /user",
    "GET /user/installations",
    "GET /user/installations/{installation_id}/repositories",
)
_DROPPED = {"example", "examples", "description", "externalDocs", "x-github", "summary", "tags", "title", "deprecated"}
_ADDRESS = "#/components/"


# GET /app/installations spells its rows out, and wants an account that is a person and an enterprise at once; the
# component of the same name says either.
ERRATA = {"/app/installations": {"type": "array", "items": {"$ref": "#/components/schemas/installation"}}}


def trimmed(whole: dict[str, Any]) -> dict[str, Any]:
    """The operations, with every component that they reach."""
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        method, path = operation.split()
        described = whole["paths"][path]
        paths.setdefault(path, {})[method.lower()] = _plain(described[method.lower()])
        if path in ERRATA:
            paths[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"] = ERRATA[path]
    components: dict[str, dict[str, Any]] = {}
    waiting = _references(paths)
    while waiting:
        kind, name = waiting.pop().removeprefix(_ADDRESS).split("/")
        if name in components.setdefault(kind, {}):
            continue
        components[kind][name] = _plain(whole["components"][kind][name])
        waiting |= _references(components[kind][name])
    return {
        "about": "Trimmed by tests/github/trim_openapi.py from @octokit/openapi, (c) 2020 Octokit contributors, MIT: "
        "see openapi-LICENSE",
        "version": whole["info"]["version"],
        "paths": paths,
        "components": {kind: dict(sorted(found.items())) for kind, found in sorted(components.items())},
    }


def _plain(value: Any, *, names: bool = False) -> Any:
    """Without what does not decide. `names` where the keys are names of properties."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {
        key: _plain(one, names=not names and key == "properties")
        for key, one in value.items()
        if names or (key not in _DROPPED and key != "nullable")
    }
    if names or value.get("nullable") is not True:
        return kept
    return {"anyOf": [kept, {"type": "null"}]}


def _references(value: Any) -> set[str]:
    if isinstance(value, list):
        return {found for one in value for found in _references(one)}
    if not isinstance(value, dict):
        return set()
    own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
    return own | {found for one in value.values() for found in _references(one)}


if __name__ == "__main__":
    text = json.dumps(trimmed(json.loads(Path(sys.argv[1]).read_text("utf-8"))), indent=0, sort_keys=True)
    (HERE / "openapi.json").write_text(f"{text}\n", "utf-8")
