"""Every table. Names of people are never kept: a person is a number and a keyed digest.

A foreign key stands only where an index begins with it: without one, forgetting a repository reads the whole
child table once per parent row, and each inserted row pays for the look-up.
A change here needs a migration beside it in `migrations/versions`; a test compares the two.
"""

from __future__ import annotations

from mldebt.store.tables.hosted import Delivery, DoubtedRule, HostedRepository, Installation, PullHead, QuarterlyIssue
from mldebt.store.tables.repository import (
    Commit,
    FileChange,
    Meta,
    Path,
    Person,
    Repository,
    Summary,
    Tip,
    TrackerIssue,
    TrackerRequest,
    TrackerState,
)
from mldebt.store.tables.review import Decision, Review, ReviewField, Settlement
from mldebt.store.tables.signed_in import Grant, Session
from mldebt.store.tables.snapshot import (
    Attestation,
    Snapshot,
    SnapshotAnswer,
    SnapshotAttestation,
    SnapshotBranch,
    SnapshotEvidence,
    SnapshotFile,
    SnapshotFinding,
    SnapshotLineage,
    SnapshotPictures,
    SnapshotPlace,
    SnapshotSignal,
    Trend,
)

__all__ = [
    "Attestation",
    "Commit",
    "Decision",
    "Delivery",
    "DoubtedRule",
    "FileChange",
    "Grant",
    "HostedRepository",
    "Installation",
    "Meta",
    "Path",
    "Person",
    "PullHead",
    "QuarterlyIssue",
    "Repository",
    "Review",
    "ReviewField",
    "Session",
    "Settlement",
    "Snapshot",
    "SnapshotAnswer",
    "SnapshotAttestation",
    "SnapshotBranch",
    "SnapshotEvidence",
    "SnapshotFile",
    "SnapshotFinding",
    "SnapshotLineage",
    "SnapshotPictures",
    "SnapshotPlace",
    "SnapshotSignal",
    "Summary",
    "Tip",
    "TrackerIssue",
    "TrackerRequest",
    "TrackerState",
    "Trend",
]
