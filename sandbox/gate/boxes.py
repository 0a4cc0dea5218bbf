"""The few things that the gate does with an engine, each only to boxes of its own."""

from __future__ import annotations

import socket
from threading import Lock
from typing import Any

from sandbox.container import streams_of, unpacking
from sandbox.engine import Engine, Facts, line_of, remove
from sandbox.gate import rules
from sandbox.gate.rules import Most, Refused
from sandbox.order import LABEL

_TOLD = ("MemoryLimit", "PidsLimit", "CpuCfsQuota", "SecurityOptions", "OSType", "NCPU")
_STATE = ("OOMKilled", "ExitCode", "Running", "FinishedAt")


class Boxes:
    """Boxes of one label on one engine; what is answered is what our own backend reads, and no more."""

    def __init__(self, engine: Engine, most: Most) -> None:
        self._engine = engine
        self._most = most
        self._turn = Lock()
        self._unpackings: dict[str, str] = {}
        """Which box each command is for that was allowed to unpack inputs."""

    def info(self) -> dict[str, Any]:
        """What the engine can limit."""
        self._facts()
        told: dict[str, Any] = self._engine.client.info()
        runtimes: dict[str, Any] = {"runsc": {}} if self._facts().runtime else {}
        return {**{name: told.get(name) for name in _TOLD}, "Runtimes": runtimes}

    def image(self, name: str) -> dict[str, Any]:
        """The image of boxes as it is now, and no other.

        Raises Refused for any other name.
        """
        if name != self._engine.image:
            raise Refused(f"No such image: {name}; the gate knows {self._engine.image!r} alone", 404)
        self._engine.forget()
        return {"Id": self._facts().image}

    def list(self) -> list[dict[str, Any]]:
        """All boxes."""
        return [
            {"Id": each["Id"], "State": each["State"], "Created": each["Created"]} for each in self._all()
        ]

    def create(self, name: str, body: object) -> dict[str, Any]:
        """Make a box, if it is one.

        Raises Refused when it is not, or when there are enough.
        """
        asked = rules.box(body, self._facts(), self._most, self._engine.installation)
        with self._turn:
            self._engine.reap()  # callers come and go, and the gate looks at its engine once
            count = len(self._all())
            if count >= self._most.boxes:
                raise Refused(
                    f"there are {count} boxes, the gate allows {self._most.boxes} at a time: try again "
                    "later, or start the gate with more --boxes",
                    429,
                )
            made = self._engine.client.create_container_from_config(asked, name)
        return {"Id": made["Id"], "Warnings": []}

    def attach(self, name: str) -> socket.socket:
        """The standard streams of a box."""
        return streams_of(self._engine, self._own(name))

    def start(self, name: str) -> None:
        """Start a box."""
        self._engine.client.start(self._own(name))

    def stage(self, name: str, body: object) -> dict[str, Any]:
        """Allow a box's inputs to be unpacked.

        Raises Refused for any other command.
        """
        user = rules.stager(body, self._facts())
        number = unpacking(self._engine, self._own(name), user)
        self._unpackings[number] = name
        return {"Id": number}

    def unpack(self, number: str) -> socket.socket:
        """The line on which the inputs come."""
        self._known(number)
        return line_of(self._engine.client.exec_start(number, socket=True), self._engine.url)

    def unpacked(self, number: str) -> dict[str, Any]:
        """How unpacking ended."""
        self._known(number)
        return {"ExitCode": self._engine.client.exec_inspect(number)["ExitCode"]}

    def state(self, name: str) -> dict[str, Any]:
        """How a box is."""
        found = self._engine.client.inspect_container(self._own(name))
        return {"State": {each: found["State"][each] for each in _STATE}}

    def remove(self, name: str) -> None:
        """End a box."""
        found = self._own(name)
        self._unpackings = {number: box for number, box in self._unpackings.items() if box != name}
        remove(self._engine.client, found)

    def _facts(self) -> Facts:
        with self._turn:
            return self._engine.look()

    def _all(self) -> list[dict[str, Any]]:
        label = f"{LABEL}={self._engine.installation}"
        return self._engine.client.containers(all=True, filters={"label": [label]})

    def _own(self, name: str) -> str:
        """The id of a box of ours: containers of others do not exist here."""
        self._facts()
        found = self._engine.client.inspect_container(name)
        labels: dict[str, str] = found["Config"]["Labels"] or {}
        if labels.get(LABEL) != self._engine.installation:
            raise Refused(f"No such container: {name}", 404)
        return str(found["Id"])

    def _known(self, number: str) -> None:
        if number not in self._unpackings:
            raise Refused(f"No such exec instance: {number}", 404)
