"""The log: lines for people, or one JSON object a line, each with the request, job and run it belongs to."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Literal

from domain.trail import trail

Level = Literal["debug", "info", "warning", "error"]
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
"""What every record has; the rest was said by who logged it."""
_CHATTY = ("alembic", "httpx")


def configure(level: Level, *, as_json: bool) -> None:
    """Set the log of this process up."""
    handler = logging.StreamHandler()
    handler.setFormatter(Json() if as_json else Plain())
    logging.basicConfig(level=level.upper(), handlers=[handler])
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def fields(record: logging.LogRecord) -> dict[str, object]:
    """What was said beside the message, and what the work at hand is known by."""
    said = {name: value for name, value in vars(record).items() if name not in _OWN}
    return {**trail(), **said}


class Plain(logging.Formatter):
    """A line for people: the ids of the work stand at its end."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = super().formatMessage(record)
        ids = [f"{name}={value}" for name, value in fields(record).items() if name.endswith("_id") and value]
        return f"{line} [{' '.join(ids)}]" if ids else line


class Json(logging.Formatter):
    """One JSON object a line: `at`, `level`, `logger`, `message`, and all that was said beside it."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **fields(record),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)
