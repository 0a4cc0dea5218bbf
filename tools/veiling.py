"""What may not even be written down: it leaves a call before the log and the journal have it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from domain.event import Call
from domain.model import Reply
from tools.define import Tool

_SHORTEST: Final = 3
"""Letters below which a text is not looked for in the provider's words: it would be found in anything."""


def veiled(call: Call, tools: Mapping[str, Tool]) -> Call:
    """Give a call without what its tool will not have written down; the tool refuses what is left."""
    tool = tools.get(call.tool)
    if tool is None or tool.veil is None:
        return call
    args = tool.veil(call.args)
    return call if args == call.args else call.model_copy(update={"args": args})


def unsaid(reply: Reply, tools: Mapping[str, Tool]) -> Reply:
    """Give a reply with its calls veiled, in our words and in its provider's; any other stays verbatim."""
    calls = tuple(veiled(call, tools) for call in reply.calls)
    own = reply.provider_content
    for before, after in zip(reply.calls, calls, strict=True):
        gone = {
            text: str(after.args[name])
            for name, text in before.args.items()
            if isinstance(text, str) and after.args[name] != text
        }
        own = _without(own, call=before.tool, gone=gone) if gone else own
    return (
        reply if calls == reply.calls else reply.model_copy(update={"calls": calls, "provider_content": own})
    )


def _without(value: JsonValue, *, call: str, gone: Mapping[str, str]) -> JsonValue:
    """Find the calls of a tool in its provider's words; their signatures stand beside them and stay."""
    if isinstance(value, list):
        return [_without(each, call=call, gone=gone) for each in value]
    if isinstance(value, dict):
        if value.get("name") == call:
            return {name: _replaced(each, gone) for name, each in value.items()}
        return {name: _without(each, call=call, gone=gone) for name, each in value.items()}
    return value


def _replaced(value: JsonValue, gone: Mapping[str, str]) -> JsonValue:
    if isinstance(value, list):
        return [_replaced(each, gone) for each in value]
    if isinstance(value, dict):
        return {name: _replaced(each, gone) for name, each in value.items()}
    if not isinstance(value, str):
        return value
    for text, left in gone.items():
        # Some providers write the arguments as JSON within a text.
        for spelled in (text, json.dumps(text, ensure_ascii=False)[1:-1], json.dumps(text)[1:-1]):
            if value == spelled or len(spelled) >= _SHORTEST:
                value = value.replace(spelled, left)
    return value
