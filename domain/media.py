"""What a stranger's file is, by its first bytes and never by its name."""

from __future__ import annotations

import re

from domain.engine import MediaKind

HEAD = 4096
"""Bytes of a file's beginning that are enough to know it."""
KNOWN = (
    "PNG, JPEG and WebP pictures, WAV, FLAC, MP3, Ogg and M4A sound, MP4, MOV, WebM and MKV clips, "
    "TTF and OTF fonts, and SVG"
)
_SVG = re.compile(
    rb"\s*(<\?xml[^>]*\?>)?\s*(<!--.*?-->\s*)*(<!DOCTYPE\s+svg[^>\[]*>)?\s*(<!--.*?-->\s*)*<svg[\s>/]",
    re.DOTALL,
)
_SOUNDS = (b"M4A ", b"M4B ", b"F4A ")
_STILLS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"crx ")
_EBML = b"\x1a\x45\xdf\xa3"


def kind_of(head: bytes) -> MediaKind | None:
    """Tell which kind of media begins like this; None for everything that is not taken in."""
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return "image"
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE"):
        return "image" if head[8:12] == b"WEBP" else "audio"
    if head.startswith((b"fLaC", b"OggS", b"ID3")) or _is_mpeg_audio(head):
        return "audio"
    if head[4:8] == b"ftyp":
        if head[8:12] in _STILLS:
            return None
        return "audio" if head[8:12] in _SOUNDS else "video"
    if head.startswith(_EBML):
        return "video"
    if head.startswith((b"\x00\x01\x00\x00\x00", b"OTTO", b"true\x00")):
        return "font"
    if _SVG.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "svg"
    return None


def _is_mpeg_audio(head: bytes) -> bool:
    """A frame header of MPEG audio layer 3: sync, a layer, a bit rate and a sample rate that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    layer_3 = head[1] >> 1 & 3 == 1
    return layer_3 and head[1] >> 3 & 3 != 1 and head[2] >> 4 not in (0, 15) and head[2] >> 2 & 3 != 3
