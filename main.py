"""The front door: reads the settings, wires the pieces, and hands them to the command that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cli.dispatch import run
from cli.house import House, Serving
from cli.logs import configure
from domain.plugins import load
from health import Health
from service import VERSION, Service
from settings import Settings
from storage import schema
from wiring import Wiring


def build() -> House:
    """Read the settings and give the commands their house."""
    settings = Settings()
    configure(settings.log_level, as_json=settings.log_json)
    if settings.otel_endpoint:
        load("cli", "traces").configure(VERSION)
    wiring = Wiring(settings)
    service = Service(wiring)
    return House(
        version=VERSION, fingerprint=wiring.fingerprint, data=settings.data, films=settings.films,
        socket=settings.socket, serving=Serving(host=settings.host, port=settings.port),
        director=wiring.director, database=wiring.database, schema=schema.Schema(settings.database),
        archive=wiring.archive, upkeep=wiring.upkeep,
        blobs=wiring.blobs, sandbox=wiring.sandbox, engine=wiring.engine, templates=wiring.cards,
        parts=Health(wiring).parts, open=wiring.open, close=wiring.close,
        serve=service.serve, speak=service.speak, work=service.work,
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of `director` and give its exit code."""
    return run(sys.argv[1:] if arguments is None else arguments, build, VERSION)


if __name__ == "__main__":
    sys.exit(main())
