"""The conversation in Gemini's words: its own answers verbatim, one answer part for each call."""

from __future__ import annotations

import json
from collections.abc import Sequence

from google.genai import types
from pydantic import JsonValue

from domain.model import Image, Message, ModelMessage, ToolAnswer, ToolMessage, ToolSpec, UserMessage
from providers.gemini.dialect import dialect


def declarations(tools: Sequence[ToolSpec]) -> list[types.Tool]:
    """Tell Gemini of the tools; none is no tool at all."""
    declared = [
        types.FunctionDeclaration(
            name=tool.name, description=tool.description, parameters_json_schema=dialect(tool.args_schema)
        )
        for tool in tools
    ]
    return [types.Tool(function_declarations=declared)] if declared else []


def contents(messages: Sequence[Message], model: str, now: str = "") -> list[types.Content]:
    """Write the conversation for one model; thought signatures are good only for the model that signed.

    What another model said is told in words. What is true only `now` comes last: all before it begins the
    next request as well, and the provider has it in its cache.
    """
    told: list[types.Content] = []
    own: types.Content | None = None
    for message in messages:
        match message:
            case UserMessage():
                _add(told, "user", [*_pictures(message.images), types.Part(text=message.text)])
            case ModelMessage():
                own = _own(message, model)
                if own is not None:
                    _add(told, "model", own.parts or [])
                else:
                    _add(told, "user", [types.Part(text=_in_words(message))])
            case ToolMessage():
                parts = _answers(message, own) if own else [types.Part(text=_answers_in_words(message))]
                _add(told, "user", parts)
    if now:
        _add(told, "user", [types.Part(text=now)])
    return told


def stored(content: types.Content) -> JsonValue:
    """Turn an answer into JSON that `restored` makes the same answer of, signatures to the byte."""
    return content.model_dump(mode="json", by_alias=True, exclude_none=True)


def restored(provider_content: JsonValue) -> types.Content:
    """Bring a stored answer back."""
    return types.Content.model_validate(provider_content)


def _own(message: ModelMessage, model: str) -> types.Content | None:
    if message.model != model or message.provider_content is None:
        return None
    return restored(message.provider_content)


def _add(told: list[types.Content], role: str, parts: list[types.Part]) -> None:
    """Go on; two messages of one side are one, for the sides take turns."""
    if told and told[-1].role == role:
        told[-1] = types.Content(role=role, parts=[*(told[-1].parts or []), *parts])
    else:
        told.append(types.Content(role=role, parts=parts))


def _answers(message: ToolMessage, own: types.Content) -> list[types.Part]:
    """Give one answer part for each call, under the id that the model itself gave it."""
    calls = [part.function_call for part in own.parts or [] if part.function_call]
    return [
        types.Part(
            function_response=types.FunctionResponse(
                id=call.id,
                name=call.name,
                response={"error" if answer.failed else "output": answer.output},
                parts=[
                    types.FunctionResponsePart(
                        inline_data=types.FunctionResponseBlob(
                            data=image.content, mime_type=image.media_type, display_name=_name(index, image)
                        )
                    )
                    for index, image in enumerate(answer.images, start=1)
                ]
                or None,
            )
        )
        for call, answer in zip(calls, message.answers, strict=True)
    ]


def _name(index: int, image: Image) -> str:
    suffix = image.media_type.removeprefix("image/")
    return f"picture-{index}.{suffix}"


def _pictures(images: Sequence[Image]) -> list[types.Part]:
    return [
        types.Part(inline_data=types.Blob(data=image.content, mime_type=image.media_type)) for image in images
    ]


def _in_words(message: ModelMessage) -> str:
    lines = [f"Before you, {message.model} worked on this. It said: {message.text or '(nothing)'}"]
    lines += [f"It called {call.tool} with {json.dumps(call.args)}" for call in message.calls]
    return "\n".join(lines)


def _answers_in_words(message: ToolMessage) -> str:
    return "\n".join(_answer_in_words(answer) for answer in message.answers)


def _answer_in_words(answer: ToolAnswer) -> str:
    return f"{answer.tool} {'failed' if answer.failed else 'answered'}: {json.dumps(answer.output)}"
