"""JSON Schemas as models and clients like them: flat, without titles, every field described."""

from __future__ import annotations

from typing import Any, cast

from pydantic import BaseModel, JsonValue

Schema = dict[str, Any]


def flat(model: type[BaseModel]) -> dict[str, JsonValue]:
    """Write a model's schema without references, titles, defaults of nothing, and unions with null."""
    raw: Schema = model.model_json_schema()
    definitions: Schema = raw.pop("$defs", {})
    schema: Schema = _plain(raw, definitions)
    schema.pop("description", None)
    return schema


def _plain(node: Any, definitions: Schema) -> Any:
    if isinstance(node, list):
        return [_plain(each, definitions) for each in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    schema = cast("Schema", node)
    choices = schema.get("anyOf")
    if isinstance(choices, list):
        schema = _without_null(schema, cast("list[Any]", choices))
    reference = schema.get("$ref")
    if isinstance(reference, str):
        target: Schema = definitions.get(reference.rsplit("/", 1)[-1], {})
        # what the field says of itself goes before what its type says
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    if "const" in schema:
        schema = {**schema, "enum": [schema["const"]]}
        del schema["const"]
    found: Schema = {}
    for key, value in schema.items():
        if key == "title" and isinstance(value, str):
            continue
        if key == "default" and value in (None, "", [], {}):
            continue
        if key == "description":
            found[key] = " ".join(str(value).split())
        elif key == "properties":
            found[key] = {name: _plain(each, definitions) for name, each in cast("Schema", value).items()}
        else:
            found[key] = _plain(value, definitions)
    if found.get("additionalProperties") == {}:
        found["additionalProperties"] = True
    return found


def _without_null(schema: Schema, choices: list[Any]) -> Schema:
    kept = [each for each in choices if each != {"type": "null"}]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**kept[0], **rest} if len(kept) == 1 else {**rest, "anyOf": kept}
