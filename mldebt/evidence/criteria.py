"""What may not prove itself against NICHE's labels, because the labels were given for it."""

from __future__ import annotations

from scoring.signal import LEVEL, Definition

OWN = {
    "bridge_share": "Community: who contributes",
    "contributor_absence_factor": "Community: how many people contribute",
    "change_request_review_duration": "Issues: what others ask for is answered",
    "data_tests": "Unit testing: tests",
    "debt_issues_flow": "Issues: what others ask for is answered",
    "deletion_share": "History: the kind of commits",
    "docs_freshness": "Documentation: it is kept up to date",
    "newcomer_merged_requests": "Community: who contributes",
    "newcomer_ramp": "Community: who contributes",
    "newcomer_retention": "Community: who contributes",
    "open_change_requests": "Issues: what others ask for is answered",
    "pipeline_test": "Unit testing: tests",
    "runbooks_and_owners": "Documentation: it is there",
    "setup_steps": "Documentation: how to set it up is told",
    "time_to_first_response": "Issues: what others ask for is answered",
    "truck_factor": "Community: how many people contribute",
}
"""Signals that see what NICHE's authors looked at, with the criterion."""

JOBS = "Continuous integration: in use is what a job runs"


def own_criterion(definition: Definition) -> str:
    """The criterion of NICHE that a signal repeats; empty where it repeats none."""
    return OWN.get(definition.name) or (JOBS if definition.unit == LEVEL else "")
