#!/usr/bin/env bash
# Compares BASE and HEAD, whatever becomes of it: the steps after this one say so. Nothing of the repository is run.
set -euo pipefail
export MLDEBT_HOME="$RUNNER_TEMP/mldebt-home"
left=$(mktemp -d "$RUNNER_TEMP/mldebt.XXXXXX")
cd "$RUNNER_TEMP"

IFS=$' ,\t\n' read -r -d '' -a rules <<<"$FAIL_ON" || true
gates=()
for rule in ${rules[@]+"${rules[@]}"}; do gates+=("--fail-on=$rule"); done

status=0
if [ -z "$BASE" ] || [ -z "$HEAD" ]; then
    status=2
    echo "mldebt: there is no pull request to take them from: give base and head" >"$left/told"
else
    mldebt-venv/bin/mldebt diff --repo "$GITHUB_WORKSPACE" --format json ${gates[@]+"${gates[@]}"} -- "$BASE..$HEAD" \
        >"$left/change.json" 2>"$left/told" || status=$?
fi
"$GITHUB_ACTION_PATH/show.sh" "$left/told"
{
    echo "status=$status"
    echo "change=$left/change.json"
    echo "told=$left/told"
} >>"$GITHUB_OUTPUT"
