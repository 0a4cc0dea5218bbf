"""Recordings of what films say: asked of a voice once, kept by what decides their sound."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from domain.composition import Composition, Speech
from domain.errors import ToolError
from domain.speech import Speaker, recording_path

MOST_KEPT = 2_000
"""Recordings; of more, those that were not used for longest go."""
MOST_SPOKEN = 200
"""Speeches of one film."""


class Recordings:
    """The recordings of an installation, in a folder of the host."""

    def __init__(self, folder: Path, speaker: Speaker | None) -> None:
        self._folder = folder
        self._speaker = speaker

    async def of(self, film: Composition) -> dict[str, Path]:
        """Have everything recorded that a film says: paths in its box to files of the host.

        Raises Unavailable when no voice can be had, ToolError for too many words or some that cannot be said.
        """
        speeches = {recording_path(sound.speech): sound.speech for sound in film.sounds if sound.speech}
        if not speeches or self._speaker is None:
            return {}
        if len(speeches) > MOST_SPOKEN:
            raise ToolError(
                "limit", f"the film has {len(speeches)} speeches; join some: at most {MOST_SPOKEN}"
            )
        self._folder.mkdir(parents=True, exist_ok=True)
        return {path: await self._recorded(speech, self._speaker) for path, speech in speeches.items()}

    async def _recorded(self, speech: Speech, speaker: Speaker) -> Path:
        key = hashlib.sha256(f"{speaker.name}\0{speech.model_dump_json()}".encode()).hexdigest()
        path = self._folder / f"{key}.wav"
        if path.is_file():
            os.utime(path)
            return path
        content = await speaker.say(speech)
        handle, passing = tempfile.mkstemp(dir=self._folder, suffix=".new")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(passing).chmod(0o644)
        Path(passing).replace(path)
        self._trim()
        return path

    def _trim(self) -> None:
        kept = sorted(self._folder.glob("*.wav"), key=lambda path: path.stat().st_mtime)
        for path in kept[: max(0, len(kept) - MOST_KEPT)]:
            path.unlink(missing_ok=True)
