"""The voice that needs no key: espeak-ng, in a box, because it reads strangers' words."""

from __future__ import annotations

import tempfile
from pathlib import Path

from domain.composition import Speech
from domain.errors import ToolError, Unavailable
from domain.sandbox import BoxLimits, Sandbox

WORDS_A_MINUTE = 160
LIMITS = BoxLimits(seconds=30, memory_mb=256, cpus=1, work_mb=64, output_mb=48)
NOT_FOUND = 127
"""What a shell says of a program that is not there."""
VARIANTS = {"female": "f3", "male": "m3"}
PITCH = {"female": "52", "male": "42"}
LANGUAGES = {"en": "en-us", "fr": "fr-fr"}
"""Names of espeak-ng where they are not the language's own."""


def create(sandbox: Sandbox) -> Espeak:
    """Make the voice; whether the program is there shows at the first word."""
    return Espeak(sandbox)


class Espeak:
    """The Speaker seam over espeak-ng (see domain/speech.py)."""

    name = "espeak-ng 1"

    def __init__(self, sandbox: Sandbox, program: str = "espeak-ng") -> None:
        self._sandbox = sandbox
        self._program = program

    async def say(self, speech: Speech) -> bytes:
        """Record a speech as a WAV file of one channel."""
        with tempfile.TemporaryDirectory(prefix="speech-") as folder:
            ended = await self._sandbox.run(
                [self._program, *manner(speech)],
                limits=LIMITS,
                files={"words.txt": spoken(speech.text).encode()},
                collect=Path(folder),
            )
            if ended.exit_code == NOT_FOUND:
                raise Unavailable("espeak-ng", "'espeak-ng' is not installed: apt install espeak-ng")
            path = Path(folder, "speech.wav")
            content = path.read_bytes() if path.is_file() else b""
        if ended.exit_code or ended.ended_by != "exit" or not _is_sound(content):
            said = ended.stderr.decode(errors="replace").strip()[-200:]
            raise ToolError(
                "invalid", f"the words {speech.text[:40]!r} cannot be said: {said or 'no sound came'}"
            )
        return content


def manner(speech: Speech) -> list[str]:
    """Say how a speech is recorded in a box."""
    voice = f"{LANGUAGES.get(speech.language, speech.language)}+{VARIANTS[speech.voice]}"
    pace = str(round(WORDS_A_MINUTE * speech.pace))
    argv = ["-b", "1", "-v", voice, "-s", pace, "-p", PITCH[speech.voice], "-a", "110"]
    return [*argv, "-f", "/in/words.txt", "-w", "/box/out/speech.wav"]


def spoken(text: str) -> str:
    """Take the meaning of phonemes from double brackets: they are read as they stand."""
    return text.replace("[[", "[ [")


def _is_sound(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WAVE" and len(content) > 1_000
