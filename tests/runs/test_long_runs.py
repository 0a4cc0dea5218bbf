"""A run of 200 steps: nothing that matters is lost, the prompt stays small, a rebuilt log reads the same."""

from __future__ import annotations

import asyncio

import pytest

from domain.model import ModelMessage, ToolMessage
from memory.conversation import conversation
from memory.folding import AFTER, WINDOW, fold
from tests.runs.long import LATE, STEPS, Story, long_run

pytestmark = pytest.mark.timeout(300)
"""A run of 200 steps takes 10 seconds of an idle machine, and may take its time on a busy one."""
MOST_AROUND = 14_000
"""Tokens of instructions, briefing and summary together."""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return asyncio.run(long_run(tmp_path_factory.mktemp("long")))


def test_facts_of_the_first_steps_are_there_at_step_180(story: Story) -> None:
    assert len(story.facts) == 20
    assert sorted(story.facts) == sorted(story.kept)


def test_the_prompt_stays_within_its_budget(story: Story) -> None:
    assert len(story.prompts) == STEPS
    assert max(story.prompts) <= WINDOW + MOST_AROUND
    assert story.prompts[-1] / story.whole[-1] <= 0.15


def test_the_beginning_changes_rarely(story: Story) -> None:
    assert 0 < story.beginnings - 1 <= story.whole[-1] / (WINDOW - AFTER) + 1


def test_every_call_still_stands_before_its_answer(story: Story) -> None:
    for place, message in enumerate(story.heard):
        if isinstance(message, ModelMessage):
            told = story.heard[place + 1]
            assert isinstance(told, ToolMessage)
            assert [each.call_id for each in told.answers] == [call.call_id for call in message.calls]
            assert message.provider_content is not None
    assert [message.role for message in story.heard[:3]] == ["user", "model", "tool"]


def test_a_conversation_rebuilt_from_the_log_is_the_same(story: Story) -> None:
    replies = [place for place, entry in enumerate(story.entries) if entry.event.type == "model.replied"]
    assert tuple(conversation(story.entries[: replies[STEPS - 1]], {})) == tuple(story.heard)
    assert fold(story.entries[: replies[LATE]]).rounds > 100
