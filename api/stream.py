"""The event log as server-sent events: numbered, resumable, kept alive, no stalled client's hostage."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from fastapi import Request
from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse, SendTimeoutError
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.entrance import payer
from api.house import House
from api.problems import Unreadable, known
from api.rates import Meter, TooMany
from domain.account import Principal
from domain.event import Entry
from domain.nouns import ProjectId, RunId
from domain.run import OPEN

log = logging.getLogger(__name__)

RETRY_MS = 1_000
"""After so long a browser takes a broken stream up again."""
_MOST_DIGITS = 15


class Stream(EventSourceResponse):
    """A stream whose client, when it reads nothing for too long, is dropped together with its connection."""

    meter: Meter
    payer: str
    """Whose streams are counted."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with self.meter.stream(self.payer):
                await self._stream(scope, receive, send)
        except TooMany as full:
            await known(full, str(scope.get("request_id", "")))(scope, receive, send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        except SendTimeoutError:
            log.info("stalled client dropped", extra={"action": "stream_stalled", "path": scope["path"]})
            abort: Callable[[], None] | None = scope.get("state", {}).get("abort")
            if abort is not None:
                abort()
                await asyncio.sleep(0)  # the server learns of it before it looks how the answer ended
                await asyncio.sleep(0)


async def follow_run(request: Request, house: House, asking: Principal, run_id: RunId) -> Response:
    """Stream a run's events until its end; 204 when all has been said, so that browsers stop asking.

    Raises NotFound, and Unreadable for a place in the log that is none.
    """
    after = place(request)
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        run = await tx.runs.get(run_id)
        await tx.projects.get(run.project_id)
        if run.state not in OPEN and not await tx.events.read(
            run.project_id, after=after, run_id=run_id, limit=1
        ):
            return Response(status_code=204)
    return _stream(house, request, asking, run.project_id, run_id, after)


async def follow_project(
    request: Request, house: House, asking: Principal, project_id: ProjectId
) -> Response:
    """Stream everything that happens to a project, for as long as somebody listens.

    Raises NotFound, and Unreadable for a place in the log that is none.
    """
    after = place(request)
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        await tx.projects.get(project_id)
    return _stream(house, request, asking, project_id, None, after)


def place(request: Request) -> int:
    """After which event to go on: `Last-Event-ID`, which a reconnecting browser sends, or `?after=`.

    Raises Unreadable for what is no number.
    """
    for name, value in (
        ("Last-Event-ID", request.headers.get("last-event-id", "")),
        ("after", request.query_params.get("after", "")),
    ):
        if not value:
            continue
        if not (value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS):
            raise Unreadable(
                "bad_event_id",
                f"{name} is {value[:60]!r}; give the number of the last event that you have, 0 for none",
            )
        return int(value)
    return 0


def told(entry: Entry) -> str:
    """An entry as clients read it: where it stands and what happened; never the provider's own words."""
    fields = entry.event.model_dump(mode="json", exclude={"provider_content"})
    where = {
        "seq": entry.seq,
        "project_id": entry.project_id,
        "run_id": entry.run_id,
        "at": entry.at.isoformat(),
    }
    return json.dumps(where | fields, ensure_ascii=False)


def _stream(
    house: House,
    request: Request,
    asking: Principal,
    project_id: ProjectId,
    run_id: RunId | None,
    after: int,
) -> Response:
    tail = house.log.tail(asking.user_id, project_id, run_id=run_id, after=after)
    stream = Stream(
        _sent(tail, house.presence.closing),
        ping=house.bounds.heartbeat_s,
        ping_message_factory=lambda: ServerSentEvent(comment="still here"),
        send_timeout=house.bounds.send_timeout_s,
        sep="\n",
        headers={"Cache-Control": "no-store, no-transform"},
    )
    stream.meter, stream.payer = house.meter, payer(request)
    return stream


async def _sent(
    tail: AsyncGenerator[Entry, None], closing: asyncio.Event
) -> AsyncGenerator[ServerSentEvent, None]:
    """Turn entries into messages until the log or the server ends."""
    yield ServerSentEvent(comment="director", retry=RETRY_MS)
    waits: list[asyncio.Timeout] = []
    goodbye = asyncio.ensure_future(closing.wait())
    goodbye.add_done_callback(lambda _: [wait.reschedule(0) for wait in waits])
    try:
        async with aclosing(tail):
            while not closing.is_set():
                try:
                    async with asyncio.timeout(None) as wait:
                        waits.append(wait)
                        entry = await anext(tail)
                        waits.clear()
                except StopAsyncIteration:
                    return
                except TimeoutError:
                    break
                yield ServerSentEvent(
                    data=_copyist.told(entry),
                    event=entry.event.type,
                    id=str(entry.seq) if entry.seq else None,
                )
                await asyncio.sleep(0)  # a replay never runs on past a client that has left
        yield ServerSentEvent(comment="the server goes away; come back", retry=RETRY_MS)
    finally:
        waits.clear()
        goodbye.cancel()


class Copyist:
    """Writes an entry once for a whole crowd: its readers get it one right after another."""

    def __init__(self) -> None:
        self._entry: Entry | None = None
        self._text = ""

    def told(self, entry: Entry) -> str:
        """Give the entry as clients read it."""
        if entry is not self._entry:
            self._entry, self._text = entry, told(entry)
        return self._text


_copyist = Copyist()
