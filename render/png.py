"""Writing PNG quickly: one filter, one fast pass of deflate."""

from __future__ import annotations

import struct
import zlib

import numpy as np

from render.picture import Pixels

LEVEL = 1
"""A drawn frame at 1080p takes 10 ms at 1 and 44 at the usual 6, for about the same size."""


def png(pixels: Pixels) -> bytes:
    """Encode opaque BGRA pixels as an RGB PNG."""
    height, width = pixels.shape[:2]
    rows = np.empty((height, width * 3 + 1), np.uint8)
    flat = np.ascontiguousarray(pixels[:, :, 2::-1]).reshape(height, width * 3)
    rows[:, 0] = 2  # every row is stored as its difference from the one above
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(rows.data, LEVEL)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"sRGB", b"\0"),
            chunk(b"IDAT", data),
            chunk(b"IEND", b""),
        )
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    """Frame one chunk with its length and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
