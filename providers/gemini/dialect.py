"""The JSON Schema that Gemini accepts for the arguments of a function."""

from __future__ import annotations

from typing import Final

from pydantic import JsonValue

_KEPT: Final = frozenset(
    {
        "type", "description", "enum", "items", "prefixItems", "minItems", "maxItems", "minimum", "maximum",
        "anyOf", "oneOf", "properties", "additionalProperties", "required", "$defs", "$ref",
    }
)  # fmt: skip
"""Keywords that are understood; every other one is dropped, or put into words."""
_BY_NAME: Final = frozenset({"properties", "$defs"})
"""Keywords whose keys are names of the author's, not keywords."""


def dialect(schema: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Write a schema with the keywords that Gemini knows; what the others said goes into the descriptions."""
    kept: dict[str, JsonValue] = {}
    for key, value in schema.items():
        if key == "const":
            kept["enum"] = [value]
        elif key in _BY_NAME and isinstance(value, dict):
            kept[key] = {name: _inner(inner) for name, inner in value.items()}
        elif key in _KEPT:
            kept[key] = _inner(value)
    if words := _words(schema):
        described = kept.get("description")
        kept["description"] = f"{described} ({words})" if described else f"{words[0].upper()}{words[1:]}."
    return kept


def _inner(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return dialect(value)
    if isinstance(value, list):
        return [dialect(item) if isinstance(item, dict) else item for item in value]
    return value


def _words(schema: dict[str, JsonValue]) -> str:
    """Say what the dropped keywords demand."""
    said = [
        f"{phrase} {schema[key]}"
        for key, phrase in (
            ("exclusiveMinimum", "more than"),
            ("exclusiveMaximum", "less than"),
            ("multipleOf", "a multiple of"),
            ("minLength", "characters at least"),
            ("maxLength", "characters at most"),
            ("pattern", "matches"),
            ("format", "format"),
        )
        if isinstance(schema.get(key), str | int | float)
    ]
    default = schema.get("default")
    if isinstance(default, str | int | float) and default != "":
        said.append(f"{str(default).lower() if isinstance(default, bool) else default} unless said")
    return "; ".join(said)
