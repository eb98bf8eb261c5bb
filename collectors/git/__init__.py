"""Git repositories into facts. The only code that runs git."""
