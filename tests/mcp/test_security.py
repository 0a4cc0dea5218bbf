"""Forty attacks on the MCP door are held off; a door that says yes to everything falls to each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mcp.besieged import besieged, held, yielding

pytestmark = pytest.mark.filterwarnings("ignore:The RSA key is 1024 bits")
MANY = 40


async def test_every_attack_is_held_off(tmp_path: Path) -> None:
    async with besieged(tmp_path) as ground:
        came = await held(ground)
    assert len(came) == MANY
    assert {name: why for name, why in came.items() if why} == {}


async def test_a_door_that_says_yes_falls_to_every_attack() -> None:
    async with yielding() as ground:
        came = await held(ground)
    assert [name for name, why in came.items() if not why] == []
