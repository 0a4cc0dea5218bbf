"""The studio page's cookie: a key's id and an end, signed with a secret of this installation."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from api.house import House
from domain.account import Principal
from domain.nouns import KeyId

COOKIE = "director_session"
LASTS_S = 7 * 24 * 3600
_FILE = "session.key"


def issue(house: House, key_id: KeyId) -> str:
    """Sign a cookie for the owner of a key."""
    ends = int(datetime.now(UTC).timestamp()) + LASTS_S
    words = f"{key_id}.{ends}"
    return f"{words}.{_signature(secret_of(house.data), words)}"


async def principal(house: House, cookie: str) -> Principal | None:
    """Tell whose cookie this is; None when it is forged, over, or its key does not work any more."""
    words, _, signature = cookie.rpartition(".")
    key_id, _, ends = words.partition(".")
    expected = _signature(secret_of(house.data), words)
    if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
        return None
    now = datetime.now(UTC)
    if int(ends) <= now.timestamp():
        return None
    async with house.database.transaction(None, reading=True) as tx:
        keys = await tx.keys.list()
    for key in keys:
        ended = key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= now)
        if key.key_id == key_id and not ended:
            return Principal(user_id=key.user_id, key_id=key.key_id, scopes=key.scopes)
    return None


def _signature(secret: bytes, words: str) -> str:
    return hmac.new(secret, words.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def secret_of(data: Path) -> bytes:
    """Read the secret, or make it: all servers of a data folder share it, and it outlives them."""
    file = data / _FILE
    if not file.is_file():
        part = file.with_name(f".{_FILE}.{secrets.token_hex(8)}")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(secrets.token_bytes(32))
        try:
            os.link(part, file)  # the first one stays when two make it at once
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return file.read_bytes()
