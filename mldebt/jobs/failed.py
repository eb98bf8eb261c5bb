"""How a job ends that cannot do what it was asked for."""


class JobFailed(Exception):  # noqa: N818  it is not a bug of ours
    """One sentence that says what happened and what to do, kept with the job. It holds no secret."""
