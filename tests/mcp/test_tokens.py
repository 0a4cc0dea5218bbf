"""Access tokens at /mcp: one that holds comes in as somebody of its own, and every forgery stays outside."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from api.house import OAuth
from tests.doors import opened, served
from tests.mcp.clients import Desk, said, scaffold
from tests.mcp.test_bad_input import ENVELOPE, LIST, MODERN

ISSUER = "https://login.example"
AUDIENCE = "https://films.example/mcp"
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SMALL = rsa.generate_private_key(public_exponent=65537, key_size=1024)
CURVE = ec.generate_private_key(ec.SECP256R1())
Claims = dict[str, Any]


def published(kid: str, key: Any, algorithm: Any, alg: str) -> Claims:
    """A public key as authorization servers publish it."""
    return {**json.loads(algorithm.to_jwk(key.public_key())), "kid": kid, "alg": alg, "use": "sig"}


KEYS = [
    published("one", RSA, RSAAlgorithm, "RS256"),
    published("curve", CURVE, ECAlgorithm, "ES256"),
    published("small", SMALL, RSAAlgorithm, "RS256"),
]


@dataclass
class Login:
    """An authorization server that publishes keys."""

    url: str = ""
    keys: list[Claims] = field(default_factory=lambda: list(KEYS))
    asked: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """The headers that it was asked with."""


@asynccontextmanager
async def login() -> AsyncGenerator[Login]:
    """Run one."""
    made = Login()

    async def keys(asked: web.Request) -> web.Response:
        made.asked += 1
        made.heard.append(dict(asked.headers))
        return web.json_response({"keys": made.keys})

    app = web.Application()
    app.router.add_get("/keys", keys)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/keys"
    try:
        yield made
    finally:
        await runner.cleanup()


@asynccontextmanager
async def guarded(folder: Path, made: Login) -> AsyncGenerator[Desk]:
    """A house that takes its tokens."""
    async with opened(folder) as doors:
        doors.house = replace(doors.house, oauth=OAuth(ISSUER, made.url, AUDIENCE))
        async with served(doors) as server:
            yield Desk(doors, server)


def claims(**more: Any) -> Claims:
    """What a good token says."""
    now = int(time.time())
    told = {"iss": ISSUER, "aud": AUDIENCE, "sub": "ada", "iat": now, "exp": now + 600, "scope": "read write"}
    return {name: value for name, value in {**told, **more}.items() if value is not None}


def token(
    key: Any = RSA, alg: str = "RS256", kid: str | None = "one", head: Claims | None = None, **more: Any
) -> str:
    """Sign a token."""
    headers = {**({"kid": kid} if kid else {}), **(head or {})}
    return jwt.encode(claims(**more), key, algorithm=alg, headers=headers)


def by_hand(header: Claims, signature: bytes = b"") -> str:
    """A token that no library would sign."""

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    return ".".join([part(json.dumps(header).encode()), part(json.dumps(claims()).encode()), part(signature)])


def confused() -> str:
    """A token that takes the public key for a shared secret."""
    public = RSA.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    start = by_hand({"alg": "HS256", "typ": "JWT", "kid": "one"}).rsplit(".", 1)[0]
    mark = hmac.new(public, start.encode(), hashlib.sha256).digest()
    return f"{start}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"


def bent() -> str:
    """A good token, one letter of whose claims is another."""
    head, body, mark = token().split(".")
    return f"{head}.{body[:-2]}{'A' if body[-2] != 'A' else 'B'}{body[-1]}.{mark}"


FORGED: dict[str, Callable[[], str]] = {
    "wrong audience": lambda: token(aud="https://else.example/mcp"),
    "audience among others not ours": lambda: token(aud=["a", "b"]),
    "no audience": lambda: token(aud=None),
    "wrong issuer": lambda: token(iss="https://evil.example"),
    "no issuer": lambda: token(iss=None),
    "expired": lambda: token(iat=1, exp=2),
    "no end": lambda: token(exp=None),
    "lives for ever": lambda: token(exp=int(time.time()) + 10**9),
    "not yet valid": lambda: token(nbf=int(time.time()) + 3600),
    "made in the future": lambda: token(iat=int(time.time()) + 3600, exp=int(time.time()) + 7200),
    "no subject": lambda: token(sub=None),
    "empty subject": lambda: token(sub=""),
    "algorithm none": lambda: by_hand({"alg": "none", "typ": "JWT", "kid": "one"}),
    "shared secret": confused,
    "another's key": lambda: token(OTHER),
    "unknown key": lambda: token(OTHER, kid="two"),
    "no key named": lambda: token(kid=None),
    "key too small": lambda: token(SMALL, kid="small"),
    "algorithm of another key": lambda: token(CURVE, "ES256", kid="one"),
    "brings its own key": lambda: token(OTHER, head={"jwk": KEYS[0]}),
    "names where its key is": lambda: token(head={"jku": "https://evil.example/keys"}),
    "asks for the unknown": lambda: token(head={"crit": ["exp"]}),
    "an identity, not an access": lambda: token(head={"typ": "id_token+jwt"}),
    "changed": bent,
    "too long": lambda: token(filler="x" * 9_000),
    "no token at all": lambda: "a.b.c",
}


@pytest.mark.filterwarnings("ignore:The RSA key is 1024 bits")
async def test_every_forged_token_stays_outside(tmp_path: Path) -> None:
    async with login() as made, guarded(tmp_path, made) as at, at.server.client() as http:
        for name, forge in FORGED.items():
            headers = {**MODERN, "Authorization": f"Bearer {forge()}"}
            refused = await http.post("/mcp", json=LIST, headers=headers)
            assert refused.status_code == 401, name
            assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"], name
        nobody = await http.post("/mcp", json=LIST, headers=MODERN)
        assert nobody.status_code == 401
        assert "error=" not in nobody.headers["WWW-Authenticate"]
        idle = await http.post(
            "/mcp", json=LIST, headers={**MODERN, "Authorization": f"Bearer {token(scope='x')}"}
        )
        assert idle.status_code == 403
        assert 'error="insufficient_scope"' in idle.headers["WWW-Authenticate"]
        page = (await http.get("/.well-known/oauth-protected-resource/mcp")).json()
        assert page["authorization_servers"] == [ISSUER]
        elsewhere = await http.get("/api/projects", headers={"Authorization": f"Bearer {token()}"})
        assert elsewhere.status_code == 401
    assert made.asked <= 2


@pytest.mark.parametrize(
    ("good", "kind"), [(lambda: token(), "rsa"), (lambda: token(CURVE, "ES256", kid="curve"), "curve")]
)
async def test_a_token_that_holds_comes_in_as_its_own_user(
    good: Callable[[], str], kind: str, tmp_path: Path
) -> None:
    async with login() as made, guarded(tmp_path, made) as at:
        async with at.client(key=good()) as mine, at.client(key=token(sub="eve")) as other:
            project_id = await scaffold(mine)
            args = {"project_id": project_id, "file_path": "film.py"}
            assert not (await mine.call_tool("read_file", args)).is_error, kind
            assert "no project" in said(await other.call_tool("read_file", args))
        async with at.client(key=await at.made.key("ada")) as keyed:
            assert "no project" in said(await keyed.call_tool("read_file", args))


async def test_keys_that_are_not_to_be_had_keep_everybody_outside(tmp_path: Path) -> None:
    made = Login(url="http://127.0.0.1:9/keys")
    async with guarded(tmp_path, made) as at, at.server.client() as http:
        headers = {**MODERN, "Authorization": f"Bearer {token()}"}
        refused = await http.post("/mcp", json=LIST, headers=headers)
    assert refused.status_code == 401
    assert "cannot be read" in refused.json()["detail"]


async def test_a_call_beyond_a_tokens_scopes_is_refused_before_any_answer_begins(tmp_path: Path) -> None:
    async with login() as made, guarded(tmp_path, made) as at, at.server.client() as http:
        headers = {**MODERN, "Authorization": f"Bearer {token(scope='read')}"}
        for name, wanted in (("remember", "read write"), ("render_video", "read render")):
            refused = await http.post("/mcp", json=calling(name), headers=named(headers, name))
            assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
            told = refused.headers["WWW-Authenticate"]
            assert 'error="insufficient_scope"' in told
            assert f'scope="{wanted}"' in told
            assert "resource_metadata=" in told
        read = "list_templates"
        assert (await http.post("/mcp", json=calling(read), headers=named(headers, read))).status_code == 200
        assert (await http.post("/mcp", json=LIST, headers=headers)).status_code == 200


def calling(name: str) -> Claims:
    """A call of a tool without arguments."""
    params: Claims = {"_meta": ENVELOPE, "name": name, "arguments": {}}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


def named(headers: dict[str, str], name: str) -> dict[str, str]:
    """The headers of such a call."""
    return {**headers, "Mcp-Method": "tools/call", "Mcp-Name": name}
