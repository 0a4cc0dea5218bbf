"""A user's lessons among the answers: by words or finding, few, and named with source and strength."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from domain.nouns import UserId
from memory.own import MOST, own
from tests.contracts.databases import a_lesson
from tests.stands import OWNER, stand

DARK = a_lesson(OWNER, "I darken the ink of the price instead of the paper.")
STYLE = a_lesson(OWNER, "Our films end on the tin, never on a cup.").model_copy(
    update={"kind": "style", "code": "", "source": "said by you, 2026-03-01"}
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("text_contrast", [DARK]),
        ("darken the ink of my price", [DARK]),
        ("how do our films end", [STYLE]),
        ("confetti", []),
        ("", []),
    ],
)
def test_a_lesson_is_found_by_its_finding_and_its_words(question: str, found: list[object]) -> None:
    hits = own([DARK, STYLE], question)
    assert [hit.entry.text for hit in hits] == [each.text for each in (DARK, STYLE) if each in found]


def test_there_are_few_and_each_says_where_it_comes_from() -> None:
    many = [a_lesson(OWNER, f"I darken the ink by {n} steps.") for n in range(9)]
    hits = own(many, "text_contrast")
    assert len(hits) == MOST
    assert (hits[0].entry.source, hits[0].entry.kind) == ("project p1, held 1×", "fix")


async def test_the_tool_tells_a_user_his_own_lessons_first(tmp_path: Path) -> None:
    async with stand(tmp_path) as house:
        async with house.database.transaction(OWNER) as tx:
            await tx.lessons.learn(DARK)
        answer = await house.call("search_knowledge", {"query": "text_contrast", "k": 3})
        pieces: Any = answer.data["entries"]
        assert pieces[0]["text"] == DARK.text
        assert len(pieces) == 3
        stranger = house.principal.model_copy(update={"user_id": UserId("eve")})
        other = await house.call("search_knowledge", {"query": "text_contrast"}, principal=stranger)
        assert DARK.text not in str(other.data)
