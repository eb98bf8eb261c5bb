"""The pipeline runs in a job."""

from __future__ import annotations

from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement


@signal(
    debt=Debt.PIPELINE_JUNGLES,
    unit=LEVEL,
    better="higher",
    status=SHOW,
    says="The whole pipeline in a job: {value}.",
    remedy=True,
)
def pipeline_test(practices: Practices) -> Measurement:
    """Whether a job runs the pipeline from its raw data on: not seen, in use.

    `dvc repro`, `kedro run`, `dbt build`, `snakemake` and their kin among the commands of jobs; the stages themselves
    do not count.

    Why it matters: a pipeline that only runs at releases breaks at releases.
    Pay it off: let each change run the pipeline on a small sample, from the first step to the last.
    Cannot see: pipelines run by schedulers outside the repository, tests that call the steps one by one, and how much
    data the job takes.
    Ask: When did the whole pipeline last run from raw data on, without a person?
    Source: Sculley et al. 2015, section 5 (pipeline jungles); Breck et al. 2017, The ML Test Score,
    https://doi.org/10.1109/BigData.2017.8258038 (Infra 3).
    """
    return practices.measured("pipeline_test")
