"""What is backed up, destroyed and restored is there again; what nobody needs goes, and nothing else."""

import io
import os
import tarfile
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from domain.account import LOCAL_USER, Principal
from domain.errors import Conflict, NotFound, UserError
from domain.event import Notice
from domain.nouns import Sha256
from domain.project import Page
from domain.receipt import KEPT_S
from storage.archive import Archive
from storage.blobs import LocalBlobs
from storage.database import SqlDatabase
from storage.dialect import migration_engine
from storage.tables import Table
from storage.upkeep import DAY_S, Keeping, Upkeep
from tests.contracts.databases import DATABASES, House, a_job, a_project, a_render, a_run, a_step, open_house

NOTICE = Notice(substitution="A for B", reason="no B")


async def furnish(database: SqlDatabase, blobs: LocalBlobs) -> tuple[str, Sha256]:
    """A project with a run that is parked on a render, and the render's film."""
    project = a_project()
    run, film = a_run(project), await blobs.put(b"a film")
    agent, drawing = a_job(project, "agent", run=run, age_s=5), a_job(project)
    render = a_render(project, drawing).model_copy(update={"film": film})
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
        await tx.runs.add(run)
        await tx.jobs.enqueue(agent)
        await tx.jobs.enqueue(drawing)
        await tx.renders.add(render)
        await tx.steps.intend(a_step(run))
        await tx.events.append(project.project_id, NOTICE, run.run_id)
        await tx.audit.record(Principal(user_id=LOCAL_USER), "made", project.project_id)
    async with database.transaction(None) as tx:
        held = await tx.jobs.lease(("agent",), "w", 10)
        assert held is not None
        await tx.jobs.park(agent.job_id, held.attempt, drawing.job_id)
    return project.project_id, film


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All that a database holds."""
    engine = migration_engine(url)
    with engine.begin() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(sa.select(table)).all()]
            for table in Table.metadata.sorted_tables
        }
    engine.dispose()
    return {name: sorted(some, key=repr) for name, some in found.items()}


@pytest.mark.parametrize("other", DATABASES)
async def test_a_restored_installation_holds_what_the_destroyed_one_held(
    house: House, tmp_path: Path, other: str
) -> None:
    blobs, file = LocalBlobs(tmp_path / "blobs"), tmp_path / "backup.tar"
    _, film = await furnish(house.database, blobs)
    told = await Archive(house.url, house.database, blobs).backup(file)
    assert (told["blobs"], told["missing"], file.stat().st_mode & 0o777) == (1, 0, 0o600)
    new_blobs = LocalBlobs(tmp_path / "new-blobs")
    (tmp_path / "new").mkdir()
    async with open_house(other, tmp_path / "new") as new:
        archive = Archive(new.url, new.database, new_blobs)
        assert await archive.restore(file) == {"rows": told["rows"], "blobs": 1}
        assert rows(new.url) == rows(house.url)
        assert await new_blobs.get(film) == b"a film"
        async with new.database.transaction(None) as tx:
            (drawing,) = await tx.jobs.list(states=("queued",))
            held = await tx.jobs.lease(("render",), "w", 10)
            assert held is not None
            await tx.jobs.finish(drawing.job_id, held.attempt, "done")
            (woken,) = await tx.jobs.list(states=("queued",))
            assert woken.kind == "agent"
            await tx.audit.record(Principal(user_id=LOCAL_USER), "made again", "x")
        with pytest.raises(Conflict, match="restore into a new one"):
            await archive.restore(file)


def torn(file: Path, how: str) -> None:
    """Damage a backup."""
    with tarfile.open(file) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar.getmembers()]  # type: ignore
    with tarfile.open(file, "w") as tar:
        for member, content in members:
            if how == "a blob" and member.name.startswith("blobs/"):
                content = b"another"
            if how == "a schema":
                content = content.replace(b'"schema": "0', b'"schema": "7')
            if how == "a row" and member.name.startswith("rows/renders"):
                content = content[:-20]
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    if how == "no tar":
        file.write_bytes(b"PK")


@pytest.mark.parametrize("how", ["a blob", "a schema", "a row", "no tar"])
async def test_a_damaged_backup_is_refused_and_leaves_no_row(house: House, tmp_path: Path, how: str) -> None:
    blobs, file = LocalBlobs(tmp_path / "blobs"), tmp_path / "backup.tar"
    await furnish(house.database, blobs)
    await Archive(house.url, house.database, blobs).backup(file)
    torn(file, how)
    (tmp_path / "new").mkdir()
    async with open_house("sqlite", tmp_path / "new") as new:
        with pytest.raises(UserError, match=r"damaged|no backup|schema 7"):
            await Archive(new.url, new.database, LocalBlobs(tmp_path / "b")).restore(file)
        assert not any(rows(new.url).values())


async def test_a_backup_says_which_blobs_are_gone(house: House, tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    _, film = await furnish(house.database, blobs)
    (await blobs.path(film)).unlink()
    told = await Archive(house.url, house.database, blobs).backup(tmp_path / "backup.tar")
    assert (told["blobs"], told["missing"]) == (0, 1)


async def test_cleaning_up_takes_what_nobody_needs_and_nothing_else(house: House, tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    kept_project, kept_film = await furnish(house.database, blobs)
    gone_project, _ = await furnish(house.database, blobs)
    orphan, young = await blobs.put(b"nobody's"), await blobs.put(b"just made")
    for sha in (orphan, kept_film):
        os.utime(await blobs.path(sha), (0, 0))
    (tmp_path / "uploads").mkdir()
    left, fresh = tmp_path / "uploads/left", tmp_path / "uploads/fresh"
    for path, at in ((left, 0.0), (fresh, time.time())):
        path.write_bytes(b"")
        os.utime(path, (at, at))
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.projects.delete(a_project().model_copy(update={"project_id": gone_project}).project_id)
    upkeep = Upkeep(house.database, blobs, tmp_path, Keeping(deleted_s=30 * DAY_S))
    assert (await upkeep.clean())["projects"] == 0
    house.clock.advance(30 * DAY_S + KEPT_S)
    gone = await upkeep.clean()
    assert gone["projects"] == 1
    with pytest.raises(NotFound):
        await blobs.get(orphan)
    assert await blobs.get(kept_film) == b"a film"
    assert await blobs.get(young) == b"just made"
    assert (left.exists(), fresh.exists()) == (False, True)
    async with house.database.transaction(None, reading=True) as tx:
        assert [p.project_id for p in (await tx.projects.list(Page()))[0]] == [kept_project]
        assert {job.project_id for job in await tx.jobs.list()} == {kept_project}
    held = rows(house.url)
    assert all(len(held[name]) == 1 for name in ("runs", "renders", "steps", "events"))
    assert (await upkeep.clean())["blobs"] == 0


async def test_a_blob_that_is_wanted_again_is_young_again(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    sha = await blobs.put(b"x")
    os.utime(await blobs.path(sha), (0, 0))
    assert [age > 1e6 async for _, age in blobs.each()] == [True]
    await blobs.put(b"x")
    assert await blobs.remove(sha, older_s=60) == 0
    assert await blobs.get(sha) == b"x"
