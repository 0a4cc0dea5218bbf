from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.stands import Stand, stand


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[Stand]:
    async with stand(tmp_path) as made:
        yield made
