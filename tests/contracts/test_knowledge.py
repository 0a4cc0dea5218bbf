"""What every knowledge promises: folder, server or words alone, whoever embeds."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.knowledge import Knowledge
from tests.contracts.knowledge import ENTRIES, KNOWLEDGE

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(params=KNOWLEDGE)
async def knowledge(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Knowledge]:
    async with KNOWLEDGE[request.param](tmp_path, ENTRIES) as opened:
        yield opened


async def test_it_keeps_what_it_promises(knowledge: Knowledge) -> None:
    """One opening for all of it: a server takes seconds to start."""
    found = await knowledge.search("text_overlap", 3)
    assert found.notice == ""
    assert found.hits[0].entry.entry_id == "fix/text_overlap"
    assert len(found.hits) <= 3
    assert all(hit.entry in ENTRIES and 0 < hit.score <= 1 for hit in found.hits)
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert await knowledge.search("text_overlap", 3) == found

    arabic = await knowledge.search("تهنئة رمضان")
    assert "recipe/greeting" in [hit.entry.entry_id for hit in arabic.hits]

    assert len((await knowledge.search("title", 10_000)).hits) <= 20
    assert len((await knowledge.search("title", -5)).hits) == 1

    for empty in ("", "   ", "\x00\x07\n", "\ud800"):
        assert (await knowledge.search(empty)).hits == ()
    for hostile in (
        "x" * 1_000_000,
        "\x00\xff\ud800 counter \u202e",
        "'; drop table --",
        "🎬" * 500,
        "%s {0} $where",
    ):
        assert (await knowledge.search(hostile)).notice == ""

    stock = await knowledge.rebuild()
    assert stock.entries == len(ENTRIES)
    assert await knowledge.search("text_overlap", 3) == found
    assert str(len(ENTRIES)) in await knowledge.check()
