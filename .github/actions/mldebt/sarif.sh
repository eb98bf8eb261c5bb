#!/usr/bin/env bash
# Scans what is checked out, for its findings as SARIF.
set -euo pipefail
export MLDEBT_HOME="$RUNNER_TEMP/mldebt-home"
left=$(mktemp -d "$RUNNER_TEMP/mldebt.XXXXXX")
cd "$RUNNER_TEMP"
status=0
mldebt-venv/bin/mldebt scan --format sarif -- "$GITHUB_WORKSPACE" >"$left/mldebt.sarif" 2>"$left/told" || status=$?
"$GITHUB_ACTION_PATH/show.sh" "$left/told"
echo "sarif=$left/mldebt.sarif" >>"$GITHUB_OUTPUT"
exit "$status"
