"""The schema that Gemini accepts."""

from __future__ import annotations

import pytest

from providers.gemini.dialect import dialect
from tests.gemini.strict import Json, complaints
from tools.registry import load_tools


def test_what_gemini_does_not_know_becomes_words() -> None:
    schema: Json = {
        "title": "Scaffold",
        "type": "object",
        "discriminator": {"propertyName": "kind"},
        "properties": {
            "title": {"type": "string", "title": "Title", "description": "Its name.", "maxLength": 80},
            "fps": {"type": "integer", "exclusiveMinimum": 0, "default": 30},
            "kind": {"const": "film"},
            "when": {"type": "string", "format": "date-time"},
            "sizes": {"type": "array", "items": {"anyOf": [{"const": 1}, {"type": "null", "title": "None"}]}},
        },
        "required": ["title"],
        "examples": [{}],
    }
    assert dialect(schema) == {
        "type": "object",
        "properties": {
            "title": {"type": "string", "description": "Its name. (characters at most 80)"},
            "fps": {"type": "integer", "description": "More than 0; 30 unless said."},
            "kind": {"enum": ["film"]},
            "when": {"type": "string", "description": "Format date-time."},
            "sizes": {"type": "array", "items": {"anyOf": [{"enum": [1]}, {"type": "null"}]}},
        },
        "required": ["title"],
    }


@pytest.mark.parametrize("name", sorted(load_tools()))
def test_every_tool_can_be_declared(name: str) -> None:
    spec = load_tools()[name].spec()
    declared: Json = {
        "name": spec.name,
        "description": spec.description,
        "parametersJsonSchema": dialect(spec.args_schema),
    }
    body: Json = {
        "contents": [{"role": "user", "parts": [{"text": "hi"}]}],
        "tools": [{"functionDeclarations": [declared]}],
        "store": False,
    }
    assert list(complaints(body, [])) == []
