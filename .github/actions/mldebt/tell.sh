#!/usr/bin/env bash
# Writes the run's summary and, where the token may, the comment. CHANGE, STATUS and TOLD are what the comparison left.
set -euo pipefail
export MLDEBT_HOME="$RUNNER_TEMP/mldebt-home"
cd "$RUNNER_TEMP"
mldebt-venv/bin/mldebt comment --status "${STATUS:-0}" ${TOLD:+--told "$TOLD"} -- "$CHANGE"
