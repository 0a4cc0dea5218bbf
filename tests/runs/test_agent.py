"""Runs from the first event to the last, with a scripted model over the real database and the real tools."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest

from domain.errors import Unavailable, UserError
from domain.event import (
    Call,
    ModelReminded,
    ModelReplied,
    ProjectRevised,
    RunFinished,
    RunStarted,
    ToolFailed,
    ToolFinished,
)
from domain.model import Message, Reply, ToolMessage, UserMessage
from domain.run import Limits, Usage
from providers.scripted import Scripted, says
from tests.runs.studio import PROMPT, Studio, studio
from tests.stands import OWNER

SCAFFOLD = says("I begin.", ("scaffold_project", {"template_name": "plain", "project_name": "Noor Tea"}))
READ = ("read_file", {"file_path": "film.py"})
EDIT = says(
    "I add a note.",
    (
        "atomic_edit",
        {"file_path": "NOTES.md", "edits": [{"start_line": 1, "end_line": 0, "new_content": "calm"}],
         "expected_sha256": "new"},
    ),
)  # fmt: skip
NO = Reply(text="SAFETY", stopped="blocked", usage=Usage(turns=1))
"""The quickest end of a run."""


@pytest.fixture
async def place(tmp_path: Path) -> AsyncGenerator[Studio]:
    async with studio(tmp_path) as made:
        yield made


class Gate:
    """A line that waits until the test lets it go on."""

    def __init__(self, reply: Reply) -> None:
        self.reached = asyncio.Event()
        self.opened = asyncio.Event()
        self.left = asyncio.Event()
        self._reply = reply

    async def __call__(self, messages: Sequence[Message]) -> Reply:
        self.reached.set()
        try:
            await self.opened.wait()
        finally:
            self.left.set()
        return self._reply


async def ended(place: Studio, model: Scripted, **more: object) -> RunFinished:
    run = await place.ask(await place.project(), **more)  # pyright: ignore[reportArgumentType]
    async with place.working(model):
        return await place.end(run)


async def test_a_run_tells_its_whole_story(place: Studio) -> None:
    run = await place.ask(await place.project())
    async with place.working(Scripted([SCAFFOLD, says("I read.", READ, READ), EDIT, NO])):
        end = await place.end(run)
    assert await place.told(run) == [
        "run.queued",
        "run.started",
        "model.replied",
        "tool.started",
        "project.revised",
        "tool.finished",
        "model.replied",
        "tool.started",
        "tool.started",
        "tool.finished",
        "tool.finished",
        "model.replied",
        "tool.started",
        "project.revised",
        "tool.finished",
        "model.replied",
        "run.finished",
    ]
    assert (end.status, end.usage.steps, end.usage.turns) == ("failed", 4, 4)
    assert [link.rel for link in end.links] == ["stream"]
    now = await place.again(run)
    assert (now.state, now.reason, now.usage) == ("failed", end.reason, end.usage)
    assert (await place.house.project(run.project_id)).status == "ERROR"


async def test_the_agents_own_events_are_exactly_these(place: Studio) -> None:
    run = await place.ask(await place.project(), seconds=6)
    async with place.working(Scripted([SCAFFOLD, says("Done."), NO])):
        await place.end(run)
    own = [
        entry.event.model_dump(mode="json", exclude_defaults=True)
        for entry in await place.entries(run)
        if entry.event.type.split(".")[0] in ("run", "model")
    ]
    own[-1]["usage"].pop("seconds")
    args = {"template_name": "plain", "project_name": "Noor Tea"}
    used = {"turns": 1, "prompt_tokens": 100, "answer_tokens": 10}
    todo = "Revision 1 was not checked. Call run_build_check and mend what it finds."
    render = "Revision 1 is not rendered. Call render_video, then wait_for_job."
    assert own == [
        {"kind": "generate", "request": {"prompt": PROMPT, "seconds": 6}, "by": "ada"},
        {"model": "scripted", "attempt": 1},
        {
            "model": "scripted",
            "text": "I begin.",
            "calls": [{"call_id": "scaffold_project-1", "tool": "scaffold_project", "args": args}],
            "usage": used,
        },
        {"promise": {"seconds": 6.0}},
        {"model": "scripted", "text": "Done.", "usage": used},
        {"text": f"The film is not finished yet.\n{todo}\n{render}"},
        {"model": "scripted", "text": "SAFETY", "usage": {"turns": 1}, "stopped": "blocked"},
        {
            "status": "failed",
            "reason": "The model's provider refused to answer for safety reasons: SAFETY.",
            "usage": {"steps": 1, "turns": 3, "prompt_tokens": 200, "answer_tokens": 20},
            "links": [{"rel": "stream", "href": f"/api/generate/{run.run_id}/stream"}],
        },
    ]


async def test_the_model_reads_the_wish_then_its_own_words_then_the_answers(place: Studio) -> None:
    model = Scripted([SCAFFOLD, NO])
    await ended(place, model, format="9:16", seconds=6)
    first, second = model.heard
    assert first == (UserMessage(text=f"{PROMPT}\n\nFormat: 9:16\nLength: 6 seconds"),)
    assert [message.role for message in second] == ["user", "model", "tool"]
    assert "It has no source yet" in model.briefings[0]
    assert "scenes/opening.py" in model.briefings[1]


async def test_the_model_is_told_of_the_assets_that_the_user_named(place: Studio) -> None:
    logo = await place.house.upload("logo.png", b"a picture")
    model = Scripted([NO])
    await ended(place, model, assets=[logo, "gone"])
    assert f"- {logo}: 'logo.png' (image" in model.briefings[0]
    assert f"Assets to use: {logo}" in str(model.heard[0][0])


async def test_words_are_whispered_while_the_model_speaks(place: Studio) -> None:
    project_id = await place.project()
    heard: list[str] = []

    async def listen() -> None:
        async for entry in place.house.log.tail(OWNER, project_id):
            heard.append(entry.event.type)
            if entry.event.type == "run.finished":
                return

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0)
    run = await place.ask(project_id)
    async with place.working(Scripted([says("Calm and green."), NO])):
        await place.end(run)
        async with asyncio.timeout(5):
            await listening
    assert "model.delta" in heard
    assert "model.delta" not in await place.told(run)


async def test_a_model_that_stops_early_is_reminded_and_then_ended(place: Studio) -> None:
    model = Scripted([SCAFFOLD, *[says("Done.")] * 4])
    run = await place.ask(await place.project())
    async with place.working(model):
        end = await place.end(run)
    reminders = [entry.event for entry in await place.entries(run) if isinstance(entry.event, ModelReminded)]
    assert len(reminders) == 3
    assert "was not checked" in reminders[0].text
    assert end.reason == "The model stopped too early: the film was not checked."
    last = model.heard[-1][-1]
    assert isinstance(last, UserMessage)
    assert last.text == reminders[-1].text


async def test_an_unreadable_answer_is_asked_for_again_and_the_run_goes_on(place: Studio) -> None:
    broken = Reply(text="scaffold_project(", stopped="malformed", usage=Usage(turns=1))
    model = Scripted([broken, SCAFFOLD, NO])
    run = await place.ask(await place.project())
    async with place.working(model):
        await place.end(run)
    assert (await place.house.project(run.project_id)).revision == 1
    asked_again = model.heard[1]
    assert [message.role for message in asked_again] == ["user", "user"]
    assert "could not be read" in str(asked_again[-1])


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(steps=1), "limit of 1 tool calls"),
        (Limits(turns=2), "limit of 2 answers of the model"),
        (Limits(tokens=150), "limit of 150 tokens (220 used)"),
        (Limits(cost_usd=0.05), "limit of $0.05 ($0.06 spent)"),
    ],
)
async def test_each_limit_ends_the_run_with_a_reason(place: Studio, limits: Limits, said: str) -> None:
    dear = SCAFFOLD.model_copy(update={"usage": SCAFFOLD.usage.model_copy(update={"cost_usd": 0.03})})
    again = says("I read.", READ).model_copy(update={"usage": dear.usage})
    end = await ended(place, Scripted([dear, *[again] * 5]), limits=limits)
    assert end.status == "failed"
    assert said in end.reason


async def test_time_that_is_used_up_ends_the_run(place: Studio) -> None:
    run = await place.ask(await place.project(), limits=Limits(seconds=100))
    ticks = iter(range(0, 10_000, 30))
    async with place.working(Scripted([SCAFFOLD, *[says("", READ)] * 9]), clock=lambda: next(ticks)):
        end = await place.end(run)
    assert "limit of 100 seconds of work" in end.reason
    assert end.usage.seconds >= 100


async def test_a_model_that_speaks_for_ever_is_ended_in_time(place: Studio) -> None:
    gate = Gate(NO)
    run = await place.ask(await place.project(), limits=Limits(seconds=0.3))
    async with place.working(Scripted([gate]), clock=lambda: 1.0 if gate.left.is_set() else 0.0):
        end = await place.end(run)
    assert gate.left.is_set()
    assert "limit of 0.3 seconds of work" in end.reason


async def test_a_run_that_turns_in_a_circle_is_ended_with_what_it_was_told(place: Studio) -> None:
    end = await ended(place, Scripted([SCAFFOLD, *[says("", ("run_build_check", {}))] * 9]))
    assert end.usage.steps == 4
    assert "run_build_check 3 times" in end.reason
    assert "bubblewrap is missing" in end.reason


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Unavailable("model", "Gemini is away: 503; tried 6 times. Try again later."), "Gemini is away"),
        (UserError("model_key_refused", "Gemini refuses the API key (bad). Set GEMINI_API_KEY."), "API key"),
    ],
)
async def test_a_model_that_cannot_be_had_ends_the_run_with_the_way_out(
    place: Studio, error: Unavailable | UserError, said: str
) -> None:
    end = await ended(place, Scripted([SCAFFOLD, error]))
    assert end.status == "failed"
    assert said in end.reason


async def test_a_bug_ends_the_run_without_telling_the_user_of_internals(
    place: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    async def bug(messages: Sequence[Message]) -> Reply:
        raise ZeroDivisionError("secret detail")

    run = await place.ask(await place.project())
    async with place.working(Scripted([SCAFFOLD, bug])):
        end = await place.end(run)
    assert end.status == "failed"
    assert run.run_id in end.reason
    assert "secret" not in end.model_dump_json()
    assert any(getattr(record, "run_id", None) == run.run_id for record in caplog.records if record.exc_info)


async def test_stop_ends_the_models_stream_within_two_seconds(place: Studio) -> None:
    gate = Gate(NO)
    run = await place.ask(await place.project())
    async with place.working(Scripted([SCAFFOLD, gate])):
        async with asyncio.timeout(5):
            await gate.reached.wait()
        await place.cancel(run)
        end = await place.end(run, within=2)
    assert gate.left.is_set()
    assert (end.status, end.reason) == ("cancelled", "Cancelled.")
    assert (await place.again(run)).state == "cancelled"
    project = await place.house.project(run.project_id)
    assert (project.status, project.revision) == ("READY", 1)
    assert (await place.told(run))[-1] == "run.finished"


async def test_a_run_that_was_stopped_before_it_began_is_cancelled(place: Studio) -> None:
    run = await place.ask(await place.project())
    await place.cancel(run)
    async with place.working(Scripted([])):
        end = await place.end(run)
    assert end.status == "cancelled"
    assert (await place.house.project(run.project_id)).status == "DRAFT"


async def test_a_refine_waits_until_the_project_is_free(place: Studio) -> None:
    gate = Gate(NO)
    project_id = await place.project()
    first = await place.ask(project_id)
    refine = await place.ask(project_id, kind="refine", prompt="Make it darker")
    other = await place.ask(await place.project())
    model = Scripted([gate, NO, NO])
    async with place.working(model):
        async with asyncio.timeout(5):
            await gate.reached.wait()
        await place.end(other)
        assert (await place.again(refine)).state == "queued"
        gate.opened.set()
        await place.end(first)
        await place.end(refine)
    assert model.heard[-1] == (UserMessage(text="Make it darker"),)
    assert "→ failed:" in model.briefings[-1]


async def test_a_restart_in_the_middle_goes_on_and_does_not_repeat_an_edit(place: Studio) -> None:
    gate = Gate(NO)
    run = await place.ask(await place.project())
    async with place.working(Scripted([SCAFFOLD, EDIT, gate])):
        async with asyncio.timeout(5):
            await gate.reached.wait()
    model = Scripted([says("I read.", READ), NO])
    async with place.working(model):
        await place.end(run)
    entries = await place.entries(run)
    assert sum(1 for entry in entries if isinstance(entry.event, ProjectRevised)) == 2
    assert [entry.event.attempt for entry in entries if isinstance(entry.event, RunStarted)] == [1, 2]
    assert [message.role for message in model.heard[0]] == ["user", "model", "tool", "model", "tool"]
    ends = [entry.event for entry in entries if isinstance(entry.event, ToolFinished)]
    assert [end.tool for end in ends] == ["scaffold_project", "atomic_edit", "read_file"]


async def test_calls_that_a_crash_left_open_are_answered_before_the_model_is_asked(place: Studio) -> None:
    project_id = await place.project()
    run = await place.ask(project_id)
    calls = (
        Call(call_id="a", tool="scaffold_project", args={"template_name": "plain", "project_name": "Tea"}),
        Call(call_id="b", tool="no_such_tool", args={}),
    )
    async with place.house.database.transaction(OWNER) as tx:
        said = ModelReplied(model="scripted", text="I begin.", calls=calls, usage=Usage(turns=1))
        await tx.events.append(project_id, said, run.run_id)
    model = Scripted([NO])
    async with place.working(model):
        await place.end(run)
    answered = model.heard[0][-1]
    assert isinstance(answered, ToolMessage)
    assert [(answer.call_id, answer.failed) for answer in answered.answers] == [("a", False), ("b", True)]
    failed = [entry.event for entry in await place.entries(run) if isinstance(entry.event, ToolFailed)]
    assert [each.kind for each in failed] == ["missing"]


async def test_a_project_that_is_deleted_under_its_run_ends_the_run(place: Studio) -> None:
    gate = Gate(SCAFFOLD)
    run = await place.ask(await place.project())
    async with place.working(Scripted([gate])):
        async with asyncio.timeout(5):
            await gate.reached.wait()
        async with place.house.database.transaction(OWNER) as tx:
            await tx.projects.delete(run.project_id)
        gate.opened.set()
        async with asyncio.timeout(5):
            while True:
                async with place.house.database.transaction(None, reading=True) as tx:
                    [job] = await tx.jobs.list(project_id=run.project_id)
                if job.finished_at is not None:
                    break
                await asyncio.sleep(0.02)
    assert job.state == "failed"
