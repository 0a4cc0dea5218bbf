"""Every tool, as all its clients see it."""

import json
from typing import Any

from tools.define import Effects, Tool
from tools.registry import load_tools

PATH = "tools.md"

EFFECTS = {
    "writes": "writes",
    "destroys": "takes away",
    "spends": "costs money",
    "publishes": "shows to the world",
    "parallel": "may run beside others",
}


def text() -> str:
    """Write the page."""
    head = (
        "# Tools\n\nMade from `tools/builtin` by `make docs`. The same tools stand behind the agent and "
        "`POST /api/tools/{name}`; inside a run `project_id` is known and left out.\n"
    )
    return "\n".join([head, *(section(tool) for tool in load_tools().values())])


OCCASIONS: dict[str, str] = {
    "plan": "Offered in runs whose user wants to see the plan first; elsewhere it can be called by its name.",
    "packages": "Offered where the operator lets films use packages.",
}


def offered(tool: Tool) -> str:
    """Write when a tool is offered, where that is not always."""
    return f" {OCCASIONS[tool.offered]}" if tool.offered else ""


def section(tool: Tool) -> str:
    """Write one tool."""
    schema: dict[str, Any] = tool.outer_schema
    required: list[str] = schema.get("required", [])
    fields: dict[str, dict[str, Any]] = schema.get("properties", {})
    rows = "".join(rows_of(name, field, name in required) for name, field in fields.items())
    table = f"| argument | type | means |\n|---|---|---|\n{rows}\n" if rows else ""
    example = json.dumps(tool.example.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)
    return (
        f"## {tool.name}\n\n{tool.description}\n\n{table}{effects(tool.effects)}{offered(tool)}\n\n"
        f"```json\n{example}\n```\n"
    )


def rows_of(name: str, field: dict[str, Any], required: bool) -> str:
    """Write one argument and, below it, the fields of the objects that it lists."""
    inner: dict[str, Any] = field.get("items", {})
    needed: list[str] = inner.get("required", [])
    below = inner.get("properties", {}).items()
    return row(name, field, required) + "".join(
        row(f"{name}[].{key}", each, key in needed) for key, each in below
    )


def row(name: str, field: dict[str, Any], required: bool) -> str:
    """Write one argument."""
    meaning = " ".join(str(field.get("description", "")).split()).replace("|", "\\|")
    default = f" Default: `{json.dumps(field['default'], ensure_ascii=False)}`." if "default" in field else ""
    return f"| `{name}`{', required' if required else ''} | {kind(field)} | {meaning}{default} |\n"


def kind(field: dict[str, Any]) -> str:
    """Tell an argument's type, or its choices."""
    if "enum" in field:
        return ", ".join(f"`{choice}`" for choice in field["enum"])
    if "anyOf" in field:
        return " or ".join(kind(each) for each in field["anyOf"])
    if field.get("type") == "array":
        return f"list of {kind(field.get('items', {}))}"
    return str(field.get("type", "any"))


def effects(told: Effects) -> str:
    """Tell what a call may do to the world."""
    words = [word for name, word in EFFECTS.items() if getattr(told, name)]
    return f"Effects: {', '.join(words) or 'none'}."
