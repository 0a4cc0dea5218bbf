"""Calls that need a yes: asked once, made once, and never without it."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.account import Principal
from domain.event import ApprovalRequested
from tests.stands import OWNER, Stand, stand
from tools.context import Services, ToolContext
from tools.define import Args, Effects, Result, Terms, Tool, tool
from tools.executor import Executor
from tools.registry import load_tools

DONE: list[str] = []
SPENDS = Effects(writes=True, spends=True, repeatable=False)


class Buy(Args):
    """What to buy."""

    much: int = 1
    """How much."""


class Bought(Result):
    """What was bought."""


def _terms(_: Services, args: Buy) -> Terms:
    return Terms(what=f"buy {args.much} pictures", cost_usd=0.25 * args.much)


@tool(effects=SPENDS, example=Buy(), terms=_terms)
async def buys(ctx: ToolContext, args: Buy) -> Bought:
    """Spends money."""
    DONE.append(f"bought {args.much}")
    return Bought(summary=f"Bought {args.much}.")


@tool(effects=Effects(writes=True, destroys=True, lasting=True, repeatable=False), example=Buy())
async def burns(ctx: ToolContext, args: Buy) -> Bought:
    """Takes something away for ever."""
    DONE.append("burnt")
    return Bought(summary="Burnt.")


@tool(effects=Effects(writes=True, publishes=True, repeatable=False), example=Buy())
async def posts(ctx: ToolContext, args: Buy) -> Bought:
    """Shows something to the world."""
    DONE.append("posted")
    return Bought(summary="Posted.")


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncGenerator[Stand]:
    DONE.clear()
    own: dict[str, Tool] = {each.name: each for each in (buys, burns, posts)}
    async with stand(tmp_path, tools={**load_tools(), **own}) as made:
        yield made


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("buys", "It costs money."),
        ("burns", "It cannot be undone."),
        ("posts", "It shows something to the world."),
    ],
)
async def test_what_spends_destroys_or_publishes_happens_after_a_yes_and_once(
    shop: Stand, name: str, why: str
) -> None:
    project_id = await shop.scaffold()
    asked = await shop.call(name, {"much": 2}, project_id=project_id)
    assert (asked.failed, asked.kind, DONE) == (True, "approval", [])
    assert why in asked.summary
    again = await shop.call(name, {"much": 2}, project_id=project_id)
    assert again.approval_id == asked.approval_id
    await shop.settle()
    made = await shop.call(name, {"much": 2}, project_id=project_id)
    assert (made.failed, len(DONE)) == (False, 1)
    assert (await shop.call(name, {"much": 2}, project_id=project_id)).kind == "approval"
    assert len(DONE) == 1


async def test_a_person_is_told_what_it_is_and_what_it_costs(shop: Stand) -> None:
    project_id = await shop.scaffold()
    await shop.call("buys", {"much": 3}, project_id=project_id)
    event = next(each.event for each in await shop.events(project_id) if each.event.type.startswith("appr"))
    assert isinstance(event, ApprovalRequested)
    assert (event.what, event.cost_usd, event.why) == ("buy 3 pictures", 0.75, "It costs money.")


async def test_a_delete_that_can_be_brought_back_asks_nobody(shop: Stand) -> None:
    project_id = await shop.scaffold()
    gone = await shop.call("delete_file", {"file_path": "scenes/opening.py"}, project_id=project_id)
    assert not gone.failed


async def test_other_arguments_are_another_question(shop: Stand) -> None:
    project_id = await shop.scaffold()
    await shop.call("buys", {"much": 1}, project_id=project_id)
    await shop.settle()
    assert (await shop.call("buys", {"much": 100}, project_id=project_id)).kind == "approval"
    assert DONE == []


async def test_a_no_is_told_with_its_reason_until_its_time_is_over(shop: Stand) -> None:
    project_id = await shop.scaffold()
    await shop.call("buys", project_id=project_id)
    await shop.settle("reject", reason="too dear")
    refused = await shop.call("buys", project_id=project_id)
    assert (refused.kind, "too dear" in refused.summary, DONE) == ("denied", True, [])
    tomorrow = replace(shop.services, clock=lambda: datetime.now(UTC) + timedelta(days=2))
    later = await Executor(tomorrow, shop.executor.tools).call(
        shop.principal, "buys", {}, project_id=project_id
    )
    assert later.kind == "approval"


async def test_a_person_may_change_the_call(shop: Stand) -> None:
    project_id = await shop.scaffold()
    await shop.call("buys", {"much": 9}, project_id=project_id)
    await shop.settle("edit", edited={"much": 1})
    made = await shop.call("buys", {"much": 9}, project_id=project_id)
    assert DONE == ["bought 1"]
    assert made.summary.startswith("The user changed much.")


async def test_nobody_is_asked_for_what_is_wrong_or_not_allowed(shop: Stand) -> None:
    project_id = await shop.scaffold()
    wrong = await shop.call("buys", {"much": "lots"}, project_id=project_id)
    assert wrong.kind == "invalid"
    poor = Principal(user_id=OWNER, scopes=("read", "write", "render"))
    assert (await shop.call("buys", project_id=project_id, principal=poor)).kind == "denied"
    async with shop.database.transaction(OWNER) as tx:
        assert await tx.approvals.list() == []


async def test_a_run_waits_for_the_answer_and_its_call_is_made_after_it(shop: Stand) -> None:
    project_id = await shop.scaffold()
    ticket = await shop.open_run(project_id)
    poor = ticket.principal.model_copy(update={"scopes": ("read", "write", "render")})
    ticket = ticket.model_copy(update={"principal": poor})
    waits = await shop.turn(ticket, ("list_templates", {}), ("buys", {}))
    assert (waits.parked, waits.waits_for, len(waits.answers)) == (True, None, 1)
    assert (await shop.turn(ticket, ("list_templates", {}), ("buys", {}))).approval_id == waits.approval_id
    assert DONE == []
    await shop.settle()
    done = await shop.turn(ticket, ("list_templates", {}), ("buys", {}))
    assert [answer.failed for answer in done.answers] == [False, False]
    assert DONE == ["bought 1"]
    assert (await shop.told(project_id)).count("approval.requested") == 1


async def test_a_run_is_told_of_a_no(shop: Stand) -> None:
    ticket = await shop.open_run(await shop.scaffold())
    await shop.turn(ticket, ("buys", {}))
    await shop.settle("reject", reason="not now")
    (answer,) = (await shop.turn(ticket, ("buys", {}))).answers
    assert (answer.kind, DONE) == ("denied", [])
    assert "not now" in answer.summary


async def test_a_run_whose_plan_is_wanted_first_writes_nothing_before_it(shop: Stand) -> None:
    project_id = await shop.scaffold()
    ticket = (await shop.open_run(project_id)).model_copy(update={"plan_first": True})
    edit = ("save_version", {"label": "mine"})
    read = ("read_file", {"file_path": "film.py"})
    refused, looked = (await shop.turn(ticket, edit, read)).answers
    assert (refused.kind, looked.failed) == ("denied", False)
    assert "call propose_plan" in refused.summary
    assert (await shop.turn(ticket, ("propose_plan", {"plan": "two scenes"}), first=3)).parked
    await shop.settle("edit", edited={"plan": "three scenes"})
    agreed = (await shop.turn(ticket, ("propose_plan", {"plan": "two scenes"}), edit, first=3)).answers
    assert [answer.failed for answer in agreed] == [False, False]
    assert agreed[0].data == {"plan": "three scenes"}
