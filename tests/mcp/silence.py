"""A sound for clients that ask for one."""

from __future__ import annotations

import base64
import struct
import wave
from io import BytesIO


def sound() -> str:
    """A moment of silence."""
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(struct.pack("<80h", *([0] * 80)))
    return base64.b64encode(file.getvalue()).decode()
