"""Who wants to see the plan first is heard, in three languages; nobody else is."""

import pytest
from pydantic import JsonValue

from domain.event import Call
from domain.model import Message, ModelMessage, ToolAnswer, ToolMessage, UserMessage
from providers.offline.asking import agreed, without
from providers.offline.history import History
from providers.offline.reading import read
from providers.offline.rules import next_move

NEW = "It has no source yet: scaffold it from a template first."
TEA = "A 12-second teaser for Noor Tea: calm, green. Show me the plan first."


def asked(text: str) -> History:
    return History([UserMessage(text=text)])


def proposed(answer: ToolAnswer) -> History:
    call = Call(call_id="p", tool="propose_plan", args={"plan": "Title: Noor Tea"})
    told: list[Message] = [
        UserMessage(text=TEA),
        ModelMessage(model="offline", text="", calls=(call,)),
        ToolMessage(answers=(answer,)),
    ]
    return History(told)


@pytest.mark.parametrize(
    ("prompt", "rest"),
    [
        (TEA, "A 12-second teaser for Noor Tea: calm, green."),
        ("Tea\n\nShow me the plan first, and wait for my yes.", "Tea"),
        ("Before you start, let me see the plan. An 8 s title for Pier Four", "An 8 s title for Pier Four"),
        ("I want to approve the storyboard before you make it. Bees in 9:16", "Bees in 9:16"),
        ("Zeig mir zuerst den Plan. Ein Teaser für Noor Tee", "Ein Teaser für Noor Tee"),
        ("أرني الخطة أولاً. فيلم عن شاي نور", "فيلم عن شاي نور"),
    ],
)
def test_a_wish_to_see_the_plan_is_heard_and_no_part_of_the_film(prompt: str, rest: str) -> None:
    wanted, past = without(asked(prompt))
    assert (wanted, past.request) == (True, rest)


@pytest.mark.parametrize(
    "prompt",
    [
        "A film about our plan: first we listen, then we build. Show the phone",
        "Show the first plan of the house",
        "Explain how to plan a trip: first book, then pack",
        "A 12-second floor plan tour",
    ],
)
def test_a_film_about_a_plan_asks_for_none(prompt: str) -> None:
    wanted, past = without(asked(prompt))
    assert (wanted, past.request) == (False, prompt)


def test_the_plan_is_shown_before_anything_is_written() -> None:
    move = next_move(NEW, asked(TEA))
    ((tool, args),) = move.calls
    assert tool == "propose_plan"
    assert "Title: Noor Tea" in str(args["plan"])
    assert "Length: 12 seconds" in str(args["plan"])


def test_a_change_of_a_film_is_shown_as_it_was_said() -> None:
    move = next_move("# Refining a film that exists", asked("Make it darker. Show me the plan first."))
    assert move.calls == (("propose_plan", {"plan": "I change the film as you say: Make it darker."}),)


def test_after_a_yes_the_film_is_made() -> None:
    yes = ToolAnswer(call_id="p", tool="propose_plan", output={"plan": "Title: Noor Tea"})
    assert next_move(NEW, proposed(yes)).calls == (("list_templates", {}),)


def test_after_a_no_nothing_is_made() -> None:
    error: JsonValue = {"kind": "denied", "message": "the user said no to this call: too long"}
    no = ToolAnswer(call_id="p", tool="propose_plan", failed=True, output={"error": error})
    move = next_move(NEW, proposed(no))
    assert move.calls == ()
    assert "too long" in move.text


def test_what_the_user_changed_in_the_plan_holds() -> None:
    plan = "Title: Pier Four\nLength: 8 seconds\nFormat: 1:1\nPoints:\n- Fresh\n- Local"
    past = proposed(ToolAnswer(call_id="p", tool="propose_plan", output={"plan": plan}))
    wish = agreed(past, read("A 12-second teaser for Noor Tea: calm, green."))
    assert (wish.title, wish.seconds, wish.frame) == ("Pier Four", 8, "1:1")
    assert [each.title for each in wish.points] == ["Fresh", "Local"]
