"""API keys in the database: found by their first letters, proved by their hash."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import string
from datetime import datetime, timedelta

import sqlalchemy as sa

from domain.account import ApiKey, NewApiKey, Principal, Scope
from domain.nouns import KeyId, UserId, new_id
from storage.rows import scope as rows
from storage.rows.shape import columns, noun_of, record, table
from storage.tables import ApiKeyRow

KEYS = table(ApiKeyRow)
FIELDS = columns(ApiKey, KEYS)
MARK = "dk_"
LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
SECRET_BYTES = 32
SECRET_LETTERS = 43
"""How many of 62 letters hold 32 bytes."""
SECRET = re.compile(rf"{MARK}[0-9A-Za-z]{{{SECRET_LETTERS}}}")
PREFIX = len(MARK) + 8
USE_NOTED = timedelta(minutes=1)
"""How exactly a key's last use is known: not every request should write."""


class SqlKeys:
    """The keys of all users as rows."""

    def __init__(self, scope: rows.Scope) -> None:
        self._scope = scope

    async def create(
        self, user_id: UserId, name: str, scopes: tuple[Scope, ...], expires_at: datetime | None = None
    ) -> NewApiKey:
        self._scope.check_owner(user_id)
        await self._scope.know_user(user_id)
        secret = new_secret()
        key = ApiKey(
            key_id=KeyId(new_id()),
            user_id=user_id,
            name=name,
            prefix=secret[:PREFIX],
            scopes=scopes,
            created_at=await self._scope.now(),
            expires_at=expires_at,
        )
        row = record(key) | {"secret_hash": _hash(secret)}
        await self._scope.connection.execute(sa.insert(KEYS).values(row))
        return NewApiKey(key=key, secret=secret)

    async def list(self) -> list[ApiKey]:
        query = sa.select(*FIELDS).where(self._scope.mine(KEYS.c.user_id))
        query = query.order_by(KEYS.c.created_at, KEYS.c.key_id)
        return [noun_of(ApiKey, row) for row in (await self._scope.connection.execute(query)).all()]

    async def revoke(self, key_id: KeyId) -> ApiKey:
        ended = sa.func.coalesce(
            KEYS.c.revoked_at, sa.bindparam("now", await self._scope.now(), KEYS.c.revoked_at.type)
        )
        change = sa.update(KEYS).where(KEYS.c.key_id == key_id, self._scope.mine(KEYS.c.user_id))
        row = (
            await self._scope.connection.execute(change.values(revoked_at=ended).returning(*FIELDS))
        ).first()
        return noun_of(ApiKey, rows.check_found(row, "key", key_id))

    async def find(self, secret: str) -> Principal | None:
        if not SECRET.fullmatch(secret):
            return None
        query = sa.select(*FIELDS, KEYS.c.secret_hash)
        query = query.where(KEYS.c.prefix == secret[:PREFIX], self._scope.mine(KEYS.c.user_id))
        given = _hash(secret)
        found: sa.Row[tuple[object, ...]] | None = None
        for row in (await self._scope.connection.execute(query)).all():
            if hmac.compare_digest(row.secret_hash, given):
                found = row
        if found is None:
            return None
        key = ApiKey.model_validate({name: getattr(found, name) for name in ApiKey.model_fields})
        if key.revoked_at is not None or await self._expired(key):
            return None
        await self._note_use(key)
        return Principal(user_id=key.user_id, key_id=key.key_id, scopes=key.scopes)

    async def any(self) -> bool:
        now = await self._scope.now()
        works = sa.and_(
            KEYS.c.revoked_at.is_(None), sa.or_(KEYS.c.expires_at.is_(None), KEYS.c.expires_at > now)
        )
        query = sa.select(sa.exists().where(works, self._scope.mine(KEYS.c.user_id)))
        return bool(await self._scope.connection.scalar(query))

    async def _expired(self, key: ApiKey) -> bool:
        return key.expires_at is not None and key.expires_at <= await self._scope.now()

    async def _note_use(self, key: ApiKey) -> None:
        now = await self._scope.now()
        fresh = key.last_used_at is not None and now - key.last_used_at < USE_NOTED
        if not fresh and not self._scope.reading:
            change = sa.update(KEYS).where(KEYS.c.key_id == key.key_id)
            await self._scope.connection.execute(change.values(last_used_at=now))


def new_secret() -> str:
    """Make the secret of a key: 32 random bytes behind its mark."""
    number = int.from_bytes(secrets.token_bytes(SECRET_BYTES), "big")
    letters: list[str] = []
    for _ in range(SECRET_LETTERS):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return MARK + "".join(letters)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
