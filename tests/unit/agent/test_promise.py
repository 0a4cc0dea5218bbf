"""What a run promises, in words and in lines, and how it is held against the film."""

from __future__ import annotations

import pytest

from agent.promise import asked, merged, stated, without
from agent.verdict import Ending, Reminder, judge
from agent.workflows import WORKFLOWS
from domain.event import Event, RunPromised
from domain.nouns import AssetId
from domain.promise import Delivery, Promise, held, weaker, written
from domain.run import Request, Usage
from tests.unit.agent.test_story import story
from tests.unit.logs import a_film, checked, finished, replied, revised, seen

WHOLE = Promise(
    seconds=12, format="9:16", scenes=4, texts=("Noor Tea", "شاي نور"), languages=("en", "ar"),
    assets=("assets/logo.png",), beat_sync=True,
)  # fmt: skip
FILM = Delivery(
    seconds=12.0, fps=30, width=1080, height=1920, scenes=4, texts=("NOOR TEA", "\u200fشاي\nنور"),
    language="en-GB", assets=("assets/logo.png", "logo.png"), on_beats=True,
)  # fmt: skip


def test_a_promise_that_is_written_reads_the_same() -> None:
    assert stated(f"I begin.\n\n{written(WHOLE)}\n\nNow the first scene.") == (WHOLE, "")


def test_a_plan_is_read_as_models_write_it() -> None:
    said = (
        "Here is my plan.\n\n**Promise:**\n- **Length**: 8 seconds\n* Format: vertical 9:16 at 1080×1920\n"
        "- Text: “Open every day”\n- Text: \"Open every day\"\n- Text: none\n"
        "- Language: German (de)\n- Beat-sync: no\n"
    )  # fmt: skip
    assert stated(said) == (
        Promise(seconds=8, format="9:16", texts=("Open every day",), languages=("de",)),
        "",
    )


@pytest.mark.parametrize(
    "said", ["", "I promise to hurry.", "Promise", "Promise\nnothing", "- Length: 12 s", "Promise\n\n\n"]
)
def test_talk_is_no_promise(said: str) -> None:
    assert stated(said) is None


@pytest.mark.parametrize("length", ["0:30", "1 min 30", "about twelve", "-5 s", ""])
def test_a_length_that_is_not_in_seconds_promises_none(length: str) -> None:
    found = stated(f"Promise\n- Length: {length}\n- Format: 1:1")
    assert found is not None
    assert found[0] == Promise(format="1:1")


def test_what_the_user_fixed_stands_as_the_user_fixed_it() -> None:
    request = Request(prompt="x", seconds=6, format="1:1", assets=(AssetId("a1"),))
    assert asked(request) == Promise(seconds=6, format="1:1", assets=("a1",))
    both = merged(request, WHOLE)
    assert (both.seconds, both.format, both.assets) == (6, "1:1", ("a1", "assets/logo.png"))


def test_a_film_that_is_what_was_promised_keeps_every_line() -> None:
    lines = held(WHOLE, FILM)
    assert [line.what for line in lines] == [
        "length", "format", "scenes", "text", "text", "language", "language", "asset", "beat-sync",
    ]  # fmt: skip
    assert all(line.kept for line in lines)


@pytest.mark.parametrize(
    ("changed", "what", "delivered"),
    [
        ({"seconds": 11.9}, "length", "11.9 s"),
        ({"seconds": 12.07}, "length", "12.07 s"),
        ({"width": 1920, "height": 1080}, "format", "16:9"),
        ({"width": 1000, "height": 1920}, "format", "1000x1920"),
        ({"scenes": 3}, "scenes", "3"),
        ({"texts": ("NOOR TEA",)}, "text", "not seen"),
        ({"language": "de"}, "language", "de"),
        ({"assets": ()}, "asset", "not used"),
        ({"on_beats": False}, "beat-sync", "none declared"),
    ],
)
def test_what_is_missing_is_told_line_by_line(changed: dict[str, object], what: str, delivered: str) -> None:
    broken = [line for line in held(WHOLE, FILM.model_copy(update=changed)) if not line.kept]
    assert (what, delivered) in [(line.what, line.delivered) for line in broken]
    kept = without(WHOLE, tuple(broken))
    assert all(line.kept for line in held(kept, FILM.model_copy(update=changed)))
    assert weaker(WHOLE, kept)


def test_a_frame_more_or_less_and_words_over_several_texts_are_kept() -> None:
    film = FILM.model_copy(update={"seconds": 12 + 1 / 30, "texts": ("Noor", "Tea", "شاي نور")})
    assert all(line.kept for line in held(WHOLE, film))


def test_more_than_was_promised_is_not_weaker() -> None:
    assert weaker(Promise(texts=("a",)), WHOLE.model_copy(update={"texts": ("A", "b")})) == ()
    assert weaker(WHOLE, WHOLE) == ()


GREEN: tuple[Event, ...] = (revised(), checked(), seen())
BROKEN = FILM.model_copy(update={"texts": ("Noor Tea",)})


def test_a_film_that_breaks_its_promise_is_not_finished() -> None:
    told = story(RunPromised(promise=WHOLE), *GREEN, replied("Done."), films=(a_film(),), delivery=BROKEN)
    said = judge(told, WORKFLOWS["generate"], Usage())
    assert isinstance(said, Reminder)
    assert "text: promised 'شاي نور', delivered 'not seen'" in said.text
    assert stated(said.text) == (WHOLE.model_copy(update={"texts": ("Noor Tea",), "languages": ("en",)}), "…")
    good = story(RunPromised(promise=WHOLE), *GREEN, replied("Done."), films=(a_film(),), delivery=FILM)
    assert judge(good, WORKFLOWS["generate"], Usage()) == Ending("succeeded", "Done.")


def test_the_newest_words_count_until_they_are_weighed() -> None:
    block = written(WHOLE)
    said = story(replied(block)).statement
    assert said is not None
    assert (said.promise, said.agreed) == (WHOLE, False)
    assert story(replied(block), RunPromised(promise=WHOLE)).statement is None
    plan = finished("1.1", "propose_plan", data={"plan": block})
    agreed = story(replied("", ("propose_plan", {"plan": "x"})), plan).statement
    assert agreed is not None
    assert agreed.agreed
