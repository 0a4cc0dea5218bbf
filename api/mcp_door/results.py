"""A tool's answer as MCP gives it: structured, in a short text, with pictures, films as links."""

from __future__ import annotations

import base64
import json
from typing import Any, cast

from pydantic import JsonValue

from domain.blob import Blobs
from domain.engine import SUFFIXES, TYPES, Format
from domain.errors import NotFound
from domain.unseen import all_shown, shown
from tools.answer import Answer, Picture

LARGEST_PICTURE = 300_000
"""Bytes of a picture that is put into an answer."""
ENVELOPE = "director/answer"
"""Where the rest of the answer stands, for programs; models do not read it."""
_FILM = ("COMPLETED", "FAILED_CHECKS")


async def result(answer: Answer, blobs: Blobs, *, images: bool) -> dict[str, Any]:
    """Turn an answer into the result of a call; what could not be done is a result too, for the model."""
    answer = Answer.model_validate(all_shown(answer.model_dump(mode="json")))
    if answer.failed:
        return {
            "content": [{"type": "text", "text": f"{answer.kind}: {answer.summary}"}],
            "isError": True,
            "_meta": {ENVELOPE: envelope(answer)},
        }
    content: list[dict[str, Any]] = [{"type": "text", "text": text(answer)}]
    for picture in answer.images:
        content += await _picture(picture, blobs, images=images)
    content += films(answer)
    return {
        "content": content,
        "structuredContent": {"summary": answer.summary, **answer.data},
        "isError": False,
        "_meta": {ENVELOPE: envelope(answer)},
    }


def envelope(answer: Answer) -> dict[str, Any]:
    """What stands beside the result's own fields."""
    return answer.model_dump(mode="json", exclude={"data", "summary"})


def answer_of(result: dict[str, Any]) -> dict[str, Any]:
    """Read the answer back out of a result."""
    structured = dict(result.get("structuredContent") or {})
    beside = result["_meta"][ENVELOPE]
    said = structured.pop("summary", None)
    if said is None:
        said = result["content"][0]["text"].removeprefix(f"{beside['kind']}: ")
    return {**beside, "summary": said, "data": structured}


def text(answer: Answer) -> str:
    """Say what came of a call, for clients that show texts only."""
    lines = [answer.summary]
    for name, value in answer.data.items():
        if value in ("", [], {}):
            continue
        lines.append(_line(name, value))
    return "\n".join(lines)


def _line(name: str, value: JsonValue) -> str:
    if isinstance(value, str):
        return f"{name}:\n{value}" if "\n" in value else f"{name}: {value}"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n".join([f"{name}:", *(f"- {each}" for each in value)])
    return f"{name}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"


async def _picture(picture: Picture, blobs: Blobs, *, images: bool) -> list[dict[str, Any]]:
    try:
        small = images and await blobs.size(picture.sha256) <= LARGEST_PICTURE
        content = await blobs.get(picture.sha256) if small else b""
    except NotFound:
        content = b""
    if not content:
        why = "left out, as asked" if not images else "too large to be shown here"
        return [{"type": "text", "text": f"The picture is {why}; it lies at {picture.href}"}]
    data = base64.b64encode(content).decode("ascii")
    return [{"type": "image", "data": data, "mimeType": picture.media_type}]


def films(answer: Answer) -> list[dict[str, Any]]:
    """Links to the film that a job made."""
    render = answer.data.get("render")
    if not isinstance(render, dict) or render.get("status") not in _FILM or not render.get("url"):
        return []
    render_id, suffix = render["render_id"], SUFFIXES[cast(Format, render["format"])]
    return [
        {
            "type": "resource_link",
            "uri": f"director://renders/{render_id}/film{suffix}",
            "name": f"{render['purpose']} of revision {render['revision']}",
            "description": shown(f"{render.get('size', '')}, {render.get('seconds', '?')} s"),
            "mimeType": TYPES[suffix],
        }
    ]
