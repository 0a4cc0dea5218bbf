"""search_knowledge: short entries with their source, outside of projects and inside runs."""

from dataclasses import replace
from pathlib import Path

from domain.event import Notice
from memory.words import KeywordKnowledge
from tests.contracts.knowledge import ENTRIES
from tests.stands import stand
from tools.executor import Executor
from tools.registry import load_tools

ASKED = {"query": "text_overlap", "k": 2}


async def test_an_answer_names_entry_and_source(tmp_path: Path) -> None:
    async with stand(tmp_path) as house:
        answer = await house.call("search_knowledge", ASKED)
    [first, *_] = answer.data["entries"]  # type: ignore[misc]
    assert isinstance(first, dict)
    assert (first["entry_id"], first["source"]) == ("fix/text_overlap", "memory/handbook/fix/text_overlap.md")
    assert answer.data["notice"] == ""


async def test_a_question_that_is_too_long_empty_or_nonsense_is_told_so(tmp_path: Path) -> None:
    async with stand(tmp_path) as house:
        for wrong in ({"query": "x" * 1_000_000}, {"query": ""}, {"query": "a", "k": 99}, {}):
            answer = await house.call("search_knowledge", wrong)
            assert answer.failed
            assert answer.kind in ("invalid", "limit")
        nothing = await house.call("search_knowledge", {"query": "zzxxyy"})
    assert (nothing.failed, nothing.data["entries"]) == (False, [])


async def test_a_run_is_told_when_only_words_were_searched(tmp_path: Path) -> None:
    async with stand(tmp_path) as house:
        poorer = replace(house.services, knowledge=KeywordKnowledge(ENTRIES, notice="by words only: away"))
        house.executor = Executor(poorer, load_tools())
        project_id = await house.empty_project()
        ticket = await house.open_run(project_id)
        turn = await house.turn(ticket, ("search_knowledge", ASKED))
        assert not turn.answers[0].failed
        notices = [e.event for e in await house.events(project_id) if isinstance(e.event, Notice)]
    assert notices == [Notice(substitution="search_knowledge", reason="by words only: away")]


async def test_an_installation_without_a_handbook_says_so(tmp_path: Path) -> None:
    async with stand(tmp_path) as house:
        house.executor = Executor(replace(house.services, knowledge=None), load_tools())
        answer = await house.call("search_knowledge", ASKED)
    assert (answer.failed, answer.kind) == (True, "unavailable")
    assert "go on without it" in answer.summary
