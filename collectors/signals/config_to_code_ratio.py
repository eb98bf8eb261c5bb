"""Configuration against code."""

from __future__ import annotations

from collectors.facts.files import FileKind, Files, Place
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="share of code lines",
    better="neither",
    status=SHOW,
    says="Lines of configuration are {value} of the {n} {n:line|lines} of code.",
)
def config_to_code_ratio(files: Files) -> Measurement:
    """Lines of configuration for each line of program code, tests left out; 0 and up.

    Configuration is what tells the system how to behave: not data in a configuration format, lock and generated files,
    lists of dependencies, settings of tools, workflows, pipelines or clusters. Neither a high nor a low ratio is good
    by itself: settings moved out of code raise it, settings hidden in code lower it. Watch its trend, and read the
    largest files.

    Why it matters: in a mature system lines of configuration can outgrow lines of code, and each may be wrong.
    Pay it off: derive siblings from one base by small differences; delete settings that have one value everywhere.
    Cannot see: settings in environment variables, consoles and databases, and constants in code.
    Ask: Which of the largest files below was last reviewed line by line?
    Source: Sculley et al. 2015, section 6 (configuration debt).
    """
    code = files.code
    settings = [file for file in files.of(FileKind.CONFIGURATION) if file.place is Place.CONFIGURATION]
    lines = sum(file.lines for file in code)
    if not lines:
        return Measurement.unknown("there is no line of program code to compare with")
    counted = [*code, *settings]
    largest = sorted(settings, key=lambda file: (-file.lines, file.path))
    return Measurement(
        sum(file.lines for file in settings) / lines,
        n=lines,
        evidence=tuple(
            Evidence(file.path, "file", file.lines, worded(file.lines, "line", "lines")) for file in largest[:20]
        ),
        seen=sum(not file.summary.unread for file in counted),
        total=len(counted),
        details=(
            ("lines of configuration", float(sum(file.lines for file in settings))),
            ("configuration files", float(len(settings))),
        ),
    )
