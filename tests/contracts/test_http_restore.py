"""Back up, destroy, restore: the same key opens the same film at the door."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from domain.engine import Output
from domain.job import Job
from domain.nouns import JobId, RenderId, new_id
from domain.render import Render
from storage.archive import Archive
from storage.bells import LocalWakeups
from storage.blobs import LocalBlobs
from storage.database import SqlDatabase
from tests.doors import opened
from tests.stands import OWNER, Stand

FILM = bytes(range(256)) * 400


async def delivered(house: Stand) -> RenderId:
    """A film that was made and delivered."""
    project_id = await house.scaffold()
    film, render_id, now = await house.blobs.put(FILM), RenderId(new_id()), datetime.now(UTC)
    render = Render(
        render_id=render_id, job_id=JobId(new_id()), project_id=project_id, owner=OWNER, revision=1,
        output=Output(), status="COMPLETED", percent=100, film=film, created_at=now, finished_at=now,
    )  # fmt: skip
    job = Job(
        job_id=render.job_id, kind="render", owner=OWNER, project_id=project_id, render_id=render_id,
        state="done", created_at=now, finished_at=now,
    )  # fmt: skip
    async with house.database.transaction(OWNER) as tx:
        await tx.jobs.enqueue(job)
        await tx.renders.add(render)
    return render_id


def archive(folder: Path) -> tuple[Archive, SqlDatabase]:
    """What backs the installation of a folder up, and restores it."""
    url = f"sqlite:///{folder / 'house.db'}"
    database = SqlDatabase(url, LocalWakeups())
    return Archive(url, database, LocalBlobs(folder / "blobs")), database


async def test_a_film_is_downloaded_with_the_same_key_after_its_installation_was_destroyed(
    tmp_path: Path,
) -> None:
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "backup.tar"
    old.mkdir()
    new.mkdir()
    async with opened(old) as doors:
        render_id = await delivered(doors.stand)
        key = await doors.key(OWNER)
        before = await doors.client(key=key).get(f"/api/render/{render_id}/download")
        assert before.content == FILM
        keeper, database = archive(old)
        await keeper.backup(file)
        await database.close()
    shutil.rmtree(old)
    keeper, database = archive(new)
    await keeper.restore(file)
    await database.close()
    async with opened(new) as doors:
        client = doors.client(key=key)
        after = await client.get(f"/api/render/{render_id}/download")
        assert (after.status_code, after.content) == (200, FILM)
        source = await client.get(before.headers.get("location", f"/api/render/{render_id}/status"))
        assert source.json()["status"] == "COMPLETED"
