"""The tools, prompts and resources that the official conformance suite calls."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from mcp.server.subscriptions import PromptsListChanged, ToolsListChanged
from mcp.shared.exceptions import MCPError
from mcp.shared.message import ServerMessageMetadata
from mcp_types import (
    INVALID_PARAMS,
    MISSING_REQUIRED_CLIENT_CAPABILITY,
    CreateMessageRequest,
    CreateMessageRequestParams,
    CreateMessageResult,
    LoggingMessageNotification,
    LoggingMessageNotificationParams,
    SamplingMessage,
    TextContent,
)

from api.mcp_door.problems import Context
from api.mcp_door.wire import within
from tests.contracts.test_every_tool import picture
from tests.mcp.silence import sound

Result = dict[str, Any]
Fixture = Callable[[Any, Context, Any], Awaitable[Result]]
SECRET = b"profile"
EMPTY: Result = {"type": "object", "properties": {}}
NAME_FORM: Result = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
SCHEMA_2020: Result = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {
        "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        }
    },
    "properties": {
        "name": {"type": "string"},
        "address": {"$ref": "#/$defs/address"},
        "contactMethod": {"type": "string", "enum": ["phone", "email"]},
        "phone": {"type": "string"},
        "email": {"type": "string"},
    },
    "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
    "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
    "then": {"required": ["phone"]},
    "else": {"required": ["email"]},
    "additionalProperties": False,
}
HEADER_SCHEMA: Result = {
    "type": "object",
    "properties": {"region": {"type": "string", "description": "Where.", "x-mcp-header": "Region"}},
}
SCHEMAS: dict[str, Result] = {
    "json_schema_2020_12_tool": SCHEMA_2020,
    "test_headers": HEADER_SCHEMA,
    "test_sampling": {"type": "object", "properties": {"prompt": {"type": "string"}}},
    "test_elicitation": {"type": "object", "properties": {"message": {"type": "string"}}},
}


def text(*said: str) -> Result:
    """A result of texts."""
    return {"content": [{"type": "text", "text": each} for each in said]}


PNG = base64.b64encode(picture()).decode()
IMAGE = {"type": "image", "data": PNG, "mimeType": "image/png"}
PLAIN: dict[str, list[Result]] = {
    "test_simple_text": text("This is a simple text response for testing.")["content"],
    "test_image_content": [IMAGE],
    "test_audio_content": [{"type": "audio", "data": sound(), "mimeType": "audio/wav"}],
    "test_embedded_resource": [
        {
            "type": "resource",
            "resource": {
                "uri": "test://embedded-resource",
                "mimeType": "text/plain",
                "text": "This is an embedded resource content.",
            },
        }
    ],
    "test_multiple_content_types": [
        {"type": "text", "text": "Multiple content types test:"},
        IMAGE,
        {
            "type": "resource",
            "resource": {
                "uri": "test://mixed-content-resource",
                "mimeType": "application/json",
                "text": '{"test":"data","value":123}',
            },
        },
    ],
    "json_schema_2020_12_tool": text("ok")["content"],
    "test_headers": text("ok")["content"],
}


def ask(message: str, schema: Result) -> Result:
    """A question to a person."""
    return {"method": "elicitation/create", "params": {"message": message, "requestedSchema": schema}}


def sample(words: str, most: int = 100) -> Result:
    """A question to the client's model."""
    content = {"type": "text", "text": words}
    params = {"messages": [{"role": "user", "content": content}], "maxTokens": most}
    return {"method": "sampling/createMessage", "params": params}


ROOTS: Result = {"method": "roots/list", "params": {}}


def needed(state: str = "", /, **requests: Result) -> Result:
    """What is asked of the client before there is a result."""
    told: Result = {"resultType": "input_required", "inputRequests": requests}
    return {**told, "requestState": signed(state)} if state else told


def signed(state: str) -> str:
    """A state that nobody else can write."""
    return f"{state}.{hmac.new(SECRET, state.encode(), hashlib.sha256).hexdigest()}"


def checked(given: str | None) -> str:
    """Read a state back.

    Raises MCPError for one that was changed.
    """
    state, _, _mark = (given or "").rpartition(".")
    if given != signed(state):
        raise MCPError(INVALID_PARAMS, "the request's state was changed on its way")
    return state


def replies(params: Any) -> Result:
    """What the client answered, as plain data."""
    given: dict[str, Any] = getattr(params, "input_responses", None) or {}
    return {
        name: each if isinstance(each, dict) else each.model_dump(by_alias=True)
        for name, each in given.items()
    }


def field(answer: Any, name: str) -> str | None:
    """A field of a person's answer, when it is one."""
    found = within(answer, "content").get(name)
    return found if isinstance(found, str) else None


async def progressing(_: Any, ctx: Context, _params: Any) -> Result:
    for done in (0, 50, 100):
        await ctx.session.report_progress(done, 100)
        await asyncio.sleep(0.05)
    return text("done")


async def logging(_: Any, ctx: Context, _params: Any) -> Result:
    meta: Any = ctx.meta or {}
    if ctx.protocol_version >= "2026" and "io.modelcontextprotocol/logLevel" not in meta:
        return text("silent")
    for said in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        params = LoggingMessageNotificationParams(level="info", data=said)
        await ctx.session.send_notification(LoggingMessageNotification(params=params), ctx.request_id)
        await asyncio.sleep(0.05)
    return text("done")


async def failing(_: Any, _ctx: Context, _params: Any) -> Result:
    return {**text("This tool intentionally returns an error for testing"), "isError": True}


async def sampling(_: Any, ctx: Context, params: Any) -> Result:
    words = SamplingMessage(role="user", content=TextContent(text=params.arguments["prompt"]))
    asked = CreateMessageRequest(params=CreateMessageRequestParams(messages=[words], max_tokens=100))
    here = ServerMessageMetadata(related_request_id=ctx.request_id)
    answer: Any = await ctx.session.send_request(asked, CreateMessageResult, metadata=here)
    return text(f"LLM response: {answer.content.text}")


async def eliciting(_: Any, ctx: Context, params: Any) -> Result:
    schema = {
        "type": "object",
        "properties": {
            "username": {"type": "string", "description": "User's response"},
            "email": {"type": "string", "description": "User's email address"},
        },
        "required": ["username", "email"],
    }
    answer = await ctx.session.elicit_form(params.arguments["message"], schema, ctx.request_id)
    return text(f"User response: action={answer.action}, content={answer.content}")


async def defaults(_: Any, ctx: Context, _params: Any) -> Result:
    schema = {
        "type": "object",
        "properties": {
            "name": {"type": "string", "default": "John Doe"},
            "age": {"type": "integer", "default": 30},
            "score": {"type": "number", "default": 95.5},
            "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
            "verified": {"type": "boolean", "default": True},
        },
    }
    answer = await ctx.session.elicit_form("Who?", schema, ctx.request_id)
    return text(f"Elicitation completed: action={answer.action}, content={answer.content}")


async def enums(_: Any, ctx: Context, _params: Any) -> Result:
    options = ["option1", "option2", "option3"]

    def titled(word: str) -> list[Result]:
        names = ("First", "Second", "Third")
        return [{"const": f"value{at}", "title": f"{name} {word}"} for at, name in enumerate(names, start=1)]

    schema = {
        "type": "object",
        "properties": {
            "untitledSingle": {"type": "string", "enum": options},
            "titledSingle": {"type": "string", "oneOf": titled("Option")},
            "legacyEnum": {
                "type": "string",
                "enum": ["opt1", "opt2", "opt3"],
                "enumNames": ["Option One", "Option Two", "Option Three"],
            },
            "untitledMulti": {"type": "array", "items": {"type": "string", "enum": options}},
            "titledMulti": {"type": "array", "items": {"anyOf": titled("Choice")}},
        },
    }
    answer = await ctx.session.elicit_form("Which?", schema, ctx.request_id)
    return text(f"Elicitation completed: action={answer.action}, content={answer.content}")


async def one_question(_: Any, _ctx: Context, params: Any) -> Result:
    name = field(replies(params).get("user_name"), "name")
    return text(f"Hello, {name}!") if name else needed(user_name=ask("What is your name?", NAME_FORM))


async def one_sample(_: Any, _ctx: Context, params: Any) -> Result:
    answer = replies(params).get("capital_question")
    if answer is None:
        return needed(capital_question=sample("What is the capital of France?"))
    return text(f"The model says: {answer.get('content')}")


async def roots(_: Any, _ctx: Context, params: Any) -> Result:
    answer = replies(params).get("client_roots")
    return text(f"Roots: {answer.get('roots')}") if answer else needed(client_roots=ROOTS)


async def stateful(_: Any, _ctx: Context, params: Any) -> Result:
    if "confirm" in replies(params) and checked(params.request_state) == "confirm":
        return text("state-ok")
    form = {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]}
    return needed("confirm", confirm=ask("Please confirm", form))


async def several(_: Any, _ctx: Context, params: Any) -> Result:
    if {"user_name", "greeting", "client_roots"} <= set(replies(params)):
        checked(params.request_state)
        return text("all there")
    name = ask("What is your name?", NAME_FORM)
    return needed("several", user_name=name, greeting=sample("Generate a greeting", 50), client_roots=ROOTS)


async def rounds(_: Any, _ctx: Context, params: Any) -> Result:
    given = replies(params)
    if "step2" in given and checked(params.request_state) == "two":
        return text("done")
    if "step1" in given and checked(params.request_state) == "one":
        form = {"type": "object", "properties": {"color": {"type": "string"}}, "required": ["color"]}
        return needed("two", step2=ask("Step 2: What is your favorite color?", form))
    return needed("one", step1=ask("Step 1: What is your name?", NAME_FORM))


async def able(_: Any, ctx: Context, params: Any) -> Result:
    if replies(params):
        return text("done")
    can = ctx.session.client_capabilities
    asked: dict[str, Result] = {}
    if can is not None and can.elicitation is not None:
        asked["user_name"] = ask("What is your name?", NAME_FORM)
    if can is not None and can.sampling is not None:
        asked["greeting"] = sample("Generate a greeting", 50)
    return needed(**asked) if asked else text("nothing can be asked")


async def demanding(_: Any, ctx: Context, _params: Any) -> Result:
    can = ctx.session.client_capabilities
    if can is None or can.sampling is None:
        data: Result = {"requiredCapabilities": {"sampling": {}}}
        raise MCPError(MISSING_REQUIRED_CLIENT_CAPABILITY, "this needs sampling", data)
    return text("ok")


async def tools_change(speaker: Any, _ctx: Context, _params: Any) -> Result:
    for bus in tuple(speaker.listeners):
        await bus.publish(ToolsListChanged())
    return text("told")


async def prompts_change(speaker: Any, _ctx: Context, _params: Any) -> Result:
    for bus in tuple(speaker.listeners):
        await bus.publish(PromptsListChanged())
    return text("told")


CALLS: dict[str, Fixture] = {
    "test_tool_with_progress": progressing,
    "test_tool_with_logging": logging,
    "test_logging_tool": logging,
    "test_error_handling": failing,
    "test_sampling": sampling,
    "test_elicitation": eliciting,
    "test_elicitation_sep1034_defaults": defaults,
    "test_elicitation_sep1330_enums": enums,
    "test_input_required_result_elicitation": one_question,
    "test_streaming_elicitation": one_question,
    "test_input_required_result_sampling": one_sample,
    "test_input_required_result_list_roots": roots,
    "test_input_required_result_request_state": stateful,
    "test_input_required_result_tampered_state": stateful,
    "test_input_required_result_multiple_inputs": several,
    "test_input_required_result_multi_round": rounds,
    "test_input_required_result_capabilities": able,
    "test_missing_capability": demanding,
    "test_trigger_tool_change": tools_change,
    "test_trigger_prompt_change": prompts_change,
}


def spoken(*contents: Result) -> Result:
    """A prompt's messages."""
    return {"messages": [{"role": "user", "content": each} for each in contents]}


async def prompt(name: str, params: Any) -> Result:
    """A prompt of the suite, filled."""
    given: dict[str, str] = params.arguments or {}
    match name:
        case "test_simple_prompt":
            return spoken({"type": "text", "text": "This is a simple prompt for testing."})
        case "test_prompt_with_arguments":
            words = f"Prompt with arguments: arg1='{given['arg1']}', arg2='{given['arg2']}'"
            return spoken({"type": "text", "text": words})
        case "test_prompt_with_embedded_resource":
            resource = {
                "uri": given["resourceUri"],
                "mimeType": "text/plain",
                "text": "Embedded resource content for testing.",
            }
            after = {"type": "text", "text": "Please process the embedded resource above."}
            return spoken({"type": "resource", "resource": resource}, after)
        case "test_prompt_with_image":
            return spoken(IMAGE, {"type": "text", "text": "Please analyze the image above."})
        case _:
            context = field(replies(params).get("user_context"), "context")
            if context is None:
                form = {
                    "type": "object",
                    "properties": {"context": {"type": "string"}},
                    "required": ["context"],
                }
                return needed(user_context=ask("What context should the prompt use?", form))
            return spoken({"type": "text", "text": f"In the context of {context}."})


PROMPTS: dict[str, tuple[str, ...]] = {
    "test_simple_prompt": (),
    "test_prompt_with_arguments": ("arg1", "arg2"),
    "test_prompt_with_embedded_resource": ("resourceUri",),
    "test_prompt_with_image": (),
    "test_input_required_result_prompt": (),
}
RESOURCES: dict[str, Result] = {
    "test://static-text": {
        "mimeType": "text/plain",
        "text": "This is the content of the static text resource.",
    },
    "test://static-binary": {"mimeType": "image/png", "blob": PNG},
    "test://watched-resource": {"mimeType": "text/plain", "text": "watched"},
    "test://example-resource": {"mimeType": "text/plain", "text": "example"},
}
