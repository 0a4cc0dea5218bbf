"""How the server is: alive, and whether all its parts are there."""

from __future__ import annotations

import asyncio
import os

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from api.entrance import Visitor, by_socket
from api.house import Home, House, Part
from api.orders import OPEN_JOBS
from api.problems import problem, request_id_of
from domain.errors import Unavailable

router = APIRouter(tags=["health"], dependencies=[Visitor])

LOOK_S = 0.3
"""Seconds that /health gives the database; it answers without it then."""
CHECK_S = 10.0


class Health(BaseModel):
    """What a server says of itself."""

    status: str = "ok"
    version: str
    director: str
    fingerprint: str = ""
    """Of the settings; told on the local socket only, as are the fields below."""
    pid: int = 0
    detached: bool = False
    busy: bool = False


@router.get("/health")
async def health(request: Request, house: Home) -> Health:
    """Answers at once for as long as the server lives."""
    if not (by_socket(request) or not house.exposed):
        return Health(version=house.version, director=house.director)
    return Health(
        version=house.version,
        director=house.director,
        fingerprint=house.fingerprint,
        pid=os.getpid(),
        detached=house.detached,
        busy=house.presence.open > 1 or await has_work(house),
    )


async def has_work(house: House) -> bool:
    """Tell whether runs or renders are under way; yes when the database does not say so quickly."""
    try:
        async with asyncio.timeout(LOOK_S), house.database.transaction(None, reading=True) as tx:
            return bool(await tx.jobs.list(states=OPEN_JOBS, limit=1))
    except (TimeoutError, Unavailable):
        return True


@router.get("/ready")
async def ready(request: Request, house: Home) -> Response:
    """Whether every part works; 503 names those that are away."""
    says = await asyncio.gather(*(_ask(part) for part in house.parts))
    rows = [
        {"part": part.name, "using": part.using, "ok": ok, "says": said}
        for part, (ok, said) in zip(house.parts, says, strict=True)
    ]
    away = [row for row in rows if not row["ok"]]
    if not away:
        return JSONResponse({"status": "ready", "parts": rows}, headers={"Cache-Control": "no-store"})
    detail = "; ".join(f"{row['part']}: {row['says']}" for row in away)
    return problem(
        503, "not_ready", detail, request_id=request_id_of(request), retry_after_s=5, parts=rows
    )  # fmt: skip


async def _ask(part: Part) -> tuple[bool, str]:
    try:
        async with asyncio.timeout(CHECK_S):
            return True, await part.check()
    except Unavailable as away:
        return False, away.message
    except TimeoutError:
        return False, f"did not answer within {CHECK_S:g} s"
