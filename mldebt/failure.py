"""What a person asked for and cannot have."""


class Failure(Exception):  # noqa: N818  it is not a bug of ours
    """One sentence that says what happened and what to do."""


class NothingStored(Failure):
    """No scan answers to what was asked for."""
