"""Look: repositories and trackers into facts, facts into signals."""
