"""A job in a line."""

from cli.client import Json
from cli.jobs import line


def test_a_line_tells_what_by_whom_and_why() -> None:
    job: Json = {
        "job_id": "j1",
        "kind": "render",
        "state": "failed",
        "attempt": 3,
        "worker": "host-1",
        "reason": "no room",
    }
    assert line(job) == "j1  render    failed      attempt 3  by host-1  no room"
    assert line({**job, "worker": None, "reason": ""}) == "j1  render    failed      attempt 3"
