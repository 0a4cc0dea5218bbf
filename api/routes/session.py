"""The studio page's way in: a key for a cookie."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from api import session
from api.entrance import address, principal
from api.guard import check_origin
from api.house import Home
from api.problems import KeyNeeded
from api.words import Body
from domain.account import Scope
from domain.nouns import Noun, UserId

router = APIRouter(prefix="/api/session", tags=["session"])


class Trade(Body):
    """A key to be traded for a cookie."""

    key: Annotated[str, Field(min_length=1, max_length=200)]


class Who(Noun):
    """Whom the server takes you for."""

    user_id: UserId
    scopes: tuple[Scope, ...]
    keyless: bool
    """Whether you came in without any key."""


@router.get("")
async def who(request: Request, house: Home) -> Who:
    """Tell whom the server takes you for; 401 when it wants a key."""
    found = await principal(request, house)
    return Who(user_id=found.user_id, scopes=found.scopes, keyless=found.key_id is None)


@router.post("")
async def sign_in(body: Trade, request: Request, response: Response, house: Home) -> Who:
    """Trade a key for a cookie that scripts cannot read and other sites cannot send."""
    check_origin(request, house)
    await house.meter.take(address(request, house), "other")
    async with house.database.transaction(None) as tx:
        found = await tx.keys.find(body.key.strip())
        if found is None or found.key_id is None:
            raise KeyNeeded("key_unknown", "this key is unknown, expired or revoked")
        await tx.audit.record(found, "session.opened", found.key_id)
    response.set_cookie(
        session.COOKIE,
        session.issue(house, found.key_id),
        max_age=session.LASTS_S,
        path="/",
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https" or house.public_url.startswith("https:"),
    )
    return Who(user_id=found.user_id, scopes=found.scopes, keyless=False)


@router.delete("", status_code=204)
async def sign_out(request: Request, response: Response, house: Home) -> None:
    """Forget the cookie."""
    check_origin(request, house)
    response.delete_cookie(session.COOKIE, path="/", httponly=True, samesite="strict")
