"""The JSON Schema of a composition."""

import json

from domain.composition import schema

PATH = "composition.schema.json"


def text() -> str:
    """Write the schema with sorted keys, so that a change shows as a small difference."""
    return json.dumps(schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
