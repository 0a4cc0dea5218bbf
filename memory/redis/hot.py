"""Hot memory in Redis: `session:{run}`, `project:{project}` and `project:{project}:decisions`."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from domain.database import Database
from domain.errors import Unavailable
from domain.event import Entry
from domain.note import MOST_NOTES, Note, NoteKind, sort_out
from domain.nouns import ProjectId, RunId, UserId

log = logging.getLogger(__name__)

SESSION_S = 24 * 3_600
"""Seconds that a conversation stays at hand after its last word."""
PROJECT_S = 7 * 24 * 3_600
ANSWER_S = 1.0
"""Seconds that Redis gets for an answer; the database answers then."""
AWAY = (RedisError, OSError)
FIELDS: dict[str, tuple[NoteKind, ...]] = {
    "colors": ("color",),
    "fonts": ("font",),
    "style": ("style", "tone", "rule"),
}
"""What people and other programs may read of a project, and the kinds of notes that it is made of."""
NOTES: TypeAdapter[tuple[Note, ...]] = TypeAdapter(tuple[Note, ...])
KEPT: TypeAdapter[tuple[UserId, Entry]] = TypeAdapter(tuple[UserId, Entry])
"""An entry of a conversation and whose it is."""


class RedisMemory:
    """Memory in front of the database.

    A log only grows, so the beginning of a conversation is never out of date. Each of its entries carries its
    owner, and what somebody else kept is left aside. Notes carry a stamp of the rows that they were read
    from; when the database has another one, they are read again.
    """

    def __init__(self, url: str, database: Database, *, prefix: str = "director") -> None:
        self._database = database
        self._prefix = prefix
        self.away = ""
        try:
            self._redis: Redis = Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
                url, protocol=2, socket_connect_timeout=ANSWER_S, socket_timeout=ANSWER_S,
                retry=Retry(NoBackoff(), 0), client_name="director",
            )  # fmt: skip
        except ValueError as error:
            message = "REDIS_URL is no address; write redis://:password@host:6379/0"
            raise Unavailable("redis", message) from error

    async def session(self, owner: UserId, run_id: RunId) -> list[Entry]:
        """Read what is at hand of a conversation, up to the first gap or the first entry of another owner."""
        try:
            kept: dict[bytes, bytes] = await cast(Any, self._redis).hgetall(self._key("session", run_id))
        except AWAY as error:
            self._complain(error)
            return []
        self.away = ""
        entries: list[Entry] = []
        try:
            while (text := kept.get(str(len(entries)).encode())) is not None:
                kept_by, entry = KEPT.validate_json(text)
                if kept_by != owner or entry.run_id != run_id or (entries and entry.seq <= entries[-1].seq):
                    break
                entries.append(entry)
        except ValidationError:
            log.warning("strange memory", extra={"action": "memory_strange", "run_id": run_id})
        return entries

    async def keep(self, owner: UserId, run_id: RunId, place: int, entries: Sequence[Entry]) -> None:
        """Keep entries under their places; the same entry at its place again changes nothing."""
        if not entries:
            return
        key = self._key("session", run_id)
        fields = {str(at): KEPT.dump_json((owner, entry)) for at, entry in enumerate(entries, start=place)}
        try:
            pipe = cast(Any, self._redis.pipeline(transaction=True))
            pipe.hset(key, mapping=fields)
            pipe.expire(key, SESSION_S)
            await pipe.execute()
            self.away = ""
        except AWAY as error:
            self._complain(error)

    async def notes(self, owner: UserId, project_id: ProjectId) -> tuple[Note, ...]:
        """Give the notes at hand when the database still has the same, else read and keep them."""
        stamp, notes = await self._kept(owner, project_id)
        async with self._database.transaction(owner, reading=True) as tx:
            now = await tx.notes.stamp(project_id)
            if notes is not None and stamp == now:
                return notes
            notes = tuple(await tx.notes.list(project_id, limit=MOST_NOTES))
        await self._keep_notes(owner, project_id, now, notes)
        return notes

    async def forget(self, project_id: ProjectId, run_id: RunId | None) -> None:
        """Delete what is kept of a film and of a run."""
        project = self._key("project", project_id)
        keys = [project, f"{project}:decisions", *([self._key("session", run_id)] if run_id else [])]
        try:
            await cast(Any, self._redis).delete(*keys)
        except AWAY as error:
            self._complain(error)
            raise Unavailable("redis", f"nothing can be forgotten meanwhile: {self.away}") from error

    async def close(self) -> None:
        """Hang up."""
        await self._redis.aclose()

    async def _kept(self, owner: UserId, project_id: ProjectId) -> tuple[str, tuple[Note, ...] | None]:
        """Read what is at hand, if it was kept for this owner."""
        try:
            key = self._key("project", project_id)
            whose, stamp, text = await cast(Any, self._redis).hmget(key, "owner", "stamp", "notes")
            self.away = ""
            if stamp is None or text is None or whose != owner.encode():
                return "", None
            return stamp.decode("utf-8", "replace"), NOTES.validate_json(text)
        except ValidationError:
            return "", None
        except AWAY as error:
            self._complain(error)
            return "", None

    async def _keep_notes(
        self, owner: UserId, project_id: ProjectId, stamp: str, notes: tuple[Note, ...]
    ) -> None:
        key = self._key("project", project_id)
        decisions = f"{key}:decisions"
        held = sort_out(notes, datetime.now(UTC)).held
        fields = {
            name: json.dumps([note.text for note in held if note.kind in kinds], ensure_ascii=False)
            for name, kinds in FIELDS.items()
        }
        decided = [note.text for note in held if note.kind == "decision"]
        try:
            pipe = cast(Any, self._redis.pipeline(transaction=True))
            pipe.delete(key, decisions)
            pipe.hset(key, mapping=fields | {"owner": owner, "stamp": stamp, "notes": NOTES.dump_json(notes)})
            pipe.expire(key, PROJECT_S)
            if decided:
                pipe.rpush(decisions, *decided)
                pipe.expire(decisions, PROJECT_S)
            await pipe.execute()
        except AWAY as error:
            self._complain(error)

    def _key(self, what: str, name: str) -> str:
        return f"{self._prefix}:{what}:{name}"

    def _complain(self, error: Exception) -> None:
        said = " ".join(str(error).split())[:200] or type(error).__name__
        if not self.away:
            log.warning("memory away", extra={"action": "memory_away", "reason": said})
        self.away = f"Redis does not answer ({said}): start it, or mend REDIS_URL"
