"""Bytes that files are made of: pictures, sounds, clips and drawings, whole and broken."""

import struct
import subprocess
import tempfile
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

PAYLOAD = b"PAYLOAD-that-must-not-come-through"
SPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def picture(kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **save: object) -> bytes:
    """Encode a picture that is not of one colour."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    page = BytesIO()
    image.save(page, kind, **save)
    return page.getvalue()


def png_of(header: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """Put a PNG together by hand."""
    parts = [(b"IHDR", header), *chunks, (b"IEND", b"")]
    body = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has very many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return png_of(header, (b"IDAT", zlib.compress(b"\0" * 1000)))


def svg(inside: str, attributes: str = "") -> bytes:
    """A drawing with a circle and something more."""
    circle = '<circle cx="5" cy="5" r="4" fill="red"/>'
    return f'<svg {SPACE} viewBox="0 0 10 10" {attributes}>{circle}{inside}</svg>'.encode()


@cache
def encoded(name: str, *words: str) -> bytes:
    """Let ffmpeg make a file of its own test sources; `words` are its inputs and options."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *words, str(path)]
        subprocess.run(command, check=True, cwd=folder)
        return path.read_bytes()


def tone(name: str, *words: str, seconds: float = 0.4, rate: int = 44_100) -> bytes:
    """A short tone."""
    return encoded(name, "-f", "lavfi", "-i", f"sine=duration={seconds}:sample_rate={rate}", *words)


def clip(name: str, *words: str, size: str = "64x48", sound: bool = False) -> bytes:
    """A few moving pictures, with a tone where it is wanted."""
    heard = ["-f", "lavfi", "-i", "sine=duration=0.4"] if sound else []
    return encoded(name, "-f", "lavfi", "-i", f"testsrc=d=0.4:r=10:s={size}", *heard, *words)
