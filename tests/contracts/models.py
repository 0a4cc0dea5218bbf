"""Every model there is, made ready to be asked the same things."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from pydantic import SecretStr

from domain.model import Model, ToolSpec
from providers.gemini import create
from providers.gemini.config import GeminiConfig
from providers.scripted import Scripted, says
from tests.gemini.script import answer
from tests.gemini.server import KEY, MODEL, gemini

LIST_TEMPLATES = ToolSpec(
    name="list_templates",
    description="List the templates to start a film from.",
    args_schema={"type": "object", "properties": {}, "additionalProperties": False},
    result_schema={"type": "object"},
)
SCAFFOLD = ToolSpec(
    name="scaffold_project",
    description="Begin a film from a template.",
    args_schema={
        "type": "object",
        "title": "ScaffoldProject",
        "properties": {
            "template_name": {
                "type": "string",
                "enum": ["basic", "product", "explainer"],
                "title": "Template",
            },
            "fps": {"type": "integer", "default": 30, "exclusiveMinimum": 0, "maximum": 120},
            "kind": {"const": "film"},
        },
        "required": ["template_name"],
    },
    result_schema={"type": "object"},
)
TOOLS = (LIST_TEMPLATES, SCAFFOLD)


def config(base_url: str, **changes: object) -> GeminiConfig:
    """Gemini's settings for the local server: quick to lose patience."""
    values: dict[str, object] = {
        "api_key": SecretStr(KEY), "model": MODEL, "base_url": base_url, "read_timeout_s": 5,
        "connect_timeout_s": 2, "first_pause_s": 0.01, "longest_pause_s": 0.05, "patience_s": 5,
        "attempts": 3,
    }  # fmt: skip
    return GeminiConfig.model_validate({**values, **changes})


@asynccontextmanager
async def scripted() -> AsyncGenerator[Model]:
    """The scripted model: a call, then two, then the end."""
    yield Scripted(
        [
            says("I look at the templates.", ("list_templates", {})),
            says("I begin.", ("scaffold_project", {"template_name": "basic"}), ("list_templates", {})),
            says("The film is finished."),
        ]
    )


@asynccontextmanager
async def gemini_by_wire() -> AsyncGenerator[Model]:
    """The real SDK against the strict local server."""
    lines = [
        answer("I look at the templates.", ("list_templates", {})),
        answer("I begin.", ("scaffold_project", {"template_name": "basic"}), ("list_templates", {})),
        answer("The film is finished."),
    ]
    async with gemini(lines) as server:
        model = create(config(server.address))
        try:
            yield model
        finally:
            await model.close()
        assert server.refused == []


MODELS: dict[str, Callable[[], AbstractAsyncContextManager[Model]]] = {
    "scripted": scripted,
    "gemini": gemini_by_wire,
}
