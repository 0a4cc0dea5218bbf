"""Taking a person's answer at a door: who may give it, and whether what they want instead can be done."""

from __future__ import annotations

from pydantic import JsonValue

from api.entrance import check_scope
from api.house import House
from domain import consent
from domain.account import Principal
from domain.approval import Approval, Decision
from domain.errors import ToolError, UserError
from domain.nouns import ApprovalId
from tools.arguments import read_args


async def settle(
    house: House,
    asking: Principal,
    approval_id: str,
    decision: Decision,
    *,
    args: dict[str, JsonValue] | None = None,
    reason: str = "",
) -> Approval:
    """Answer a question once.

    Raises NotFound for what is not the caller's, Denied without the scope that the call needs, UserError for
    arguments that the call does not take, Conflict when there is an answer already or the time is over.
    """
    async with house.database.transaction(asking.user_id) as tx:
        approval = await tx.approvals.get(ApprovalId(approval_id))
        check_scope(asking, "write" if decision == "reject" else approval.scope)
        edited = _edited(house, approval, decision, args)
        return await consent.answer(tx, asking, approval, decision, edited=edited, reason=reason)


def _edited(
    house: House, approval: Approval, decision: Decision, args: dict[str, JsonValue] | None
) -> dict[str, JsonValue] | None:
    if decision != "edit":
        if args is not None:
            raise UserError("args_not_wanted", f"decision is {decision!r}; only 'edit' takes args")
        return None
    if args is None:
        raise UserError("args_missing", "decision is 'edit' without args; give all arguments of the call")
    tool = house.executor.tools.get(approval.tool)
    if tool is None:
        raise UserError("tool_gone", f"there is no tool {approval.tool!r} any more; reject the call")
    try:
        read_args(tool.args, args)
    except ToolError as wrong:
        raise UserError("invalid_args", wrong.message) from None
    return args
