"""What several contract suites stand on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.account import LOCAL_USER
from domain.project import Project
from domain.run import Run
from render.engine import BoxEngine
from storage.database import SqlDatabase
from tests.contracts.databases import DATABASES, House, a_project, a_run, open_house
from tests.contracts.engines import ENGINES, FILM, Tree


@pytest.fixture(params=DATABASES)
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    """An installation over each kind of database."""
    async with open_house(request.param, tmp_path) as house:
        yield house


@pytest.fixture
def database(house: House) -> SqlDatabase:
    """The database of that installation."""
    return house.database


@pytest.fixture
async def project(database: SqlDatabase) -> Project:
    """A project in it."""
    made = a_project()
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(made)
    return made


@pytest.fixture
async def run(database: SqlDatabase, project: Project) -> Run:
    """A run of that project."""
    made = a_run(project)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.runs.add(made)
    return made


@pytest.fixture(params=ENGINES)
async def engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BoxEngine]:
    """An engine over each kind of box."""
    made = ENGINES[request.param](tmp_path / "engine")
    yield made
    await made.close()


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A project of two scenes."""
    folder = tmp_path / "blobs"
    folder.mkdir(mode=0o700)
    made = Tree(folder)
    made.write("film.py", FILM)
    return made
