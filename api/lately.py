"""What became of the jobs that ended within the last hour, as figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.database import Transaction
from domain.job import Job, JobKind, JobState

HOUR = timedelta(hours=1)
MOST = 2_000
ENDED: tuple[JobState, ...] = ("done", "failed", "cancelled")
REASONS = (
    ("worker_died", "its worker died"),
    ("too_slow", "it took longer than"),
    ("part_away", "tried "),
    ("bug", "an internal error"),
    ("source", "the source does not compile"),
    ("limit", "limit"),
)
"""Kinds of failures, by words of their reason; whatever else it is is told as `other`."""


@dataclass(frozen=True)
class Lately:
    """The jobs of the last hour."""

    jobs: tuple[Job, ...]

    def seconds(self, kind: JobKind, share: float) -> float:
        """How long such a share of a kind's jobs took at most, seconds; 0 when there were none."""
        took = sorted(_took(job) for job in self.jobs if job.kind == kind and job.leased_at is not None)
        return took[min(len(took) - 1, int(share * len(took)))] if took else 0.0

    def crashes(self, kind: JobKind) -> int:
        """How many workers died at them."""
        return sum(job.crashes for job in self.jobs if job.kind == kind)

    def retries(self, kind: JobKind) -> int:
        """How often they were put back because a part was away."""
        return sum(job.retries for job in self.jobs if job.kind == kind)

    @property
    def failures(self) -> Counter[tuple[str, str]]:
        """How many failed, by kind and reason."""
        return Counter((job.kind, reason_of(job)) for job in self.jobs if job.state == "failed")

    @property
    def fps(self) -> float:
        """Frames drawn per second of rendering."""
        drawn = [job for job in self.jobs if job.kind == "render" and _number(job, "frames")]
        seconds = sum(_took(job) for job in drawn)
        return sum(_number(job, "frames") for job in drawn) / seconds if seconds else 0.0

    @property
    def tokens(self) -> float:
        """Tokens of the runs that ended."""
        return sum(_number(job, "tokens") for job in self.jobs)

    @property
    def cost_usd(self) -> float:
        """US dollars that their models cost."""
        return sum(_number(job, "cost_usd") for job in self.jobs)


async def lately(tx: Transaction) -> Lately:
    """Read the jobs that ended within the last hour."""
    since = datetime.now(UTC) - HOUR
    ended = await tx.jobs.list(states=ENDED, limit=MOST)
    return Lately(tuple(job for job in ended if job.finished_at is not None and job.finished_at >= since))


def reason_of(job: Job) -> str:
    """Name the kind of a failure."""
    return next((name for name, words in REASONS if words in job.reason), "other")


def _took(job: Job) -> float:
    if job.leased_at is None or job.finished_at is None:
        return 0.0
    return max(0.0, (job.finished_at - job.leased_at).total_seconds())


def _number(job: Job, name: str) -> float:
    value = (job.result or {}).get(name)
    return float(value) if isinstance(value, int | float) else 0.0
