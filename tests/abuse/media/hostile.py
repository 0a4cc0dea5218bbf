"""A hundred files and argument sets that mean harm."""

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, PngImagePlugin

from domain.engine import MediaKind
from tests.abuse.media.sources import (
    PAYLOAD,
    bomb,
    clip,
    encoded,
    picture,
    png_of,
    svg,
    tone,
)

FONT = next(path for path in sorted(Path("/usr/share/fonts").rglob("*.ttf")))


@dataclass(frozen=True)
class Hostile:
    """A file that a stranger hands in as something that it is not, or as more than it should be."""

    name: str
    kind: MediaKind
    make: Callable[[], bytes]
    refused: bool = True
    """Or taken, without what was hidden in it."""


def _manifests() -> Mapping[str, bytes]:
    hls = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n%s#EXTINF:9,\n%s\n#EXT-X-ENDLIST\n"
    return {
        "playlist of a host file": (hls % ("", "/etc/hostname")).encode(),
        "playlist of a neighbour": (hls % ("", "other.mp4")).encode(),
        "playlist of an address": (hls % ("", "http://127.0.0.1:1/a.ts")).encode(),
        "playlist with a key elsewhere": (
            hls % ('#EXT-X-KEY:METHOD=AES-128,URI="http://127.0.0.1:1/k"\n', "a.ts")
        ).encode(),
        "playlist through concat:": (hls % ("", "concat:/etc/hostname|/etc/passwd")).encode(),
        "playlist through subfile": (hls % ("", "subfile,,start,0,end,99,,:/etc/passwd")).encode(),
        "list of a host file": b"ffconcat version 1.0\nfile '/etc/hostname'\n",
        "list of an address": b"ffconcat version 1.0\nfile 'http://127.0.0.1:1/a'\n",
        "session description": b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
        "DASH manifest": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>',
        "playlist behind a tag": b"ID3\x04\0\0\0\0\0\0" + (hls % ("", "other.mp3")).encode(),
    }


def _apng() -> bytes:
    frames = [Image.new("RGB", (600, 600), (n, n, n)) for n in range(40)]
    page = BytesIO()
    frames[0].save(page, "PNG", save_all=True, append_images=frames[1:])
    return page.getvalue()


def _noted(**notes: str) -> bytes:
    words = PngImagePlugin.PngInfo()
    for key, value in notes.items():
        words.add_text(key, value, zip=True)
    return picture("PNG", pnginfo=words)


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = PAYLOAD.decode()
    return picture("JPEG", exif=exif.tobytes())


def _zipped_text() -> bytes:
    header = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    text = b"note\0\0" + zlib.compress(bytes(200_000_000), 9)
    return png_of(header, (b"zTXt", text), (b"IDAT", zlib.compress(b"\0\0\0" * 2)))


def _attached(target: str) -> bytes:
    return encoded(
        "a.mkv", "-f", "lavfi", "-i", "testsrc=d=0.3:r=10:s=64x48", "-attach", "/etc/hostname",
        "-metadata:s:t", "mimetype=text/plain", "-metadata:s:t", f"filename={target}", "-c:v", "mpeg4",
    )  # fmt: skip


def _huge_clip() -> bytes:
    """A clip whose header says that its pictures are 30,000 px wide."""
    content = clip("a.mp4", "-c:v", "mpeg4")
    place = content.index(b"mp4v", content.index(b"stsd"))
    sized = bytearray(content)
    sized[place + 28 : place + 32] = struct.pack(">HH", 30_000, 30_000)
    track = content.index(b"tkhd")
    sized[track + 80 : track + 88] = struct.pack(">II", 30_000 << 16, 30_000 << 16)
    return bytes(sized)


def _captioned() -> bytes:
    lines = "".join(
        f"{n}\n00:00:00,{n:03d} --> 00:00:00,{n + 1:03d}\n{PAYLOAD.decode()}\n\n" for n in range(900)
    )
    path = Path("/dev/shm", f"captions-{id(lines)}.srt")
    path.write_text(lines)
    try:
        return encoded(
            "a.mkv", "-f", "lavfi", "-i", "testsrc=d=0.4:r=10:s=64x48", "-i", str(path), "-c:v", "mpeg4",
            "-c:s", "srt",
        )  # fmt: skip
    finally:
        path.unlink()


def _cut(content: bytes, share: float) -> bytes:
    return content[: int(len(content) * share)]


def _scrambled(content: bytes, mark: bytes) -> bytes:
    place = content.index(mark) + 4
    return content[:place] + b"\xff" * 60 + content[place + 60 :]


_SVGS: Mapping[str, bytes] = {
    "script": svg("<script>alert(1)</script>"),
    "foreign object": svg("<foreignObject><p/></foreignObject>"),
    "handler": svg("", 'onload="alert(1)"'),
    "handler in capitals": svg('<rect ONCLICK="x()"/>'),
    "use of an address": svg('<use href="http://127.0.0.1/a.svg#x"/>'),
    "use of a host file": svg('<use xlink:href="/etc/passwd"/>'),
    "picture in data": svg('<image href="data:image/png;base64,AAAA"/>'),
    "link that runs": svg('<a href="javascript:alert(1)"><rect/></a>'),
    "paint from an address": svg('<rect fill="url(http://127.0.0.1/p)"/>'),
    "paint from a host file": svg("<rect style=\"fill: url( 'file:///etc/passwd' )\"/>"),
    "style from an address": svg("<style>@import 'http://127.0.0.1/a.css';</style>"),
    "style that paints from an address": svg("<style>rect { fill: url(http://127.0.0.1/x) }</style>"),
    "style that hides an address": svg("<style>rect { fill: u\\72l(http://127.0.0.1/x) }</style>"),
    "animated link": svg('<set attributeName="href" to="javascript:alert(1)"/>'),
    "entities": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"),
    "a billion laughs": b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>' + svg("&b;"),
    "outside document type": b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + svg(""),
    "outside entity": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("&x;"),
    "other language": b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "too many elements": svg("<g/>" * 21_000),
    "too many bytes": svg(" " * 1_000_001),
    "too deep": svg("<g>" * 5_000 + "</g>" * 5_000),
    "picture from filter": svg('<filter id="f"><feImage href="http://127.0.0.1/x.png"/></filter>'),
}

FILES: list[Hostile] = [
    *(
        Hostile(f"{name}, as {kind}", kind, lambda content=content: content)
        for name, content in _manifests().items()
        for kind in ("audio", "video")
    ),
    Hostile("playlist as a picture", "image", lambda: _manifests()["playlist of a host file"]),
    Hostile(
        "drawing program as a picture", "image", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"
    ),
    Hostile("document as a picture", "image", lambda: b"%PDF-1.7\n" + PAYLOAD),
    Hostile("TIFF as a picture", "image", lambda: picture("TIFF")),
    Hostile("BMP as a picture", "image", lambda: picture("BMP")),
    Hostile("icon as a picture", "image", lambda: picture("ICO")),
    Hostile("GIF with a script", "image", lambda: picture("GIF", mode="L") + b"<?php " + PAYLOAD),
    Hostile("169 million pixels", "image", lambda: bomb(13_000, 13_000)),
    Hostile("ten thousand million pixels", "image", lambda: bomb(100_000, 100_000)),
    Hostile("two thousand million pixels in a row", "image", lambda: bomb(2_000_000_000, 1)),
    Hostile("a side of 20,000", "image", lambda: bomb(20_000, 10)),
    Hostile("200 MB of text in a chunk", "image", _zipped_text),
    Hostile("a PNG that is cut", "image", lambda: _cut(picture("PNG", (300, 300)), 0.4)),
    Hostile("a JPEG that is cut", "image", lambda: _cut(picture("JPEG", (300, 300)), 0.3)),
    Hostile("a WebP that is cut", "image", lambda: _cut(picture("WEBP", (300, 300)), 0.4)),
    Hostile(
        "PNG with a zip behind", "image", lambda: picture("PNG") + b"PK\x03\x04" + PAYLOAD, refused=False
    ),
    Hostile(
        "JPEG with a document behind", "image", lambda: picture("JPEG") + b"%PDF" + PAYLOAD, refused=False
    ),
    Hostile("PNG with words for a model", "image", lambda: _noted(note=PAYLOAD.decode()), refused=False),
    Hostile("JPEG with words for a model", "image", _exif, refused=False),
    Hostile(
        "JPEG with a script in its comment", "image", lambda: picture("JPEG", comment=PAYLOAD), refused=False
    ),
    Hostile("WebP with a script in its notes", "image", lambda: picture("WEBP", xmp=PAYLOAD), refused=False),
    Hostile("PNG of forty frames", "image", _apng, refused=False),
    Hostile("no bytes at all", "image", lambda: b""),
    *(Hostile(f"SVG: {name}", "svg", lambda content=content: content) for name, content in _SVGS.items()),
    Hostile("WAVE that is a stub", "audio", lambda: b"RIFF\xff\xff\xff\xffWAVEfmt "),
    Hostile("FLAC that is a stub", "audio", lambda: b"fLaC" + b"\0" * 40),
    Hostile("Ogg that is noise", "audio", lambda: b"OggS" + b"\xff" * 300),
    Hostile("a sound of 16 channels", "audio", lambda: tone("a.wav", "-ac", "16")),
    Hostile("a sound of 31 minutes", "audio", lambda: tone("a.flac", seconds=1_860, rate=8_000)),
    Hostile(
        "a sound with words for a model",
        "audio",
        lambda: tone("a.mp3", "-metadata", f"comment={PAYLOAD.decode()}"),
        refused=False,
    ),
    Hostile(
        "a clip whose index is noise", "video", lambda: _scrambled(clip("a.mp4", "-c:v", "mpeg4"), b"stsd")
    ),
    Hostile("a clip that is cut", "video", lambda: _cut(clip("a.mp4", "-c:v", "mpeg4"), 0.5)),
    Hostile("a clip of 900 million pixels", "video", _huge_clip, refused=False),
    Hostile(
        "a clip of one picture in 10 hours",
        "video",
        lambda: clip("a.mkv", "-c:v", "ffv1", "-vf", "setpts=N*36000/TB", "-vsync", "vfr"),
        refused=False,
    ),
    Hostile(
        "a clip that writes a file beside it",
        "video",
        lambda: _attached("../../../../box/out/planted"),
        refused=False,
    ),
    Hostile("a clip with 900 captions", "video", _captioned, refused=False),
    Hostile("a font that is noise", "font", lambda: b"\0\1\0\0" + b"\xff" * 60),
    Hostile("a font that is packed noise", "font", lambda: b"wOF2" + b"\0" * 100),
    Hostile("a font that is cut", "font", lambda: FONT.read_bytes()[:5_000]),
]

ARGUMENTS: dict[str, Mapping[str, object]] = {
    "a second option in the quality": {"quality": "draft -report"},
    "a muxer that copies": {"format": "tee"},
    "two files in one": {"format": "mp4|[f=tee]/etc/x"},
    "an option of its own": {"arguments": ["-f", "data", "/etc/x"]},
    "a filter of its own": {"filter": "movie=/etc/passwd"},
    "an encoder by path": {"encoder": "/box/evil.so"},
    "a device for an encoder": {"encoder": "vaapi=/dev/mem"},
    "a frame before the first": {"first_frame": -1},
    "a frame that is a word": {"last_frame": "; rm -rf /"},
}
"""What a model may try to say of the file it wants: recipes are typed, so each is refused."""
