"""How the house does, as Prometheus reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.responses import Response

from api.entrance import Operator
from api.house import Home, House
from api.lately import Lately, lately
from domain.count import BOXES
from domain.counting import write_down
from domain.job import Tally
from domain.queue import KINDS, Queue

router = APIRouter(tags=["metrics"])

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/"""
Sample = tuple[dict[str, str], float]


@router.get("/metrics", response_class=Response)
async def metrics(house: Home, asking: Operator) -> Response:
    """The queues, what became of the jobs of the last hour, and who is at the doors."""
    await write_down(house.database, BOXES, house.boxes)
    async with house.database.transaction(None, reading=True) as tx:
        boxes = await tx.counts.get(BOXES)
        tally = await tx.jobs.tally()
        queues = await tx.queues.list()
        recent = await lately(tx)
        questions = len(await tx.approvals.list(states=("open",), limit=1_000))
    return Response(_page(house, tally, queues, questions, boxes) + _hour(recent), media_type=MEDIA_TYPE)


def _page(house: House, tally: list[Tally], queues: list[Queue], questions: int, boxes: int) -> str:
    now = datetime.now(UTC)
    counts = [({"kind": each.kind, "state": each.state}, float(each.count)) for each in tally]
    waits = [
        ({"kind": each.kind}, max(0.0, (now - each.oldest).total_seconds()))
        for each in tally
        if each.state == "queued"
    ]
    told = (
        metric("director_info", "What this server is.", [({"version": house.version}, 1)]),
        metric("director_jobs", "Jobs by kind and state.", counts),
        metric("director_queue_wait_seconds", "Age of the oldest job that waits for a worker.", waits),
        metric(
            "director_queue_open",
            "Whether a queue gives jobs out and takes new ones in.",
            [({"kind": each.kind, "state": each.state}, float(each.state == "open")) for each in queues],
        ),
        metric("director_sandbox_starts", "Boxes that servers and workers have started.", [({}, boxes)]),
        metric("director_approvals_open", "Questions that nobody has answered yet.", [({}, questions)]),
        metric(
            "director_requests_open", "Requests and streams at the doors now.", [({}, house.presence.open)]
        ),
        metric(
            "director_streams_open", "Event streams of counted clients.", [({}, house.meter.open_streams)]
        ),
    )
    return "".join(told)


def _hour(recent: Lately) -> str:
    """What became of the jobs that ended within the last hour."""
    times = [
        ({"kind": kind, "quantile": str(share)}, recent.seconds(kind, share))
        for kind in KINDS
        for share in (0.5, 0.95)
    ]
    failures = [({"kind": kind, "reason": why}, float(n)) for (kind, why), n in recent.failures.items()]
    lost = [({"kind": kind}, float(recent.crashes(kind))) for kind in KINDS]
    again = [({"kind": kind}, float(recent.retries(kind))) for kind in KINDS]
    told = (
        metric("director_job_seconds", "Seconds at the last worker, of the hour's jobs.", times),
        metric("director_failures", "Jobs of the hour that failed, by reason.", failures),
        metric("director_leases_lost", "Workers that died at a job that ended in the hour.", lost),
        metric("director_retries", "Tries that a missing part cost jobs of the hour.", again),
        metric("director_frames_per_second", "Frames drawn per second of rendering.", [({}, recent.fps)]),
        metric("director_model_tokens", "Tokens of runs that ended in the hour.", [({}, recent.tokens)]),
        metric("director_model_cost_usd", "What their models cost.", [({}, recent.cost_usd)]),
    )
    return "".join(told)


def metric(name: str, words: str, samples: Iterable[Sample]) -> str:
    """One gauge with its samples."""
    lines = [f"# HELP {name} {words}", f"# TYPE {name} gauge"]
    for labels, value in samples:
        said = ",".join(f'{label}="{escaped(text)}"' for label, text in labels.items())
        lines.append(f"{name}{{{said}}} {value:g}" if said else f"{name} {value:g}")
    return "\n".join([*lines, ""])


def escaped(text: str) -> str:
    """A label's value as the format writes it."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
