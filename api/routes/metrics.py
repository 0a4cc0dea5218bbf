"""How the house does, as Prometheus reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.responses import Response

from api.entrance import Operator
from api.house import Home, House
from domain.job import Tally

router = APIRouter(tags=["metrics"])

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/"""
Sample = tuple[dict[str, str], float]


@router.get("/metrics", response_class=Response)
async def metrics(house: Home, asking: Operator) -> Response:
    """Jobs by kind and state, how long the oldest of them wait, and who is at the doors."""
    async with house.database.transaction(None, reading=True) as tx:
        tally = await tx.jobs.tally()
        questions = len(await tx.approvals.list(states=("open",), limit=1_000))
    return Response(_page(house, tally, questions), media_type=MEDIA_TYPE)


def _page(house: House, tally: list[Tally], questions: int) -> str:
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
        metric("director_approvals_open", "Questions that nobody has answered yet.", [({}, questions)]),
        metric(
            "director_requests_open", "Requests and streams at the doors now.", [({}, house.presence.open)]
        ),
        metric(
            "director_streams_open", "Event streams of counted clients.", [({}, house.meter.open_streams)]
        ),
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
