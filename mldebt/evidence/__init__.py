"""From a table of many repositories: which signals point the right way, and the scales of those that do. Pure."""
