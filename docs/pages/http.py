"""The HTTP API, from its own description of itself."""

from __future__ import annotations

from typing import Any, cast

from api.app import bare_app

PATH = "http.md"
HEAD = """\
# HTTP

Made from `api/routes` by `make docs`; a server shows the same at `/docs`, and as data at `/openapi.json`.

- **Who asks.** On the local socket, and on loopback while no keys exist, you are the owner of this machine.
  As soon as a key exists, every network request needs one: `Authorization: Bearer dk_…` (or `X-API-Key`).
  `director keys create NAME` makes one. A key has scopes: `read`, `write`, `render`;
  `spend` agrees to what costs money, `admin` sees the whole queue.
- **How often.** Each key, or address without one, has so many requests a minute; beyond them the answer is
  429 with `Retry-After`. The settings `rate_*` and `streams_at_once` say how many; the local owner is not
  counted.
- **Your yes.** What spends, publishes, cannot be undone or shows you a plan waits for an answer at
  `/api/approvals`, given once.
- **Errors** are `application/problem+json` (RFC 9457) with `code`, `detail`, `retryable` and `request_id`; a
  wrong body names each field in `errors`. What is somebody else's is answered as what does not exist.
- **Once.** `POST` of prompts and projects takes an `Idempotency-Key`: the same key and body is one run; the
  answer is kept for two days.
- **Lists** take `limit` and `after`; `next` of a page is the `after` of the following one.
- **Files** take `Range`.
- **Streams** are server-sent events; [events.md](events.md) tells them all.
"""


def text() -> str:
    """Write the page."""
    told: dict[str, Any] = bare_app("0").openapi()
    groups: dict[str, list[str]] = {}
    schemas = cast(dict[str, Any], told["components"]["schemas"])
    for path, methods in cast(dict[str, dict[str, Any]], told["paths"]).items():
        for method, about in methods.items():
            group = cast(list[str], about.get("tags") or ["other"])[0]
            groups.setdefault(group, []).append(operation(method, path, about, schemas))
    return "\n".join([HEAD, *(f"## {name}\n\n" + "\n".join(each) for name, each in groups.items())])


def operation(method: str, path: str, about: dict[str, Any], schemas: dict[str, Any]) -> str:
    """Write one operation."""
    lines = [f"### `{method.upper()} {path}`\n", f"{about.get('description', '')}\n"]
    query = [each for each in about.get("parameters", []) if each["in"] == "query"]
    if query:
        lines.append("\n".join(f"- `?{each['name']}=` {described(each)}".rstrip() for each in query) + "\n")
    content = cast(dict[str, Any], about.get("requestBody", {}).get("content", {}))
    for kind, body in content.items():
        fields = fields_of(body["schema"], schemas)
        if fields:
            lines.append(f"Body, `{kind}`:\n\n{fields}")
    return "\n".join(lines)


def described(parameter: dict[str, Any]) -> str:
    """What a parameter means, if it says so."""
    return str(parameter.get("description") or parameter.get("schema", {}).get("description") or "")


def fields_of(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """Write a body's fields."""
    if "$ref" in schema:
        schema = schemas[str(schema["$ref"]).rsplit("/", 1)[-1]]
    required = cast(list[str], schema.get("required", []))
    rows = [
        f"- `{name}`{', required' if name in required else ''}: {field.get('description', '')}".rstrip(": ")
        for name, field in cast(dict[str, dict[str, Any]], schema.get("properties", {})).items()
    ]
    return "\n".join(rows) + "\n" if rows else ""
