"""Blobs in a bucket of S3, of what speaks like it or of Google Cloud Storage; what is read is kept near."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from domain.errors import NotFound, Unavailable
from domain.nouns import Sha256
from storage.blobs import HASH, LocalBlobs

if TYPE_CHECKING:  # of the library's stubs alone
    from obstore import ObjectMeta

SCHEMES = ("s3", "gs")
NEAR_S = 3 * 86_400.0
"""Seconds that a copy of what was used stays on this host."""
FRESH_S = 3_600.0
"""Age from which a blob that is put again is written anew, so that whoever cleans up sees it as young."""
_PIECE = 1 << 20


def open_bucket(
    url: str, near: LocalBlobs, entry: Mapping[str, str] | None = None, *, patience_s: float = 20
) -> CloudBlobs:
    """Open `s3://bucket/prefix` or `gs://bucket/prefix`; `entry`, or AWS_* and GOOGLE_*, say how to get in.

    Raises Unavailable for an address that is neither.
    """
    scheme = url.partition("://")[0]
    if scheme not in SCHEMES:
        raise Unavailable(
            "blobs", f"DIRECTOR_BLOB_URL begins with {scheme!r}; write s3://bucket or gs://bucket"
        )
    try:
        store = from_url(
            url,
            config=cast(Any, dict(entry or {})),
            client_options={"timeout": "60s", "connect_timeout": "5s", "allow_http": True},
            retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=patience_s)},
        )
    except (BaseError, ValueError) as error:
        raise Unavailable("blobs", f"DIRECTOR_BLOB_URL leads to no bucket: {_said(error)}") from error
    return CloudBlobs(store, near)


class CloudBlobs:
    """A bucket of blobs, `ab/cdef…`, and a folder of those that this host has used lately."""

    def __init__(self, store: ObjectStore, near: LocalBlobs) -> None:
        self.store = store
        self._near = near

    async def put(self, content: bytes) -> Sha256:
        """Keep some bytes.

        Raises Unavailable when the bucket or the disk does not take them.
        """
        sha256 = await self._near.put(content)
        await self._upload(sha256)
        return sha256

    async def put_file(self, source: Path) -> Sha256:
        """Keep a file's content: it is moved or copied to the near ones, then sent.

        Raises Unavailable when the bucket or the disk does not take it.
        """
        sha256 = await self._near.put_file(source)
        await self._upload(sha256)
        return sha256

    async def get(self, sha256: Sha256) -> bytes:
        """Read a whole blob.

        Raises NotFound when it is not there, Unavailable when it is not what it was.
        """
        await self.path(sha256)
        return await self._near.get(sha256)

    async def stream(
        self, sha256: Sha256, *, start: int = 0, length: int | None = None
    ) -> AsyncGenerator[bytes, None]:
        """Read a blob in pieces, from a byte on, without fetching the rest.

        Raises NotFound when it is not there.
        """
        if await self._is_near(sha256):
            async for piece in self._near.stream(sha256, start=start, length=length):
                yield piece
            return
        whole = await self.size(sha256)
        end = whole if length is None else min(whole, max(start, 0) + length)
        at = max(start, 0)
        while at < end:
            upto = min(at + _PIECE, end)
            with _answers(sha256):
                piece = await obstore.get_range_async(self.store, _key(sha256), start=at, end=upto)
            yield bytes(piece)
            at = upto

    async def size(self, sha256: Sha256) -> int:
        """Tell how many bytes a blob has.

        Raises NotFound when it is not there.
        """
        with _answers(sha256):
            return (await obstore.head_async(self.store, _key(sha256)))["size"]

    async def path(self, sha256: Sha256) -> Path:
        """Give a read-only file of this host that holds the blob; fetched when it is not near.

        Raises NotFound when it is not there, Unavailable when it is not what it was.
        """
        if not await self._is_near(sha256):
            with _answers(sha256):
                found = await obstore.get_async(self.store, _key(sha256))
                content = bytes(await found.bytes_async())
            if hashlib.sha256(content).hexdigest() != sha256:
                message = f"blob {sha256} is damaged in the bucket: restore it from a backup"
                raise Unavailable("blobs", message)
            await self._near.put(content)
        return await self._near.path(sha256)

    async def each(self) -> AsyncGenerator[tuple[Sha256, float], None]:
        """Give every blob of the bucket and its age in seconds."""
        pages = cast("Iterator[Sequence[ObjectMeta]]", iter(cast(Any, obstore).list(self.store)))
        while True:
            with _answers("any"):
                page = await asyncio.to_thread(next, pages, None)
            if page is None:
                return
            for meta in page:
                name = meta["path"].replace("/", "")
                if HASH.fullmatch(name):
                    yield Sha256(name), (datetime.now(UTC) - meta["last_modified"]).total_seconds()

    async def remove(self, sha256: Sha256, *, older_s: float) -> int:
        """Forget a blob that is still so old; gives the bytes that this freed."""
        try:
            with _answers(sha256):
                meta = await obstore.head_async(self.store, _key(sha256))
                if (datetime.now(UTC) - meta["last_modified"]).total_seconds() < older_s:
                    return 0
                await obstore.delete_async(self.store, _key(sha256))
        except NotFound:
            return 0
        await self._near.remove(sha256, older_s=0)
        return meta["size"]

    async def sweep(self) -> int:
        """Remove copies that this host has not used lately, and what killed writers left here."""
        old = [sha256 async for sha256, age_s in self._near.each() if age_s >= NEAR_S]
        removed = [await self._near.remove(sha256, older_s=NEAR_S) for sha256 in old]
        return sum(size > 0 for size in removed) + await self._near.sweep()

    async def check(self) -> str:
        """Tell how the bucket answers.

        Raises Unavailable when it does not.
        """
        with suppress(NotFound):  # an answer all the same
            await self.size(Sha256("0" * 64))
        return "the bucket answers"

    async def _upload(self, sha256: Sha256) -> None:
        """Send a near blob, unless the bucket has it young: what is put again must outlast a clean-up."""
        path = await self._near.path(sha256)
        try:
            with _answers(sha256):
                meta = await obstore.head_async(self.store, _key(sha256))
            age_s = (datetime.now(UTC) - meta["last_modified"]).total_seconds()
            if meta["size"] == path.stat().st_size and age_s < FRESH_S:
                return
        except NotFound:
            pass
        with _answers(sha256):
            await obstore.put_async(self.store, _key(sha256), path)

    async def _is_near(self, sha256: Sha256) -> bool:
        try:
            await self._near.touch(sha256)
        except NotFound:
            return False
        return True


def _key(sha256: Sha256) -> str:
    if not HASH.fullmatch(sha256):
        raise NotFound("blob_not_found", f"there is no blob {sha256[:80]!r}")
    return f"{sha256[:2]}/{sha256[2:]}"


@contextmanager
def _answers(sha256: str) -> Generator[None]:
    """Say what the library says in the house's own words."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound("blob_not_found", f"there is no blob {sha256[:80]!r}") from error
    except (BaseError, OSError) as error:
        raise Unavailable(
            "blobs", f"the bucket does not answer: {_said(error)}; see DIRECTOR_BLOB_URL"
        ) from error


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
