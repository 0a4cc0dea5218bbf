"""Who comes in: the local owner by the socket or keyless loopback, everybody else by a key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from api import session
from api.guard import READING, check_origin
from api.house import Home, House, is_loopback
from api.problems import KeyNeeded
from api.rates import address_of, kind_of
from domain.account import LOCAL_USER, Principal, Scope
from domain.errors import Denied

_NO_KEY = "send a key as `Authorization: Bearer dk_…`; `director keys create NAME` makes one"


def by_socket(request: Request) -> bool:
    """Tell whether a request came over the local socket, from a process of the server's own user."""
    return getattr(request.state, "peer_uid", None) is not None


async def principal(request: Request, house: Home) -> Principal:
    """Tell who asks, and count it: by the key, or by the address of who has none that works.

    Raises KeyNeeded when a key is needed and none that works was given, TooMany for who asks too often.
    """
    try:
        found = await _known(request, house)
    except KeyNeeded:
        await house.meter.take(address(request, house), "other")
        raise
    await count(request, house, found)
    return found


async def count(request: Request, house: House, asking: Principal) -> None:
    """Count a request of somebody; the local owner is never counted.

    Raises TooMany.
    """
    local = asking.key_id is None and asking.user_id == LOCAL_USER
    request.state.payer = "" if local else f"key:{asking.key_id or asking.user_id}"
    await house.meter.take(request.state.payer, kind_of(request.method, request.url.path))


async def visitor(request: Request, house: Home) -> None:
    """Count a request for what everybody may see, unless it comes from this machine.

    Raises TooMany.
    """
    client = request.client.host if request.client else ""
    if not by_socket(request) and not (is_loopback(client) and is_loopback(request.url.hostname or "")):
        await house.meter.take(address(request, house), "other")


def address(request: Request, house: House) -> str:
    """Whom a request without a name is counted for."""
    client = request.client.host if request.client else ""
    behind_proxy = bool(house.public_url) and is_loopback(client)
    forwarded = request.headers.get("x-forwarded-for", "")
    return f"address:{address_of(client, forwarded, behind_proxy=behind_proxy)}"


def payer(request: Request) -> str:
    """Whose count a request is on; empty for the local owner."""
    return str(getattr(request.state, "payer", ""))


async def _known(request: Request, house: House) -> Principal:
    if by_socket(request):
        return Principal(user_id=LOCAL_USER, door="socket")
    secret = _given_key(request)
    if secret is not None:
        return await _by_key(house, secret)
    cookie = request.cookies.get(session.COOKIE)
    if cookie:
        found = await session.principal(house, cookie)
        if found is not None:
            if request.method not in READING:
                check_origin(request, house, needed=True)
            return found
    if await keyless(request, house):
        return Principal(user_id=LOCAL_USER, door="http")
    raise KeyNeeded("key_needed", f"this server wants to know who asks: {_NO_KEY}")


async def keyless(request: Request, house: House) -> bool:
    """Tell whether whoever is at this machine may come in as its owner: loopback, and no keys exist."""
    client = request.client.host if request.client else ""
    if house.exposed or not is_loopback(client) or not is_loopback(request.url.hostname or ""):
        return False
    async with house.database.transaction(None, reading=True) as tx:
        return not await tx.keys.any()


async def _by_key(house: House, secret: str) -> Principal:
    async with house.database.transaction(None) as tx:
        found = await tx.keys.find(secret)
    if found is None:
        raise KeyNeeded("key_unknown", f"this key is unknown, expired or revoked: {_NO_KEY}")
    return found


def _given_key(request: Request) -> str | None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value.strip():
        return value.strip()
    return request.headers.get("x-api-key") or None


Anybody = Annotated[Principal, Depends(principal)]
Visitor = Depends(visitor)
"""Counts who only looks at what everybody may see."""


def allowed_to(scope: Scope) -> Callable[[Principal], Awaitable[Principal]]:
    """Make a dependency that lets in who may do this, and nobody else."""

    async def check(asking: Anybody) -> Principal:
        return check_scope(asking, scope)

    return check


def check_scope(asking: Principal, scope: Scope) -> Principal:
    """Give back who asks.

    Raises Denied when the key does not allow this.
    """
    if scope not in asking.scopes:
        allowed = ", ".join(asking.scopes) or "nothing"
        raise Denied("scope_missing", f"this needs a key with the scope {scope!r}; yours allows {allowed}")
    return asking


Reader = Annotated[Principal, Depends(allowed_to("read"))]
Writer = Annotated[Principal, Depends(allowed_to("write"))]
Operator = Annotated[Principal, Depends(allowed_to("admin"))]
Renderer = Annotated[Principal, Depends(allowed_to("render"))]
