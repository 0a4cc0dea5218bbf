"""Fourteen attacks on who comes in."""

from __future__ import annotations

from tests.mcp.attacks.ground import CASES, Ground, calling, case
from tests.mcp.test_tokens import FORGED, token

NAMES = (
    "wrong audience", "audience among others not ours", "wrong issuer", "expired", "not yet valid",
    "algorithm none", "shared secret", "brings its own key", "asks for the unknown",
)  # fmt: skip


def forged(name: str) -> None:
    """Take in the case of a forged token."""

    async def stays_outside(on: Ground) -> None:
        answer = await on.post(key=FORGED[name]())
        assert answer.status_code == 401
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]

    CASES[f"token: {name}"] = stays_outside


for each in NAMES:
    forged(each)


@case
async def no_token_is_told_where_to_get_one(on: Ground) -> None:
    answer = await on.post()
    assert answer.status_code == 401
    assert "/.well-known/oauth-protected-resource/mcp" in answer.headers["WWW-Authenticate"]


@case
async def the_doors_page_names_its_authorization_server(on: Ground) -> None:
    page = (await on.http.get("/.well-known/oauth-protected-resource/mcp")).json()
    assert str(page.get("resource")).endswith("/mcp")
    assert len(page["authorization_servers"]) == 1
    assert page["bearer_methods_supported"] == ["header"]


@case
async def a_token_in_the_address_is_no_token(on: Ground) -> None:
    assert (await on.post(path=f"/mcp?access_token={token()}")).status_code == 401


@case
async def a_missing_scope_is_challenged(on: Ground) -> None:
    answer = await on.post(calling("remember", {}), key=token(scope="read"))
    assert answer.status_code == 403
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
    assert 'scope="read write"' in answer.headers["WWW-Authenticate"]


@case
async def a_clients_token_goes_no_further(on: Ground) -> None:
    mark = token()
    assert "tools" in (await on.post(key=mark)).json()["result"]
    assert on.upstream()
    assert mark not in str(on.upstream())
    assert not any("authorization" in {name.lower() for name in asked} for asked in on.upstream())
