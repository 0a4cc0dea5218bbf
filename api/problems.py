"""Every error of the HTTP doors as problem+json (RFC 9457), with a code, and nothing internal."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.errors import Denied, ToolError, Unavailable, UserError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
AWAY_RETRY_S = 5
STATUS_OF_TOOL = {
    "invalid": 422, "missing": 404, "conflict": 409, "denied": 403, "limit": 413, "timeout": 504,
    "unavailable": 503,
}  # fmt: skip
_RETRYABLE = (429, 503, 504)
_LONGEST_QUOTE = 80
_UNPARSED = "There was an error parsing the body"
_CODES = {400: "bad_request", 404: "no_such_path", 405: "method_not_allowed", 413: "too_large"}


class KeyNeeded(Denied):
    """Nobody knows who asks: a key is missing, unknown, expired or revoked."""

    status = 401


class Misdirected(Denied):
    """The request names a host that this server is not."""

    status = 421


class Unreadable(UserError):
    """The request cannot be read at all."""

    status = 400


def install(app: FastAPI) -> None:
    """Have an application answer every error as a problem."""
    app.add_exception_handler(UserError, _user_error)
    app.add_exception_handler(ToolError, _tool_error)
    app.add_exception_handler(Unavailable, _unavailable)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_middleware(LastLine)


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    request_id: str,
    retry_after_s: float | None = None,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """Write a problem; `more` are its own members."""
    content: dict[str, Any] = {
        "type": f"urn:director:problem:{code}",
        "title": _title(code, status),
        "status": status,
        "detail": detail.encode("utf-8", "replace").decode(),
        "code": code,
        "retryable": retry_after_s is not None or status in _RETRYABLE,
        "request_id": request_id,
        **more,
    }
    sent = {"Cache-Control": "no-store", **(headers or {})}
    if retry_after_s is not None:
        sent["Retry-After"] = str(max(1, round(retry_after_s)))
    if status == 401:
        sent["WWW-Authenticate"] = 'Bearer realm="director"'
    return JSONResponse(content, status, headers=sent, media_type=MEDIA_TYPE)


def known(error: UserError, request_id: str) -> JSONResponse:
    """An error that its caller can mend, as a problem."""
    return problem(
        error.status, error.code, error.message, request_id=request_id, retry_after_s=error.retry_after_s
    )


def request_id_of(request: Request) -> str:
    """The id that the log and the answer share."""
    return str(request.scope.get("request_id", ""))


def _title(code: str, status: int) -> str:
    words = code.replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}" or HTTPStatus(status).phrase


async def _user_error(request: Request, error: Exception) -> Response:
    return known(cast(UserError, error), request_id_of(request))


async def _tool_error(request: Request, error: Exception) -> Response:
    refused = cast(ToolError, error)
    status = STATUS_OF_TOOL[refused.kind]
    later = AWAY_RETRY_S if status == 503 else None
    return problem(
        status, refused.kind, refused.message, request_id=request_id_of(request), retry_after_s=later
    )


async def _unavailable(request: Request, error: Exception) -> Response:
    away = cast(Unavailable, error)
    log.warning("part away", extra={"action": "part_away", "part": away.part, "reason": away.message})
    return problem(
        503, f"{away.part.replace(' ', '_')}_unavailable", away.message,
        request_id=request_id_of(request), retry_after_s=AWAY_RETRY_S,
    )  # fmt: skip


async def _invalid(request: Request, error: Exception) -> Response:
    """Name each wrong field with its value; the first stands in the detail."""
    errors = [_field(each) for each in cast(RequestValidationError, error).errors()]
    unreadable = next((each for each in errors if each.pop("type") == "json_invalid"), None)
    if unreadable is not None:
        detail = f"the body is no JSON: {unreadable['message']}"
        return problem(400, "invalid_json", detail, request_id=request_id_of(request))
    detail = (
        "; ".join(f"{each['field']}: {each['message']}" for each in errors[:3]) or "the request is invalid"
    )
    return problem(422, "invalid", detail, request_id=request_id_of(request), errors=errors[:50])


def _field(error: dict[str, Any]) -> dict[str, str]:
    place = [str(part) for part in error["loc"]]
    where = ".".join(place[1:]) or place[0]
    message = str(error["msg"]).removeprefix("Value error, ")
    kind = str(error["type"])
    if kind == "json_invalid":
        message = str(error.get("ctx", {}).get("error", message))
    elif kind == "missing":
        message = "is missing"
    elif kind == "model_attributes_type" or where == "body":
        message = "must be a JSON object"
    elif kind != "value_error":
        message = f"{message} (got {_quoted(error.get('input'))})"
    return {"field": where[:100], "message": message, "type": kind}


def _quoted(value: object) -> str:
    text = repr(value[: _LONGEST_QUOTE + 1] if isinstance(value, str) else value)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"


async def _http(request: Request, error: Exception) -> Response:
    raised = cast(HTTPException, error)
    code = _CODES.get(raised.status_code, f"http_{raised.status_code}")
    detail = str(raised.detail)
    if raised.status_code == 400 and detail == _UNPARSED:
        code, detail = "invalid_json", "the body is no JSON in UTF-8"
    elif raised.status_code == 404:
        detail = f"there is nothing at {request.url.path[:200]!r}; /docs lists what there is"
    elif raised.status_code == 405:
        allowed = (raised.headers or {}).get("Allow", "")
        detail = f"{request.method} is not possible at {request.url.path[:200]!r}" + (
            f"; use {allowed}" if allowed else ""
        )
    headers = dict(raised.headers) if raised.headers else None
    return problem(raised.status_code, code, detail, request_id=request_id_of(request), headers=headers)


class LastLine:
    """Catches what nobody else did: the caller learns the request's id, the log learns the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            log.info(
                "client left before it had asked", extra={"action": "client_left", "path": scope.get("path")}
            )
        except Exception:
            request_id = str(scope.get("request_id", ""))
            log.exception(
                "request failed by a bug",
                extra={"action": "request_bug", "request_id": request_id, "path": scope.get("path")},
            )
            if begun:
                raise  # half an answer is out: only the broken connection can say so
            detail = f"the server failed by a fault of its own; its log tells of request {request_id}"
            answer = problem(500, "internal", detail, request_id=request_id)
            await answer(scope, receive, send)
