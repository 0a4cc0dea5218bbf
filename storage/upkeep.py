"""Cleaning up: deleted projects and what only they held, old answers, and what killed processes left."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from domain.blob import Blobs
from domain.errors import Unavailable
from domain.receipt import KEPT_S
from storage.archive import BATCH
from storage.database import SqlDatabase, SqlTransaction
from storage.tables import Table
from storage.text import HASHES

log = logging.getLogger(__name__)

DAY_S = 86_400.0
ROUND_S = 3_600.0
"""Seconds between two rounds."""
PASSING = ("uploads", "films")
"""Folders of the data folder in which everything is on its way to somewhere else."""


@dataclass(frozen=True)
class Keeping:
    """How long things stay."""

    deleted_s: float = 30 * DAY_S
    """A deleted project with its events, runs and renders."""
    blob_s: float = 2 * DAY_S
    """A blob that nothing names."""
    audit_s: float = 365 * DAY_S
    passing_s: float = DAY_S
    """What lies in a passing folder, untouched."""


class Upkeep:
    """Cleans one installation up; may be killed at any moment, and any number may do it at once."""

    def __init__(self, database: SqlDatabase, blobs: Blobs, data: Path, keeping: Keeping) -> None:
        self._database = database
        self._blobs = blobs
        self._data = data
        self._keeping = keeping

    async def run(self) -> None:
        """Clean up every hour until cancelled."""
        while True:
            await asyncio.sleep(ROUND_S)
            try:
                await self.clean()
            except Unavailable as away:
                log.warning("not cleaned up", extra={"action": "upkeep_failed", "reason": away.message})

    async def clean(self) -> dict[str, int]:
        """Go round once; gives how much of what is gone."""
        gone = {"projects": 0, "receipts": 0, "audit": 0, "blobs": 0, "bytes": 0, "files": 0}
        while await self._forget_project():
            gone["projects"] += 1
        async with self._database.transaction(None) as tx:
            gone["receipts"] = await _older(tx, "receipts", "created_at", KEPT_S)
            gone["audit"] = await _older(tx, "audit", "at", self._keeping.audit_s)
        gone["blobs"], gone["bytes"] = await self._forget_blobs()
        gone["files"] = await asyncio.to_thread(self._sweep) + await self._blobs.sweep()
        log.info("cleaned up", extra={"action": "upkeep", **gone})
        return gone

    async def _forget_project(self) -> bool:
        """Delete the rows of one project that was deleted long enough ago, if there is one."""
        projects = Table.metadata.tables["projects"]
        async with self._database.transaction(None) as tx:
            before = await tx.scope.now() - timedelta(seconds=self._keeping.deleted_s)
            query = sa.select(projects.c.project_id).where(projects.c.deleted_at <= before).limit(1)
            project_id = await tx.scope.connection.scalar(query.with_for_update(skip_locked=True))
            if project_id is None:
                return False
            await tx.scope.connection.ask(_delete_all("projects", projects.c.project_id == project_id))
            return True

    async def _forget_blobs(self) -> tuple[int, int]:
        """Remove the blobs that no row names: whatever looks like a hash, in any column, names one."""
        old = [sha async for sha, age_s in self._blobs.each() if age_s >= self._keeping.blob_s]
        if not old:
            return 0, 0
        named = await self._named()
        count = freed = 0
        for sha256 in old:
            if sha256 not in named and (
                size := await self._blobs.remove(sha256, older_s=self._keeping.blob_s)
            ):
                count, freed = count + 1, freed + size
        return count, freed

    async def _named(self) -> set[str]:
        found: set[str] = set()
        async with self._database.transaction(None, reading=True) as tx:
            for table in Table.metadata.sorted_tables:
                wide = [sa.cast(c, sa.Text) for c in table.c if isinstance(c.type, sa.JSON | sa.String)]
                query, number = sa.select(*wide).order_by(*table.primary_key.columns).limit(BATCH), 0
                while rows := (await tx.scope.connection.execute(query.offset(number * BATCH))).all():
                    found.update(sha for row in rows for text in row if text for sha in HASHES.findall(text))
                    number += 1
        return found

    def _sweep(self) -> int:
        count = 0
        for name in PASSING:
            folder = self._data / name
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                if time.time() - path.lstat().st_mtime >= self._keeping.passing_s:
                    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
                    count += 1
        return count


async def _older(tx: SqlTransaction, name: str, column: str, seconds: float) -> int:
    table = Table.metadata.tables[name]
    before = await tx.scope.now() - timedelta(seconds=seconds)
    return (await tx.scope.connection.execute(sa.delete(table).where(table.c[column] <= before))).rowcount


def _delete_all(name: str, which: sa.ColumnElement[bool]) -> Callable[[sa.Connection], None]:
    """Delete rows, and before them every row that refers to them."""

    def work(connection: sa.Connection) -> None:
        _delete(connection, Table.metadata.tables[name], which, ())

    return work


def _delete(
    connection: sa.Connection, table: sa.Table, which: sa.ColumnElement[bool], above: tuple[str, ...]
) -> None:
    for other in reversed(Table.metadata.sorted_tables):
        for key in other.foreign_keys:
            if key.column.table is not table:
                continue
            pointing: Any = key.parent.in_(sa.select(key.column).where(which))
            if other is table:
                connection.execute(sa.update(table).where(pointing).values({key.parent.name: None}))
            elif other.name not in above:
                _delete(connection, other, pointing, (*above, table.name))
    connection.execute(sa.delete(table).where(which))
