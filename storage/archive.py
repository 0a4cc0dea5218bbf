"""Backup and restore: every row as a line of JSON, every blob as a file, in a tar that any database reads."""

from __future__ import annotations

import asyncio
import io
import json
import tarfile
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from domain.blob import Blobs
from domain.errors import Conflict, NotFound, UserError
from domain.nouns import Sha256
from storage import schema
from storage.database import SqlDatabase
from storage.dialect import migration_engine
from storage.tables import Table
from storage.tables.base import Utc
from storage.text import HASHES

BATCH = 2_000
FORMAT = 1
RENDERED = ("film", "poster", "thumbnail", "sheet", "layout")
"""What a render names of contents."""
_NOT_ONE = "is no backup that `director backup` wrote"


class Archive:
    """One installation's database and blobs, to and from a file."""

    def __init__(self, url: str, database: SqlDatabase, blobs: Blobs) -> None:
        self._url = url
        self._database = database
        self._blobs = blobs

    async def backup(self, target: Path) -> dict[str, int]:
        """Write one moment of the database, and every blob it names; the server may go on working.

        Gives how many rows, blobs and bytes there are. A blob that is gone is counted as missing.
        """
        part = target.with_name(f".{target.name}.part")
        counts = {"rows": 0, "blobs": 0, "missing": 0}
        named: set[str] = set()
        try:
            with tarfile.open(part, "w") as tar:
                about = {"format": FORMAT, "schema": schema.expected(), "at": datetime.now(UTC).isoformat()}
                _add(tar, "about.json", json.dumps(about).encode())
                async for name, number, lines in self._rows():
                    counts["rows"] += lines.count(b"\n")
                    named.update(HASHES.findall(lines.decode()))
                    await asyncio.to_thread(_add, tar, f"rows/{name}/{number:06d}.jsonl", lines)
                for sha256 in sorted(named):
                    try:
                        path = await self._blobs.path(Sha256(sha256))
                    except NotFound:
                        counts["missing"] += await self._is_content(sha256)
                        continue
                    await asyncio.to_thread(tar.add, path, f"blobs/{sha256}")
                    counts["blobs"] += 1
            part.chmod(0o600)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return {**counts, "bytes": target.stat().st_size}

    async def restore(self, source: Path) -> dict[str, int]:
        """Fill an installation that holds nothing yet; either all of it is there afterwards, or no row is.

        Raises UserError for a file that is no whole backup or of another schema, Conflict when there is data.
        """
        try:
            with tarfile.open(source, "r:") as tar:
                _check(tar, source)
                await asyncio.to_thread(schema.upgrade, self._url)
                await asyncio.to_thread(self._check_empty)
                blobs = 0
                for member in _members(tar, "blobs/"):
                    content = _read(tar, member)
                    if await self._blobs.put(content) != member.name.removeprefix("blobs/"):
                        raise UserError("backup_damaged", f"{member.name} in {str(source)!r} is damaged")
                    blobs += 1
                rows = await asyncio.to_thread(self._fill, tar)
        except (tarfile.TarError, EOFError, json.JSONDecodeError, KeyError) as error:
            raise UserError("no_backup", f"{str(source)!r} {_NOT_ONE}: {error}") from None
        return {"rows": rows, "blobs": blobs}

    async def _rows(self) -> AsyncGenerator[tuple[str, int, bytes], None]:
        async with self._database.transaction(None, reading=True) as tx:
            for table in Table.metadata.sorted_tables:
                number = 0
                while rows := await tx.scope.connection.ask(_batch(table, number)):
                    yield table.name, number, b"".join(_line(table, row) for row in rows)
                    number += 1

    async def _is_content(self, sha256: str) -> bool:
        """Whether a hash that no blob has should have one: rows also hold hashes of arguments and keys."""
        async with self._database.transaction(None, reading=True) as tx:
            return await tx.scope.connection.ask(lambda connection: _names(connection, sha256))

    def _check_empty(self) -> None:
        engine = migration_engine(self._url)
        try:
            with engine.begin() as connection:
                for table in Table.metadata.sorted_tables:
                    if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
                        message = f"the database already holds {table.name}; restore into a new one"
                        raise Conflict("not_empty", message)
        finally:
            engine.dispose()

    def _fill(self, tar: tarfile.TarFile) -> int:
        count = 0
        engine = migration_engine(self._url)
        try:
            with engine.begin() as connection:
                for table in Table.metadata.sorted_tables:
                    selves = [c for c in table.c if any(key.column.table is table for key in c.foreign_keys)]
                    later: list[dict[str, Any]] = []
                    for member in _members(tar, f"rows/{table.name}/"):
                        rows = [_row(table, line) for line in _read(tar, member).splitlines()]
                        later += [row for row in rows if any(row[c.name] is not None for c in selves)]
                        bare = {c.name: None for c in selves}
                        connection.execute(sa.insert(table), [{**row, **bare} for row in rows])
                        count += len(rows)
                    for row in later:
                        mine = [c == row[c.name] for c in table.primary_key.columns]
                        new = {c.name: row[c.name] for c in selves}
                        connection.execute(sa.update(table).where(*mine).values(new))
                    _count_on(connection, table)
        finally:
            engine.dispose()
        return count


def _batch(table: sa.Table, number: int) -> Callable[[sa.Connection], Sequence[sa.Row[Any]]]:
    query = sa.select(table).order_by(*table.primary_key.columns).limit(BATCH).offset(number * BATCH)

    def read(connection: sa.Connection) -> Sequence[sa.Row[Any]]:
        return connection.execute(query).all()

    return read


def _names(connection: sa.Connection, sha256: str) -> bool:
    """Whether a column that names contents holds a hash."""
    t = Table.metadata.tables
    asked = [
        sa.select(sa.literal(1)).where(t["assets"].c.sha256 == sha256),
        sa.select(sa.literal(1)).where(sa.or_(*(t["renders"].c[name] == sha256 for name in RENDERED))),
        sa.select(sa.literal(1)).where(sa.cast(t["revisions"].c.files, sa.Text).contains(sha256)),
    ]
    return any(connection.execute(query.limit(1)).first() for query in asked)


def _count_on(connection: sa.Connection, table: sa.Table) -> None:
    """Let a server that numbers rows go on after the highest number that was restored."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    highest = sa.select(sa.func.max(column)).scalar_subquery()
    sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
    connection.execute(sa.select(sa.func.setval(sequence, sa.func.coalesce(highest, 1))))


def _line(table: sa.Table, row: Iterable[Any]) -> bytes:
    values = {
        column.name: value.isoformat() if isinstance(value, datetime) else value
        for column, value in zip(table.c, row, strict=True)
    }
    return json.dumps(values, ensure_ascii=True).encode() + b"\n"


def _row(table: sa.Table, line: bytes) -> dict[str, Any]:
    values = json.loads(line)
    return {
        column.name: datetime.fromisoformat(values[column.name])
        if isinstance(column.type, Utc) and values[column.name] is not None
        else values[column.name]
        for column in table.c
    }


def _check(tar: tarfile.TarFile, source: Path) -> None:
    about = json.loads(_read(tar, tar.getmember("about.json")))
    if about["format"] != FORMAT or about["schema"] != schema.expected():
        raise UserError(
            "other_schema",
            f"{str(source)!r} holds schema {about['schema']}, this version has {schema.expected()}: "
            "restore it with the version that wrote it, then run `director db upgrade`",
        )


def _members(tar: tarfile.TarFile, below: str) -> Iterator[tarfile.TarInfo]:
    for member in tar.getmembers():
        if member.name.startswith(below):
            yield member


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    """A plain file's content; nothing of a backup is ever unpacked onto the disk by its name."""
    file: IO[bytes] | None = tar.extractfile(member) if member.isreg() else None
    if file is None:
        raise KeyError(f"{member.name} is no plain file")
    with file:
        return file.read()


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))
