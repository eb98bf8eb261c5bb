"""A scorecard as text: for the terminal and for machines."""
