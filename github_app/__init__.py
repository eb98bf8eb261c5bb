"""GitHub: what is said on a pull request, and how it gets there."""
