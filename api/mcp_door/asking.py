"""Asking the person at an MCP client: the protocol's own input request, for a call that needs a yes."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, CallToolRequestParams

from api.consents import settle
from api.house import House
from api.mcp_door.catalog import MODERN
from api.mcp_door.problems import Context
from api.mcp_door.wire import within
from api.session import secret_of
from domain.account import Principal
from domain.approval import Approval
from domain.errors import Conflict
from domain.nouns import ApprovalId
from domain.unseen import shown
from tools.define import Tool

REQUEST = "approval"
"""Name of the one thing that is asked."""
_PLAIN = ("string", "number", "integer", "boolean")
_KEPT = ("type", "title", "description", "enum", "minimum", "maximum")
"""What a form of the protocol can say of a field."""
Form = dict[str, Any]


def can_ask(ctx: Context) -> bool:
    """Whether the client shows forms to its person."""
    able = ctx.session.client_capabilities
    return able is not None and able.elicitation is not None


async def needed(house: House, asking: Principal, ctx: Context, approval_id: ApprovalId) -> Form | None:
    """Ask by the newer revision: the result that says what the client has to bring along the next time.

    By the older ones the person is asked while the call waits; None then, and the answer is taken.
    """
    approval = await _read(house, asking, approval_id)
    tool = house.executor.tools[approval.tool]
    message, schema = words(approval), form(tool, approval)
    if ctx.protocol_version in MODERN:
        asked = {"mode": "form", "message": message, "requestedSchema": schema}
        return {
            "resultType": "input_required",
            "inputRequests": {REQUEST: {"method": "elicitation/create", "params": asked}},
            "requestState": _signed(house, asking, approval_id),
        }
    answer = await ctx.session.elicit_form(message, schema, ctx.request_id)
    await _take(house, asking, approval, answer.action, answer.content or {})
    return None


async def brought(house: House, asking: Principal, params: CallToolRequestParams) -> bool:
    """Take the answer that a client has brought along with its call; tells whether it was asked at all.

    Raises MCPError for one that does not belong to what was asked.
    """
    given: Mapping[str, Any] = params.input_responses or {}
    if REQUEST not in given:
        return False
    state = params.request_state or ""
    approval_id = ApprovalId(state.partition(".")[0])
    if not hmac.compare_digest(
        state.encode("utf-8", "replace"), _signed(house, asking, approval_id).encode()
    ):
        raise MCPError(INVALID_PARAMS, "requestState is not what this server gave you; call without it")
    answer: Any = given[REQUEST]
    told: Form = dict(answer) if isinstance(answer, Mapping) else answer.model_dump(by_alias=True)  # pyright: ignore[reportUnknownArgumentType]
    approval = await _read(house, asking, approval_id)
    await _take(house, asking, approval, str(told.get("action", "")), within(told, "content"))
    return True


def words(approval: Approval) -> str:
    """What the person reads."""
    cost = f" It costs at most ${approval.cost_usd:.2f}." if approval.cost_usd else ""
    until = f"{approval.expires_at:%Y-%m-%d %H:%M} UTC"
    return shown(f"{approval.what}\n\n{approval.why}{cost} Answer until {until}.")


def form(tool: Tool, approval: Approval) -> Form:
    """The decision, what may be changed about the call, and a word to whoever asked."""
    fields: Form = {
        "decision": {"type": "string", "title": "Decision", "enum": ["approve", "reject"]},
    }
    for name, field in _fields(tool).items():
        now = {"default": approval.args[name]} if name in approval.args else {}
        fields[name] = {key: value for key, value in field.items() if key in _KEPT} | now
    fields["reason"] = {"type": "string", "title": "Reason", "description": "If you want to say one."}
    return {"type": "object", "properties": fields, "required": ["decision"]}


def _fields(tool: Tool) -> Form:
    """The arguments that a form can hold."""
    properties: Any = tool.args_schema.get("properties", {})
    return {
        name: field
        for name, field in properties.items()
        if field.get("type") in _PLAIN and name not in ("decision", "reason")
    }


async def _take(
    house: House, asking: Principal, approval: Approval, action: str, content: Mapping[str, Any]
) -> None:
    """Settle an approval by what a person did with the form; closing it leaves the question open."""
    if action not in ("accept", "decline"):
        return
    reason = str(content.get("reason") or "")[:1_000]
    try:
        if action == "decline" or content.get("decision") != "approve":
            await settle(house, asking, approval.approval_id, "reject", reason=reason)
            return
        names = _fields(house.executor.tools[approval.tool])
        changes = {name: content[name] for name in names if name in content}
        args = {**approval.args, **changes}
        if args == approval.args:
            await settle(house, asking, approval.approval_id, "approve", reason=reason)
        else:
            await settle(house, asking, approval.approval_id, "edit", args=args, reason=reason)
    except Conflict:
        return  # somebody has answered elsewhere in the meantime: that answer counts


async def _read(house: House, asking: Principal, approval_id: ApprovalId) -> Approval:
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        return await tx.approvals.get(approval_id)


def _signed(house: House, asking: Principal, approval_id: ApprovalId) -> str:
    """An approval's id as nobody else can write it."""
    words = f"mcp {asking.user_id} {approval_id}".encode()
    return f"{approval_id}.{hmac.new(secret_of(house.data), words, hashlib.sha256).hexdigest()}"
