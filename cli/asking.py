"""Asking at the terminal: the question of a run, and the line that somebody types."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from cli.client import Client, Json
from domain.errors import Unavailable, UserError

YES = ("y", "yes", "ja", "j", "نعم")
_LONGEST_LINE = 4_096


class Asking:
    """Answers a run's questions: by itself with `--yes`, by whoever sits at the terminal, or not at all."""

    def __init__(
        self, client: Client, say: Callable[[str], None], *, yes: bool, terminal: int | None
    ) -> None:
        """`terminal` is where somebody types, when there is somebody."""
        self._client = client
        self._say = say
        self._yes = yes
        self._terminal = terminal
        self._task: asyncio.Task[None] | None = None

    def event(self, kind: str, data: Json) -> None:
        """Take up a question, or drop the one that was answered elsewhere."""
        if kind == "approval.requested":
            self.close()
            self._task = asyncio.create_task(self._answer(str(data["approval_id"])))
        elif kind in ("approval.resolved", "run.finished"):
            self.close()

    async def done(self) -> None:
        """Wait until the question that is asked now has been dealt with."""
        if self._task is not None:
            await self._task

    def close(self) -> None:
        """Ask no more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _answer(self, approval_id: str) -> None:
        if self._yes:
            await self._send(approval_id, {"decision": "approve"})
        elif self._terminal is not None:
            self._say("Agree? yes, or what should be different: ")
            said = (await typed(self._terminal)).strip()
            if said.lower() in YES:
                await self._send(approval_id, {"decision": "approve"})
            else:
                await self._send(approval_id, {"decision": "reject", "reason": said[:1_000]})
        else:
            self._say(f"It waits for an answer: director approvals approve {approval_id}\n")

    async def _send(self, approval_id: str, answer: Json) -> None:
        try:
            await self._client.post(f"/api/approvals/{approval_id}", answer)
        except (UserError, Unavailable) as refused:
            self._say(f"{refused.message}\n")


async def typed(descriptor: int) -> str:
    """Wait for a line at a descriptor; what waits can be cancelled, as a thread at `input()` cannot."""
    loop = asyncio.get_running_loop()
    there = asyncio.Event()
    loop.add_reader(descriptor, there.set)
    try:
        await there.wait()
    finally:
        loop.remove_reader(descriptor)
    return os.read(descriptor, _LONGEST_LINE).decode("utf-8", "replace")
