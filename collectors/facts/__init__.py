"""What can be seen, without judgement: collections of frozen rows."""
