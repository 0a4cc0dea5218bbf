"""Prompts: take one in, refine, call off, look and follow."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import orders
from api.answers import RunAnswer, Started, of_run, run_links
from api.entrance import Reader, Writer
from api.house import Home
from api.once import Key, once
from api.orders import Refine, Start
from api.stream import follow_run
from api.words import Body, RunRef
from domain.database import Transaction
from domain.event import RunFinished
from domain.nouns import RunId
from domain.run import OPEN, Run

_BATCH = 1_000
router = APIRouter(prefix="/api/generate", tags=["generate"])


class Cancel(Body):
    """A run to be called off."""

    run_id: RunRef


@router.post("/start", status_code=202)
async def start(body: Start, house: Home, asking: Writer, key: Key) -> Started:
    """Take a prompt in: answers at once, the work goes on behind `links.stream`."""
    async with house.database.transaction(asking.user_id) as tx:

        async def make() -> Started:
            return _started(await orders.start(tx, house.limits, asking, body))

        return await once(tx, key, "generate/start", body, Started, make)


@router.post("/refine", status_code=202)
async def refine(body: Refine, house: Home, asking: Writer, key: Key) -> Started:
    """Change a film by a prompt; waits its turn when the project is busy."""
    async with house.database.transaction(asking.user_id) as tx:

        async def make() -> Started:
            return _started(await orders.refine(tx, house.limits, asking, body))

        return await once(tx, key, "generate/refine", body, Started, make)


@router.post("/cancel", status_code=202)
async def cancel(body: Cancel, house: Home, asking: Writer) -> RunAnswer:
    """Call a run off; model, sandbox and render end within two seconds, and what was made is kept."""
    async with house.database.transaction(asking.user_id) as tx:
        return of_run(await orders.cancel(tx, body.run_id))


@router.get("/{run_id}/status")
async def status(run_id: str, house: Home, asking: Reader) -> RunAnswer:
    """How a run stands; once it has ended, also what of its promise it kept, and what is left to mend."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        run = await tx.runs.get(RunId(run_id))
        return of_run(run, await _end(tx, run))


@router.get("/{run_id}/stream", response_class=Response)
async def stream(run_id: str, request: Request, house: Home, asking: Reader) -> Response:
    """Follow a run as server-sent events, from its beginning or after `Last-Event-ID` or `?after=`."""
    return await follow_run(request, house, asking, RunId(run_id))


async def _end(tx: Transaction, run: Run) -> RunFinished | None:
    """Read how a run has ended from its log."""
    after, found = 0, None
    while run.state not in OPEN:
        entries = await tx.events.read(run.project_id, after=after, run_id=run.run_id, limit=_BATCH)
        found = next((each.event for each in entries if isinstance(each.event, RunFinished)), found)
        if len(entries) < _BATCH:
            break
        after = entries[-1].seq
    return found


def _started(run: Run) -> Started:
    return Started(project_id=run.project_id, run_id=run.run_id, links=run_links(run.project_id, run.run_id))
