"""One blob in, a summary out. Pure: nothing read here is ever imported or run."""
