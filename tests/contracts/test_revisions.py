"""Revisions: content-addressed, one winner for each number, nobody's edit lost."""

import asyncio

import pytest

from domain.account import LOCAL_USER
from domain.errors import Conflict, NotFound
from domain.nouns import Sha256, VersionId
from domain.project import Change, Page, Project
from storage.database import SqlDatabase, SqlTransaction
from tests.contracts.databases import (
    House,
)

A, B, C = (Sha256(letter * 64) for letter in "abc")


async def test_a_revision_says_what_changed(database: SqlDatabase, project: Project) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        first, changed = await tx.revisions.commit(project.project_id, 0, {"film.py": A, "x.py": B}, "one")
        assert (first.number, [change.what for change in changed]) == (1, ["added", "added"])
        second, changed = await tx.revisions.commit(project.project_id, 1, {"film.py": C, "y.py": B}, "two")
        assert changed == [
            Change(path="film.py", what="changed"),
            Change(path="x.py", what="removed"),
            Change(path="y.py", what="added"),
        ]
        assert await tx.revisions.get(project.project_id) == second
        assert await tx.revisions.get(project.project_id, 1) == first
        assert (await tx.projects.get(project.project_id)).revision == 2


async def test_a_revision_that_changes_nothing_is_none(database: SqlDatabase, project: Project) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        first, _ = await tx.revisions.commit(project.project_id, 0, {"film.py": A}, "one")
        assert await tx.revisions.commit(project.project_id, 1, {"film.py": A}, "again") == (first, [])


async def test_the_second_of_two_writers_learns_what_changed(database: SqlDatabase, project: Project) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        await tx.revisions.commit(project.project_id, 0, {"film.py": A, "x.py": A}, "one")
        await tx.revisions.commit(project.project_id, 1, {"film.py": B, "z.py": C}, "two")
        with pytest.raises(Conflict) as raised:
            await tx.revisions.commit(project.project_id, 1, {"film.py": C, "x.py": A}, "three")
        assert raised.value.code == "revision_conflict"
        assert "film.py changed, x.py removed, z.py added" in raised.value.message
        with pytest.raises(Conflict, match="revision 9 does not exist, the newest is 2"):
            await tx.revisions.commit(project.project_id, 9, {}, "nine")


async def test_of_many_writers_at_once_each_number_has_one_winner(house: House, project: Project) -> None:
    databases = [house.open() for _ in range(4)]

    async def write(number: int) -> int:
        for base in range(100):
            try:
                async with databases[number % 4].transaction(LOCAL_USER) as tx:
                    files = {**(await _tree(tx, project, base)), f"{number}.py": A}
                    revision, _ = await tx.revisions.commit(project.project_id, base, files, str(number))
                    return revision.number
            except Conflict:
                continue
        raise AssertionError("no turn came")

    numbers = await asyncio.gather(*(write(number) for number in range(12)))
    assert sorted(numbers) == list(range(1, 13))
    async with house.database.transaction(LOCAL_USER) as tx:
        newest = await tx.revisions.get(project.project_id)
    assert sorted(newest.files) == sorted(f"{number}.py" for number in range(12))


async def _tree(tx: SqlTransaction, project: Project, base: int) -> dict[str, Sha256]:
    return (await tx.revisions.get(project.project_id, base)).files if base else {}


async def test_revisions_are_listed_newest_first_and_found_by_version(
    database: SqlDatabase, project: Project
) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        for number in range(5):
            await tx.revisions.commit(project.project_id, number, {f"{number}.py": A}, str(number))
        page, after = await tx.revisions.list(project.project_id, Page(limit=3))
        rest, end = await tx.revisions.list(project.project_id, Page(limit=3, after=after))
        assert [revision.number for revision in page + rest] == [5, 4, 3, 2, 1]
        assert end is None
        named = await tx.revisions.label(project.project_id, 2, "Before the logo")
        assert named.version_id is not None
        assert await tx.revisions.by_version(project.project_id, named.version_id) == named
        again = await tx.revisions.label(project.project_id, 2, "Another name")
        assert (again.version_id, again.label) == (named.version_id, "Another name")
        with pytest.raises(NotFound):
            await tx.revisions.by_version(project.project_id, VersionId("none"))
        with pytest.raises(NotFound):
            await tx.revisions.label(project.project_id, 77, "x")
