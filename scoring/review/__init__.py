"""The quarterly review: two snapshots compared, an agenda that prepares itself, and what a team decides. Pure."""
