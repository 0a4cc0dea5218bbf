"""The HTTP application: every route of api/routes behind the guard, every error a problem."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from api import problems
from api.guard import Guard
from api.house import House
from api.mcp_door import door
from domain.plugins import load_all

DESCRIPTION = "Makes finished films from prompts. Errors are problem+json (RFC 9457)."


def create_app(house: House) -> FastAPI:
    """Build the application over an installation."""
    app = bare_app(house.version)
    app.state.house = house
    app.router.routes.extend(door.routes(house))
    app.add_middleware(Guard, house=house)
    return app


def bare_app(version: str) -> FastAPI:
    """The routes without an installation behind them: enough to describe them."""
    app = FastAPI(
        title="Director",
        version=version,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        generate_unique_id_function=_operation,
    )
    problems.install(app)
    for module in load_all("api.routes").values():
        app.include_router(cast(APIRouter, module.router))
    return app


def _operation(route: APIRoute) -> str:
    return f"{route.tags[0] if route.tags else 'director'}_{route.name}"
