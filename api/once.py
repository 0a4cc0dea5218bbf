"""Requests that name themselves by an `Idempotency-Key`: the same one again gets the same answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel

from api.problems import Unreadable
from domain.database import Transaction
from domain.errors import UserError
from domain.nouns import Noun
from domain.receipt import Receipt

Answer = TypeVar("Answer", bound=Noun)
LONGEST_KEY = 255


def idempotency_key(request: Request) -> str | None:
    """Read the request's key.

    Raises Unreadable for one that is too long or no plain text.
    """
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise Unreadable(
            "bad_idempotency_key",
            f"Idempotency-Key takes 1 to {LONGEST_KEY} plain characters, such as a UUID",
        )
    return key


Key = Annotated[str | None, Depends(idempotency_key)]


async def once(
    tx: Transaction,
    key: str | None,
    asked: str,
    body: BaseModel,
    answer: type[Answer],
    make: Callable[[], Awaitable[Answer]],
) -> Answer:
    """Do what was asked and keep the answer with it, or give the answer that it got before.

    `asked` names the route. Raises UserError when the key came before with another request, and Conflict when
    a request with it is being answered right now.
    """
    if key is None:
        return await make()
    words = json.dumps([asked, body.model_dump(mode="json")], sort_keys=True)
    request_hash = hashlib.sha256(words.encode()).hexdigest()
    before = await tx.receipts.find(key)
    if before is not None:
        if before.request_hash != request_hash:
            raise UserError(
                "idempotency_key_reused",
                f"Idempotency-Key {key!r} came before with another request; make a new key for a new request",
            )
        return answer.model_validate(before.answer)
    made = await make()
    receipt = Receipt(
        key=key,
        request_hash=request_hash,
        status=202,
        answer=made.model_dump(mode="json"),
        created_at=datetime.now(UTC),
    )
    await tx.receipts.keep(receipt)
    return made
