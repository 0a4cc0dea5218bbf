"""What several contract suites stand on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import SqlDatabase
from tests.contracts.databases import DATABASES, House, open_house


@pytest.fixture(params=DATABASES)
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    """An installation over each kind of database."""
    async with open_house(request.param, tmp_path) as house:
        yield house


@pytest.fixture
def database(house: House) -> SqlDatabase:
    """The database of that installation."""
    return house.database
