"""The exit codes of every command."""

OK = 0
FINDINGS = 1
"""The command did its work and found faults, or the run it followed did not succeed."""
USAGE = 2
ENVIRONMENT = 3
"""A part that is needed is away."""
LIMIT = 4
CANCELLED = 130
READER_GONE = 141
"""Whoever read the output, such as `head`, has closed it."""
