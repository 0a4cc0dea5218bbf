"""Taking in strangers' files: decoded by what they are, not by their name, and written anew."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import warnings
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import (  # only to hold and write; defusedxml reads
    Element,
    ParseError,
    register_namespace,
    tostring,
)

import brotli
import ffmpeg
import resvg_py
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from fontTools.ttLib import TTFont, TTLibError
from PIL import Image, ImageOps, UnidentifiedImageError

from domain.engine import MediaKind
from render import preview
from render.swatch import swatches

Facts = dict[str, str | int | float]
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_384
LONGEST_AUDIO_S = 1_800.0
MOST_CHANNELS = 8
MOST_SVG = 1_000_000
MOST_ELEMENTS = 20_000
LOSSLESS_S = 60.0
"""Longer sounds become AAC, shorter ones stay exact."""
DEEPEST = 200
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
FORBIDDEN = frozenset(
    "script foreignObject iframe embed object audio video handler set animate animateMotion animateTransform"
    " image feImage".split()
)


FONT_FAULTS = (
    AssertionError, AttributeError, EOFError, IndexError, KeyError, OSError, OverflowError, RecursionError,
    TypeError, struct.error, zlib.error, brotli.error, TTLibError,
)  # fmt: skip
"""What fontTools says of files that only look like fonts."""


def import_media(source: Path, kind: MediaKind, out: Path) -> None:
    """Decode a file and leave `media.*` and `facts.json` in `out`, of what is seen also `preview.jpg`.

    Raises ValueError, with the reason, when the file is not what it claims, is broken, or is too large.
    """
    content = source.read_bytes()
    if not content:
        raise ValueError("the file is empty")
    takers: dict[MediaKind, Callable[[bytes], tuple[bytes, str, Facts]]] = {
        "image": take_image,
        "font": take_font,
        "svg": take_svg,
    }
    if kind == "audio":
        suffix, facts = take_audio(source, content[:64], out)
    else:
        written, suffix, facts = takers[kind](content)
        (out / f"media{suffix}").write_bytes(written)
        if kind != "font":
            shown = rasterized(written.decode()) if kind == "svg" else Image.open(BytesIO(written))
            preview.leave(shown, out)
    (out / "facts.json").write_text(json.dumps({"suffix": suffix, "facts": facts}))


def take_image(content: bytes) -> tuple[bytes, str, Facts]:
    """Decode PNG, JPEG or WebP, turn it upright and write its pixels alone."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(content), formats=["PNG", "JPEG", "WEBP"]) as opened:
                check_size(*opened.size)
                kind = str(opened.format)
                opened.seek(0)
                upright = ImageOps.exif_transpose(opened)
                solid = upright.convert("RGBA" if has_alpha(upright) else "RGB")
        except UnidentifiedImageError:
            raise ValueError("the file is no PNG, JPEG or WebP picture") from None
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise ValueError(f"the picture has more than {MOST_PIXELS // 1_000_000} million pixels") from None
        except (OSError, SyntaxError, EOFError, MemoryError) as error:
            raise ValueError(f"the picture is broken: {error}") from None
    bare = Image.new(solid.mode, solid.size)
    bare.paste(solid)
    page = BytesIO()
    lossy = kind == "JPEG" and solid.mode == "RGB"
    if lossy:
        bare.save(page, "JPEG", quality=92, subsampling=0)
    else:
        bare.save(page, "PNG", compress_level=6)
    facts: Facts = {
        "width": bare.width,
        "height": bare.height,
        "alpha": int(solid.mode == "RGBA"),
        "colors": " ".join(swatches(bare)),
        "from": kind,
    }
    return page.getvalue(), ".jpg" if lossy else ".png", facts


def check_size(width: int, height: int) -> None:
    """Refuse pictures that are too large to decode; raises ValueError."""
    if width * height > MOST_PIXELS:
        raise ValueError(
            f"the picture has {width}x{height} pixels; at most {MOST_PIXELS // 1_000_000} million fit"
        )
    if max(width, height) > LONGEST_SIDE:
        raise ValueError(f"the picture is {max(width, height)} px long; at most {LONGEST_SIDE} fit")


def has_alpha(image: Image.Image) -> bool:
    """Tell whether a picture has see-through parts, or may have."""
    return "A" in image.getbands() or "transparency" in image.info


def sniff_audio(head: bytes) -> str:
    """Name the demuxer that a sound's first bytes ask for; raises ValueError when it is none of ours."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"fLaC":
        return "flac"
    if head[:4] == b"OggS":
        return "ogg"
    if head[4:8] == b"ftyp":
        return "mov"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "matroska"
    if head[:3] == b"ID3" or (head[0] == 0xFF and head[1:2] and head[1] & 0xE6 in (0xE2, 0xE4, 0xE6)):
        return "mp3"
    if head[0] == 0xFF and head[1:2] and head[1] & 0xF6 == 0xF0:
        return "aac"
    raise ValueError("the file is no WAV, MP3, FLAC, Ogg or M4A sound")


def take_audio(source: Path, head: bytes, out: Path) -> tuple[str, Facts]:
    """Decode a sound by its sniffed format and write it as 48 kHz stereo."""
    demuxer = sniff_audio(head)
    probed = probe_audio(source, demuxer)
    lossless = demuxer in ("wav", "flac") and probed["seconds"] <= LOSSLESS_S
    suffix = ".flac" if lossless else ".m4a"
    path = out / f"media{suffix}"
    stream = ffmpeg.input(str(source), f=demuxer, protocol_whitelist="file").audio
    codec: dict[str, str | float] = (
        {"acodec": "flac", "sample_fmt": "s32", "f": "flac"}
        if lossless
        else {"acodec": "aac", "audio_bitrate": "224k", "f": "ipod"}
    )
    graph = stream.output(
        str(path), ar=48_000, ac=2, t=LONGEST_AUDIO_S + 1, map_metadata=-1, vn=None, sn=None, dn=None,
        fflags="+bitexact", **codec,
    )  # fmt: skip
    ended = run(["ffmpeg", "-nostdin", "-v", "error", "-xerror", *graph.overwrite_output().get_args()])
    if ended.returncode or not path.is_file() or path.stat().st_size < 64:
        path.unlink(missing_ok=True)
        raise ValueError(f"the sound is broken: {last_line(ended.stderr)}")
    written = probe_audio(path, "flac" if lossless else "mov")
    if written["seconds"] > LONGEST_AUDIO_S:
        path.unlink()
        raise ValueError(f"the sound is longer than {LONGEST_AUDIO_S / 60:.0f} minutes")
    facts: Facts = {
        "seconds": round(written["seconds"], 3),
        "channels": 2,
        "rate": 48_000,
        "from": demuxer,
        "channels_before": int(probed["channels"]),
    }
    return suffix, facts


def probe_audio(source: Path, demuxer: str) -> dict[str, float]:
    """Ask a sound for its length and channels; raises ValueError when it has none or too many."""
    argv = ["ffprobe", "-v", "error", "-protocol_whitelist", "file", "-f", demuxer, "-select_streams", "a"]
    argv += [
        "-show_entries",
        "stream=channels,sample_rate,duration:format=duration,nb_streams",
        "-of",
        "json",
    ]
    ended = run([*argv, str(source)])
    try:
        told = json.loads(ended.stdout or "{}")
        stream = told["streams"][0]
        channels = int(stream["channels"])
        seconds = float(stream.get("duration") or told["format"].get("duration") or 0)
    except (KeyError, IndexError, ValueError):
        raise ValueError(f"the file has no sound in it: {last_line(ended.stderr)}") from None
    if not 1 <= channels <= MOST_CHANNELS:
        raise ValueError(f"the sound has {channels} channels; at most {MOST_CHANNELS} fit")
    if seconds > LONGEST_AUDIO_S:
        raise ValueError(f"the sound lasts {seconds:.0f} s; at most {LONGEST_AUDIO_S:.0f} fit")
    return {"channels": channels, "seconds": seconds}


def take_font(content: bytes) -> tuple[bytes, str, Facts]:
    """Parse a font and write its tables anew, unpacked from WOFF."""
    try:
        with TTFont(BytesIO(content), lazy=False, fontNumber=0) as font:
            letters = len(font.getBestCmap() or ()) if "cmap" in font else 0
            if not letters:
                raise ValueError("the font maps no letters to glyphs")
            glyphs = int(font["maxp"].numGlyphs)
            if glyphs < 2 or not ({"glyf", "CFF ", "CFF2"} & set(font.keys())):
                raise ValueError("the font has no outlines")
            names = font["name"]
            family = str(names.getBestFamilyName() or "").strip()[:100]
            style = str(names.getBestSubFamilyName() or "").strip()[:60]
            suffix = ".ttf" if "glyf" in font else ".otf"
            variable = int("fvar" in font)
            font.flavor = None
            page = BytesIO()
            font.save(page)
    except FONT_FAULTS as error:
        raise ValueError(f"the file is no TrueType, OpenType or WOFF font: {error}") from None
    if not family:
        raise ValueError("the font has no family name")
    facts: Facts = {
        "family": family, "style": style, "glyphs": glyphs, "letters": letters, "variable": variable,
    }  # fmt: skip
    return page.getvalue(), suffix, facts


def take_svg(content: bytes) -> tuple[bytes, str, Facts]:
    """Parse an SVG, refuse what runs or reaches out, prove that it draws, and write it anew."""
    if len(content) > MOST_SVG:
        raise ValueError(f"the SVG has {len(content)} bytes; at most {MOST_SVG} fit")
    try:
        root: Element = fromstring(content, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise ValueError(f"the SVG holds a document type or entities: {error}") from None
    except (ParseError, ValueError) as error:
        raise ValueError(f"the file is no SVG: {error}") from None
    if root.tag != f"{{{SVG}}}svg":
        raise ValueError("the file is no SVG: its first element is not <svg> of the SVG namespace")
    elements = list(root.iter())
    if len(elements) > MOST_ELEMENTS:
        raise ValueError(f"the SVG has {len(elements)} elements; at most {MOST_ELEMENTS} fit")
    if deeper_than(root, DEEPEST):
        raise ValueError(f"the SVG nests deeper than {DEEPEST} elements")
    for element in elements:
        refuse_active(element)
    frame(root)
    register_namespace("", SVG)
    register_namespace("xlink", XLINK)
    text = tostring(root, encoding="unicode")
    drawn = rasterized(text)
    if drawn.getchannel("A").getbbox() is None:
        raise ValueError("the SVG draws nothing")
    facts: Facts = {"width": drawn.width, "height": drawn.height, "elements": len(elements)}
    if "currentcolor" in text.lower():
        facts["tintable"] = 1
    else:
        facts["colors"] = " ".join(swatches(drawn))
    return text.encode(), ".svg", facts


def frame(root: Element) -> None:
    """Say a drawing's space by its viewBox alone, so that it has no size of its own."""
    sides = [re.fullmatch(r"\s*([\d.]+)\s*(?:px)?\s*", root.get(name, "")) for name in ("width", "height")]
    if "viewBox" not in root.attrib:
        if not sides[0] or not sides[1]:
            return  # resvg takes the bounds of what is drawn
        root.set("viewBox", f"0 0 {sides[0][1]} {sides[1][1]}")
    for name in ("width", "height"):
        root.attrib.pop(name, None)


def deeper_than(root: Element, most: int) -> bool:
    """Tell whether a tree is deeper than so many levels."""
    level = [root]
    for _ in range(most):
        level = [child for element in level for child in element]
    return bool(level)


def rasterized(text: str) -> Image.Image:
    """Draw an SVG; raises ValueError when it cannot be drawn."""
    try:
        page = bytes(resvg_py.svg_to_bytes(svg_string=text, width=512))
        with Image.open(BytesIO(page), formats=["PNG"]) as opened:
            return opened.convert("RGBA")
    except (ValueError, RuntimeError, OSError) as error:
        raise ValueError(f"the SVG cannot be drawn: {error}") from None


def refuse_active(element: Element) -> None:
    """Refuse an element that runs code, loads something, or waits for an event; raises ValueError."""
    name = str(element.tag).rpartition("}")[2]
    if name in FORBIDDEN:
        raise ValueError(
            f"the SVG holds a <{name}> element: only shapes, gradients, masks, filters and text may be"
        )
    for attribute, value in element.attrib.items():
        bare = attribute.rpartition("}")[2].lower()
        if bare.startswith("on"):
            raise ValueError(f"the SVG reacts to events: {bare!r} on <{name}>")
        if bare in ("href", "src") and not value.strip().startswith("#"):
            raise ValueError(f"the SVG refers to something outside of it: {value[:80]!r}")
        if outside_url(value) or (bare == "style" and "\\" in value):
            raise ValueError(f"the SVG refers to something outside of it: {value[:80]!r}")
    style = (element.text or "").lower() if name == "style" else ""
    if outside_url(style) or "@import" in style or "\\" in style:  # an escape may spell any of these
        raise ValueError("the SVG's style refers to something outside of it")


def outside_url(value: str) -> bool:
    """Tell whether a style or attribute points outside of its document."""
    squeezed = "".join(value.split()).replace("'", "").replace('"', "").lower()
    places = [part.split(")")[0] for part in squeezed.split("url(")[1:]]
    return any(not place.startswith("#") for place in places)


def run(argv: list[str]) -> subprocess.CompletedProcess[str]:
    """Run ffmpeg or ffprobe to its end."""
    return subprocess.run(argv, capture_output=True, text=True, errors="replace", timeout=300, check=False)


def last_line(text: str) -> str:
    """Give the last thing a program said."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "it said nothing"
