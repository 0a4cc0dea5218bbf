"""Who asks: users, their keys, and what was done in their name."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from domain.nouns import KeyId, Noun, UserId

Scope = Literal["read", "write", "render", "spend", "admin"]
SCOPES: tuple[Scope, ...] = ("read", "write", "render", "spend", "admin")
Door = Literal["http", "mcp", "socket", "agent", "terminal"]
LOCAL_USER = UserId("local")
"""The owner of this machine: who comes in by the socket, or by loopback while no keys exist."""


class Principal(Noun):
    """Somebody at a door."""

    user_id: UserId
    key_id: KeyId | None = None
    scopes: tuple[Scope, ...] = SCOPES
    door: Door = "http"


class ApiKey(Noun):
    """A key as it is listed: the secret itself is shown once and stored hashed."""

    key_id: KeyId
    user_id: UserId
    name: str
    prefix: str
    """The first letters of the key, to know it by."""
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None


class NewApiKey(Noun):
    """A key just made, with its secret."""

    key: ApiKey
    secret: str


class Keys(Protocol):
    """The keys of all users."""

    async def create(
        self, user_id: UserId, name: str, scopes: tuple[Scope, ...], expires_at: datetime | None = None
    ) -> NewApiKey:
        """Make a key of 32 random bytes; only its SHA-256 is kept."""
        ...

    async def list(self) -> list[ApiKey]: ...

    async def revoke(self, key_id: KeyId) -> ApiKey:
        """End a key at once.

        Raises NotFound.
        """
        ...

    async def find(self, secret: str) -> Principal | None:
        """Tell whose key this is; None for unknown, expired and revoked ones."""
        ...

    async def any(self) -> bool:
        """Tell whether a key was ever made that still works."""
        ...


class AuditEntry(Noun):
    """One thing that was done in somebody's name."""

    at: datetime
    user_id: UserId
    door: Door
    action: str
    """`tool.scaffold_project`, `project.deleted`, `key.created`."""
    subject: str = ""
    detail: dict[str, str | int | float | bool | None] = {}


class Audit(Protocol):
    """What was done, in order; entries are never changed."""

    async def record(
        self, principal: Principal, action: str, subject: str = "", **detail: str | int
    ) -> None: ...

    async def list(self, *, limit: int = 100) -> list[AuditEntry]: ...
