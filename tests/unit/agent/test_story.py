"""What a run's log says."""

from __future__ import annotations

import pytest

from agent.story import Story
from domain.event import Event, Link, ModelReminded, RenderFinished
from domain.nouns import RenderId
from domain.run import Usage
from tests.unit.logs import (
    a_film,
    a_project,
    a_run,
    checked,
    failed,
    finished,
    log,
    queued,
    replied,
    revised,
    seen,
)


def story(*events: Event, revision: int = 1, **more: object) -> Story:
    return Story(run=a_run(), project=a_project(revision), entries=log(queued(), *events), **more)  # pyright: ignore[reportArgumentType]


def test_calls_without_answers_are_open_until_they_have_one() -> None:
    asked = replied("", ("read_file", {}), ("list_templates", {}))
    assert [call.call_id for call in story(asked).open_calls] == ["1.1", "1.2"]
    assert [call.call_id for call in story(asked, finished("1.2")).open_calls] == ["1.1"]
    assert story(asked, finished("1.2"), failed("1.1")).open_calls == ()


def test_an_answer_to_an_earlier_call_of_the_same_id_does_not_count() -> None:
    first, again = replied("", ("read_file", {})), replied("", ("read_file", {}))
    assert story(first, finished("1.1"), again).open_calls


def test_calls_are_numbered_over_the_whole_run() -> None:
    told = story(
        replied("", ("read_file", {}), ("read_file", {"b": 1})),
        finished("1.1"),
        finished("1.2"),
        replied("", ("render_video", {}), turn=2),
    )
    calls, first = told.turn
    assert ([call.tool for call in calls], first) == (["render_video"], 3)


def test_a_reminder_makes_a_reply_old_news() -> None:
    assert story(replied("Done.")).reply_is_news
    assert not story(replied("Done."), ModelReminded(text="Not yet.")).reply_is_news
    assert not story().reply_is_news


def test_reminders_count_until_the_model_calls_a_tool_again() -> None:
    nudged = [replied("Done."), ModelReminded(text="no"), replied("Done!"), ModelReminded(text="no")]
    assert story(*nudged).reminders == 2
    assert story(*nudged, replied("", ("read_file", {}), turn=3)).reminders == 0


def test_usage_adds_up_replies_and_answered_calls() -> None:
    told = story(replied("", ("read_file", {}), ("read_file", {})), finished("1.1"), failed("1.2"))
    assert told.usage(2.5, replied("more")) == Usage(
        steps=2, turns=2, prompt_tokens=2000, answer_tokens=200, cost_usd=0.02, seconds=2.5
    )


def test_what_calls_spent_counts_also_when_they_failed() -> None:
    made = finished("1.1").model_copy(update={"usage": Usage(cost_usd=0.25)})
    lost = failed("1.2").model_copy(update={"usage": Usage(cost_usd=0.5)})
    told = story(replied("", ("read_file", {}), ("read_file", {})), made, lost)
    assert told.usage(0).cost_usd == pytest.approx(0.76)
    assert told.left_usd == pytest.approx(5 - 0.01), "the answers of a turn are counted as it is made"
    assert story(*told.events, replied("more")).left_usd == pytest.approx(5 - 0.77)


def test_the_same_call_with_the_same_answer_is_seen_as_a_circle() -> None:
    rounds: list[Event] = []
    for turn in (1, 2, 3):
        rounds += [replied("", ("read_file", {"file_path": "x"}), turn=turn), failed(f"{turn}.1")]
    found = story(*rounds).repeated(3)
    assert found is not None
    assert (found[0].tool, found[1]) == ("read_file", "no such file")
    assert story(*rounds[:-2]).repeated(3) is None


def test_a_change_or_another_answer_is_no_circle() -> None:
    other_answers: list[Event] = []
    changes: list[Event] = []
    for turn in (1, 2, 3):
        call = replied("", ("run_build_check", {}), turn=turn)
        other_answers += [call, finished(f"{turn}.1", "run_build_check", f"answer {turn}")]
        changes += [call, finished(f"{turn}.1", "run_build_check", "green"), revised(turn)]
    assert story(*other_answers).repeated(3) is None
    assert story(*changes).repeated(3) is None


def test_checks_and_looks_count_only_for_the_newest_revision() -> None:
    before = story(revised(1), checked(), seen(), revised(2))
    after = story(revised(1), revised(2), checked(), seen(2))
    assert (before.check, before.looked) == (None, False)
    assert after.check is not None
    assert after.looked


def test_the_film_is_the_newest_revisions_in_the_wanted_quality() -> None:
    draft, full, old = a_film(quality="draft"), a_film(), a_film(revision=0)
    assert story(films=(draft, full, old)).film == full
    assert story(films=(draft, old)).film == draft
    assert story(films=(old,)).film is None


def test_links_are_those_of_the_last_film_and_the_stream() -> None:
    film = Link(rel="film", href="/api/render/f1/download")
    end = RenderFinished(render_id=RenderId("f1"), status="COMPLETED", links=(film,))
    assert [link.rel for link in story(end).links] == ["film", "stream"]
    assert [link.rel for link in story().links] == ["stream"]
