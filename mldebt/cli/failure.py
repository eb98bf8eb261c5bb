"""Something a person asked for that cannot be done."""


class Failure(Exception):  # noqa: N818  it is not a bug of ours
    """One sentence that says what happened and what to do."""
