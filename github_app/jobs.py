"""Every job of the App: who starts the engine imports this before, so that it knows them."""

from github_app import command_job, pull_job, quarter_job, scan_job, sweeping

__all__ = ["command_job", "pull_job", "quarter_job", "scan_job", "sweeping"]
