"""OAuth 2.1 access tokens of another house's authorization server, held against its published keys."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from typing import Any

import httpx
import jwt
from jwt.algorithms import get_default_algorithms

from api.house import OAuth
from api.mcp_door.wire import FOREIGN
from api.problems import KeyNeeded
from domain.account import SCOPES, Principal
from domain.nouns import UserId

ALGORITHMS = ("RS256", "ES256")
"""Signatures by keys that only their owner has; what is shared or unsigned is refused."""
LONGEST_TOKEN = 8_192
LARGEST_KEYS = 256_000
"""Bytes of the published keys."""
FRESH_S = 600.0
PATIENCE_S = 30.0
"""An unknown key is asked for again after so long."""
LEEWAY_S = 30
LONGEST_LIFE_S = 24 * 3600
SMALLEST_RSA = 2_048
_FOREIGN = ("crit", "jwk", "jku", "x5u", "x5c")
"""Header fields that would have the token name its own judge."""
_REQUIRED = ["exp", "iat", "sub", "aud", "iss"]


class Tokens:
    """Reads tokens; the keys are fetched when one is needed, and kept for a while."""

    def __init__(self, oauth: OAuth, clock: Callable[[], float] = time.monotonic) -> None:
        self._oauth = oauth
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = -FRESH_S
        self._turn = asyncio.Lock()

    async def principal(self, token: str, resource: str) -> Principal:
        """Tell who asks with a token that was made for this address.

        Raises KeyNeeded for one that does not hold, without saying which check failed to whom it matters.
        """
        try:
            key = await self._key(token)
            claims: dict[str, Any] = jwt.decode(
                token, key.key, algorithms=[key.algorithm_name], audience=self._oauth.audience or resource,
                issuer=self._oauth.issuer, leeway=LEEWAY_S, options={"require": _REQUIRED},
            )  # fmt: skip
        except jwt.PyJWTError as wrong:
            raise _refused(str(wrong)) from None
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= 200:
            raise _refused("its subject is no name")
        if not 0 < claims["exp"] - claims["iat"] <= LONGEST_LIFE_S:
            raise _refused(f"it lives longer than {LONGEST_LIFE_S} seconds")
        owner = hashlib.sha256(f"{self._oauth.issuer}\0{subject}".encode()).hexdigest()[:32]
        return Principal(user_id=UserId(f"{FOREIGN}{owner}"), scopes=_scopes(claims), door="mcp")

    async def _key(self, token: str) -> jwt.PyJWK:
        if len(token) > LONGEST_TOKEN:
            raise _refused("it is too long")
        header: dict[str, Any] = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS or any(name in header for name in _FOREIGN):
            raise _refused("its header asks for what is not done here")
        if str(header.get("typ", "JWT")).lower() not in ("jwt", "at+jwt", "application/at+jwt"):
            raise _refused("it is no access token")
        found = await self._published(str(header.get("kid", "")))
        if found is None or found.algorithm_name != header["alg"]:
            raise _refused("nobody here knows its key")
        return found

    async def _published(self, key_id: str) -> jwt.PyJWK | None:
        async with self._turn:
            age = self._clock() - self._fetched
            if age >= FRESH_S or (key_id not in self._keys and age >= PATIENCE_S):
                self._fetched = (
                    self._clock()
                )  # also when it fails: forged tokens must not make us ask for ever
                self._keys = await self._fetch()
            return self._keys.get(key_id)

    async def _fetch(self) -> dict[str, jwt.PyJWK]:
        try:
            async with httpx.AsyncClient(timeout=5, trust_env=False) as http:
                answer = await http.get(self._oauth.jwks_url)
            answer.raise_for_status()
            if len(answer.content) > LARGEST_KEYS:
                raise _refused("the authorization server publishes too much")
            published = jwt.PyJWKSet.from_dict(answer.json())
        except (httpx.HTTPError, ValueError, jwt.PyJWTError):
            raise _refused("the authorization server's keys cannot be read now") from None
        return {key.key_id: key for key in published.keys if key.key_id and _strong(key)}


def _strong(key: jwt.PyJWK) -> bool:
    if key.algorithm_name not in ALGORITHMS or key.algorithm_name not in get_default_algorithms():
        return False
    return key.key_type != "RSA" or key.key.key_size >= SMALLEST_RSA


def _scopes(claims: dict[str, Any]) -> tuple[Any, ...]:
    """What the token allows; words that mean nothing here are passed over."""
    said: Any = claims.get("scope", claims.get("scp", ""))
    words: Any = said.split() if isinstance(said, str) else said
    if not isinstance(words, list):
        return ()
    return tuple(scope for scope in SCOPES if scope in words)


def _refused(why: str) -> KeyNeeded:
    return KeyNeeded("token_invalid", f"this access token does not hold: {why}")
