"""What may go wrong on the way to Gemini: what is worth another attempt, when, and what the user can mend."""

from __future__ import annotations

import random
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeGuard, cast

import httpx2
from google.genai import errors

from domain.errors import Unavailable, UserError
from providers.gemini.config import GeminiConfig
from providers.gemini.gathering import Interrupted

_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
"""HTTP states that another attempt may get past."""
Failure = errors.APIError | errors.UnknownApiResponseError | httpx2.TransportError | Interrupted
FAILURES = (errors.APIError, errors.UnknownApiResponseError, httpx2.TransportError, Interrupted)


@dataclass(frozen=True)
class Trouble:
    """Something that may pass; `wait_s` is how long the provider asks to be left alone."""

    message: str
    wait_s: float | None = None


def weigh(failure: Failure, config: GeminiConfig) -> Trouble:
    """Tell what a failure means.

    Raises UserError when no attempt will ever help: the key, the model's name, or the request itself.
    """
    match failure:
        case Interrupted():
            return Trouble("its answer broke off")
        case errors.UnknownApiResponseError():
            return Trouble("its answer could not be read")
        case httpx2.TimeoutException():
            return Trouble(f"it did not answer in time ({type(failure).__name__})")
        case httpx2.ConnectError():
            return Trouble(f"no connection to {config.base_url or 'its address'} ({failure})")
        case httpx2.TransportError():
            return Trouble(f"the connection broke ({type(failure).__name__})")
        case errors.APIError():
            return _weigh_answer(failure, config)


def _weigh_answer(failure: errors.APIError, config: GeminiConfig) -> Trouble:
    said = (failure.message or failure.status or "no reason given").strip()[:500]
    reasons = {str(detail.get("reason")) for detail in _details(failure)}
    bad_key = failure.code == HTTPStatus.BAD_REQUEST and "API key" in said
    if failure.code in (401, 403) or "API_KEY_INVALID" in reasons or bad_key:
        raise UserError(
            "model_key_refused",
            f"Gemini refuses the API key ({said}). Set GEMINI_API_KEY to a key that works, or unset it to "
            "let the offline director work.",
        )
    if failure.code == HTTPStatus.NOT_FOUND:
        raise UserError(
            "unknown_model",
            f"Gemini knows no model {config.model!r} ({said}). Set {config.named_by} to one that your "
            "key may use.",
        )
    if failure.code not in _PASSING:
        raise UserError(
            "model_request_refused",
            f"Gemini refused the request with {failure.code} ({said}). Another wording, or another model in "
            f"{config.named_by}, may help.",
        )
    return Trouble(f"{failure.code} {failure.status or ''}: {said}".strip(), _asked_pause(failure))


def _asked_pause(failure: errors.APIError) -> float | None:
    """Find how long the provider asks to wait, seconds: RetryInfo in the details, or the header."""
    for detail in _details(failure):
        delay = detail.get("retryDelay") or detail.get("retry_delay")
        if isinstance(delay, str) and delay.endswith("s"):
            try:
                return max(0.0, float(delay[:-1]))
            except ValueError:
                continue
    response: object = getattr(failure, "response", None)
    header = response.headers.get("retry-after", "") if isinstance(response, httpx2.Response) else ""
    return float(header) if header.isdigit() else None


def _details(failure: errors.APIError) -> list[dict[str, Any]]:
    body: object = getattr(failure, "details", None)
    inner = body.get("error", body) if _is_dict(body) else None
    listed = inner.get("details") if _is_dict(inner) else None
    return [detail for detail in cast("list[object]", listed) if _is_dict(detail)] if listed else []


def _is_dict(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


class Patience:
    """How often and how long one turn waits: full jitter that doubles, never less than what was asked for."""

    def __init__(self, config: GeminiConfig) -> None:
        self._config = config
        self._attempts = 1
        self._waited = 0.0

    def pause(self, trouble: Trouble) -> float:
        """Tell how long to wait before the next attempt, seconds.

        Raises Unavailable when there shall be none.
        """
        config = self._config
        longest = min(config.longest_pause_s, config.first_pause_s * 2 ** (self._attempts - 1))
        pause = random.uniform(0, longest) + (trouble.wait_s or 0)
        if self._attempts >= config.attempts or self._waited + pause > config.patience_s:
            asked = f" It asks to be left alone for {trouble.wait_s:g} s." if trouble.wait_s else ""
            raise Unavailable(
                "model",
                f"Gemini is away: {trouble.message}; tried {self._attempts} times.{asked} Try again later, "
                "or unset GEMINI_API_KEY to let the offline director work.",
            )
        self._attempts += 1
        self._waited += pause
        return pause
