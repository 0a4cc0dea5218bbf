"""Every store of blobs keeps bytes under their hash, whole or not at all."""

import asyncio
import hashlib
import os
import resource
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain.blob import Blobs
from domain.errors import NotFound, Unavailable
from domain.nouns import Sha256
from storage.blobs import LocalBlobs
from storage.cloud import CloudBlobs, open_bucket
from tests.engines import moto

BLOBS: dict[str, Callable[[Path], Blobs]] = {
    "folder": LocalBlobs,
    "s3": lambda folder: moto.server().bucket(LocalBlobs(folder)),
}


@pytest.fixture(params=BLOBS)
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return BLOBS[request.param](tmp_path / "blobs")


def of(content: bytes) -> Sha256:
    return Sha256(hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("content", [b"", b"x", bytes(range(256)) * 5_000])
async def test_what_is_put_is_got_under_its_hash(blobs: Blobs, content: bytes) -> None:
    sha256 = await blobs.put(content)
    assert sha256 == of(content)
    assert await blobs.get(sha256) == content
    assert await blobs.size(sha256) == len(content)
    assert (await blobs.path(sha256)).read_bytes() == content


async def test_keeping_twice_is_keeping_once(blobs: Blobs) -> None:
    first = await asyncio.gather(*(blobs.put(b"same") for _ in range(20)))
    assert set(first) == {of(b"same")}
    assert await blobs.get(first[0]) == b"same"


async def test_a_file_is_kept_by_its_content(blobs: Blobs, tmp_path: Path) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(b"film" * 100_000)
    sha256 = await blobs.put_file(source)
    assert sha256 == of(b"film" * 100_000)
    assert await blobs.get(sha256) == b"film" * 100_000
    source.write_bytes(b"film" * 100_000)
    assert await blobs.put_file(source) == sha256


async def test_a_link_and_a_file_with_two_names_are_copied(blobs: Blobs, tmp_path: Path) -> None:
    source, link, twin = tmp_path / "a", tmp_path / "link", tmp_path / "twin"
    source.write_bytes(b"content")
    link.symlink_to(source)
    sha256 = await blobs.put_file(link)
    assert source.read_bytes() == b"content"
    other = tmp_path / "b"
    other.write_bytes(b"other")
    twin.hardlink_to(other)
    kept = await blobs.put_file(other)
    twin.write_bytes(b"changed")
    assert await blobs.get(kept) == b"other"
    assert await blobs.get(sha256) == b"content"


async def test_a_blob_is_read_in_pieces_from_a_byte_on(blobs: Blobs) -> None:
    content = os.urandom(700_000)
    sha256 = await blobs.put(content)

    async def read(start: int, length: int | None) -> bytes:
        return b"".join([piece async for piece in blobs.stream(sha256, start=start, length=length)])

    assert await read(0, None) == content
    assert await read(699_990, None) == content[-10:]
    assert await read(5, 300_000) == content[5:300_005]
    assert await read(0, 0) == b""
    assert await read(700_000, None) == b""
    assert await read(699_999, 50) == content[-1:]
    assert await read(10**9, 10) == b""


@pytest.mark.parametrize(
    "name", ["0" * 64, "", "../../etc/passwd", "A" * 64, "a" * 63, "\0" * 64, "a" * 64 + "\n"]
)
async def test_what_is_not_there_is_not_found(blobs: Blobs, name: str) -> None:
    sha256 = Sha256(name)
    for call in (blobs.get(sha256), blobs.size(sha256), blobs.path(sha256)):
        with pytest.raises(NotFound):
            await call
    with pytest.raises(NotFound):
        await anext(aiter(blobs.stream(sha256)))


async def test_kept_files_cannot_be_written_to_by_mistake(blobs: Blobs) -> None:
    path = await blobs.path(await blobs.put(b"content"))
    assert path.stat().st_mode & 0o222 == 0


async def test_a_damaged_blob_is_noticed_and_mended_by_putting_it_again(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    sha256 = await spoiled(blobs)
    with pytest.raises(NotFound):
        await blobs.get(sha256)
    await blobs.put(b"good content")
    assert await blobs.get(sha256) == b"good content"


async def spoiled(blobs: Blobs) -> Sha256:
    """Keep a blob whose file on this host is then changed, and see that this is noticed."""
    sha256 = await blobs.put(b"good content")
    path = await blobs.path(sha256)
    path.chmod(0o644)
    path.write_bytes(b"evil content")
    with pytest.raises(Unavailable, match="is damaged on disk"):
        await blobs.get(sha256)
    return sha256


@pytest.fixture
def bucket(tmp_path: Path) -> CloudBlobs:
    return moto.server().bucket(LocalBlobs(tmp_path / "near"))


async def test_a_copy_that_is_damaged_here_is_fetched_again_from_the_bucket(bucket: CloudBlobs) -> None:
    sha256 = await spoiled(bucket)
    assert await bucket.get(sha256) == b"good content"


async def test_what_one_host_keeps_another_one_reads_and_streams_without_a_copy(tmp_path: Path) -> None:
    server, content = moto.server(), os.urandom(3_000_000)
    here = server.bucket(LocalBlobs(tmp_path / "here"))
    there = server.bucket(LocalBlobs(tmp_path / "there"), like=here)
    sha256 = await here.put(content)
    assert (
        b"".join([piece async for piece in there.stream(sha256, start=7, length=2_000_000)])
        == (content[7:2_000_007])
    )
    assert not (tmp_path / "there").exists()
    assert (await there.path(sha256)).read_bytes() == content
    assert [(sha, age < 60) async for sha, age in there.each()] == [(sha256, True)]
    assert await here.remove(sha256, older_s=60) == 0
    assert await here.remove(sha256, older_s=0) == 3_000_000
    with pytest.raises(NotFound):
        await here.get(sha256)


async def test_copies_that_are_not_used_go_and_come_back_when_they_are(
    bucket: CloudBlobs, tmp_path: Path
) -> None:
    sha256 = await bucket.put(b"old")
    os.utime(await bucket.path(sha256), (0, 0))
    assert await bucket.sweep() == 1
    assert await bucket.get(sha256) == b"old"


async def test_what_changed_in_the_bucket_is_noticed(bucket: CloudBlobs, tmp_path: Path) -> None:
    sha256 = await bucket.put(b"good")
    moto.server().overwrite(bucket, sha256, b"evil")
    other = moto.server().bucket(LocalBlobs(tmp_path / "other"), like=bucket)
    with pytest.raises(Unavailable, match="is damaged in the bucket"):
        await other.get(sha256)


async def test_a_bucket_that_is_away_says_how_it_is_reached(tmp_path: Path) -> None:
    entry = {"aws_endpoint": "http://127.0.0.1:9", "aws_access_key_id": "a", "aws_secret_access_key": "b"}
    away = open_bucket("s3://bucket", LocalBlobs(tmp_path), entry, patience_s=0.2)
    with pytest.raises(Unavailable, match=r"the bucket does not answer: .*DIRECTOR_BLOB_URL"):
        await away.put(b"x")
    with pytest.raises(Unavailable, match="write s3://bucket or gs://bucket"):
        open_bucket("ftp://bucket", LocalBlobs(tmp_path))


@contextmanager
def largest_file(size: int) -> Generator[None]:
    """What a full disk looks like to a writer: a write that gets no further."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_full_disk_is_said_and_nothing_half_written_stays(blobs: Blobs, tmp_path: Path) -> None:
    await blobs.put(b"before")
    content = os.urandom(300_000)
    original, source = tmp_path / "source", tmp_path / "link"
    original.write_bytes(content)
    source.symlink_to(original)
    with largest_file(100_000):
        with pytest.raises(Unavailable, match="no room") as raised:
            await blobs.put(content)
        with pytest.raises(Unavailable, match="no room"):
            await blobs.put_file(source)
    assert raised.value.part == "disk"
    assert original.read_bytes() == content
    with pytest.raises(NotFound):
        await blobs.get(of(content))
    files = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [b"before"]
    assert await blobs.put(content) == of(content)
