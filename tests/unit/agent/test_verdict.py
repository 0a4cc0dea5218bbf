"""What comes next in a run, and with which reason it ends."""

from __future__ import annotations

from typing import Any

import pytest

from agent.story import Story
from agent.verdict import Ending, Reminder, judge
from agent.workflows import WORKFLOWS
from domain.engine import Output
from domain.event import Event, ModelReminded, RenderFinished
from domain.nouns import RenderId
from domain.render import Render
from domain.run import Limits, RunKind, Usage
from tests.unit.logs import (
    a_film,
    a_project,
    a_run,
    an_error,
    checked,
    failed,
    finished,
    log,
    queued,
    replied,
    revised,
    seen,
)

GREEN = (revised(), checked(), seen())


def verdict(
    *events: Event, films: tuple[Render, ...] = (), revision: int = 1, kind: RunKind = "generate",
    limits: Limits | None = None, usage: Usage | None = None,
) -> Any:  # fmt: skip
    story = Story(a_run(kind, limits), a_project(revision), log(queued(), *events), films)
    return judge(story, WORKFLOWS[kind], usage or Usage())


def test_a_run_begins_with_a_turn_of_the_model() -> None:
    assert verdict(revision=0) is None


def test_open_calls_are_answered_first() -> None:
    assert verdict(replied("", ("read_file", {}))) is None


def test_a_checked_seen_and_rendered_film_ends_the_run_with_the_models_words() -> None:
    ended = verdict(*GREEN, replied("A calm film of 12 seconds.\nMore."), films=(a_film(),))
    assert ended == Ending("succeeded", "A calm film of 12 seconds.")


@pytest.mark.parametrize(
    ("events", "films", "said"),
    [
        ((revised(),), (), "Revision 1 was not checked"),
        ((revised(), checked(an_error()), seen()), (), "scenes/intro.py:5"),
        ((revised(), checked()), (), "Nobody looked at revision 1"),
        (GREEN, (), "Call render_video, then wait_for_job"),
        (GREEN, (a_film("PROCESSING"),), "wait_for_job with job_id 'j1'"),
        (GREEN, (a_film("FAILED_CHECKS", findings=(an_error(),)),), "text_cut"),
        (GREEN, (a_film("FAILED", reason="disk full"),), "ended FAILED (disk full)"),
        (GREEN, (a_film(quality="draft"),), "quality 'standard'"),
        (GREEN, (a_film().model_copy(update={"output": Output(format="gif")}),), "format 'mp4'"),
        (GREEN, (a_film(revision=0),), "Revision 1 is not rendered"),
    ],
)
def test_a_model_that_stops_early_hears_what_is_missing(
    events: tuple[Event, ...], films: tuple[Render, ...], said: str
) -> None:
    reminder = verdict(*events, replied("Done."), films=films)
    assert isinstance(reminder, Reminder)
    assert said in reminder.text


def test_without_any_source_a_model_is_told_to_scaffold() -> None:
    reminder = verdict(replied("Done."), revision=0)
    assert "Scaffold" in reminder.text


def test_a_model_that_stops_early_again_and_again_ends_the_run_with_what_was_missing() -> None:
    nudges: list[Event] = [revised()]
    for _ in range(3):
        nudges += [replied("Done."), ModelReminded(text="no")]
    ended = verdict(*nudges, replied("Done."))
    assert ended == Ending("failed", "The model stopped too early: the film was not checked.")


def test_a_film_that_fails_three_times_goes_to_people() -> None:
    fails = [RenderFinished(render_id=RenderId("f"), status="FAILED_CHECKS")] * 3
    film = a_film("FAILED_CHECKS", findings=(an_error(),))
    waited = (replied("", ("wait_for_job", {})), finished("1.1", "wait_for_job"))
    for last in ((replied("Done."),), waited):
        ended = verdict(*GREEN, *fails, *last, films=(film,))
        assert ended.status == "failed"
        assert ended.reason.startswith("After 3 films that did not pass, the film has faults: error text_cut")


def test_a_film_that_passes_at_the_last_try_is_a_success() -> None:
    fails = [RenderFinished(render_id=RenderId("f"), status="FAILED_CHECKS")] * 2
    assert verdict(*GREEN, *fails, replied("Done."), films=(a_film(),)).status == "succeeded"


def test_a_correction_that_found_nothing_to_mend_needs_no_new_film() -> None:
    assert verdict(replied("Nothing to mend."), films=(a_film(),), kind="correct").status == "succeeded"


def test_an_unreadable_answer_is_asked_for_again_but_not_for_ever() -> None:
    unread = replied("", stopped="malformed")
    assert isinstance(verdict(unread), Reminder)
    again = [unread, ModelReminded(text="again")] * 3
    ended = verdict(*again, unread)
    assert ended == Ending("failed", "The model gave 4 answers in a row that nobody could read.")


def test_an_answer_that_was_cut_off_is_asked_for_in_smaller_steps() -> None:
    assert "smaller steps" in verdict(replied("Half", stopped="length")).text


def test_a_refusal_ends_the_run_with_its_reason() -> None:
    ended = verdict(replied("SAFETY", stopped="blocked"))
    assert ended == Ending("failed", "The model's provider refused to answer for safety reasons: SAFETY.")


@pytest.mark.parametrize(
    ("usage", "said"),
    [
        (Usage(turns=40), "limit of 40 answers of the model"),
        (Usage(prompt_tokens=1_900_000, answer_tokens=100_000), "limit of 2,000,000 tokens (2,000,000 used)"),
        (Usage(cost_usd=5.2), "limit of $5.00 ($5.20 spent)"),
        (Usage(seconds=1_800), "limit of 1800 seconds of work"),
    ],
)
def test_each_limit_ends_the_run_with_its_figure(usage: Usage, said: str) -> None:
    ended = verdict(replied("", ("read_file", {})), finished("1.1"), usage=usage)
    assert ended.status == "failed"
    assert said in ended.reason
    assert "refine the project to go on" in ended.reason


def test_the_limit_of_calls_holds_before_a_call() -> None:
    ended = verdict(replied("", ("read_file", {})), usage=Usage(steps=60))
    assert "limit of 60 tool calls" in ended.reason


def test_the_last_turn_may_still_make_its_calls() -> None:
    assert verdict(replied("", ("wait_for_job", {})), usage=Usage(turns=40)) is None


def test_a_limit_after_the_film_is_finished_is_a_success() -> None:
    ended = verdict(replied("", ("read_file", {})), finished("1.1"), films=(a_film(),), usage=Usage(turns=40))
    assert ended.status == "succeeded"
    assert "is finished" in ended.reason


def test_turning_in_a_circle_ends_the_run_with_what_it_was_told() -> None:
    rounds: list[Event] = []
    for turn in (1, 2, 3):
        rounds += [
            replied("", ("run_build_check", {}), turn=turn),
            failed(f"{turn}.1", "run_build_check", "bubblewrap is missing; install it"),
        ]
    ended = verdict(*rounds)
    assert ended.status == "failed"
    assert "run_build_check 3 times" in ended.reason
    assert "bubblewrap is missing" in ended.reason
