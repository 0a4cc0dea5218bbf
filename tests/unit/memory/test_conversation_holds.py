"""What holds for the conversation of any log, however it came about."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.event import Event, ModelReminded, ModelReplied, Notice
from domain.model import ModelMessage, ToolMessage
from memory.conversation import conversation
from providers.gemini.history import contents
from tests.gemini.script import Json
from tests.unit.logs import failed, finished, log, queued, replied, revised

CALL_IDS = st.sampled_from(["1.1", "1.2", "2.1", "9.9"])


def spoken(text: str, calls: int, turn: int, stopped: str) -> ModelReplied:
    """An answer as Gemini's adapter leaves it in the log."""
    asked = [("read_file", {"n": number}) for number in range(calls)]
    parts: list[Json] = [{"text": text}] if text else []
    parts += [{"functionCall": {"name": name, "args": args}} for name, args in asked]
    content = {"role": "model", "parts": parts} if parts else None
    return replied(text, *asked, turn=turn, stopped=stopped, provider_content=content)


EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        spoken,
        st.sampled_from(["", "I look."]),
        st.integers(0, 2),
        st.integers(1, 2),
        st.sampled_from(["done", "length", "malformed"]),
    ),
    st.builds(finished, CALL_IDS),
    st.builds(failed, CALL_IDS),
    st.builds(revised, st.integers(1, 3)),
    st.builds(ModelReminded, text=st.just("Not yet.")),
    st.builds(Notice, substitution=st.just("a font"), reason=st.just("missing")),
)


@given(st.lists(EVENTS, max_size=12))
def test_each_call_has_exactly_one_answer_right_after_it(events: list[Event]) -> None:
    messages = conversation(log(queued(), *events), {})
    for index, message in enumerate(messages):
        if isinstance(message, ModelMessage) and message.calls:
            told = messages[index + 1]
            assert isinstance(told, ToolMessage)
            assert [each.call_id for each in told.answers] == [call.call_id for call in message.calls]
        if isinstance(message, ToolMessage):
            before = messages[index - 1]
            assert isinstance(before, ModelMessage)
            assert before.calls


@given(st.lists(EVENTS, max_size=12))
def test_a_conversation_never_loses_what_it_said_before(events: list[Event]) -> None:
    whole = conversation(log(queued(), *events, ModelReminded(text="Go on.")), {})
    assert whole == conversation(log(queued(), *events, ModelReminded(text="Go on.")), {})
    assert "teaser for Noor Tea" in str(whole[0])


@given(st.lists(EVENTS, max_size=12))
def test_the_sides_take_turns_when_gemini_hears_it(events: list[Event]) -> None:
    messages = conversation(log(queued(), *events), {})
    roles = [content.role for content in contents(messages, "scripted")]
    assert all(one != other for one, other in pairwise(roles))
    assert roles[0] == "user"
