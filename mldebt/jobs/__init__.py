"""Work in the background: it survives the process that began it, and says how it went.

`engine` runs jobs, `asking` asks for them, `listing` reads how they stand; only the first two pay for DBOS.
"""
