"""What the real service refuses, refused here: one complaint for each thing that is wrong with a request."""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from PIL import Image

from tests.gemini.script import Json

_TOP = {
    "contents", "system_instruction", "tools", "tool_config", "generation_config", "safety_settings", "store",
    "cached_content",
}  # fmt: skip
_KEYWORDS = {
    "type", "description", "enum", "items", "prefixItems", "minItems", "maxItems", "minimum", "maximum",
    "anyOf", "oneOf", "properties", "additionalProperties", "required", "$defs", "$ref", "format", "title",
    "$id", "$anchor",
}  # fmt: skip
_LISTS = ("anyOf", "oneOf", "prefixItems")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.:-]{0,63}")
LOOKING = "visual_frame_inspection"
"""The tool whose newest answer must show its picture."""
MOST_PIXELS = 1568


def snake(name: str) -> str:
    """Both spellings of a field are the same field."""
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()


def get(value: Json, name: str, default: Any = None) -> Any:
    """Read a field in either spelling."""
    return next((inner for key, inner in value.items() if snake(key) == name), default)


def items(value: Json, name: str) -> list[Json]:
    """Read a list of objects in either spelling."""
    return list(get(value, name) or [])


def decoded(text: str) -> bytes:
    """Decode either alphabet of base64, with or without padding."""
    plain = text.replace("-", "+").replace("_", "/")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)


def essence(part: Json) -> tuple[Any, ...]:
    """What must come back unchanged of a part that the model spoke."""
    call: Json = get(part, "function_call") or {}
    args: Json = get(call, "args") or {}
    signed = get(part, "thought_signature")
    spoken = (get(call, "id"), get(call, "name"), json.dumps(args, sort_keys=True))
    return (get(part, "text"), spoken, decoded(signed) if signed else None)


def complaints(body: Json, issued: Sequence[list[Json]]) -> Iterator[str]:
    """Hold a request against the protocol and against the answers that were issued before."""
    for key in body:
        if snake(key) not in _TOP:
            yield f"Unknown name {key!r}"
    if get(body, "store") is not False:
        yield "store must be false: this conversation is kept by the client"
    yield from _declarations(items(body, "tools"))
    contents = items(body, "contents")
    yield from _turns(contents)
    yield from _verbatim(contents, issued)
    yield from _answers(contents, _declared(body))


def _declared(body: Json) -> set[str]:
    tools = items(body, "tools")
    return {get(each, "name") for tool in tools for each in items(tool, "function_declarations")}


def _declarations(tools: list[Json]) -> Iterator[str]:
    seen: set[str] = set()
    for tool in tools:
        for each in items(tool, "function_declarations"):
            name = get(each, "name") or ""
            if not _NAME.fullmatch(name) or name in seen:
                yield f"function_declarations: bad or doubled name {name!r}"
            seen.add(name)
            if not get(each, "description"):
                yield f"function_declarations[{name}]: description is missing"
            if get(each, "parameters") is not None:
                yield f"function_declarations[{name}]: parameters excludes parameters_json_schema"
            schema: Json = get(each, "parameters_json_schema") or {}
            if schema.get("type") != "object":
                yield f"function_declarations[{name}]: parameters_json_schema must be an object"
            else:
                yield from _schema(schema, name)


def _schema(schema: Json, place: str) -> Iterator[str]:
    for key in sorted(set(schema) - _KEYWORDS):
        yield f"{place}: keyword {key!r} is not supported"
    properties: dict[str, Json] = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in properties:
            yield f"{place}: required property {name!r} is not defined"
    if not {"type", "anyOf", "oneOf", "enum", "$ref"} & set(schema):
        yield f"{place}: no type"
    one = [schema["items"]] if "items" in schema else []
    inner: list[Json] = one + [each for key in _LISTS for each in schema.get(key, [])]
    for name, each in (*properties.items(), *schema.get("$defs", {}).items()):
        yield from _schema(each, f"{place}.{name}")
    for each in inner:
        yield from _schema(each, f"{place}[]")


def _turns(contents: list[Json]) -> Iterator[str]:
    if not contents:
        yield "contents are empty"
        return
    roles = [get(content, "role") for content in contents]
    if roles[0] != "user" or roles[-1] != "user":
        yield f"contents must begin and end with the user, not {roles[0]} and {roles[-1]}"
    for index, (one, other) in enumerate(pairwise(roles)):
        if one == other:
            yield f"contents[{index + 1}]: roles must alternate, {other} follows {one}"
    for index, content in enumerate(contents):
        parts = items(content, "parts")
        if not parts:
            yield f"contents[{index}].parts must not be empty"
        for part in parts:
            if not any(get(part, name) is not None for name in _DATA):
                yield f"contents[{index}]: a part needs exactly one kind of data"


_DATA = ("text", "function_call", "function_response", "inline_data", "file_data")


def _verbatim(contents: list[Json], issued: Sequence[list[Json]]) -> Iterator[str]:
    """Each turn of the model is one that was issued, part by part, signatures to the byte."""
    known = [[essence(part) for part in parts] for parts in issued]
    place = 0
    for index, content in enumerate(contents):
        if get(content, "role") != "model":
            continue
        try:
            spoken = [essence(part) for part in items(content, "parts")]
        except (binascii.Error, ValueError):
            yield f"contents[{index}]: thought_signature is no base64"
            continue
        if spoken not in known[place:]:
            yield f"contents[{index}]: thought_signature is missing, or a part is not as it was issued"
        else:
            place = known.index(spoken, place) + 1


def _answers(contents: list[Json], declared: set[str]) -> Iterator[str]:
    """Each call has exactly one answer, in the very next turn, and no answer is without its call."""
    newest_look: Json | None = None
    wanted: list[tuple[str, str]] = []
    for index, content in enumerate(contents):
        parts = items(content, "parts")
        given = [response for part in parts if (response := get(part, "function_response"))]
        named = [(get(response, "id"), get(response, "name")) for response in given]
        if sorted(named) != sorted(wanted):
            yield f"contents[{index}]: function responses {named} do not match the calls {wanted}"
        for response in given:
            answered: Json = get(response, "response") or {}
            if not {"output", "error"} & set(answered):
                yield f"contents[{index}]: the response of {get(response, 'name')} is no object"
            elif get(response, "name") == LOOKING and "output" in answered:
                newest_look = response
        calls = [call for part in parts if (call := get(part, "function_call"))]
        wanted = [(get(call, "id"), get(call, "name")) for call in calls]
    if wanted:
        yield f"the calls {wanted} were never answered"
    if newest_look is not None and LOOKING in declared:
        yield from _picture(newest_look)


def _picture(response: Json) -> Iterator[str]:
    parts = items(response, "parts")
    blobs = [get(part, "inline_data") for part in parts]
    if not blobs:
        yield f"the newest answer of {LOOKING} shows no picture"
    for blob in blobs:
        if blob is None or not str(get(blob, "mime_type")).startswith("image/"):
            yield f"an answer of {LOOKING} holds a part that is no image"
            continue
        with Image.open(io.BytesIO(decoded(get(blob, "data")))) as picture:
            if max(picture.size) > MOST_PIXELS:
                yield f"a picture of {picture.size} is larger than {MOST_PIXELS} px"
            if picture.get_format_mimetype() != get(blob, "mime_type"):
                yield f"a picture says it is {get(blob, 'mime_type')} and is {picture.get_format_mimetype()}"
