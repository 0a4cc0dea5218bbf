"""A job as a person reads it at a terminal."""

from __future__ import annotations

from cli.client import Json


def line(job: Json) -> str:
    """A job in a line."""
    by = f"  by {job['worker']}" if job["worker"] else ""
    why = f"  {job['reason']}" if job["reason"] else ""
    return f"{job['job_id']}  {job['kind']:<8}  {job['state']:<10}  attempt {job['attempt']}{by}{why}"
