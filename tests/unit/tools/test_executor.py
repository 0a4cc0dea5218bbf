"""Calls: validated, authorised, journaled, committed whole, answered once."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from pydantic import JsonValue

from domain.account import Principal
from domain.database import Transaction
from domain.draft import Draft
from domain.errors import Conflict, NotFound, Unavailable
from domain.event import Call, ToolFailed, ToolFinished, ToolStarted
from domain.nouns import ProjectId, UserId
from domain.run import Step
from tests.stands import OWNER, Stand, stand
from tools.arguments import args_hash
from tools.commit import Ticket
from tools.context import Parked, ToolContext
from tools.define import EDITS, READS, Args, Effects, Result, Tool, tool
from tools.registry import load_tools

NOTES: dict[str, JsonValue] = {
    "file_path": "NOTES.md",
    "expected_sha256": "new",
    "edits": [{"start_line": 1, "end_line": 0, "new_content": "hi"}],
}


class Nothing(Args):
    """No arguments."""


class Said(Result):
    """A few words."""


CALLS: list[str] = []
GATES: list[asyncio.Event] = []
"""The gate of the running test: an event belongs to its loop."""


@tool(effects=EDITS, example=Nothing())
async def breaks(ctx: ToolContext, args: Nothing) -> Said:
    """Has a bug after its draft."""
    async with ctx.draft("half") as draft:
        draft.write("NOTES.md", "half\n")
    raise ZeroDivisionError("secret detail")


@tool(effects=Effects(writes=True, spends=True, repeatable=False), example=Nothing())
async def pays(ctx: ToolContext, args: Nothing) -> Said:
    """Spends money outside."""
    CALLS.append("paid")
    return Said(summary="paid")


@tool(effects=EDITS, example=Nothing())
async def outrun(ctx: ToolContext, args: Nothing) -> Said:
    """Is overtaken by another writer the first time."""
    CALLS.append("outrun")
    async with ctx.draft("mine") as draft:
        draft.write("data/mine.txt", "mine\n")
    if CALLS.count("outrun") == 1:
        other = Draft(ctx.project_id, await ctx.revision())
        other.write("data/theirs.txt", b"theirs\n")
        await other.store(ctx.blobs)
        async with ctx.database.transaction(OWNER) as tx:
            await other.commit(tx, "theirs")
    return Said(summary=f"revision {draft.revision}")


@tool(effects=EDITS, example=Nothing())
async def always_outrun(ctx: ToolContext, args: Nothing) -> Said:
    """Is overtaken every time."""

    async def late(tx: Transaction) -> None:
        raise Conflict("taken", "somebody is always faster")

    ctx.write(late)
    return Said(summary="never told")


@tool(effects=EDITS, example=Nothing())
async def cannot(ctx: ToolContext, args: Nothing) -> Said:
    """Needs a part that is away."""
    raise Unavailable("sandbox", "bubblewrap is missing; install it")


@tool(effects=EDITS, example=Nothing())
async def hangs(ctx: ToolContext, args: Nothing) -> Said:
    """Writes, then waits for ever."""
    async with ctx.draft("never") as draft:
        draft.write("NOTES.md", "never\n")
    GATES[0].set()
    await asyncio.Event().wait()
    return Said(summary="never told")


@tool(effects=READS, example=Nothing())
async def first(ctx: ToolContext, args: Nothing) -> Said:
    """Ends after `second` has begun."""
    CALLS.append("first begins")
    await GATES[0].wait()
    CALLS.append("first ends")
    return Said(summary="first")


@tool(effects=READS, example=Nothing())
async def second(ctx: ToolContext, args: Nothing) -> Said:
    """Lets `first` end."""
    CALLS.append("second")
    GATES[0].set()
    return Said(summary="second")


@tool(effects=READS.model_copy(update={"parallel": False}), example=Nothing())
async def parks(ctx: ToolContext, args: Nothing) -> Said | Parked:
    """Waits for the run's own render."""
    CALLS.append("parks")
    async with ctx.transaction() as tx:
        job = (await tx.jobs.list(project_id=ctx.project_id, kind="render"))[0]
    return Said(summary="done") if CALLS.count("parks") > 1 else Parked(waits_for=job.job_id)


MADE: tuple[Tool, ...] = (breaks, pays, outrun, always_outrun, cannot, hangs, first, second, parks)


@pytest.fixture
async def odd(tmp_path: Path) -> AsyncGenerator[Stand]:
    CALLS.clear()
    GATES[:] = [asyncio.Event()]
    async with stand(tmp_path, tools=load_tools() | {each.name: each for each in MADE}) as made:
        yield made


async def begun(house: Stand) -> tuple[ProjectId, Ticket]:
    project_id = await house.scaffold()
    return project_id, await house.open_run(project_id)


async def test_a_call_is_told_from_its_beginning_to_its_end(odd: Stand) -> None:
    project_id, ticket = await begun(odd)
    turn = await odd.turn(ticket, ("atomic_edit", NOTES))
    assert [answer.failed for answer in turn.answers] == [False]
    entries = [entry for entry in await odd.events(project_id) if entry.run_id == ticket.run_id]
    assert [entry.event.type for entry in entries] == ["tool.started", "project.revised", "tool.finished"]
    started, _, finished = (entry.event for entry in entries)
    assert isinstance(started, ToolStarted)
    assert isinstance(finished, ToolFinished)
    assert started.tool_hash == odd.executor.tools["atomic_edit"].hash
    assert finished.revision == 2
    (step,) = await odd.steps(ticket)
    assert (step.state, step.seq, step.args_hash) == ("done", 1, args_hash(NOTES))


async def test_a_bug_ends_the_call_and_leaves_nothing_half(odd: Stand) -> None:
    project_id, ticket = await begun(odd)
    turn = await odd.turn(ticket, ("breaks", {}), ("atomic_edit", NOTES))
    assert [(answer.failed, answer.kind) for answer in turn.answers] == [(True, "internal"), (False, "")]
    assert "secret detail" not in turn.answers[0].summary
    assert (await odd.text(project_id, "NOTES.md")) == "hi\n"


async def test_a_part_that_is_away_is_told_with_its_way_back(odd: Stand) -> None:
    _, ticket = await begun(odd)
    (answer,) = (await odd.turn(ticket, ("cannot", {}))).answers
    assert (answer.kind, answer.summary) == ("unavailable", "bubblewrap is missing; install it")


async def test_a_turn_that_is_made_again_reads_its_answers_from_the_journal(odd: Stand) -> None:
    project_id, ticket = await begun(odd)
    once = await odd.turn(ticket, ("outrun", {}), ("atomic_edit", NOTES))
    events, calls = await odd.told(project_id), len(CALLS)
    assert await odd.turn(ticket, ("outrun", {}), ("atomic_edit", NOTES)) == once
    assert (await odd.told(project_id), len(CALLS)) == (events, calls)


async def test_a_call_that_was_killed_before_its_end_is_made_once(odd: Stand) -> None:
    project_id, ticket = await begun(odd)
    running = asyncio.create_task(odd.turn(ticket, ("hangs", {})))
    await GATES[0].wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await odd.project(project_id)).revision == 1
    (step,) = await odd.steps(ticket)
    assert step.state == "intent"
    later = ticket.model_copy(update={"attempt": 2})
    again = asyncio.create_task(odd.turn(later, ("hangs", {})))
    GATES[0].clear()
    await GATES[0].wait()
    again.cancel()
    assert (await odd.told(project_id)).count("tool.started") == 2  # the scaffold's and this one's


async def test_money_is_not_spent_twice_blindly(odd: Stand) -> None:
    _, ticket = await begun(odd)
    intent = Step(
        run_id=ticket.run_id, seq=1, call_id="c1", tool="pays", args={}, args_hash=args_hash({}), attempt=1
    )
    async with odd.database.transaction(OWNER) as tx:
        await tx.steps.intend(intent)
    assert (await odd.turn(ticket, ("pays", {}))).approval_id is not None
    agreed = await odd.settle()
    async with odd.database.transaction(OWNER) as tx:
        await tx.approvals.use(agreed.approval_id)  # as a call does that is killed right after
    (answer,) = (await odd.turn(ticket, ("pays", {}))).answers
    assert (answer.kind, CALLS) == ("unknown", [])
    assert "look at the state" in answer.summary
    assert (await odd.turn(ticket, ("pays", {}), first=2)).parked
    await odd.settle()
    (fresh,) = (await odd.turn(ticket, ("pays", {}), first=2)).answers
    assert (fresh.failed, CALLS) == (False, ["paid"])


async def test_who_is_outrun_tries_again_on_the_newest_state(odd: Stand) -> None:
    project_id, ticket = await begun(odd)
    (answer,) = (await odd.turn(ticket, ("outrun", {}))).answers
    assert (answer.summary, answer.revision) == ("revision 3", 3)
    assert {"data/mine.txt", "data/theirs.txt"} <= set((await odd.newest(project_id)).files)


async def test_who_is_always_outrun_is_told_of_the_conflict(odd: Stand) -> None:
    project_id, ticket = await begun(odd)
    (answer,) = (await odd.turn(ticket, ("always_outrun", {}))).answers
    assert (answer.kind, answer.summary) == ("conflict", "somebody is always faster")
    outside = await odd.call("always_outrun", project_id=project_id)
    assert outside.kind == "conflict"


async def test_calls_that_only_look_run_side_by_side_and_answer_in_their_order(odd: Stand) -> None:
    project_id, ticket = await begun(odd)
    turn = await odd.turn(ticket, ("first", {}), ("second", {}))
    assert CALLS == ["first begins", "second", "first ends"]
    assert [answer.tool for answer in turn.answers] == ["first", "second"]
    finished = [entry.event for entry in await odd.events(project_id) if entry.run_id]
    assert [event.tool for event in finished if isinstance(event, ToolFinished)] == ["first", "second"]


async def test_a_call_that_waits_for_a_job_parks_the_run_and_is_answered_later(odd: Stand) -> None:
    project_id, ticket = await begun(odd)
    parked = await odd.turn(ticket, ("render_video", {}), ("parks", {}), ("atomic_edit", NOTES))
    assert parked.waits_for == parked.answers[0].job_id
    assert len(parked.answers) == 1
    assert (await odd.project(project_id)).revision == 1
    later = await odd.turn(ticket, ("render_video", {}), ("parks", {}), ("atomic_edit", NOTES))
    assert [answer.summary for answer in later.answers][1] == "done"
    told = await odd.told(project_id)
    assert told.count("tool.started") == told.count("tool.finished")


async def test_an_attempt_that_was_overtaken_writes_nothing(odd: Stand) -> None:
    project_id = await odd.scaffold()
    ticket = await odd.open_run(project_id, attempt=2)
    with pytest.raises(Conflict, match="attempt"):
        await odd.turn(ticket.model_copy(update={"attempt": 1}), ("atomic_edit", NOTES))
    assert (await odd.project(project_id)).revision == 1


async def test_mistakes_in_arguments_are_told_one_per_line(odd: Stand) -> None:
    project_id, ticket = await begun(odd)
    wrong: dict[str, JsonValue] = {"file_pth": "film.py", "start_line": 0, "end_line": "x"}
    (answer,) = (await odd.turn(ticket, ("read_file", wrong))).answers
    assert answer.kind == "invalid"
    assert answer.summary.split("\n") == [
        "file_path: is missing; it is: Path in the project, as in `scenes/intro.py`.",
        "start_line: Input should be greater than or equal to 1 (got 0)",
        "end_line: Input should be a valid integer, unable to parse string as an integer (got 'x')",
        "file_pth: no such argument; did you mean 'file_path'?",
    ]
    failed = [entry.event for entry in await odd.events(project_id) if isinstance(entry.event, ToolFailed)]
    assert [(event.kind, event.message) for event in failed] == [("invalid", answer.summary)]


async def test_a_tool_that_does_not_exist_is_answered_with_the_likely_one(odd: Stand) -> None:
    _, ticket = await begun(odd)
    (answer,) = (await odd.turn(ticket, ("read_fiel", {}))).answers
    assert (answer.kind, answer.summary) == (
        "missing",
        "there is no tool 'read_fiel'; did you mean 'read_file'?",
    )
    with pytest.raises(NotFound, match="did you mean 'read_file'"):
        await odd.call("read_fiel")


async def test_a_key_that_may_only_read_writes_nothing(odd: Stand) -> None:
    project_id = await odd.scaffold()
    reader = Principal(user_id=OWNER, scopes=("read",))
    refused = await odd.call("delete_file", {"file_path": "film.py"}, project_id=project_id, principal=reader)
    assert (refused.kind, refused.summary) == (
        "denied",
        "delete_file needs the scope 'write'; this key allows read",
    )
    rendering = await odd.call("render_video", project_id=project_id, principal=reader)
    assert rendering.kind == "denied"
    read = await odd.call("read_file", {"file_path": "film.py"}, project_id=project_id, principal=reader)
    assert not read.failed


async def test_a_missing_project_is_answered_with_the_latest_ones(odd: Stand) -> None:
    nobody = await odd.call("read_file", {"file_path": "film.py"})
    assert nobody.kind == "missing"
    assert "scaffold_project makes one" in nobody.summary
    project_id = await odd.scaffold(name="Noor Tea")
    answer = await odd.call("read_file", {"file_path": "film.py"})
    assert answer.summary == f"project_id is missing; your latest projects are {project_id} ('Noor Tea')"
    among = await odd.call("read_file", {"file_path": "film.py", "project_id": project_id})
    assert not among.failed


async def test_somebody_elses_project_does_not_exist(odd: Stand) -> None:
    project_id = await odd.scaffold()
    stranger = Principal(user_id=UserId("mallory"))
    answer = await odd.call("read_file", {"file_path": "film.py"}, project_id=project_id, principal=stranger)
    assert answer.kind == "missing"
    assert (await odd.told(project_id)).count("tool.failed") == 0


async def test_a_call_from_a_door_stands_in_the_log_under_its_caller(odd: Stand) -> None:
    project_id = await odd.scaffold()
    await odd.call("atomic_edit", NOTES, project_id=project_id)
    assert (await odd.told(project_id))[-3:] == ["tool.started", "project.revised", "tool.finished"]
    started = [entry for entry in await odd.events(project_id) if isinstance(entry.event, ToolStarted)]
    assert [(entry.run_id, entry.event.by) for entry in started if isinstance(entry.event, ToolStarted)] == [
        (None, OWNER), (None, OWNER),
    ]  # fmt: skip


async def test_a_call_about_no_project_is_audited(odd: Stand) -> None:
    answer = await odd.call("list_templates")
    assert not answer.failed
    async with odd.database.transaction(OWNER) as tx:
        assert [entry.action for entry in await tx.audit.list()] == ["tool.list_templates"]


async def test_broken_characters_in_arguments_neither_fail_nor_stay(odd: Stand) -> None:
    project_id, ticket = await begun(odd)
    calls = [Call(call_id="c1", tool="read_file", args={"file_path": "a\0\ud800.py"})]
    turn = await odd.executor.turn(ticket, calls)
    assert turn.answers[0].kind == "invalid"
    (step,) = await odd.steps(ticket)
    assert "\0" not in str(step.args["file_path"])
    assert (await odd.told(project_id))[-1] == "tool.failed"


async def test_huge_arguments_are_refused_and_not_kept(odd: Stand) -> None:
    _, ticket = await begun(odd)
    huge: dict[str, JsonValue] = {
        **NOTES,
        "edits": [{"start_line": 1, "end_line": 0, "new_content": "x" * 500_000}],
    }
    (answer,) = (await odd.turn(ticket, ("atomic_edit", huge))).answers
    assert answer.kind == "limit"
    (step,) = await odd.steps(ticket)
    assert len(str(step.args)) < 1_000
