#!/usr/bin/env bash
# Installs this checkout of mldebt, from its hashed locks alone. PYTHON is the interpreter.
#
# The folder that a step starts in holds the code of a pull request. Python would import from it (`-m`), so it is
# left, and told to import from nowhere but itself (-I).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
cd "$RUNNER_TEMP"

failed() {
    status=$?
    if [ "$status" != 0 ]; then
        echo "mldebt could not be installed (exit status $status): the log of this step says why." >>"$GITHUB_STEP_SUMMARY"
    fi
}
trap failed EXIT

"$PYTHON" -I -m venv --clear mldebt-venv
install=(mldebt-venv/bin/python -I -m pip install -q --disable-pip-version-check --no-deps)
"${install[@]}" --require-hashes -r "$root/requirements.lock"
"${install[@]}" --no-build-isolation -e "$root"
