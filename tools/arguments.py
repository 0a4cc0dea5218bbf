"""Reading a call's arguments: by the tool's model, with mistakes told one per line."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue, ValidationError

from domain.errors import ToolError
from tools.define import Args

LARGEST_CALL = 400_000
"""Characters of a call's arguments as JSON."""
_LONGEST_QUOTE = 60


def read_args(model: type[Args], given: Mapping[str, JsonValue]) -> Args:
    """Validate arguments.

    Raises ToolError("limit" | "invalid", …) with one line per mistake.
    """
    size = len(json.dumps(given, ensure_ascii=False))
    if size > LARGEST_CALL:
        raise ToolError("limit", f"the arguments have {size} characters; give at most {LARGEST_CALL}")
    try:
        return model.model_validate(given)
    except ValidationError as error:
        lines = [_line(each, model) for each in error.errors(include_url=False)]
        raise ToolError("invalid", "\n".join(lines[:20])) from None


def args_hash(given: Mapping[str, JsonValue]) -> str:
    """The same arguments in any order give the same hash."""
    return hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()


def storable(value: JsonValue) -> JsonValue:
    """A call's arguments as any database can keep them: without NUL and broken characters, and not huge."""
    if isinstance(value, str):
        return value.replace("\0", "�").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [storable(each) for each in value]
    if isinstance(value, dict):
        if len(json.dumps(value, ensure_ascii=False)) > LARGEST_CALL:
            return {"left_out": f"more than {LARGEST_CALL} characters"}
        return {str(storable(key)): storable(each) for key, each in value.items()}
    return value


def _line(error: Any, model: type[Args]) -> str:
    place = ".".join(str(part) for part in error["loc"]) or "arguments"
    if error["type"] == "extra_forbidden" and len(error["loc"]) == 1:
        close = difflib.get_close_matches(place, model.model_fields, n=1)
        hint = (
            f"did you mean {close[0]!r}?" if close else f"there are {', '.join(model.model_fields) or 'none'}"
        )
        return f"{place}: no such argument; {hint}"
    if error["type"] == "missing":
        described = model.model_fields[place].description if place in model.model_fields else None
        return f"{place}: is missing" + (f"; it is: {described}" if described else "")
    quoted = repr(error["input"])
    if len(quoted) > _LONGEST_QUOTE:
        quoted = f"{quoted[: _LONGEST_QUOTE - 1]}…"
    message: str = error["msg"].removeprefix("Value error, ")
    return f"{place}: {message} (got {quoted})"
