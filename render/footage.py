"""Taking in strangers' clips: decoded by what they are, and written anew, upright, with many key frames."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ffmpeg

from render.media import Facts, last_line, run, take_audio

LONGEST_S = 180.0
MOST_PIXELS = 40_000_000
LONG_SIDE = 1920
"""A larger clip is made smaller: films of that size show no more of it."""
KEY_FRAMES = 15
"""From one key frame to the next, frames: a clip is entered anywhere, and by every process that draws."""
_EBML = b"\x1a\x45\xdf\xa3"


def sniff_clip(head: bytes) -> str:
    """Name the demuxer that a clip's first bytes ask for; raises ValueError when it is none of ours."""
    if head[4:8] == b"ftyp":
        return "mov"
    if head[:4] == _EBML:
        return "matroska"
    raise ValueError("the file is no MP4, MOV, WebM or MKV clip")


def take_clip(source: Path, head: bytes, out: Path) -> tuple[str, Facts]:
    """Decode a clip and write it as H.264, its times kept; one without pictures is taken in as a sound.

    Raises ValueError, with the reason, when it is broken or too large.
    """
    demuxer = sniff_clip(head)
    told = _probe(source, demuxer)
    if told is None:
        return take_audio(source, head, out)
    width, height, sounds = told
    opened = ffmpeg.input(str(source), f=demuxer, protocol_whitelist="file")
    scale = min(1.0, LONG_SIDE / max(width, height))
    pictures = opened.video.filter("scale", f"trunc(iw*{scale:.6f}/2)*2", f"trunc(ih*{scale:.6f}/2)*2")
    streams = [pictures, *([opened.audio] if sounds else [])]
    sound = {"acodec": "aac", "audio_bitrate": "224k", "ar": 48_000, "ac": 2} if sounds else {}
    path = out / "media.mp4"
    maker: Any = ffmpeg
    graph = maker.output(
        *streams, str(path), vcodec="libx264", preset="veryfast", crf=18, g=KEY_FRAMES, pix_fmt="yuv420p",
        vsync="passthrough", video_track_timescale=90_000, t=LONGEST_S + 1, map_metadata=-1, sn=None, dn=None,
        movflags="+faststart", fflags="+bitexact", f="mp4", **sound,
    )  # fmt: skip
    ended = run(["ffmpeg", "-nostdin", "-v", "error", *graph.overwrite_output().get_args()])
    written = _probe(path, "mov") if path.is_file() and not ended.returncode else None
    if written is None:
        path.unlink(missing_ok=True)
        raise ValueError(f"the clip is broken: {last_line(ended.stderr)}")
    seconds = _seconds(path)
    if seconds > LONGEST_S:
        path.unlink()
        raise ValueError(f"the clip is longer than {LONGEST_S / 60:.0f} minutes; cut it first")
    facts: Facts = {"width": written[0], "height": written[1], "seconds": round(seconds, 3)}
    return ".mp4", {**facts, "sound": int(bool(sounds)), "from": demuxer}


def import_clip(source: Path, out: Path) -> None:
    """Take a clip in, and leave `media.*` and `facts.json` in `out`; raises ValueError."""
    with source.open("rb") as opened:
        head = opened.read(64)
    suffix, facts = take_clip(source, head, out)
    (out / "facts.json").write_text(json.dumps({"suffix": suffix, "facts": facts}))


def _probe(source: Path, demuxer: str) -> tuple[int, int, int] | None:
    """Ask a clip for width, height and how many sounds it has; nothing when it has no pictures.

    Raises ValueError when it cannot be read or is too large.
    """
    argv = ["ffprobe", "-v", "error", "-protocol_whitelist", "file", "-f", demuxer, "-of", "json"]
    argv += ["-show_entries", "stream=codec_type,width,height:stream_disposition=attached_pic"]
    ended = run([*argv, str(source)])
    try:
        streams = json.loads(ended.stdout or "{}")["streams"]
    except (KeyError, ValueError):
        raise ValueError(f"the clip cannot be read: {last_line(ended.stderr)}") from None
    pictures = [
        each
        for each in streams
        if each.get("codec_type") == "video" and not each.get("disposition", {}).get("attached_pic")
    ]
    if not pictures:
        return None
    width, height = int(pictures[0].get("width") or 0), int(pictures[0].get("height") or 0)
    if not 0 < width * height <= MOST_PIXELS:
        raise ValueError(
            f"the clip has {width}x{height} pixels; at most {MOST_PIXELS // 1_000_000} million fit"
        )
    return width, height, sum(each.get("codec_type") == "audio" for each in streams)


def _seconds(path: Path) -> float:
    argv = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "json", str(path)]
    return float(json.loads(run(argv).stdout)["format"]["duration"])
